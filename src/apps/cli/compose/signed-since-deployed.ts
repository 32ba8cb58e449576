import { systemClock } from '../../../adapters/system/clock.ts';
import { sha256 } from '../../../adapters/system/digest.ts';
import type { Environment } from '../../../domain/environment/environment.ts';
import { readInventory } from '../../../engine/keep-inventory.ts';
import type { Revision } from '../../../ports/source.ts';
import type { VerbContext } from '../verb.ts';
import { openCluster } from './cluster.ts';
import { openSource } from './source.ts';

/** What was deployed may have had changes that were never committed: then it is no commit to go on from. */
async function deployedCommit(context: VerbContext, environment: Environment): Promise<string | undefined> {
  if (context.options.text('live') !== undefined) {
    return undefined;
  }
  const reader = await openCluster(context, environment);
  const { signal } = context;
  const scope = { reader, clock: systemClock, digest: sha256, signal, environment: environment.name };
  const { revision = '' } = (await readInventory(scope)).inventory;
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u.test(revision) ? revision : undefined;
}

/**
 * Throws `source-signature` for any commit without a trusted signature between what the environment's inventory says is
 * deployed and the revision. Nothing deployed yet, or no such commit in the history: then the whole history counts.
 */
export async function requireSignedSinceDeployed(
  context: VerbContext,
  environment: Environment,
  revision: Revision,
): Promise<void> {
  const since = await deployedCommit(context, environment);
  const source = await openSource(context, true, { since });
  // Servers that hand out only refs are asked by the name of one.
  await source.resolve(context.signal);
  await source.read(revision, () => false, context.signal);
}

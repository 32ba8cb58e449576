import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { OpenedSnapshot } from '../../../adapters/snapshot/open-snapshot.ts';
import { systemClock } from '../../../adapters/system/clock.ts';
import { sha256 } from '../../../adapters/system/digest.ts';
import { Failure } from '../../../domain/failure.ts';
import type { Environment } from '../../../domain/environment/environment.ts';
import type { Manifest } from '../../../domain/manifest/manifest.ts';
import { approvalCommand, approvalReasons } from '../../../domain/guard/approval.ts';
import type { NeededApproval } from '../../../domain/plan/plan.ts';
import { pruneScopeOf } from '../../../domain/prune/prune-scope.ts';
import { addressRulesOf } from '../../../domain/plan/planned-addresses.ts';
import { findMetalLb } from '../../../engine/find-metallb.ts';
import { readInventory } from '../../../engine/keep-inventory.ts';
import { planEnvironment, type PlannedEnvironment } from '../../../engine/plan-environment.ts';
import type { ClusterReader } from '../../../ports/cluster.ts';
import type { VerbContext } from '../verb.ts';
import { openCluster } from './cluster.ts';
import { commandAsTyped } from './command-as-typed.ts';
import type { ReadyEnvironment } from './environment.ts';
import { openRenderer } from './renderer.ts';

/** Opens the snapshot that `--live` names. */
export async function readSnapshot(context: VerbContext, file: string): Promise<OpenedSnapshot> {
  const { openSnapshot } = await import('../../../adapters/snapshot/open-snapshot.ts');
  try {
    return openSnapshot(await readFile(path.resolve(context.folder, file), 'utf8'), file);
  } catch (cause) {
    if (cause instanceof Failure) {
      throw cause;
    }
    const message = `the snapshot ${file} can't be read`;
    throw new Failure({
      code: 'snapshot-invalid',
      retry: 'never',
      message,
      remedy: 'Give --live a file taken from the cluster.',
      cause,
    });
  }
}

/** What a plan is made on: a snapshot where `--live` names one, else the cluster. */
export async function openReader(context: VerbContext, environment: Environment): Promise<ClusterReader> {
  const snapshot = context.options.text('live');
  return snapshot === undefined ? openCluster(context, environment) : readSnapshot(context, snapshot);
}

/** An environment as it is for this cluster, with its manifests: where MetalLB is there already, its version decides. */
export async function renderFor(
  context: VerbContext,
  environment: Environment,
  reader: ClusterReader,
): Promise<{ readonly found: Environment; readonly manifests: readonly Manifest[] }> {
  const found = await findMetalLb(environment, { reader, clock: systemClock, signal: context.signal });
  return { found, manifests: (await openRenderer()).render(found) };
}

/** The manifests of an environment as they are for this cluster. */
export async function manifestsFor(
  context: VerbContext,
  environment: Environment,
  reader: ClusterReader,
): Promise<readonly Manifest[]> {
  return (await renderFor(context, environment, reader)).manifests;
}

/** The command that carries a plan of this call out: `--allow-dirty` is in it where the sync would ask for it. */
function syncCommand(context: VerbContext, { environment, revision }: ReadyEnvironment): string {
  const isDirty = revision.endsWith('+dirty') && !context.options.flag('allow-dirty');
  return commandAsTyped(context, ['sync', '--env', environment.name, ...(isDirty ? ['--allow-dirty'] : [])]);
}

/**
 * Plans an environment against its cluster or a snapshot, and says what a sync of it would ask an approval for; `command`
 * is what `--approve` is added to, a sync where it is absent. Changes nothing.
 */
export async function planFor(
  context: VerbContext,
  ready: ReadyEnvironment,
  command?: string,
): Promise<PlannedEnvironment> {
  const { environment, revision } = ready;
  const reader = await openReader(context, environment);
  const { found, manifests } = await renderFor(context, environment, reader);
  const scope = { reader, clock: systemClock, digest: sha256, signal: context.signal, environment: environment.name };
  const { inventory } = await readInventory(scope);
  const addresses = addressRulesOf(found);
  const rules = { pruning: pruneScopeOf(found), addresses };
  const planned = await planEnvironment({ ...scope, revision, manifests, inventory, ...rules });
  const { plan } = planned;
  const approval: NeededApproval = {
    reasons: approvalReasons(plan, environment.sync.impactBudgetServices),
    command:
      context.options.text('live') === undefined
        ? approvalCommand(command ?? syncCommand(context, ready), plan.hash)
        : undefined,
  };
  return { ...planned, plan: { ...plan, approval } };
}

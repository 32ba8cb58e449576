import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { OpenedSnapshot } from '../../../adapters/snapshot/open-snapshot.ts';
import { openTemplateRenderer } from '../../../adapters/template/template-renderer.ts';
import { systemClock } from '../../../adapters/system/clock.ts';
import { sha256 } from '../../../adapters/system/digest.ts';
import { Failure } from '../../../domain/failure.ts';
import type { Environment } from '../../../domain/environment/environment.ts';
import type { Manifest } from '../../../domain/manifest/manifest.ts';
import { pruneScopeOf } from '../../../domain/prune/prune-scope.ts';
import { addressRulesOf } from '../../../domain/plan/planned-addresses.ts';
import { findMetalLb } from '../../../engine/find-metallb.ts';
import { readInventory } from '../../../engine/keep-inventory.ts';
import { planEnvironment, type PlannedEnvironment } from '../../../engine/plan-environment.ts';
import type { ClusterReader } from '../../../ports/cluster.ts';
import type { VerbContext } from '../verb.ts';
import { openCluster } from './cluster.ts';
import type { ReadyEnvironment } from './environment.ts';

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
  return { found, manifests: (await openTemplateRenderer()).render(found) };
}

/** The manifests of an environment as they are for this cluster. */
export async function manifestsFor(
  context: VerbContext,
  environment: Environment,
  reader: ClusterReader,
): Promise<readonly Manifest[]> {
  return (await renderFor(context, environment, reader)).manifests;
}

/** Plans an environment against its cluster or a snapshot. Changes nothing. */
export async function planFor(context: VerbContext, ready: ReadyEnvironment): Promise<PlannedEnvironment> {
  const { environment, revision } = ready;
  const reader = await openReader(context, environment);
  const { found, manifests } = await renderFor(context, environment, reader);
  const scope = { reader, clock: systemClock, digest: sha256, signal: context.signal, environment: environment.name };
  const { inventory } = await readInventory(scope);
  const addresses = addressRulesOf(found);
  return planEnvironment({ ...scope, revision, manifests, inventory, pruning: pruneScopeOf(environment), addresses });
}

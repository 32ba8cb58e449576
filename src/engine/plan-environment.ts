import type { Digest } from '../domain/digest.ts';
import { FieldConflictFailure } from '../domain/failure.ts';
import type { Inventory } from '../domain/inventory/inventory.ts';
import type { KubeObject } from '../domain/manifest/kube-object.ts';
import type { Manifest } from '../domain/manifest/manifest.ts';
import { keyOf, objectIdOf, type ObjectKey } from '../domain/manifest/object-id.ts';
import { makePlan, needsDryRun } from '../domain/plan/make-plan.ts';
import { hashManifests, type DryRunResult, type HashedManifest } from '../domain/plan/plan-input.ts';
import type { Plan } from '../domain/plan/plan.ts';
import type { AddressRules } from '../domain/plan/planned-addresses.ts';
import { leftoversOf } from '../domain/prune/leftovers.ts';
import type { PruneScope, PruneUses } from '../domain/prune/prune-scope.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClusterReader } from '../ports/cluster.ts';
import { inParallel } from './in-parallel.ts';
import { observe, type Observation } from './observe.ts';
import { observeAddresses } from './observe-addresses.ts';
import { readUses } from './read-uses.ts';
import { withRetry } from './with-retry.ts';

const dryRunsInFlight = 16;

export interface PlanRequest {
  readonly reader: ClusterReader;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly signal: AbortSignal;
  readonly environment: string;
  readonly revision: string;
  readonly manifests: readonly Manifest[];
  readonly inventory: Inventory | undefined;
  /** What the configuration says about objects that it no longer holds; absent: nothing is deleted. */
  readonly pruning?: PruneScope;
  /** Which MetalLB decides about addresses; absent: the plan says nothing of them, and what they need is not read. */
  readonly addresses?: AddressRules;
}

/** A plan, and the live objects it was made on. */
export interface PlannedEnvironment {
  readonly plan: Plan;
  readonly live: ReadonlyMap<ObjectKey, KubeObject>;
}

async function askServer(request: PlanRequest, object: KubeObject, live: KubeObject): Promise<DryRunResult> {
  try {
    const fence = live.metadata.uid === undefined ? {} : { uid: live.metadata.uid };
    const result = await withRetry(() => request.reader.dryRunApply(object, fence, request.signal), request);
    return { kind: 'object', object: result };
  } catch (error) {
    if (error instanceof FieldConflictFailure) {
      return { kind: 'conflict', conflicts: error.conflicts };
    }
    throw error;
  }
}

async function dryRun(
  request: PlanRequest,
  manifests: readonly HashedManifest[],
  live: Observation['live'],
): Promise<ReadonlyMap<ObjectKey, DryRunResult>> {
  const results = new Map<ObjectKey, DryRunResult>();
  await inParallel(manifests, dryRunsInFlight, async ({ object, ...manifest }) => {
    const key = keyOf(object);
    const there = live.get(key);
    if (there !== undefined && needsDryRun({ object, ...manifest }, there, request.inventory?.entries.get(key))) {
      results.set(key, await askServer(request, object, there));
    }
  });
  return results;
}

async function usesOf(request: PlanRequest, { live, missingKinds }: Observation): Promise<PruneUses> {
  const rendered = new Set(request.manifests.map(({ object }) => keyOf(object)));
  const leftovers = leftoversOf({ ...request, rendered, live, missingKinds, scope: request.pruning });
  const deleted = leftovers.filter(({ action }) => action === 'delete').map(({ id }) => id);
  return readUses(request, deleted, live);
}

/**
 * Reads what the plan needs, each kind once, lets the server dry-run only what may differ, and decides. Changes nothing.
 */
export async function planEnvironment(request: PlanRequest): Promise<PlannedEnvironment> {
  const manifests = hashManifests(request.manifests, request.digest);
  const wanted = [
    ...manifests.map(({ object }) => ({ apiVersion: object.apiVersion, id: objectIdOf(object) })),
    ...(request.inventory?.entries.values() ?? []),
  ];
  const [observation, addresses] = await Promise.all([
    observe(request, wanted),
    request.addresses === undefined ? undefined : observeAddresses(request, request.addresses),
  ]);
  const dryRuns = await dryRun(request, manifests, observation.live);
  const uses = await usesOf(request, observation);
  const plan = makePlan({
    ...(request.pruning === undefined ? {} : { pruning: request.pruning }),
    ...(addresses === undefined ? {} : { addresses }),
    uses,
    environment: request.environment,
    revision: request.revision,
    manifests,
    live: observation.live,
    inventory: request.inventory,
    dryRuns,
    missingKinds: observation.missingKinds,
    digest: request.digest,
  });
  return { plan, live: observation.live };
}

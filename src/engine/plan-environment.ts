import type { Digest } from '../domain/digest.ts';
import type { Inventory } from '../domain/inventory/inventory.ts';
import type { KubeObject } from '../domain/manifest/kube-object.ts';
import type { Manifest } from '../domain/manifest/manifest.ts';
import { keyOf, objectIdOf, type ObjectKey } from '../domain/manifest/object-id.ts';
import { makePlan } from '../domain/plan/make-plan.ts';
import { hashManifests } from '../domain/plan/plan-input.ts';
import type { Plan } from '../domain/plan/plan.ts';
import type { AddressRules } from '../domain/plan/planned-addresses.ts';
import { leftoversOf } from '../domain/prune/leftovers.ts';
import type { PruneScope, PruneUses } from '../domain/prune/prune-scope.ts';
import { replacedPools } from '../domain/transition/replaced-pools.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClusterReader } from '../ports/cluster.ts';
import { dryRunAll } from './dry-run.ts';
import { observe, type Observation } from './observe.ts';
import { observeAddresses } from './observe-addresses.ts';
import { readUses } from './read-uses.ts';

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

async function usesOf(request: PlanRequest, { live, missingKinds }: Observation): Promise<PruneUses> {
  const objects = new Map(request.manifests.map(({ object }) => [keyOf(object), object]));
  const rendered = new Set(objects.keys());
  const replaced = replacedPools(request.inventory, live, objects);
  const leftovers = leftoversOf({ ...request, rendered, live, missingKinds, scope: request.pruning, replaced });
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
  const dryRuns = await dryRunAll(request, manifests, observation.live);
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

import { createHash } from 'node:crypto';
import type { Environment } from '../../src/domain/environment/environment.ts';
import type { Manifest } from '../../src/domain/manifest/manifest.ts';
import type { Plan } from '../../src/domain/plan/plan.ts';
import { pruneScopeOf } from '../../src/domain/prune/prune-scope.ts';
import type { RunEvent } from '../../src/domain/report/run-event.ts';
import { applyPlan, type ApplyResult } from '../../src/engine/apply-plan.ts';
import { keepInventory, readInventory } from '../../src/engine/keep-inventory.ts';
import { planEnvironment, type PlannedEnvironment } from '../../src/engine/plan-environment.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { ClusterReader, ClusterWriter } from '../../src/ports/cluster.ts';
import type { PodReader } from '../../src/ports/pod-reader.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A cluster, a configuration and how patient a run is with them. */
export interface Deployment {
  readonly cluster: ClusterReader & ClusterWriter & PodReader;
  readonly clock: Clock;
  readonly environment: Environment;
  readonly manifests: readonly Manifest[];
  readonly signal?: AbortSignal;
  readonly emit?: (event: RunEvent) => void;
}

function scopeOf({ cluster, clock, environment, signal }: Deployment): Parameters<typeof readInventory>[0] {
  const patient = signal ?? new AbortController().signal;
  return { reader: cluster, clock, digest, signal: patient, environment: environment.name };
}

/** What a sync would do. */
export async function planned(deployment: Deployment): Promise<PlannedEnvironment> {
  const scope = scopeOf(deployment);
  const { inventory } = await readInventory(scope);
  const { environment, manifests } = deployment;
  return planEnvironment({ ...scope, revision: 'r1', manifests, inventory, pruning: pruneScopeOf(environment) });
}

/** Plans and applies as a sync with an approval does. `between` runs after the plan was made. */
export async function deploy(
  deployment: Deployment,
  between: (plan: Plan) => void = () => undefined,
): Promise<ApplyResult> {
  const { cluster, clock, environment, emit } = deployment;
  const scope = scopeOf(deployment);
  const { plan, live } = await planned(deployment);
  between(plan);
  const stored = await readInventory(scope);
  return applyPlan({
    reader: cluster,
    writer: cluster,
    clock,
    signal: scope.signal,
    emit: (event) => emit?.({ at: clock.now(), ...event }),
    plan,
    live,
    metallb: environment.metallb,
    addresses: undefined,
    keeper: keepInventory(scope, cluster, stored),
    waveTimeoutMs: environment.sync.waveTimeoutMs,
  });
}

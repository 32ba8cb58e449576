import type { Digest } from '../domain/digest.ts';
import type { Environment } from '../domain/environment/environment.ts';
import type { Manifest } from '../domain/manifest/manifest.ts';
import { describeObject } from '../domain/manifest/object-id.ts';
import type { Change, Plan } from '../domain/plan/plan.ts';
import type { FailureNote, RunEvent } from '../domain/report/run-event.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClusterReader, ClusterWriter } from '../ports/cluster.ts';
import { applyPlan, type ApplyResult } from './apply-plan.ts';
import { keepInventory, readInventory } from './keep-inventory.ts';
import { planEnvironment } from './plan-environment.ts';

export interface SyncRequest {
  readonly reader: ClusterReader;
  readonly writer: ClusterWriter;
  readonly clock: Clock;
  readonly digest: Digest;
  readonly signal: AbortSignal;
  readonly emit: (event: RunEvent) => void;
  readonly environment: Environment;
  readonly revision: string;
  readonly manifests: readonly Manifest[];
}

function countOf(plan: Plan, action: Change['action']): number {
  return plan.changes.filter((change) => change.action === action).length;
}

/** Fields that others hold are never taken by force: the run names them and ends before its first write. */
function refusal(plan: Plan): FailureNote | undefined {
  const conflicts = plan.changes.filter((change) => change.action === 'conflict');
  if (conflicts.length === 0) {
    return undefined;
  }
  const lines = conflicts.flatMap((change) =>
    change.conflicts.map(({ field, manager }) => `${describeObject(change.id)} ${field} belongs to ${manager}`),
  );
  const managers = [...new Set(conflicts.flatMap((change) => change.conflicts.map(({ manager }) => manager)))];
  return {
    code: 'field-conflict',
    message: `Other managers hold fields at other values: ${lines.join('; ')}`,
    remedy: `Let ${managers.join(', ')} give up these fields, or set them to the same values in the configuration.`,
  };
}

/**
 * One sync, from reading the world to its end: plan, guards, waves. Everything that happens is an event; the result is
 * what the last event says. Failures while reading, before any write, are thrown.
 */
export async function syncEnvironment(request: SyncRequest): Promise<ApplyResult> {
  const { clock, environment, revision, manifests } = request;
  const started = clock.monotonic();
  const emit: Parameters<typeof applyPlan>[0]['emit'] = (event) => {
    request.emit({ at: clock.now(), ...event });
  };
  const scope = { ...request, environment: environment.name };
  const stored = await readInventory(scope);
  const planned = await planEnvironment({ ...scope, manifests, inventory: stored.inventory });
  emit({
    type: 'run-started',
    environment: environment.name,
    revision,
    planHash: planned.plan.hash,
    toCreate: countOf(planned.plan, 'create'),
    toUpdate: countOf(planned.plan, 'update'),
    unchanged: countOf(planned.plan, 'keep'),
  });
  const failure = refusal(planned.plan);
  const result: ApplyResult =
    failure === undefined
      ? await applyPlan({
          ...request,
          ...planned,
          emit,
          keeper: keepInventory(scope, request.writer, stored),
          waveTimeoutMs: environment.sync.waveTimeoutMs,
        })
      : { outcome: 'refused', applied: 0, failure };
  emit({ type: 'run-finished', ...result, durationMs: clock.monotonic() - started });
  return result;
}

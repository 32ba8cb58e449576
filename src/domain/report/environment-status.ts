import { assessHealth } from '../health/assess-health.ts';
import type { ProgramReport } from '../health/configuration/evidence.ts';
import { judgeConfiguration } from '../health/configuration/judge-configuration.ts';
import type { HealthStatus } from '../health/health.ts';
import { valueAt } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import { objectKey, type ObjectId, type ObjectKey } from '../manifest/object-id.ts';
import type { Change, Plan } from '../plan/plan.ts';

/** Argo CD's words, which the field knows. */
export type SyncState = 'Synced' | 'OutOfSync' | 'Unknown';
export type HealthState = 'Healthy' | 'Suspended' | 'Progressing' | 'Missing' | 'Degraded' | 'Unknown';

export interface ObjectStatus {
  readonly id: ObjectId;
  readonly sync: SyncState;
  readonly health: HealthState;
  readonly message: string;
}

/** Whether a running program of MetalLB has taken the configuration that is stored. Unknown: it can't be asked. */
export interface ProgramStatus {
  readonly component: ProgramReport['component'];
  readonly pod: string;
  readonly node: string;
  readonly health: HealthState;
  readonly message: string;
}

/** Addresses of a pool as MetalLB counts them (from 0.15 on). */
export interface PoolUse {
  readonly pool: string;
  readonly family: 'IPv4' | 'IPv6';
  readonly assigned: number;
  readonly available: number;
}

export interface EnvironmentStatus {
  readonly environment: string;
  /** The revision that was compared, and the one whose sync last ended healthy. */
  readonly revision: string;
  readonly deployedRevision: string | undefined;
  readonly sync: SyncState;
  readonly health: HealthState;
  /** Wall clock milliseconds at which this was verified: a verdict without its time is worth nothing. */
  readonly verifiedAt: number;
  readonly objects: readonly ObjectStatus[];
  readonly programs: readonly ProgramStatus[];
  readonly pools: readonly PoolUse[];
}

const healthWords: { readonly [status in HealthStatus]: HealthState } = {
  Current: 'Healthy',
  InProgress: 'Progressing',
  Terminating: 'Progressing',
  Failed: 'Degraded',
  NotFound: 'Missing',
  Unknown: 'Unknown',
};

/** From best to worst: an environment is as healthy as its worst object. */
const ranking: readonly HealthState[] = ['Healthy', 'Suspended', 'Progressing', 'Missing', 'Degraded', 'Unknown'];

const syncMessages: { readonly [action in Change['action']]: string } = {
  create: '',
  update: 'differs from the configuration',
  keep: '',
  conflict: 'another manager holds a field at another value',
  skip: '',
  delete: 'no longer in the configuration',
  orphan: 'no longer in the configuration',
  release: 'no longer managed by this configuration',
  forget: '',
};

function statusOf(change: Change, live: ReadonlyMap<ObjectKey, KubeObject>): ObjectStatus {
  if (change.action === 'skip') {
    return { id: change.id, sync: 'Synced', health: 'Healthy', message: `skipped: ${change.reason}` };
  }
  const health = assessHealth(live.get(objectKey(change.id)));
  const sync = change.action === 'keep' ? 'Synced' : 'OutOfSync';
  const parts = [syncMessages[change.action], health.status === 'Current' ? '' : health.message];
  return {
    id: change.id,
    sync,
    health: healthWords[health.status],
    message: parts.filter((part) => part !== '').join('; '),
  };
}

/**
 * One look, with nothing to compare it with. A stale gauge alone is no verdict: it stays so after a return to the last good
 * configuration, too.
 */
function programStatus({ component, pod, node, evidence }: ProgramReport): ProgramStatus {
  const { status, message } = judgeConfiguration(evidence, evidence, undefined);
  return { component, pod, node, health: healthWords[status], message };
}

function poolUses(object: KubeObject | undefined): readonly PoolUse[] {
  if (object?.kind !== 'IPAddressPool') {
    return [];
  }
  return (['IPv4', 'IPv6'] as const).flatMap((family): readonly PoolUse[] => {
    const [assigned, available] = ['assigned', 'available'].map((word) =>
      valueAt(asJson(object), 'status', `${word}${family}`),
    );
    return typeof assigned === 'number' && typeof available === 'number' && assigned + available > 0
      ? [{ pool: object.metadata.name, family, assigned, available }]
      : [];
  });
}

/** What a status is made of beside the plan. */
export interface StatusContext {
  readonly deployedRevision: string | undefined;
  readonly verifiedAt: number;
  /** What MetalLB's programs say of their configuration. */
  readonly reports: readonly ProgramReport[];
}

/** Whether a plan has nothing to do, and how healthy what it covers is. */
export function environmentStatus(
  plan: Plan,
  live: ReadonlyMap<ObjectKey, KubeObject>,
  { deployedRevision, verifiedAt, reports }: StatusContext,
): EnvironmentStatus {
  const objects = plan.changes.filter((change) => change.action !== 'forget').map((change) => statusOf(change, live));
  const programs = reports.map((report) => programStatus(report));
  // Who can't be asked is shown, and not taken for ill: outside the cluster that is the rule.
  const told = programs.filter(({ health }) => health !== 'Unknown');
  const worst = Math.max(0, ...[...objects, ...told].map(({ health }) => ranking.indexOf(health)));
  return {
    environment: plan.environment,
    revision: plan.revision,
    deployedRevision,
    verifiedAt,
    sync: objects.every((object) => object.sync === 'Synced') ? 'Synced' : 'OutOfSync',
    health: ranking[worst] ?? 'Unknown',
    objects,
    programs,
    pools: plan.changes.flatMap(({ id }) => poolUses(live.get(objectKey(id)))),
  };
}

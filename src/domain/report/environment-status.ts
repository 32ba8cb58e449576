import { assessHealth } from '../health/assess-health.ts';
import type { HealthStatus } from '../health/health.ts';
import type { KubeObject } from '../manifest/kube-object.ts';
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

/** Whether a plan has nothing to do, and how healthy what it covers is. */
export function environmentStatus(
  plan: Plan,
  live: ReadonlyMap<ObjectKey, KubeObject>,
  context: { readonly deployedRevision: string | undefined; readonly verifiedAt: number },
): EnvironmentStatus {
  const objects = plan.changes.filter((change) => change.action !== 'forget').map((change) => statusOf(change, live));
  const worst = Math.max(0, ...objects.map((object) => ranking.indexOf(object.health)));
  return {
    environment: plan.environment,
    revision: plan.revision,
    ...context,
    sync: objects.every((object) => object.sync === 'Synced') ? 'Synced' : 'OutOfSync',
    health: ranking[worst] ?? 'Unknown',
    objects,
  };
}

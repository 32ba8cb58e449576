import { listAt, numberAt, textAt, valueAt } from '../../../domain/json.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { shareOf } from './share.ts';

interface Replicas {
  readonly wanted: number;
  readonly total: number;
  readonly updated: number;
  readonly ready: number;
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** The status of a Deployment by those of its ReplicaSets. */
export function deploymentStatus(
  deployment: KubeObject,
  sets: readonly KubeObject[],
  current: KubeObject | undefined,
  timestamp: string,
): JsonObject {
  const count = (field: string): number =>
    sets.reduce((sum, set) => sum + (numberAt(asJson(set), 'status', field) ?? 0), 0);
  const own = sets.find((set) => set.metadata.uid === current?.metadata.uid);
  const replicas = {
    wanted: numberAt(asJson(deployment), 'spec', 'replicas') ?? 1,
    total: count('replicas'),
    updated: own === undefined ? 0 : (numberAt(asJson(own), 'status', 'replicas') ?? 0),
    ready: count('readyReplicas'),
  };
  const { wanted, total, updated, ready } = replicas;
  const conditions = [availability(deployment, replicas), progress(deployment, replicas, own, timestamp)];
  return {
    observedGeneration: deployment.metadata.generation ?? 1,
    ...(total === 0 ? {} : { replicas: total }),
    ...(updated === 0 ? {} : { updatedReplicas: updated }),
    ...(ready === 0 ? {} : { readyReplicas: ready, availableReplicas: ready }),
    ...(ready >= wanted ? {} : { unavailableReplicas: Math.max(wanted, total) - ready }),
    conditions: conditions.map((condition) => dated(deployment, condition, timestamp)),
  };
}

function availability(deployment: KubeObject, { wanted, ready }: Replicas): Condition {
  const missing = valueAt(asJson(deployment), 'spec', 'strategy', 'rollingUpdate', 'maxUnavailable');
  const isThere = ready >= wanted - shareOf(missing, wanted, Math.floor);
  return isThere
    ? {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      };
}

function progress(
  deployment: KubeObject,
  { wanted, total, updated, ready }: Replicas,
  current: KubeObject | undefined,
  timestamp: string,
): Condition {
  const subject =
    current === undefined
      ? `Deployment ${JSON.stringify(deployment.metadata.name)}`
      : `ReplicaSet ${JSON.stringify(current.metadata.name)}`;
  const type = 'Progressing';
  if (updated >= wanted && total === updated && ready >= wanted) {
    const message = `${subject} has successfully progressed.`;
    return { type, status: 'True', reason: 'NewReplicaSetAvailable', message };
  }
  if (isLate(deployment, { wanted, total, updated, ready }, timestamp)) {
    const message = `${subject} has timed out progressing.`;
    return { type, status: 'False', reason: 'ProgressDeadlineExceeded', message };
  }
  return { type, status: 'True', reason: 'ReplicaSetUpdated', message: `${subject} is progressing.` };
}

/** Whether nothing moved for as long as the Deployment allows. */
function isLate(deployment: KubeObject, { total, updated, ready }: Replicas, timestamp: string): boolean {
  const json = asJson(deployment);
  const before = conditionOf(deployment, 'Progressing');
  const seen = (field: string): number => numberAt(json, 'status', field) ?? 0;
  const hasMoved = seen('updatedReplicas') < updated || seen('readyReplicas') < ready || seen('replicas') > total;
  const isNew = deployment.metadata.generation !== seen('observedGeneration');
  const reason = textAt(before, 'reason');
  if (hasMoved || isNew || reason === 'NewReplicaSetAvailable') {
    return false;
  }
  const limit = numberAt(json, 'spec', 'progressDeadlineSeconds') ?? 600;
  const since = Date.parse(timestamp) - Date.parse(textAt(before, 'lastUpdateTime') ?? timestamp);
  return reason === 'ProgressDeadlineExceeded' || since > limit * 1000;
}

function conditionOf(deployment: KubeObject, type: string): Json | undefined {
  return listAt(asJson(deployment), 'status', 'conditions').find((one) => textAt(one, 'type') === type);
}

/** A condition keeps its time while its status stays; the time of an update follows its words. */
function dated(deployment: KubeObject, condition: Condition, timestamp: string): JsonObject {
  const before = conditionOf(deployment, condition.type);
  const isSame = textAt(before, 'status') === condition.status;
  const isWord =
    isSame && textAt(before, 'reason') === condition.reason && textAt(before, 'message') === condition.message;
  return {
    ...condition,
    lastUpdateTime: isWord ? (textAt(before, 'lastUpdateTime') ?? timestamp) : timestamp,
    lastTransitionTime: isSame ? (textAt(before, 'lastTransitionTime') ?? timestamp) : timestamp,
  };
}

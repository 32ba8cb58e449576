import { numberAt, textAt, type Json } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import type { Health } from './health.ts';

function progress(message: string): Health {
  return { status: 'InProgress', message };
}

interface Counts {
  readonly wanted: number;
  readonly ready: number;
  readonly replicas: number;
  readonly updated: number;
}

function countsOf(root: Json): Counts {
  return {
    wanted: numberAt(root, 'spec', 'replicas') ?? 1,
    ready: numberAt(root, 'status', 'readyReplicas') ?? 0,
    replicas: numberAt(root, 'status', 'replicas') ?? 0,
    updated: numberAt(root, 'status', 'updatedReplicas') ?? 0,
  };
}

function updateMissing(root: Json, { wanted, updated }: Counts): string | undefined {
  const partition = numberAt(root, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0;
  if (partition > 0) {
    const above = Math.max(wanted - partition, 0);
    return updated < above ? `${updated} of ${above} replicas above the partition updated` : undefined;
  }
  return textAt(root, 'status', 'currentRevision') === textAt(root, 'status', 'updateRevision')
    ? undefined
    : `${updated} of ${wanted} replicas updated`;
}

/** A StatefulSet is rolled out when its replicas are ready and those above the partition are of the newest revision. */
export function statefulSetHealth(object: KubeObject): Health {
  const root = asJson(object);
  if (textAt(root, 'spec', 'updateStrategy', 'type') === 'OnDelete') {
    return { status: 'Current', message: 'its pods are updated when they are deleted' };
  }
  const counts = countsOf(root);
  const { wanted, ready, replicas } = counts;
  if (replicas < wanted || ready < wanted) {
    return progress(`${ready} of ${wanted} replicas ready`);
  }
  if (replicas > wanted) {
    return progress(`${replicas - wanted} replicas still to stop`);
  }
  const waiting = updateMissing(root, counts);
  return waiting === undefined
    ? { status: 'Current', message: `${ready} of ${wanted} replicas ready` }
    : progress(waiting);
}

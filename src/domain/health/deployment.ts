import { numberAt } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import { conditionOf, explain } from './conditions.ts';
import type { Health } from './health.ts';

interface Counts {
  readonly wanted: number;
  readonly replicas: number;
  readonly updated: number;
  readonly ready: number;
  readonly available: number;
}

function countsOf(object: KubeObject): Counts {
  const root = asJson(object);
  return {
    wanted: numberAt(root, 'spec', 'replicas') ?? 1,
    replicas: numberAt(root, 'status', 'replicas') ?? 0,
    updated: numberAt(root, 'status', 'updatedReplicas') ?? 0,
    ready: numberAt(root, 'status', 'readyReplicas') ?? 0,
    available: numberAt(root, 'status', 'availableReplicas') ?? 0,
  };
}

function missing({ wanted, replicas, updated, ready, available }: Counts): string | undefined {
  if (replicas < wanted) {
    return `${replicas} of ${wanted} replicas made`;
  }
  if (updated < wanted) {
    return `${updated} of ${wanted} replicas updated`;
  }
  if (replicas > wanted) {
    return `${replicas - wanted} old replicas still to stop`;
  }
  if (ready < wanted) {
    return `${ready} of ${wanted} replicas ready`;
  }
  return available < updated ? `${available} of ${wanted} replicas available` : undefined;
}

function conditionsMissing(object: KubeObject): string | undefined {
  const progressing = conditionOf(object, 'Progressing');
  const watched = numberAt(asJson(object), 'spec', 'progressDeadlineSeconds') !== undefined;
  const rolledOut = progressing?.status === 'True' && progressing.reason === 'NewReplicaSetAvailable';
  if (watched && !rolledOut) {
    return progressing === undefined ? 'its roll-out has not been reported yet' : explain(progressing);
  }
  const available = conditionOf(object, 'Available');
  if (available?.status !== 'True') {
    return available === undefined ? 'not reported available yet' : explain(available);
  }
  return undefined;
}

/** A Deployment is rolled out when all its replicas are of the newest template, ready and available, and no older one is left. */
export function deploymentHealth(object: KubeObject): Health {
  const progressing = conditionOf(object, 'Progressing');
  if (progressing?.reason === 'ProgressDeadlineExceeded') {
    return { status: 'Failed', message: explain(progressing) };
  }
  const counts = countsOf(object);
  const waiting = missing(counts) ?? conditionsMissing(object);
  return waiting === undefined
    ? { status: 'Current', message: `${counts.ready} of ${counts.wanted} replicas ready` }
    : { status: 'InProgress', message: waiting };
}

import { numberAt } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { controllerManager } from './cluster-state.ts';
import type { ClusterState } from './cluster-state.ts';
import { dropPod, makePod } from './new-pod.ts';
import { isActive, isReady, ownedBy } from './pod-state.ts';

/** Keeps as many pods of every ReplicaSet as it wants, and tells how many there are. */
export function keepReplicas(state: ClusterState, timestamp: string): void {
  for (const set of state.list('apps', 'ReplicaSet')) {
    if (set.metadata.deletionTimestamp === undefined) {
      keepPods(state, set, timestamp);
      state.writeStatus(set, statusOf(state, set), controllerManager);
    }
  }
}

function keepPods(state: ClusterState, set: KubeObject, timestamp: string): void {
  const pods = ownedBy(state, set, '', 'Pod').filter((pod) => isActive(pod));
  const wanted = numberAt(asJson(set), 'spec', 'replicas') ?? 1;
  for (let missing = wanted - pods.length; missing > 0; missing -= 1) {
    makePod(state, set, {}, timestamp);
  }
  // Those that do not serve go first, then the youngest.
  const inOrder = pods.toSorted(
    (left, right) =>
      Number(isReady(left)) - Number(isReady(right)) ||
      Number(right.metadata.resourceVersion) - Number(left.metadata.resourceVersion),
  );
  for (const pod of inOrder.slice(0, Math.max(0, pods.length - wanted))) {
    dropPod(state, set, pod, timestamp);
  }
}

function statusOf(state: ClusterState, set: KubeObject): { readonly [field: string]: number } {
  const pods = ownedBy(state, set, '', 'Pod').filter((pod) => isActive(pod));
  const ready = pods.filter((pod) => isReady(pod)).length;
  return {
    replicas: pods.length,
    ...(pods.length === 0 ? {} : { fullyLabeledReplicas: pods.length }),
    ...(ready === 0 ? {} : { readyReplicas: ready, availableReplicas: ready }),
    observedGeneration: set.metadata.generation ?? 1,
  };
}

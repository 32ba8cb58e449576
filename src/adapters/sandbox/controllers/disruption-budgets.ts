import { isJsonObject, valueAt } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { controllerManager } from './cluster-state.ts';
import type { ClusterState } from './cluster-state.ts';
import { isActive, isReady } from './pod-state.ts';
import { shareOf } from './share.ts';

/** Tells of every PodDisruptionBudget how many of its pods may go now. */
export function keepBudgets(state: ClusterState): void {
  for (const budget of state.list('policy', 'PodDisruptionBudget')) {
    const pods = state
      .list('', 'Pod', budget.metadata.namespace)
      .filter((pod) => isUnder(budget, pod) && isActive(pod));
    const healthy = pods.filter((pod) => isReady(pod)).length;
    const least = valueAt(asJson(budget), 'spec', 'minAvailable');
    const most = valueAt(asJson(budget), 'spec', 'maxUnavailable');
    const desired =
      least === undefined
        ? pods.length - shareOf(most ?? 1, pods.length, Math.ceil)
        : shareOf(least, pods.length, Math.ceil);
    const status = {
      currentHealthy: healthy,
      desiredHealthy: Math.max(0, desired),
      disruptionsAllowed: Math.max(0, healthy - Math.max(0, desired)),
      expectedPods: pods.length,
      observedGeneration: budget.metadata.generation ?? 1,
    };
    state.writeStatus(budget, status, controllerManager);
  }
}

export function isUnder(budget: KubeObject, pod: KubeObject): boolean {
  const labels = valueAt(asJson(budget), 'spec', 'selector', 'matchLabels');
  const wanted = Object.entries(isJsonObject(labels) ? labels : {});
  return (
    budget.metadata.namespace === pod.metadata.namespace &&
    wanted.length > 0 &&
    wanted.every(([key, value]) => pod.metadata.labels?.[key] === value)
  );
}

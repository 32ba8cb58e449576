import { listAt, numberAt, textAt } from '../../../domain/json.ts';
import type { JsonObject } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { ClusterState } from './cluster-state.ts';
import { createPod, isCurrent, isReady, podsOf, templateHash } from './workload-pods.ts';

const manager = 'kube-controller-manager';

/** Nodes that take pods, by name. */
function readyNodes(state: ClusterState): readonly string[] {
  return state
    .list('', 'Node')
    .filter((node) =>
      listAt(asJson(node), 'status', 'conditions').some(
        (one) => textAt(one, 'type') === 'Ready' && textAt(one, 'status') === 'True',
      ),
    )
    .map((node) => node.metadata.name);
}

/** Rolls every Deployment out: new pods first, the old ones go when the new ones run. */
export function rollDeployments(state: ClusterState, timestamp: string): void {
  const nodes = readyNodes(state);
  for (const deployment of state.list('apps', 'Deployment')) {
    const hash = templateHash(deployment);
    const wanted = numberAt(asJson(deployment), 'spec', 'replicas') ?? 1;
    const names = Array.from({ length: wanted }, (_, index) => `${deployment.metadata.name}-${hash}-${index}`);
    replacePods(
      state,
      deployment,
      hash,
      names.map((name, index) => ({ name, node: nodes[index % Math.max(1, nodes.length)] })),
    );
    const pods = podsOf(state, deployment);
    const current = pods.filter((pod) => isCurrent(pod, hash));
    const ready = current.filter((pod) => isReady(pod)).length;
    const status = deploymentStatus(
      deployment,
      { wanted, total: pods.length, updated: current.length, ready },
      timestamp,
    );
    state.writeStatus(deployment, status, manager);
  }
}

/** Puts one pod of every DaemonSet on every ready node. */
export function rollDaemonSets(state: ClusterState): void {
  const nodes = readyNodes(state);
  for (const daemonSet of state.list('apps', 'DaemonSet')) {
    const hash = templateHash(daemonSet);
    replacePods(
      state,
      daemonSet,
      hash,
      nodes.map((node) => ({ name: `${daemonSet.metadata.name}-${hash}-${node}`, node })),
    );
    const current = podsOf(state, daemonSet).filter((pod) => isCurrent(pod, hash));
    const ready = current.filter((pod) => isReady(pod)).length;
    const unavailable = nodes.length - ready;
    const status = {
      currentNumberScheduled: current.length,
      desiredNumberScheduled: nodes.length,
      numberMisscheduled: 0,
      numberReady: ready,
      updatedNumberScheduled: current.length,
      ...(ready === 0 ? {} : { numberAvailable: ready }),
      ...(unavailable === 0 ? {} : { numberUnavailable: unavailable }),
      observedGeneration: daemonSet.metadata.generation ?? 1,
    };
    state.writeStatus(daemonSet, status, manager);
  }
}

interface PlacedPod {
  readonly name: string;
  readonly node: string | undefined;
}

function replacePods(state: ClusterState, workload: KubeObject, hash: string, wanted: readonly PlacedPod[]): void {
  const pods = podsOf(state, workload);
  const present = new Set(pods.map((pod) => pod.metadata.name));
  for (const { name, node } of wanted) {
    if (!present.has(name) && node !== undefined) {
      createPod(state, workload, name, node);
    }
  }
  const names = new Set(wanted.map(({ name }) => name));
  const isRolled = pods.filter((pod) => names.has(pod.metadata.name) && isReady(pod)).length === wanted.length;
  for (const pod of pods.filter((candidate) => !names.has(candidate.metadata.name))) {
    if (isCurrent(pod, hash) || isRolled) {
      state.remove(pod);
    }
  }
}

interface Replicas {
  readonly wanted: number;
  readonly total: number;
  readonly updated: number;
  readonly ready: number;
}

function deploymentStatus(deployment: KubeObject, replicas: Replicas, timestamp: string): JsonObject {
  const { wanted, total, updated, ready } = replicas;
  const isComplete = ready >= wanted && updated >= wanted && total === updated;
  const name = deployment.metadata.name;
  const conditions = [
    {
      type: 'Available',
      status: ready >= wanted ? 'True' : 'False',
      reason: ready >= wanted ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
      message:
        ready >= wanted ? 'Deployment has minimum availability.' : 'Deployment does not have minimum availability.',
    },
    {
      type: 'Progressing',
      status: 'True',
      reason: isComplete ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated',
      message: isComplete
        ? `Deployment "${name}" has successfully progressed.`
        : `Deployment "${name}" is progressing.`,
    },
  ];
  return {
    observedGeneration: deployment.metadata.generation ?? 1,
    ...(total === 0 ? {} : { replicas: total }),
    ...(updated === 0 ? {} : { updatedReplicas: updated }),
    ...(ready === 0 ? {} : { readyReplicas: ready, availableReplicas: ready }),
    ...(ready >= wanted ? {} : { unavailableReplicas: wanted - ready }),
    conditions: conditions.map((condition) => dated(deployment, condition, timestamp)),
  };
}

/** A condition keeps its time while its status stays; the time of an update follows its words. */
function dated(
  deployment: KubeObject,
  condition: { readonly type: string; readonly status: string; readonly reason: string; readonly message: string },
  timestamp: string,
): JsonObject {
  const before = listAt(asJson(deployment), 'status', 'conditions').find(
    (one) => textAt(one, 'type') === condition.type,
  );
  const isSame = textAt(before, 'status') === condition.status;
  const isWord =
    isSame && textAt(before, 'reason') === condition.reason && textAt(before, 'message') === condition.message;
  return {
    ...condition,
    lastUpdateTime: isWord ? (textAt(before, 'lastUpdateTime') ?? timestamp) : timestamp,
    lastTransitionTime: isSame ? (textAt(before, 'lastTransitionTime') ?? timestamp) : timestamp,
  };
}

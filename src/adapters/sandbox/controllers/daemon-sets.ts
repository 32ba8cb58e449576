import { numberAt, textAt, valueAt } from '../../../domain/json.ts';
import type { JsonObject } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { controllerManager } from './cluster-state.ts';
import type { ClusterState } from './cluster-state.ts';
import { dropPod, makePod } from './new-pod.ts';
import { fitsSelector } from './node-state.ts';
import { isActive, isReady, ownedBy, shortHash } from './pod-state.ts';
import { shareOf } from './share.ts';

const hashKey = 'controller-revision-hash';

/** Keeps one pod of every DaemonSet on every node it may be on, and replaces those of an older template one by one. */
export function rollDaemonSets(state: ClusterState, timestamp: string): void {
  for (const set of state.list('apps', 'DaemonSet')) {
    if (set.metadata.deletionTimestamp === undefined) {
      const nodes = nodesFor(state, set);
      placePods(state, set, nodes, timestamp);
      state.writeStatus(set, statusOf(state, set, nodes), controllerManager);
    }
  }
}

function hashOf(set: KubeObject): string {
  return shortHash(valueAt(asJson(set), 'spec', 'template') ?? {}, 9);
}

/** Pods of a DaemonSet are put on cordoned and silent nodes too. */
function nodesFor(state: ClusterState, set: KubeObject): readonly string[] {
  const selector = valueAt(asJson(set), 'spec', 'template', 'spec', 'nodeSelector');
  return state
    .list('', 'Node')
    .filter((node) => node.metadata.deletionTimestamp === undefined && fitsSelector(node, selector))
    .map((node) => node.metadata.name);
}

function nodeOf(pod: KubeObject): string {
  return textAt(asJson(pod), 'spec', 'nodeName') ?? '';
}

function podsOf(state: ClusterState, set: KubeObject): readonly KubeObject[] {
  return ownedBy(state, set, '', 'Pod').filter((pod) => isActive(pod));
}

function placePods(state: ClusterState, set: KubeObject, nodes: readonly string[], timestamp: string): void {
  const hash = hashOf(set);
  const labels = { [hashKey]: hash, 'pod-template-generation': String(set.metadata.generation ?? 1) };
  const pods = ownedBy(state, set, '', 'Pod');
  const taken = new Set(pods.map((pod) => nodeOf(pod)));
  for (const node of nodes.filter((name) => !taken.has(name))) {
    makePod(state, set, { labels, node }, timestamp);
  }
  const active = podsOf(state, set);
  for (const pod of active.filter((one) => !nodes.includes(nodeOf(one)))) {
    dropPod(state, set, pod, timestamp);
  }
  const update = valueAt(asJson(set), 'spec', 'updateStrategy');
  const limit = shareOf(valueAt(update, 'rollingUpdate', 'maxUnavailable') ?? 1, nodes.length, Math.ceil);
  const old = active.filter((pod) => pod.metadata.labels?.[hashKey] !== hash && nodes.includes(nodeOf(pod)));
  // A node without a pod that serves counts as one that is being updated.
  let room = Math.max(1, limit) - (nodes.length - active.filter((pod) => isReady(pod)).length);
  for (const pod of textAt(update, 'type') === 'OnDelete' ? [] : old) {
    if (!isReady(pod) || room > 0) {
      room -= isReady(pod) ? 1 : 0;
      dropPod(state, set, pod, timestamp);
    }
  }
}

function statusOf(state: ClusterState, set: KubeObject, nodes: readonly string[]): JsonObject {
  const pods = podsOf(state, set).filter((pod) => nodes.includes(nodeOf(pod)));
  const ready = pods.filter((pod) => isReady(pod)).length;
  const updated = pods.filter((pod) => pod.metadata.labels?.[hashKey] === hashOf(set)).length;
  const collisions = numberAt(asJson(set), 'status', 'collisionCount');
  return {
    ...(collisions === undefined ? {} : { collisionCount: collisions }),
    currentNumberScheduled: pods.length,
    desiredNumberScheduled: nodes.length,
    numberMisscheduled: 0,
    numberReady: ready,
    ...(updated === 0 ? {} : { updatedNumberScheduled: updated }),
    ...(ready === 0 ? {} : { numberAvailable: ready }),
    ...(nodes.length === ready ? {} : { numberUnavailable: nodes.length - ready }),
    observedGeneration: set.metadata.generation ?? 1,
  };
}

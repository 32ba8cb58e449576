import { textAt, valueAt } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { ClusterState } from './cluster-state.ts';
import { tell } from './events.ts';
import { fitsSelector, toleratesTaints } from './node-state.ts';
import { hasCondition } from './pod-state.ts';

const component = 'default-scheduler';

/** Puts every pod that has no node on the one with the fewest pods that takes it; one that none takes waits. */
export function schedulePods(state: ClusterState, timestamp: string): void {
  const waiting = state.list('', 'Pod').filter((pod) => isWaiting(pod));
  if (waiting.length === 0) {
    return;
  }
  const nodes = state.list('', 'Node');
  const load = new Map(nodes.map((node) => [node.metadata.name, 0]));
  for (const pod of state.list('', 'Pod')) {
    const name = textAt(asJson(pod), 'spec', 'nodeName') ?? '';
    load.set(name, (load.get(name) ?? 0) + 1);
  }
  for (const pod of waiting) {
    const [node] = nodes
      .filter((one) => takes(one, pod))
      .toSorted((left, right) => (load.get(left.metadata.name) ?? 0) - (load.get(right.metadata.name) ?? 0));
    if (node === undefined) {
      leaveWaiting(state, pod, nodes.length, timestamp);
    } else {
      load.set(node.metadata.name, (load.get(node.metadata.name) ?? 0) + 1);
      bind(state, pod, node.metadata.name, timestamp);
    }
  }
}

function isWaiting(pod: KubeObject): boolean {
  const scheduler = textAt(asJson(pod), 'spec', 'schedulerName') ?? component;
  const isPlaced = textAt(asJson(pod), 'spec', 'nodeName') !== undefined;
  return !isPlaced && scheduler === component && pod.metadata.deletionTimestamp === undefined;
}

function takes(node: KubeObject, pod: KubeObject): boolean {
  const isOpen = valueAt(asJson(node), 'spec', 'unschedulable') !== true && hasCondition(node, 'Ready');
  const selector = valueAt(asJson(pod), 'spec', 'nodeSelector');
  return isOpen && fitsSelector(node, selector) && toleratesTaints(pod, node);
}

function bind(state: ClusterState, pod: KubeObject, node: string, timestamp: string): void {
  const bound = state.bind(pod, node, component);
  if (bound !== undefined) {
    const condition = { type: 'PodScheduled', status: 'True', lastTransitionTime: timestamp };
    state.writeStatus(bound, { phase: 'Pending', qosClass: 'BestEffort', conditions: [condition] }, component);
    const message = `Successfully assigned ${pod.metadata.namespace ?? ''}/${pod.metadata.name} to ${node}`;
    tell(state, pod, { type: 'Normal', reason: 'Scheduled', message, component }, timestamp);
  }
}

function leaveWaiting(state: ClusterState, pod: KubeObject, nodes: number, timestamp: string): void {
  const message = `0/${nodes} nodes are available: none of them takes the pod as it is.`;
  if (textAt(asJson(pod), 'status', 'conditions', 0, 'message') === message) {
    return;
  }
  const reason = 'Unschedulable';
  const condition = { type: 'PodScheduled', status: 'False', lastTransitionTime: timestamp, reason, message };
  state.writeStatus(pod, { phase: 'Pending', qosClass: 'BestEffort', conditions: [condition] }, component);
  tell(state, pod, { type: 'Warning', reason: 'FailedScheduling', message, component }, timestamp);
}

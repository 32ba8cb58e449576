import { isJsonObject, listAt, textAt, valueAt } from '../../../domain/json.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { controllerManager } from './cluster-state.ts';
import type { ClusterState } from './cluster-state.ts';
import { tell } from './events.ts';
import type { NodeLife } from './kubelet.ts';
import { isSimulated, secondsTolerated } from './node-state.ts';
import { hasCondition } from './pod-state.ts';
import { unheardConditions } from './pod-status.ts';

const leaseEveryMs = 10_000;
const unschedulable = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };
const notReady = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' };
const unreachable = ['NoSchedule', 'NoExecute'].map((effect) => ({ key: 'node.kubernetes.io/unreachable', effect }));

/** How long nothing is heard of a node until it is given up: the default of `--node-monitor-grace-period`. */
const graceMs = 50_000;

/**
 * Nodes renew their leases; one that was silent for too long is told unready, its pods with it, and after what they tolerate
 * they are deleted. Gives the milliseconds until the next lease, or until another node is given up.
 */
export function watchNodes(state: ClusterState, life: NodeLife): number {
  let soonest = leaseEveryMs;
  for (const node of state.list('', 'Node')) {
    const isDown = isSimulated(node) && life.isDown(node.metadata.name);
    const patience = isDown ? graceMs - silentFor(state, node, life) : renewLease(state, node, life);
    const isSilent = isDown && patience <= 0;
    soonest = isSilent ? soonest : Math.min(soonest, patience);
    if (isSilent === hasCondition(node, 'Ready') && isSimulated(node)) {
      turnNode(state, node, isSilent, life.timestamp);
    }
    keepTaints(state, node, isSilent);
    if (isSilent) {
      giveUpPods(state, node, life);
    }
  }
  return soonest;
}

/** Milliseconds since the node was last heard of. */
function silentFor(state: ClusterState, { metadata }: KubeObject, { now }: NodeLife): number {
  const lease = state.get('coordination.k8s.io', 'Lease', 'kube-node-lease', metadata.name);
  const renewed = lease === undefined ? undefined : textAt(asJson(lease), 'spec', 'renewTime');
  const heard = Date.parse(renewed ?? metadata.creationTimestamp ?? '');
  return Number.isNaN(heard) ? graceMs : now - heard;
}

function renewLease(state: ClusterState, node: KubeObject, { now }: NodeLife): number {
  const { name, uid = '' } = node.metadata;
  if (!isSimulated(node) || state.get('', 'Namespace', '', 'kube-node-lease') === undefined) {
    return leaseEveryMs;
  }
  const lease = state.get('coordination.k8s.io', 'Lease', 'kube-node-lease', name);
  const renewed = lease === undefined ? undefined : textAt(asJson(lease), 'spec', 'renewTime');
  const due = renewed === undefined ? 0 : Date.parse(renewed) + leaseEveryMs - now;
  if (due > 0) {
    return due;
  }
  const owner = { apiVersion: 'v1', kind: 'Node', name, uid };
  const renewTime = new Date(now).toISOString().replace('Z', '000Z');
  const metadata = { name, namespace: 'kube-node-lease', ownerReferences: [owner] };
  const spec = { holderIdentity: name, leaseDurationSeconds: 40, renewTime };
  state.ensure({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec }, 'kubelet');
  return leaseEveryMs;
}

function turnNode(state: ClusterState, node: KubeObject, isDown: boolean, timestamp: string): void {
  const ready = isDown
    ? { status: 'Unknown', reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.' }
    : { status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' };
  const conditions = listAt(asJson(node), 'status', 'conditions').map((one): Json =>
    textAt(one, 'type') === 'Ready' && isJsonObject(one) ? { ...one, ...ready, lastTransitionTime: timestamp } : one,
  );
  state.writeStatus(
    node,
    { ...objectOf(valueAt(asJson(node), 'status')), conditions },
    isDown ? controllerManager : 'kubelet',
  );
  const reason = isDown ? 'NodeNotReady' : 'NodeReady';
  const message = `Node ${node.metadata.name} status is now: ${reason}`;
  tell(state, node, { type: 'Normal', reason, message, component: 'node-controller' }, timestamp);
}

/** A cordoned node, a silent one and one that is not ready have their taints, and lose them again. */
function keepTaints(state: ClusterState, node: KubeObject, isDown: boolean): void {
  const taints = listAt(asJson(node), 'spec', 'taints');
  const own = new Set([unschedulable, notReady, ...unreachable].map((one) => one.key));
  const isCordoned = valueAt(asJson(node), 'spec', 'unschedulable') === true;
  const wanted: readonly Json[] = [
    ...taints.filter((taint) => !own.has(textAt(taint, 'key') ?? '')),
    ...(isCordoned ? [unschedulable] : []),
    ...(isDown ? unreachable : []),
    ...(isDown || hasCondition(node, 'Ready') ? [] : [notReady]),
  ];
  if (JSON.stringify(wanted) !== JSON.stringify(taints)) {
    state.change(node, controllerManager, (live) => {
      const { taints: _, ...spec } = objectOf(valueAt(asJson(live), 'spec'));
      return { ...live, spec: wanted.length === 0 ? spec : { ...spec, taints: wanted } };
    });
  }
}

function giveUpPods(state: ClusterState, node: KubeObject, { now, timestamp }: NodeLife): void {
  const ready = listAt(asJson(node), 'status', 'conditions').find((one) => textAt(one, 'type') === 'Ready');
  const givenUpFor = now - Date.parse(textAt(ready, 'lastTransitionTime') ?? timestamp);
  const [, evicting] = unreachable;
  for (const pod of state
    .list('', 'Pod')
    .filter((one) => textAt(asJson(one), 'spec', 'nodeName') === node.metadata.name)) {
    if (hasCondition(pod, 'Ready')) {
      const status = objectOf(valueAt(asJson(pod), 'status'));
      state.writeStatus(pod, { ...status, conditions: unheardConditions(pod, timestamp) }, controllerManager);
    }
    const seconds = isDaemon(pod) || evicting === undefined ? undefined : secondsTolerated(pod, evicting);
    const isOver = seconds !== undefined && givenUpFor >= seconds * 1000;
    if (isOver && pod.metadata.deletionTimestamp === undefined) {
      state.remove(pod);
    }
  }
}

/** Pods of a DaemonSet tolerate a silent node for ever. */
function isDaemon(pod: KubeObject): boolean {
  return listAt(asJson(pod), 'metadata', 'ownerReferences').some((owner) => textAt(owner, 'kind') === 'DaemonSet');
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

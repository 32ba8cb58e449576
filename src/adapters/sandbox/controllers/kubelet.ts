import { listAt, textAt } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { ClusterState } from './cluster-state.ts';
import { tell } from './events.ts';
import { isSimulated } from './node-state.ts';
import { addressesFor } from './pod-addresses.ts';
import { isReady } from './pod-state.ts';
import { crashingStatus, restartsOf, runningStatus } from './pod-status.ts';

/** What the nodes go by. */
export interface NodeLife {
  readonly now: number;
  readonly timestamp: string;
  /** How long a container takes to run. */
  readonly startMs: number;
  /** Whether the node is cut off: nothing is heard of it, and it hears nothing. */
  readonly isDown: (node: string) => boolean;
  readonly isCrashing: (image: string) => boolean;
}

const component = 'kubelet';
const firstBackoffMs = 1_000;
const longestBackoffMs = 300_000;

/**
 * Runs the pods of every simulated node that is up, and ends those that are deleted. What nobody runs, because its node is gone,
 * goes too. Gives the milliseconds until the next one's time.
 */
export function runPods(state: ClusterState, life: NodeLife): number | undefined {
  let soonest: number | undefined;
  const nodes = new Map(state.list('', 'Node').map((node) => [node.metadata.name, isSimulated(node)]));
  for (const pod of state.list('', 'Pod')) {
    const node = textAt(asJson(pod), 'spec', 'nodeName');
    if (node === undefined || life.isDown(node) || nodes.get(node) === false) {
      continue;
    }
    if (!nodes.has(node)) {
      state.remove(pod, 'Background', 0);
      continue;
    }
    const due =
      pod.metadata.deletionTimestamp === undefined ? runPod(state, pod, node, life) : endPod(state, pod, life);
    soonest = due === undefined ? soonest : Math.min(soonest ?? due, due);
  }
  return soonest;
}

function endPod(state: ClusterState, pod: KubeObject, { timestamp }: NodeLife): undefined {
  for (const container of listAt(asJson(pod), 'spec', 'containers')) {
    const message = `Stopping container ${textAt(container, 'name') ?? ''}`;
    tell(state, pod, { type: 'Normal', reason: 'Killing', message, component }, timestamp);
  }
  state.remove(pod, 'Background', 0);
}

function runPod(state: ClusterState, pod: KubeObject, node: string, life: NodeLife): number | undefined {
  const images = listAt(asJson(pod), 'spec', 'containers').map((container) => textAt(container, 'image') ?? '');
  const crashing = images.filter((image) => life.isCrashing(image));
  if (crashing.length > 0) {
    return crash(state, pod, node, life);
  }
  if (isReady(pod) || textAt(asJson(pod), 'status', 'phase') === 'Succeeded') {
    return undefined;
  }
  const due = Date.parse(pod.metadata.creationTimestamp ?? '') + life.startMs - life.now;
  if (due > 0) {
    return due;
  }
  state.writeStatus(pod, runningStatus(pod, addressesFor(state, pod, node), life.timestamp), component);
  for (const container of listAt(asJson(pod), 'spec', 'containers')) {
    const message = `Started container ${textAt(container, 'name') ?? ''}`;
    tell(state, pod, { type: 'Normal', reason: 'Started', message, component }, life.timestamp);
  }
  return undefined;
}

/** Starts again and again, with a wait that doubles. */
function crash(state: ClusterState, pod: KubeObject, node: string, life: NodeLife): number {
  const restarts = restartsOf(pod);
  const wait = Math.min(firstBackoffMs * 2 ** Math.max(0, restarts - 1), longestBackoffMs);
  const last = Date.parse(
    textAt(asJson(pod), 'status', 'containerStatuses', 0, 'lastState', 'terminated', 'finishedAt') ??
      pod.metadata.creationTimestamp ??
      '',
  );
  const due = last + (restarts === 0 ? life.startMs : wait) - life.now;
  if (due > 0) {
    return due;
  }
  const addresses = addressesFor(state, pod, node);
  state.writeStatus(pod, crashingStatus(pod, addresses, restarts + 1, life), component);
  const message = `Back-off restarting failed container in pod ${pod.metadata.name}`;
  tell(state, pod, { type: 'Warning', reason: 'BackOff', message, component }, life.timestamp);
  return wait;
}

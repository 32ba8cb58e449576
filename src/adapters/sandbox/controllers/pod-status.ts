import { listAt, numberAt, textAt } from '../../../domain/json.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { PodAddresses } from './pod-addresses.ts';

export function restartsOf(pod: KubeObject): number {
  return numberAt(asJson(pod), 'status', 'containerStatuses', 0, 'restartCount') ?? 0;
}

/** The status of a pod all of whose containers run and serve. */
export function runningStatus(pod: KubeObject, addresses: PodAddresses, timestamp: string): JsonObject {
  return {
    ...placed(pod, addresses, timestamp),
    conditions: conditions(pod, 'True', timestamp),
    containerStatuses: containersOf(pod).map((container) => ({
      ...containerFacts(container),
      ready: true,
      started: true,
      restartCount: restartsOf(pod),
      state: { running: { startedAt: timestamp } },
    })),
  };
}

/** The status of a pod whose containers end as soon as they are started. */
export function crashingStatus(
  pod: KubeObject,
  addresses: PodAddresses,
  restarts: number,
  { timestamp }: { readonly timestamp: string },
): JsonObject {
  const message = `back-off restarting failed container in pod ${pod.metadata.name}`;
  const ended = { exitCode: 1, reason: 'Error', startedAt: timestamp, finishedAt: timestamp };
  return {
    ...placed(pod, addresses, timestamp),
    conditions: conditions(pod, 'False', timestamp),
    containerStatuses: containersOf(pod).map((container) => ({
      ...containerFacts(container),
      ready: false,
      started: false,
      restartCount: restarts,
      state: { waiting: { reason: 'CrashLoopBackOff', message } },
      lastState: { terminated: ended },
    })),
  };
}

/** The conditions of a pod of which nothing is heard any more: it counts as one that does not serve. */
export function unheardConditions(pod: KubeObject, timestamp: string): readonly Json[] {
  return listAt(asJson(pod), 'status', 'conditions').map((condition) =>
    textAt(condition, 'type') === 'Ready'
      ? { type: 'Ready', status: 'False', lastTransitionTime: timestamp }
      : condition,
  );
}

function containersOf(pod: KubeObject): readonly Json[] {
  return listAt(asJson(pod), 'spec', 'containers');
}

function containerFacts(container: Json): { readonly [field: string]: string } {
  const image = textAt(container, 'image') ?? '';
  const name = textAt(container, 'name') ?? '';
  return { name, image, imageID: `sandbox://${image}`, containerID: `sandbox://${name}` };
}

function placed(pod: KubeObject, { pods, hosts }: PodAddresses, timestamp: string): JsonObject {
  return {
    phase: 'Running',
    qosClass: 'BestEffort',
    startTime: textAt(asJson(pod), 'status', 'startTime') ?? timestamp,
    ...(hosts[0] === undefined ? {} : { hostIP: hosts[0], hostIPs: hosts.map((ip) => ({ ip })) }),
    ...(pods[0] === undefined ? {} : { podIP: pods[0], podIPs: pods.map((ip) => ({ ip })) }),
  };
}

function conditions(pod: KubeObject, ready: 'True' | 'False', timestamp: string): readonly JsonObject[] {
  const known = new Map(listAt(asJson(pod), 'status', 'conditions').map((one) => [textAt(one, 'type') ?? '', one]));
  return ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map((type) => {
    const status = type === 'Ready' || type === 'ContainersReady' ? ready : 'True';
    const before = known.get(type);
    const isSame = textAt(before, 'status') === status;
    const since = isSame ? (textAt(before, 'lastTransitionTime') ?? timestamp) : timestamp;
    const why = status === 'False' ? { reason: 'ContainersNotReady', message: 'containers are not ready' } : {};
    return { type, status, lastTransitionTime: since, ...why };
  });
}

import { canonicalJson, isJsonObject, listAt, textAt, valueAt } from '../../../domain/json.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { ClusterState } from './cluster-state.ts';

/** When the containers of a pod are said to run: it believes a start to take this long. */
export interface PodTimes {
  readonly now: number;
  readonly timestamp: string;
  readonly startMs: number;
}

const hashLabel = 'pod-template-hash';

export function templateHash(workload: KubeObject): string {
  const text = canonicalJson(valueAt(asJson(workload), 'spec', 'template') ?? {});
  let hash = 0x81_1c_9d_c5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01_00_01_93) >>> 0;
  }
  return hash.toString(36);
}

export function podsOf(state: ClusterState, workload: KubeObject): readonly KubeObject[] {
  return state.list('', 'Pod', workload.metadata.namespace).filter((pod) => {
    const { ownerReferences } = pod.metadata as { readonly ownerReferences?: Json };
    return listAt({ owners: ownerReferences ?? [] }, 'owners').some(
      (owner) => textAt(owner, 'uid') === workload.metadata.uid,
    );
  });
}

export function isCurrent(pod: KubeObject, hash: string): boolean {
  return pod.metadata.labels?.[hashLabel] === hash;
}

export function isReady(pod: KubeObject): boolean {
  return textAt(asJson(pod), 'status', 'phase') === 'Running';
}

/** A pod of the workload's template, on that node. */
export function createPod(state: ClusterState, workload: KubeObject, name: string, node: string): void {
  const template = valueAt(asJson(workload), 'spec', 'template');
  const spec = valueAt(template, 'spec');
  const labels = valueAt(template, 'metadata', 'labels');
  const owner = {
    apiVersion: workload.apiVersion,
    kind: workload.kind,
    name: workload.metadata.name,
    uid: workload.metadata.uid ?? '',
    controller: true,
  };
  const metadata = {
    name,
    namespace: workload.metadata.namespace ?? '',
    labels: {
      ...(isJsonObject(labels) ? (labels as { readonly [key: string]: string }) : {}),
      [hashLabel]: templateHash(workload),
    },
    ownerReferences: [owner],
  };
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata,
    spec: { ...(isJsonObject(spec) ? spec : {}), nodeName: node },
  };
  state.ensure(pod, 'kube-controller-manager');
}

/** Lets pods whose time has come run. Gives the milliseconds until the next one's time, or undefined. */
export function startPods(state: ClusterState, times: PodTimes): number | undefined {
  let soonest: number | undefined;
  let number = 0;
  for (const pod of state.list('', 'Pod')) {
    number += 1;
    if (isReady(pod) || textAt(asJson(pod), 'spec', 'nodeName') === undefined) {
      continue;
    }
    const due = Date.parse(pod.metadata.creationTimestamp ?? '') + times.startMs - times.now;
    if (due > 0) {
      soonest = Math.min(soonest ?? due, due);
    } else {
      state.writeStatus(pod, runningStatus(pod, number, times.timestamp), 'kubelet');
    }
  }
  return soonest;
}

function runningStatus(pod: KubeObject, number: number, timestamp: string): JsonObject {
  const address = `10.244.${(number >> 8) & 255}.${number & 255}`;
  const condition = (type: string): JsonObject => ({ type, status: 'True', lastTransitionTime: timestamp });
  return {
    phase: 'Running',
    startTime: timestamp,
    podIP: address,
    podIPs: [{ ip: address }],
    conditions: ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map((type) => condition(type)),
    containerStatuses: listAt(asJson(pod), 'spec', 'containers').map((container) => ({
      name: textAt(container, 'name') ?? '',
      image: textAt(container, 'image') ?? '',
      imageID: '',
      ready: true,
      started: true,
      restartCount: 0,
      state: { running: { startedAt: timestamp } },
    })),
  };
}

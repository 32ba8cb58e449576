import { isJsonObject, listAt, textAt, valueAt } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';

/** Whether the node is simulated here. Another's node, kwok's for one, and its pods are for its own kubelet to speak of. */
export function isSimulated(node: KubeObject): boolean {
  return textAt(asJson(node), 'status', 'nodeInfo', 'containerRuntimeVersion')?.startsWith('sandbox://') === true;
}

/** Whether the labels of a node are all that a pod's nodeSelector asks for. */
export function fitsSelector(node: KubeObject, selector: Json | undefined): boolean {
  const wanted = Object.entries(isJsonObject(selector) ? selector : {});
  return wanted.every(([key, value]) => node.metadata.labels?.[key] === value);
}

/** Whether a pod may be put on a node as its taints stand. */
export function toleratesTaints(pod: KubeObject, node: KubeObject): boolean {
  const tolerations = listAt(asJson(pod), 'spec', 'tolerations');
  return listAt(asJson(node), 'spec', 'taints')
    .filter((taint) => textAt(taint, 'effect') !== 'PreferNoSchedule')
    .every((taint) => tolerations.some((toleration) => tolerates(toleration, taint)));
}

/** The seconds that a pod stays on a node with that taint: for ever is undefined, and 0 without a toleration. */
export function secondsTolerated(pod: KubeObject, taint: Json): number | undefined {
  const found = listAt(asJson(pod), 'spec', 'tolerations').find((toleration) => tolerates(toleration, taint));
  const seconds = valueAt(found, 'tolerationSeconds');
  if (found === undefined) {
    return 300;
  }
  return typeof seconds === 'number' ? seconds : undefined;
}

function tolerates(toleration: Json, taint: Json): boolean {
  const effect = textAt(toleration, 'effect') ?? '';
  if (effect !== '' && effect !== textAt(taint, 'effect')) {
    return false;
  }
  const key = textAt(toleration, 'key') ?? '';
  if (textAt(toleration, 'operator') === 'Exists') {
    return key === '' || key === textAt(taint, 'key');
  }
  return key === textAt(taint, 'key') && (textAt(toleration, 'value') ?? '') === (textAt(taint, 'value') ?? '');
}

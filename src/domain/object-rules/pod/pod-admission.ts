import { isJsonObject, listAt, numberAt, textAt } from '../../json.ts';
import type { Json, JsonObject } from '../../json.ts';
import { withSpec } from '../with-spec.ts';
import { defaultedPodSpec, withRequests } from './pod-defaults.ts';

/** A pod as it is stored when it is new: what it got, and that nobody has seen to it. */
export function admittedPod(object: JsonObject): JsonObject {
  return { status: { phase: 'Pending', qosClass: 'BestEffort' }, ...withSpec(object, admitPod) };
}

/** What the spec of a pod, or of a template for pods, gets beyond what its schema presets. */
export function admittedPodSpec(given: JsonObject): JsonObject {
  const spec = defaultedPodSpec(given);
  const account = spec['serviceAccountName'];
  const admitted: { [name: string]: Json } = { ...spec };
  for (const list of ['containers', 'initContainers']) {
    if (spec[list] !== undefined) {
      admitted[list] = listAt(spec, list).map((container) => admitContainer(container));
    }
  }
  return account === undefined ? admitted : { ...admitted, serviceAccount: account };
}

const notThere: readonly Json[] = ['not-ready', 'unreachable'].map((state) => ({
  effect: 'NoExecute',
  key: `node.kubernetes.io/${state}`,
  operator: 'Exists',
  tolerationSeconds: 300,
}));

const priorities: { readonly [className: string]: number } = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
};

/** What a pod has that its owner's template does not say: account, priority, and how long it outlasts its node. */
function admitPod(spec: JsonObject): JsonObject {
  const tolerations = listAt(spec, 'tolerations');
  const containers = listAt(spec, 'containers').map((container) => withRequests(container));
  const grace = numberAt(spec, 'terminationGracePeriodSeconds') ?? 0;
  const missing = notThere.filter((wanted) => !tolerations.some((one) => covers(one, textAt(wanted, 'key') ?? '')));
  return admittedPodSpec({
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
    priority: priorities[textAt(spec, 'priorityClassName') ?? ''] ?? 0,
    serviceAccountName: 'default',
    ...spec,
    ...(containers.length === 0 ? {} : { containers }),
    ...(grace < 0 ? { terminationGracePeriodSeconds: 1 } : {}),
    tolerations: [...tolerations, ...missing],
  });
}

/** Whether a toleration speaks of a taint of that key which drives pods away. */
function covers(toleration: Json, key: string): boolean {
  const named = textAt(toleration, 'key') ?? '';
  const effect = textAt(toleration, 'effect') ?? '';
  return (named === '' || named === key) && (effect === '' || effect === 'NoExecute');
}

function admitContainer(container: Json): Json {
  const image = textAt(container, 'image') ?? '';
  const isFloating = !image.includes('@') && (image.endsWith(':latest') || !/:[^/]+$/u.test(image));
  const policy = isFloating ? 'Always' : 'IfNotPresent';
  return isJsonObject(container) ? { imagePullPolicy: policy, ...container } : container;
}

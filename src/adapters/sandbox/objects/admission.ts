import { isJsonObject, listAt, textAt, valueAt } from '../../../domain/json.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import { admitService } from './service-admission.ts';
import type { ServiceRanges } from './service-ranges.ts';

/** What a kind adds to an object beyond the defaults of its schema. `live` is the object before the write. */
export function admit(
  kind: string,
  object: JsonObject,
  live: JsonObject | undefined,
  ranges: ServiceRanges,
): JsonObject {
  switch (kind) {
    case 'Namespace':
      return admitNamespace(object);
    case 'Secret':
      return admitSecret(object);
    case 'Service':
      return admitService(object, live, ranges);
    case 'Deployment':
      return admitWorkload(object, 'strategy', { maxUnavailable: '25%', maxSurge: '25%' });
    case 'DaemonSet':
      return admitWorkload(object, 'updateStrategy', { maxUnavailable: 1, maxSurge: 0 });
    case 'ReplicaSet':
      return withSpec(object, (spec) =>
        isJsonObject(spec['template']) ? { ...spec, template: withSpec(spec['template'], admitPodSpec) } : spec,
      );
    case 'Pod':
      return { status: { phase: 'Pending', qosClass: 'BestEffort' }, ...withSpec(object, admitPod) };
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      return admitBinding(object);
    case 'CustomResourceDefinition':
      return admitDefinition(object);
    default:
      return object;
  }
}

/** The object with its spec replaced. */
export function withSpec(object: JsonObject, change: (spec: JsonObject) => JsonObject): JsonObject {
  const { spec } = object;
  return { ...object, spec: change(isJsonObject(spec) ? spec : {}) };
}

function admitNamespace(object: JsonObject): JsonObject {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {};
  const labels = isJsonObject(metadata['labels']) ? metadata['labels'] : {};
  const named = { ...labels, 'kubernetes.io/metadata.name': metadata['name'] ?? '' };
  const status = isJsonObject(object['status']) ? object['status'] : { phase: 'Active' };
  return withSpec({ ...object, metadata: { ...metadata, labels: named }, status }, (spec) => ({
    // What holds a namespace is taken away for good while it is being deleted.
    ...(metadata['deletionTimestamp'] === undefined ? { finalizers: ['kubernetes'] } : {}),
    ...spec,
  }));
}

function admitSecret({ stringData, ...object }: JsonObject): JsonObject {
  if (!isJsonObject(stringData)) {
    return object;
  }
  const data: { [key: string]: Json } = isJsonObject(object['data']) ? { ...object['data'] } : {};
  for (const [key, text] of Object.entries(stringData)) {
    data[key] = Buffer.from(typeof text === 'string' ? text : '').toString('base64');
  }
  return { ...object, data };
}

function admitWorkload(object: JsonObject, strategy: string, rolling: JsonObject): JsonObject {
  return withSpec(object, (spec) => {
    const given = isJsonObject(spec[strategy]) ? spec[strategy] : {};
    const current = isJsonObject(given['rollingUpdate']) ? given['rollingUpdate'] : {};
    const isRolling = given['type'] === 'RollingUpdate';
    const filled = isRolling ? { ...given, rollingUpdate: { ...rolling, ...current } } : given;
    const template = isJsonObject(spec['template']) ? withSpec(spec['template'], admitPodSpec) : {};
    return { ...spec, [strategy]: filled, template };
  });
}

function admitPodSpec(spec: JsonObject): JsonObject {
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
  const missing = notThere.filter((wanted) => !tolerations.some((one) => covers(one, textAt(wanted, 'key') ?? '')));
  return admitPodSpec({
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
    priority: priorities[textAt(spec, 'priorityClassName') ?? ''] ?? 0,
    serviceAccountName: 'default',
    ...spec,
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

function admitBinding(object: JsonObject): JsonObject {
  const subjects = listAt(object, 'subjects');
  return subjects.length === 0 ? object : { ...object, subjects: subjects.map((subject) => admitSubject(subject)) };
}

function admitSubject(subject: Json): Json {
  const isAccount = textAt(subject, 'kind') === 'ServiceAccount';
  return isAccount || !isJsonObject(subject) ? subject : { apiGroup: 'rbac.authorization.k8s.io', ...subject };
}

function admitDefinition(object: JsonObject): JsonObject {
  return withSpec(object, (spec) => {
    const names = isJsonObject(spec['names']) ? spec['names'] : {};
    const kind = textAt(valueAt(spec, 'names'), 'kind') ?? '';
    const filled = { singular: kind.toLowerCase(), listKind: `${kind}List`, ...names };
    return { ...spec, names: filled };
  });
}

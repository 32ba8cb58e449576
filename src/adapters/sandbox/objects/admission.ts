import { isJsonObject, jsonEqual, listAt, numberAt, textAt, valueAt } from '../../../domain/json.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import { defaultedPodSpec, withRequests } from '../../../domain/object-rules/pod/pod-defaults.ts';
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
      return { status: {}, ...admitWorkload(object, 'strategy', { maxUnavailable: '25%', maxSurge: '25%' }) };
    case 'DaemonSet':
      return admitDaemonSet(object, live);
    case 'ReplicaSet':
      return {
        status: { replicas: 0 },
        ...withSpec(object, (spec) =>
          isJsonObject(spec['template']) ? { ...spec, template: withSpec(spec['template'], admitPodSpec) } : spec,
        ),
      };
    case 'Pod':
      return { status: { phase: 'Pending', qosClass: 'BestEffort' }, ...withSpec(object, admitPod) };
    case 'Lease':
      return withSpec(object, admitLease);
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
  return withSpec({ ...object, metadata: { ...metadata, labels: named }, status }, (spec) => {
    const held = listAt(spec, 'finalizers');
    // What holds a namespace is taken away for good while it is being deleted.
    const isHeld = metadata['deletionTimestamp'] !== undefined || held.includes('kubernetes');
    return isHeld ? spec : { ...spec, finalizers: [...held, 'kubernetes'] };
  });
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
    const type = given['type'] ?? 'RollingUpdate';
    const typed = { ...given, type };
    const filled = type === 'RollingUpdate' ? { ...typed, rollingUpdate: { ...rolling, ...current } } : typed;
    const template = isJsonObject(spec['template']) ? withSpec(spec['template'], admitPodSpec) : {};
    return { ...spec, [strategy]: filled, template };
  });
}

const idleDaemons: JsonObject = {
  currentNumberScheduled: 0,
  desiredNumberScheduled: 0,
  numberMisscheduled: 0,
  numberReady: 0,
};

/** Coordinated elections are not on. */
function admitLease(given: JsonObject): JsonObject {
  const { strategy: _, preferredHolder: __, ...spec } = given;
  return spec;
}

const templateCount = 'deprecated.daemonset.template.generation';

/** How often the template of a DaemonSet changed stands in an annotation. */
function admitDaemonSet(object: JsonObject, live: JsonObject | undefined): JsonObject {
  const admitted = admitWorkload(object, 'updateStrategy', { maxUnavailable: 1, maxSurge: 0 });
  const before = Number(textAt(live, 'metadata', 'annotations', templateCount) ?? 0);
  const isSame =
    live !== undefined && jsonEqual(valueAt(live, 'spec', 'template'), valueAt(admitted, 'spec', 'template'));
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {};
  const annotations = isJsonObject(metadata['annotations']) ? metadata['annotations'] : {};
  const counted = { ...annotations, [templateCount]: String(isSame ? before : before + 1) };
  return { status: idleDaemons, ...admitted, metadata: { ...metadata, annotations: counted } };
}

function admitPodSpec(given: JsonObject): JsonObject {
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
  return admitPodSpec({
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

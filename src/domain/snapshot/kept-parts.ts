import { isJsonObject, listAt, textAt, valueAt, type Json, type JsonObject } from '../json.ts';
import { asJson, type KubeObject, type ObjectMeta } from '../manifest/kube-object.ts';
import { groupOf } from '../manifest/object-id.ts';
import { metalLbGroup } from '../metallb/api.ts';
import { maskedObject } from '../plan/sensitive.ts';

/** kubectl keeps a whole copy of the object here, its passwords included. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
const metalLbAnnotation = /^metallb\.(?:io|universe\.tf)\//u;

type Annotations = { readonly [name: string]: string };

function annotationsThat(
  object: KubeObject,
  isKept: (name: string) => boolean,
): { readonly annotations?: Annotations } {
  const kept = Object.entries(object.metadata.annotations ?? {}).filter(([name]) => isKept(name));
  return kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) };
}

/** Identity and labels: what selectors and owners go by. */
function bareMetadata({ metadata }: KubeObject): ObjectMeta {
  const { name, namespace, uid, resourceVersion, creationTimestamp, deletionTimestamp, labels } = metadata;
  return {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(uid === undefined ? {} : { uid }),
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
    ...(creationTimestamp === undefined ? {} : { creationTimestamp }),
    ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
    ...(labels === undefined ? {} : { labels }),
  };
}

function bare(object: KubeObject): KubeObject {
  return { apiVersion: object.apiVersion, kind: object.kind, metadata: bareMetadata(object) };
}

function pick(value: Json | undefined, fields: readonly string[]): JsonObject {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const found = valueAt(value, field);
      return found === undefined ? [] : [[field, found]];
    }),
  );
}

/** A Service with what MetalLB reads of it, and of its annotations MetalLB's alone: others may hold anything. */
function service(object: KubeObject): KubeObject {
  const status = valueAt(asJson(object), 'status', 'loadBalancer');
  return {
    ...bare(object),
    metadata: { ...bareMetadata(object), ...annotationsThat(object, (name) => metalLbAnnotation.test(name)) },
    spec: valueAt(asJson(object), 'spec') ?? {},
    ...(status === undefined ? {} : { status: { loadBalancer: status } }),
  };
}

function node(object: KubeObject): KubeObject {
  const root = asJson(object);
  const conditions = listAt(root, 'status', 'conditions').map((one) => pick(one, ['type', 'status', 'reason']));
  return {
    ...bare(object),
    spec: pick(valueAt(root, 'spec'), ['unschedulable', 'taints', 'podCIDRs']),
    status: { conditions, addresses: listAt(root, 'status', 'addresses') },
  };
}

function endpointSlice(object: KubeObject): KubeObject {
  const endpoints = listAt(asJson(object), 'endpoints').map((one) =>
    pick(one, ['addresses', 'conditions', 'nodeName']),
  );
  return { ...bare(object), ...pick(asJson(object), ['addressType', 'ports']), endpoints };
}

/** A workload with what tells MetalLB's version, BGP backend and class; other arguments and variables are left out. */
function workload(object: KubeObject): KubeObject {
  const root = asJson(object);
  const containers = listAt(root, 'spec', 'template', 'spec', 'containers').map((container) => ({
    ...pick(container, ['name', 'image']),
    args: classArguments(listAt(container, 'args')),
    env: listAt(container, 'env').filter((variable) => textAt(variable, 'name') === 'METALLB_BGP_TYPE'),
  }));
  const selector = valueAt(root, 'spec', 'selector') ?? {};
  return { ...bare(object), spec: { selector, template: { spec: { containers } } } };
}

function classArguments(given: readonly Json[]): readonly Json[] {
  const isClass = (index: number): boolean => /^--?lb-class(?:=|\s|$)/u.test(textAt(given, index) ?? '');
  return given.filter((_, index) => isClass(index) || (given[index - 1] === '--lb-class' && isClass(index - 1)));
}

const projections: ReadonlyMap<string, (object: KubeObject) => KubeObject> = new Map([
  ['Service', service],
  ['Node', node],
  ['EndpointSlice', endpointSlice],
  ['Deployment', workload],
  ['DaemonSet', workload],
]);

/** An object that a plan of an environment compares field by field: all of it, its secrets masked. */
export function wholeObject(object: KubeObject): KubeObject {
  const masked = maskedObject(object);
  const rest = isJsonObject(masked) ? masked : {};
  const { annotations: _annotations, ...metadata } = object.metadata;
  return {
    ...rest,
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: { ...metadata, ...annotationsThat(object, (name) => name !== lastApplied) },
  };
}

/**
 * What a snapshot keeps of an object. MetalLB's own objects whole, with passwords masked; of Services, nodes, endpoints and
 * workloads what decides about addresses; of anything else its identity and labels.
 */
export function keptParts(object: KubeObject): KubeObject {
  if (groupOf(object.apiVersion) === metalLbGroup) {
    return wholeObject(object);
  }
  return projections.get(object.kind)?.(object) ?? bare(object);
}

import { isJsonObject, numberAt, textAt, valueAt } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { violation } from '../../../domain/crd/violation.ts';
import { StatusError, conflict, invalid, notFound } from '../answers/status-error.ts';
import { collectionOf } from '../kinds/served-kind.ts';
import type { ScalePaths, ServedKind } from '../kinds/served-kind.ts';
import { asServed } from '../kinds/stored-form.ts';
import type { ResourceRequest } from '../requests/resource-request.ts';
import { writeOptions } from '../requests/write-options.ts';
import { patchedScale } from './workload-scale.ts';
import type { Subresource, SubresourceParts } from './subresource.ts';

/** `NAME/scale` of a custom object, by the paths that its definition names. */
export const scaleOfCustomKinds: Subresource = {
  under: '',
  name: 'scale',
  kind: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
  verbs: ['get', 'patch', 'update'],
  respond(parts, request, method) {
    const { kind } = request;
    const name = request.path.name ?? '';
    const stored = parts.store.get(collectionOf(kind), request.path.namespace ?? '', name);
    if (stored === undefined) {
      throw notFound(kind, name);
    }
    const live = asServed(kind, stored);
    const object = method === 'GET' ? live : rescale(parts, request, live, method);
    const scale = scaleFrom(object, pathsOf(kind));
    return { code: 200, body: asJson(scale), objects: [scale], printedAs: 'Scale' };
  },
};

function pathsOf({ scale }: ServedKind): ScalePaths {
  return scale ?? { wanted: [], there: [], selector: undefined };
}

function rescale(parts: SubresourceParts, request: ResourceRequest, live: KubeObject, method: string): KubeObject {
  const { kind } = request;
  const { name } = live.metadata;
  const { wanted: path } = pathsOf(kind);
  const sent = method === 'PATCH' ? patchedScale(request, asJson(scaleFrom(live, pathsOf(kind)))) : request.body;
  const version = valueAt(sent, 'metadata', 'resourceVersion');
  if (version !== undefined && version !== live.metadata.resourceVersion) {
    const why = 'the object has been modified; please apply your changes to the latest version and try again';
    throw conflict(kind, name, why);
  }
  const replicas = numberAt(sent, 'spec', 'replicas') ?? 0;
  if (replicas < 0) {
    const message = `Invalid value: ${replicas}: should be a non-negative integer`;
    throw invalid(kind, name, [violation('FieldValueInvalid', `.${path.join('.')}`, message)]);
  }
  const { resourceVersion: _, ...metadata } = live.metadata;
  const target = { kind, namespace: request.path.namespace ?? '', name };
  const options = { ...writeOptions(request, method === 'PATCH' ? 'Patch' : 'Update'), subresource: '' } as const;
  const changed = withValue({ ...live, metadata }, path, replicas) as KubeObject;
  return parts.writer.update(target, changed, options);
}

function withValue(object: Json, [field, ...rest]: readonly string[], value: Json): Json {
  if (field === undefined) {
    return value;
  }
  const here = isJsonObject(object) ? object : {};
  return { ...here, [field]: withValue(here[field] ?? {}, rest, value) };
}

function scaleFrom(object: KubeObject, { wanted, there, selector }: ScalePaths): KubeObject {
  const whole = asJson(object);
  const replicas = numberAt(whole, ...wanted);
  if (replicas === undefined) {
    const why = `the spec replicas field ".${wanted.join('.')}" does not exist`;
    throw new StatusError(500, 'InternalError', `Internal error occurred: ${why}`, { causes: [{ message: why }] });
  }
  const { name, namespace = '', uid = '', resourceVersion = '', creationTimestamp = '' } = object.metadata;
  const selected = selector === undefined ? undefined : textAt(whole, ...selector);
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, ...(namespace === '' ? {} : { namespace }), uid, resourceVersion, creationTimestamp },
    spec: { replicas },
    status: {
      replicas: numberAt(whole, ...there) ?? 0,
      ...(selected === undefined ? {} : { selector: selected }),
    },
  };
}

import { isJsonObject, numberAt, valueAt } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { violation } from '../../../domain/crd/violation.ts';
import type { ResourceRequest } from '../requests/resource-request.ts';
import { patchOf } from '../requests/patch-types.ts';
import { collectionOf } from '../kinds/served-kind.ts';
import { badRequest, conflict, invalid, notFound } from '../answers/status-error.ts';
import { writeOptions } from '../requests/write-options.ts';
import type { Subresource, SubresourceParts } from './subresource.ts';

/** `NAME/scale`: how many replicas are wanted and there, in one shape for every workload. */
function scaleOf(under: string): Subresource {
  return {
    under,
    name: 'scale',
    kind: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
    verbs: ['get', 'patch', 'update'],
    respond(parts, request, method) {
      const name = request.path.name ?? '';
      const live = parts.store.get(collectionOf(request.kind), request.path.namespace ?? '', name);
      if (live === undefined) {
        throw notFound(request.kind, name);
      }
      const object = method === 'GET' ? live : rescale(parts, request, live, method);
      const scale = scaleFrom(object);
      return { code: 200, body: asJson(scale), objects: [scale], printedAs: 'Scale' };
    },
  };
}

export const scaleOfDeployments: Subresource = scaleOf('deployments.apps');
export const scaleOfReplicaSets: Subresource = scaleOf('replicasets.apps');

function rescale(parts: SubresourceParts, request: ResourceRequest, live: KubeObject, method: string): KubeObject {
  const wanted = method === 'PATCH' ? patchedScale(request, asJson(scaleFrom(live))) : (request.body ?? null);
  const version = valueAt(wanted, 'metadata', 'resourceVersion');
  if (version !== undefined && version !== live.metadata.resourceVersion) {
    const why = 'the object has been modified; please apply your changes to the latest version and try again';
    throw conflict(request.kind, live.metadata.name, why);
  }
  const replicas = numberAt(wanted, 'spec', 'replicas') ?? 0;
  if (replicas < 0) {
    const message = `Invalid value: ${replicas}: must be greater than or equal to 0`;
    const named = { ...request.kind, group: 'autoscaling', kind: 'Scale', resource: 'Scale' };
    throw invalid(named, live.metadata.name, [violation('FieldValueInvalid', 'spec.replicas', message)]);
  }
  const { resourceVersion: _, ...metadata } = live.metadata;
  const spec = isJsonObject(live['spec']) ? live['spec'] : {};
  const target = { kind: request.kind, namespace: request.path.namespace ?? '', name: live.metadata.name };
  const options = { ...writeOptions(request, method === 'PATCH' ? 'Patch' : 'Update'), subresource: '' } as const;
  return parts.writer.update(target, { ...live, metadata, spec: { ...spec, replicas } }, options);
}

/** A scale as a patch of it leaves it. */
export function patchedScale(request: ResourceRequest, scale: Json): Json {
  const type = request.contentType.split(';', 1)[0]?.trim() ?? '';
  if (type !== 'application/json-patch+json' && type.includes('apply')) {
    throw badRequest('a scale is patched by a merge or JSON patch');
  }
  return patchOf(type === 'application/json-patch+json' ? type : 'application/merge-patch+json', request.kind)(
    scale,
    request.body ?? null,
  );
}

function scaleFrom(object: KubeObject): KubeObject {
  const { name, namespace = '', uid = '', resourceVersion = '', creationTimestamp = '' } = object.metadata;
  const labels = valueAt(asJson(object), 'spec', 'selector', 'matchLabels');
  const selector = Object.entries(isJsonObject(labels) ? labels : {}).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? value : ''}`,
  );
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: numberAt(asJson(object), 'spec', 'replicas') ?? 0 },
    status: {
      replicas: numberAt(asJson(object), 'status', 'replicas') ?? 0,
      ...(selector.length === 0 ? {} : { selector: selector.join(',') }),
    },
  };
}

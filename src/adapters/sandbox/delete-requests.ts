import { textAt, valueAt } from '../../domain/json.ts';
import type { JsonObject } from '../../domain/json.ts';
import { asJson } from '../../domain/manifest/kube-object.ts';
import { listBody, listPage } from './object-list.ts';
import { hasFinalizers } from './object-remover.ts';
import type { RemovalOptions } from './object-remover.ts';
import type { Answer, ApiParts, ResourceRequest } from './resource-request.ts';
import { targetOf } from './resource-request.ts';
import { StatusError } from './status-error.ts';

/** Deletes one object; the body may carry preconditions. */
export function deleteObject(parts: ApiParts, request: ResourceRequest): Answer {
  const target = targetOf(request, request.path.name ?? '');
  const { kind } = target;
  const object = parts.remover.remove(target, removalOptions(request));
  if (hasFinalizers(object) || kind.kind === 'Namespace') {
    return { code: 200, body: asJson(object) };
  }
  const group = kind.group === '' ? {} : { group: kind.group };
  const details: JsonObject = { name: target.name, ...group, kind: kind.resource, uid: object.metadata.uid ?? '' };
  return { code: 200, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details } };
}

/** Deletes everything that a list with the same query gives, and answers that list. What is gone meanwhile is no failure. */
export function deleteCollection(parts: ApiParts, request: ResourceRequest): Answer {
  const page = listPage(parts.store, { kind: request.kind, namespace: request.path.namespace, query: request.query });
  const options = removalOptions(request);
  for (const object of page.items) {
    const { kind, path } = request;
    const namespace = object.metadata.namespace ?? path.namespace ?? '';
    try {
      parts.remover.remove({ kind, namespace, name: object.metadata.name }, options);
    } catch (error) {
      if (!(error instanceof StatusError) || error.code !== 404) {
        throw error;
      }
    }
  }
  return { code: 200, body: listBody(request.kind, page), objects: page.items };
}

function removalOptions({ query, body, review }: ResourceRequest): RemovalOptions {
  return {
    uid: textAt(body, 'preconditions', 'uid'),
    resourceVersion: textAt(body, 'preconditions', 'resourceVersion'),
    dryRun: query.get('dryRun') === 'All' || valueAt(body, 'dryRun', 0) === 'All',
    ...(review === undefined ? {} : { review }),
  };
}

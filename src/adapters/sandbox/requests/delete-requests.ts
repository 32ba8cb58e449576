import type { JsonObject } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import { listBody, listPage } from '../objects/object-list.ts';
import type { RemovalOptions } from '../objects/object-remover.ts';
import { removalOptions } from './delete-options.ts';
import type { Answer, ApiParts, ResourceRequest } from './resource-request.ts';
import { targetOf } from './resource-request.ts';
import type { Target } from './target.ts';
import { OpenReviews } from './write-review.ts';
import type { OpenReview } from './write-review.ts';
import { StatusError } from '../answers/status-error.ts';

/** Kinds whose objects are the answer to their deletion. */
const answeredWhole: ReadonlySet<string> = new Set(['Pod', 'Service', 'ServiceAccount']);

/** Deletes one object; the body may carry preconditions. */
export function deleteObject(parts: ApiParts, request: ResourceRequest): Answer {
  const target = targetOf(request, request.path.name ?? '');
  const { kind } = target;
  const { object, isGone } = parts.remover.remove(target, removalOptions(request));
  if (!isGone || (kind.group === '' && answeredWhole.has(kind.kind))) {
    return { code: 200, body: asJson(object) };
  }
  const group = kind.group === '' ? {} : { group: kind.group };
  const details: JsonObject = { name: target.name, ...group, kind: kind.resource, uid: object.metadata.uid ?? '' };
  return { code: 200, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details } };
}

/** Deletes everything that a list with the same query gives, and answers that list. What is gone meanwhile is no failure. */
export function deleteCollection(parts: ApiParts, request: ResourceRequest): Answer {
  const { kind, path, query } = request;
  const page = listPage(parts.store, { kind, namespace: path.namespace, query });
  const { review, ...options } = removalOptions(request);
  const targets = page.items.map((object): Target => {
    const namespace = object.metadata.namespace ?? path.namespace ?? '';
    return { kind, namespace, name: object.metadata.name };
  });
  if (review !== undefined) {
    checkAll(parts, targets, { ...options, review });
  }
  for (const target of targets) {
    unlessGone(() => parts.remover.remove(target, options));
  }
  return { code: 200, body: listBody(kind, page), objects: page.items };
}

/** Nothing goes before everybody has been asked about all of it. */
function checkAll({ remover }: ApiParts, targets: readonly Target[], options: RemovalOptions): void {
  const open: OpenReview[] = [];
  for (const target of targets) {
    try {
      unlessGone(() => remover.check(target, options));
    } catch (error) {
      if (!(error instanceof OpenReviews)) {
        throw error;
      }
      open.push(...error.reviews);
    }
  }
  if (open.length > 0) {
    throw new OpenReviews(open);
  }
}

function unlessGone(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof StatusError) || error.code !== 404) {
      throw error;
    }
  }
}

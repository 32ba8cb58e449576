import { numberAt, textAt, valueAt } from '../../../domain/json.ts';
import type { JsonObject } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import { listBody, listPage } from '../objects/object-list.ts';
import type { RemovalOptions } from '../objects/object-remover.ts';
import type { Propagation } from './removal.ts';
import type { Answer, ApiParts, ResourceRequest } from './resource-request.ts';
import { targetOf } from './resource-request.ts';
import type { Target } from './target.ts';
import { OpenReviews } from './write-review.ts';
import type { OpenReview } from './write-review.ts';
import { StatusError, optionsInvalid } from '../answers/status-error.ts';
import { violation } from '../../../domain/crd/violation.ts';

/** Deletes one object; the body may carry preconditions. */
export function deleteObject(parts: ApiParts, request: ResourceRequest): Answer {
  const target = targetOf(request, request.path.name ?? '');
  const { kind } = target;
  const { object, isGone } = parts.remover.remove(target, removalOptions(request));
  if (!isGone || kind.kind === 'Pod') {
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

const propagations: readonly Propagation[] = ['Background', 'Foreground', 'Orphan'];

function removalOptions({ query, body, review }: ResourceRequest): RemovalOptions {
  const propagation = propagationOf(query, body);
  const grace = numberAt(body, 'gracePeriodSeconds') ?? numberOf(query.get('gracePeriodSeconds'));
  return {
    ...(propagation === undefined ? {} : { propagation }),
    ...(grace === undefined ? {} : { graceSeconds: grace }),
    uid: textAt(body, 'preconditions', 'uid'),
    resourceVersion: textAt(body, 'preconditions', 'resourceVersion'),
    dryRun: query.get('dryRun') === 'All' || valueAt(body, 'dryRun', 0) === 'All',
    ...(review === undefined ? {} : { review }),
  };
}

function propagationOf(query: URLSearchParams, body: ResourceRequest['body']): Propagation | undefined {
  const wanted = textAt(body, 'propagationPolicy') ?? query.get('propagationPolicy');
  if (wanted === null) {
    const orphans = valueAt(body, 'orphanDependents') ?? query.get('orphanDependents') === 'true';
    return orphans === true ? 'Orphan' : undefined;
  }
  const found = propagations.find((one) => one === wanted);
  if (found === undefined) {
    const choices = 'supported values: "Foreground", "Background", "Orphan", "nil"';
    const message = `Unsupported value: ${JSON.stringify(wanted)}: ${choices}`;
    throw optionsInvalid('DeleteOptions', [violation('FieldValueNotSupported', 'propagationPolicy', message)]);
  }
  return found;
}

function numberOf(text: string | null): number | undefined {
  return text === null || !/^\d+$/u.test(text) ? undefined : Number(text);
}

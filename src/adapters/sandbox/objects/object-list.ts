import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import { readToken, writeToken } from '../listing/continue-token.ts';
import { readListOptions, revisionOf, tooLarge } from '../listing/list-options.ts';
import type { ListOptions } from '../listing/list-options.ts';
import { collectionAt, placeOf } from '../listing/snapshot.ts';
import type { ObjectStore } from './object-store.ts';
import { fieldSelector } from '../listing/field-selector.ts';
import { labelSelector } from '../listing/label-selector.ts';
import type { Selects } from '../listing/label-selector.ts';
import type { ServedKind } from '../kinds/served-kind.ts';
import { apiVersionOf, collectionOf } from '../kinds/served-kind.ts';
import { asServed } from '../kinds/stored-form.ts';
import { StatusError, badRequest } from '../answers/status-error.ts';

export interface ListRequest {
  readonly kind: ServedKind;
  /** undefined: all namespaces. */
  readonly namespace: string | undefined;
  readonly query: URLSearchParams;
}

/** What a request selects: its namespace, labels and fields together. */
export function selectionOf({ kind, namespace, query }: ListRequest): Selects {
  const labels = labelSelector(query.get('labelSelector') ?? '');
  const fields = fieldSelector(query.get('fieldSelector') ?? '', kind);
  return (object) =>
    (namespace === undefined || object.metadata.namespace === namespace) && labels(object) && fields(object);
}

/** The first key that follows another is the same with this at its end. */
const next = '\u0000';

export interface ListPage {
  readonly items: readonly KubeObject[];
  readonly metadata: JsonObject;
}

/** One page of a list. All pages of one list see the store as it was at the first. */
export function listPage(store: ObjectStore, request: ListRequest): ListPage {
  const options = readListOptions(request.query);
  const selects = selectionOf(request);
  const start = startOf(store, options);
  const revision = start.revision ?? store.revision;
  const snapshot = collectionAt(store, collectionOf(request.kind), revision);
  if (snapshot === undefined) {
    throw start.from === undefined ? expired() : expiredToken(start.from);
  }
  const from = start.from === undefined ? undefined : `${rootOf(request)}${start.from}`;
  const rest = snapshot.filter((object) => (from === undefined || placeOf(object) >= from) && selects(object));
  // Any revision is that of a cache, which knows no pages.
  const isCached = options.resourceVersion === '0' && options.continueToken === '';
  const page = options.limit > 0 && !isCached ? rest.slice(0, options.limit) : rest;
  const items = page.map((object) => asServed(request.kind, object));
  const last = items.at(-1);
  const resourceVersion = String(revision);
  if (last === undefined || items.length === rest.length) {
    return { items, metadata: { resourceVersion } };
  }
  const isWhole = !request.query.has('labelSelector') && !request.query.has('fieldSelector');
  const remaining = isWhole ? { remainingItemCount: rest.length - items.length } : {};
  const token = writeToken({ revision, from: `${placeOf(last).slice(rootOf(request).length)}${next}` });
  return { items, metadata: { resourceVersion, continue: token, ...remaining } };
}

/** What the places of all objects of a list begin with; tokens leave it out. */
function rootOf({ kind, namespace }: ListRequest): string {
  if (!kind.namespaced) {
    return '/';
  }
  return namespace === undefined ? '' : `${namespace}/`;
}

interface Start {
  /** undefined: now. */
  readonly revision: number | undefined;
  readonly from: string | undefined;
}

function startOf(store: ObjectStore, { continueToken, resourceVersion, match, limit }: ListOptions): Start {
  const wanted = revisionOf(resourceVersion, (why) => badRequest(`invalid resource version: ${why}`));
  if (continueToken !== '') {
    const token = readToken(continueToken);
    if (wanted !== undefined) {
      throw badRequest('specifying resource version is not allowed when using continue');
    }
    return token;
  }
  if (wanted !== undefined && wanted > store.revision) {
    throw tooLarge(wanted, store.revision);
  }
  // A page of a named revision is of exactly that revision, unless newer ones are asked for too.
  const isExact = match === 'Exact' || (match === '' && limit > 0);
  return { revision: isExact ? wanted : undefined, from: undefined };
}

function expired(): StatusError {
  return new StatusError(410, 'Expired', 'The resourceVersion for the provided list is too old.');
}

/** With a token by which the rest can be had as it is now. */
function expiredToken(from: string): StatusError {
  const message =
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or ' +
    'use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an ' +
    'inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';
  return new StatusError(410, 'Expired', message, undefined, { continue: writeToken({ revision: undefined, from }) });
}

/** Items of a built-in kind name neither kind nor version: the list does. */
export function listBody(kind: ServedKind, page: ListPage): JsonObject {
  const items = page.items.map((object) => (kind.custom ? asJson(object) : itemOf(asJson(object))));
  const metadata = kind.custom ? { continue: '', ...page.metadata } : page.metadata;
  return { kind: kind.listKind, apiVersion: apiVersionOf(kind), metadata, items };
}

function itemOf(object: Json): Json {
  const { kind: _, apiVersion: __, ...item } = object as JsonObject;
  return item;
}

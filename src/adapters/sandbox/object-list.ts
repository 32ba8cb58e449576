import { asJson } from '../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../domain/manifest/kube-object.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { ObjectStore } from './object-store.ts';
import { fieldSelector, labelSelector } from './selectors.ts';
import type { Selects } from './selectors.ts';
import type { ServedKind } from './served-kind.ts';
import { apiVersionOf, collectionOf } from './served-kind.ts';
import { StatusError, badRequest } from './status-error.ts';

export interface ListRequest {
  readonly kind: ServedKind;
  /** undefined: all namespaces. */
  readonly namespace: string | undefined;
  readonly query: URLSearchParams;
}

/** What a request selects: its namespace, labels and fields together. */
export function selectionOf({ namespace, query }: Omit<ListRequest, 'kind'>): Selects {
  const labels = labelSelector(query.get('labelSelector') ?? '');
  const fields = fieldSelector(query.get('fieldSelector') ?? '');
  return (object) =>
    (namespace === undefined || object.metadata.namespace === namespace) && labels(object) && fields(object);
}

export interface ListPage {
  readonly items: readonly KubeObject[];
  readonly metadata: JsonObject;
}

/** One page of a list. The continue token names the last object given; pages see the store as it is then. */
export function listPage(store: ObjectStore, request: ListRequest): ListPage {
  const selects = selectionOf(request);
  const after = readToken(request.query.get('continue') ?? '');
  const limit = Number(request.query.get('limit') ?? '0');
  const all = store.list(collectionOf(request.kind)).filter((object) => selects(object));
  const rest = after === undefined ? all : all.filter((object) => placeOf(object) > after.place);
  const items = limit > 0 ? rest.slice(0, limit) : rest;
  const last = items.at(-1);
  const resourceVersion = after?.revision ?? String(store.revision);
  if (last === undefined || items.length === rest.length) {
    return { items, metadata: { resourceVersion } };
  }
  const token = writeToken({ place: placeOf(last), revision: resourceVersion });
  return { items, metadata: { resourceVersion, continue: token, remainingItemCount: rest.length - items.length } };
}

export function listBody(kind: ServedKind, page: ListPage): JsonObject {
  const items = page.items.map((object) => asJson(object));
  return { kind: kind.listKind, apiVersion: apiVersionOf(kind), metadata: page.metadata, items };
}

interface Token {
  readonly place: string;
  readonly revision: string;
}

function placeOf(object: KubeObject): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

function writeToken({ place, revision }: Token): string {
  return Buffer.from(`${revision} ${place}`).toString('base64url');
}

function readToken(text: string): Token | undefined {
  if (text === '') {
    return undefined;
  }
  const [revision = '', place] = Buffer.from(text, 'base64url').toString().split(' ', 2);
  if (place === undefined || !/^\d+$/u.test(revision)) {
    throw badRequest('continue key is not valid: the token cannot be read');
  }
  return { place, revision };
}

/** The revision of a request; what is no number is refused. */
export function requestedRevision(query: URLSearchParams): number | undefined {
  const text = query.get('resourceVersion') ?? '';
  if (text === '' || text === '0') {
    return undefined;
  }
  if (!/^\d+$/u.test(text)) {
    throw new StatusError(
      400,
      'BadRequest',
      `Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: invalid syntax`,
    );
  }
  return Number(text);
}

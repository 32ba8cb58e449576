import { isJsonArray, isJsonObject, valueAt } from '../../../domain/json.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import type { Accepted, TranslatedKind } from './accept-header.ts';
import { partialList, partialObject } from './partial-object.ts';
import { printTable } from './printed-table.ts';
import type { TableOptions } from './printed-table.ts';
import type { Answer, ResourceRequest } from '../requests/resource-request.ts';
import type { WatchForm } from '../requests/serve-watch.ts';
import { StatusError, badRequest } from './status-error.ts';

/** Kinds into which objects are translated on request. */
export const objectForms: ReadonlyMap<string, TranslatedKind> = new Map(
  ['Table', 'PartialObjectMetadata', 'PartialObjectMetadataList'].map((kind) => [
    kind,
    { group: 'meta.k8s.io', versions: ['v1', 'v1beta1'] },
  ]),
);

/** How the objects of a watch are to be written. */
export function watchForm({ as, format }: Accepted, query: URLSearchParams): WatchForm {
  if (format === 'yaml') {
    const types = 'application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch';
    throw new StatusError(406, 'NotAcceptable', `only the following media types are accepted: ${types}`);
  }
  if (as === 'Table') {
    return tableOptions(query);
  }
  return as === undefined ? 'plain' : 'partial';
}

/** The body in the form that the client asked for. What holds no objects stays as it is. */
export function presentedBody(answer: Answer, request: ResourceRequest, accepted: Accepted, now: number): Json {
  const body = translatedBody(answer, request, accepted, now);
  return accepted.version === 'v1beta1' ? inBeta(body) : body;
}

/** The older version differs in nothing but its name. */
function inBeta(body: Json): Json {
  if (isJsonArray(body)) {
    return body.map((item) => inBeta(item));
  }
  if (!isJsonObject(body)) {
    return body;
  }
  const renamed = body['apiVersion'] === 'meta.k8s.io/v1' ? { apiVersion: 'meta.k8s.io/v1beta1' } : {};
  const rows = body['rows'] === undefined ? {} : { rows: inBeta(body['rows']) };
  const items = body['items'] === undefined ? {} : { items: inBeta(body['items']) };
  const object = body['object'] === undefined ? {} : { object: inBeta(body['object']) };
  return { ...body, ...renamed, ...rows, ...items, ...object };
}

function translatedBody(answer: Answer, request: ResourceRequest, { as }: Accepted, now: number): Json {
  const { objects, body } = answer;
  const [first] = objects ?? [];
  if (objects === undefined || as === undefined) {
    return body;
  }
  const metadata = pageOf(body, request);
  if (as === 'Table') {
    const kind = answer.printedAs === undefined ? request.kind : { ...request.kind, kind: answer.printedAs };
    return printTable(kind, objects, { ...tableOptions(request.query), metadata, now });
  }
  const isList = isJsonObject(body) && Array.isArray(body['items']);
  if (!isList && as === 'PartialObjectMetadataList') {
    throw noList(request);
  }
  return isList || first === undefined ? partialList(objects, metadata) : partialObject(first);
}

function noList({ kind }: ResourceRequest): StatusError {
  if (kind.custom) {
    return new StatusError(500, '', 'content is not a list');
  }
  const message = `you requested PartialObjectMetadataList, but the requested object is not a list (*core.${kind.kind})`;
  return new StatusError(406, 'NotAcceptable', message);
}

function pageOf(body: Json, { path }: ResourceRequest): JsonObject {
  const metadata = valueAt(body, 'metadata');
  const page = isJsonObject(metadata) ? metadata : {};
  return path.name === undefined ? page : { resourceVersion: page['resourceVersion'] ?? '' };
}

function tableOptions(query: URLSearchParams): TableOptions {
  const include = query.get('includeObject') ?? '';
  switch (include) {
    case '':
    case 'Metadata':
      return { include: 'Metadata' };
    case 'Object':
    case 'None':
      return { include };
    default:
      throw badRequest(`unrecognized includeObject value: ${JSON.stringify(include)}`);
  }
}

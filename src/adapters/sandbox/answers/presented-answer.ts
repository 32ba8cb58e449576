import { isJsonObject, valueAt } from '../../../domain/json.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import type { Accepted } from './accept-header.ts';
import { partialList, partialObject } from './partial-object.ts';
import { printTable } from './printed-table.ts';
import type { TableOptions } from './printed-table.ts';
import type { Answer, ResourceRequest } from '../requests/resource-request.ts';
import type { WatchForm } from '../requests/serve-watch.ts';
import { badRequest } from './status-error.ts';

/** Kinds into which objects are translated on request. */
export const objectForms: ReadonlyMap<string, string> = new Map([
  ['Table', 'v1'],
  ['PartialObjectMetadata', 'v1'],
  ['PartialObjectMetadataList', 'v1'],
]);

/** How the objects of a watch are to be written. */
export function watchForm({ as }: Accepted, query: URLSearchParams): WatchForm {
  if (as === 'Table') {
    return tableOptions(query);
  }
  return as === undefined ? 'plain' : 'partial';
}

/** The body in the form that the client asked for. What holds no objects stays as it is. */
export function presentedBody(answer: Answer, request: ResourceRequest, { as }: Accepted, now: number): Json {
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
  return isList || first === undefined ? partialList(objects, metadata) : partialObject(first);
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

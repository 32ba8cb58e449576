import type { Json, JsonObject } from '../../../domain/json.ts';
import type { ServedKind } from '../kinds/served-kind.ts';
import { apiVersionOf } from '../kinds/served-kind.ts';
import { SchemaComponents, schemaNameOf } from './schema-components.ts';

/**
 * OpenAPI v3 of the kinds: the index at `/openapi/v3`, and a document for each version of a group with the schemas of its kinds
 * and the operations by which clients tell what the server checks and which patches it takes. Made when it is asked for.
 * Undefined for any other path.
 */
export function openApiDocument(path: string, kinds: readonly ServedKind[]): Json | undefined {
  if (path === '/openapi/v3') {
    const places = [...new Set(kinds.map((kind) => placeOf(kind)))];
    return { paths: Object.fromEntries(places.map((place) => [place, { serverRelativeURL: `/openapi/v3/${place}` }])) };
  }
  const served = kinds.filter((kind) => path === `/openapi/v3/${placeOf(kind)}`);
  const [first] = served;
  if (first === undefined) {
    return undefined;
  }
  const components = new SchemaComponents(first.group);
  for (const kind of served) {
    components.addKind(kind);
  }
  const info = { title: 'Kubernetes', version: 'v1.35.4' };
  const paths = Object.fromEntries(served.flatMap((kind) => pathsOf(kind)));
  return { openapi: '3.0.0', info, paths, components: { schemas: components.schemas } };
}

function placeOf(kind: ServedKind): string {
  return kind.group === '' ? `api/${kind.version}` : `apis/${apiVersionOf(kind)}`;
}

const writeParameters = ['dryRun', 'fieldManager', 'fieldValidation'];
const jsonType = 'application/json';

function pathsOf(kind: ServedKind): readonly (readonly [string, JsonObject])[] {
  const scope = kind.namespaced ? 'namespaces/{namespace}/' : '';
  const collection = `/${placeOf(kind)}/${scope}${kind.resource}`;
  const create = operation(kind, 'post', [jsonType], writeParameters);
  if (kind.isReview === true) {
    return [[collection, { post: create }]];
  }
  const one = {
    get: operation(kind, 'get', [], []),
    put: operation(kind, 'put', [jsonType], writeParameters),
    patch: operation(kind, 'patch', patchTypes(kind), [...writeParameters, 'force']),
    delete: operation(kind, 'delete', [jsonType], ['dryRun', 'propagationPolicy']),
  };
  return [
    [collection, { get: operation(kind, 'list', [], ['labelSelector', 'fieldSelector', 'limit']), post: create }],
    [`${collection}/{name}`, one],
  ];
}

function patchTypes({ custom }: ServedKind): readonly string[] {
  const types = ['application/apply-patch+yaml', 'application/json-patch+json', 'application/merge-patch+json'];
  return custom ? types : [...types, 'application/strategic-merge-patch+json'];
}

function operation(
  served: ServedKind,
  action: string,
  types: readonly string[],
  parameters: readonly string[],
): JsonObject {
  const { group, version, kind } = served;
  const schema = { $ref: `#/components/schemas/${schemaNameOf(served)}` };
  const content = Object.fromEntries(types.map((type) => [type, { schema: type === jsonType ? schema : {} }]));
  return {
    operationId: `${action}${kind}`,
    parameters: parameters.map((name) => ({ name, in: 'query', schema: { type: 'string', uniqueItems: true } })),
    ...(types.length === 0 ? {} : { requestBody: { content } }),
    responses: { '200': { description: 'OK', content: { [jsonType]: { schema } } } },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': { group, version, kind },
  };
}

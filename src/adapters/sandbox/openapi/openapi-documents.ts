import type { Json, JsonObject } from '../../../domain/json.ts';
import type { ServedKind } from '../served-kind.ts';
import { apiVersionOf } from '../served-kind.ts';

/**
 * The part of OpenAPI v3 by which kubectl finds out that the server checks fields itself: the patch operation of each kind with
 * its `fieldValidation` parameter. Schemas are not published. Undefined for any other path.
 */
export function openApiDocument(path: string, kinds: readonly ServedKind[]): Json | undefined {
  if (path === '/openapi/v3') {
    const places = [...new Set(kinds.map((kind) => placeOf(kind)))];
    return { paths: Object.fromEntries(places.map((place) => [place, { serverRelativeURL: `/openapi/v3/${place}` }])) };
  }
  const served = kinds.filter((kind) => path === `/openapi/v3/${placeOf(kind)}`);
  if (served.length === 0) {
    return undefined;
  }
  const info = { title: 'Kubernetes', version: 'v1.35.4' };
  const paths = Object.fromEntries(served.map((kind) => [pathOf(kind), { patch: patchOperation(kind) }]));
  return { openapi: '3.0.0', info, paths, components: { schemas: {} } };
}

function placeOf(kind: ServedKind): string {
  return kind.group === '' ? `api/${kind.version}` : `apis/${apiVersionOf(kind)}`;
}

function pathOf(kind: ServedKind): string {
  const scope = kind.namespaced ? 'namespaces/{namespace}/' : '';
  return `/${placeOf(kind)}/${scope}${kind.resource}/{name}`;
}

function patchOperation({ group, version, kind }: ServedKind): JsonObject {
  const names = ['dryRun', 'fieldManager', 'fieldValidation', 'force'];
  return {
    operationId: `patch${kind}`,
    parameters: names.map((name) => ({ name, in: 'query', schema: { type: 'string', uniqueItems: true } })),
    responses: { '200': { description: 'OK' } },
    'x-kubernetes-action': 'patch',
    'x-kubernetes-group-version-kind': { group, version, kind },
  };
}

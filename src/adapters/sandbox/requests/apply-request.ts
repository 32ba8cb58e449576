import { isJsonObject, textAt, valueAt } from '../../../domain/json.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { jsonForm } from './patch-types.ts';
import type { ResourceRequest } from './resource-request.ts';
import { apiVersionOf } from '../kinds/served-kind.ts';
import { badRequest } from '../answers/status-error.ts';

/** The body of a server-side apply; refuses what is not an object of exactly the path's version, kind and name. */
export function appliedBody({ body, kind, path }: ResourceRequest): KubeObject {
  checkIsMapping(body);
  const apiVersion = textAt(body, 'apiVersion') ?? '';
  const type = textAt(body, 'kind') ?? '';
  if (apiVersion !== apiVersionOf(kind) || type !== kind.kind) {
    const version = apiVersion === '' || apiVersion.includes('/') ? apiVersion : `/${apiVersion}`;
    throw badRequest(`invalid object type: ${version === '' ? '/' : version}, Kind=${type}`);
  }
  const name = textAt(body, 'metadata', 'name') ?? '';
  if (name === '') {
    throw badRequest(
      `the name of the object (${path.name ?? ''} based on URL) was undeterminable: name must be provided`,
    );
  }
  if ((valueAt(body, 'metadata', 'managedFields') ?? null) !== null) {
    throw badRequest('metadata.managedFields must be nil');
  }
  return { ...(isJsonObject(body) ? body : {}), apiVersion, kind: type, metadata: { ...metadataOf(body), name } };
}

function checkIsMapping(body: Json | undefined): void {
  if (body !== undefined && body !== null && !isJsonObject(body)) {
    const wanted = 'map[string]interface {}';
    const why = `json: cannot unmarshal ${jsonForm(body)} into Go value of type ${wanted}`;
    throw badRequest(`error decoding YAML: error unmarshaling JSON: while decoding JSON: ${why}`);
  }
}

function metadataOf(body: Json | undefined): JsonObject {
  const metadata = valueAt(body, 'metadata');
  return isJsonObject(metadata) ? metadata : {};
}

import { isJsonObject } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { badRequest } from '../answers/status-error.ts';

/** A body that must be an object of the API; metadata may be absent. */
export function asObject(body: Json | undefined): KubeObject {
  const apiVersion = isJsonObject(body) ? body['apiVersion'] : undefined;
  const kind = isJsonObject(body) ? body['kind'] : undefined;
  if (!isJsonObject(body) || typeof apiVersion !== 'string' || typeof kind !== 'string') {
    throw badRequest("Object 'Kind' is missing in the body of the request");
  }
  const metadata = isJsonObject(body['metadata']) ? body['metadata'] : {};
  const named = typeof metadata['name'] === 'string' ? metadata['name'] : '';
  return { ...body, apiVersion, kind, metadata: { ...metadata, name: named } };
}

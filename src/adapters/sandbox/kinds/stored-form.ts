import { withDefaults } from '../../../domain/crd/defaulting.ts';
import { prune } from '../../../domain/crd/pruning.ts';
import { jsonEqual } from '../../../domain/json.ts';
import type { JsonObject } from '../../../domain/json.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { StatusError } from '../answers/status-error.ts';
import { apiVersionOf } from './served-kind.ts';
import type { ServedKind } from './served-kind.ts';

/** Objects in the store never change: what a kind makes of one is worked out once, and forgotten with the object. */
const known = new WeakMap<KubeObject, { readonly kind: ServedKind; readonly served: KubeObject }>();

/**
 * A stored object as a version serves it. Custom objects are read by the schema of the version that they are stored in, as it
 * is now (fields that it no longer declares go, its defaults come), and lose what the served version does not declare.
 */
export function asServed(kind: ServedKind, object: KubeObject): KubeObject {
  if (kind.versions === undefined) {
    return inVersion(object, apiVersionOf(kind));
  }
  const before = known.get(object);
  if (before?.kind === kind) {
    return before.served;
  }
  const served = readBy(kind, kind.versions.schemas, object);
  known.set(object, { kind, served });
  return served;
}

/** What is stored of an object that was written through a version. */
export function asStored(kind: ServedKind, object: KubeObject): KubeObject {
  const schema = kind.versions?.schemas.get(kind.versions.storage);
  if (kind.versions === undefined || schema === undefined || kind.versions.storage === kind.version) {
    return object;
  }
  return inVersion(declaredBy(schema, object), `${kind.group}/${kind.versions.storage}`);
}

/** What was written right now needs no reading. */
export function rememberWritten(kind: ServedKind, stored: KubeObject): void {
  if (kind.versions?.storage === kind.version) {
    known.set(stored, { kind, served: stored });
  }
}

function readBy(kind: ServedKind, schemas: ReadonlyMap<string, JsonObject>, object: KubeObject): KubeObject {
  const stored = schemas.get(object.apiVersion.slice(object.apiVersion.indexOf('/') + 1));
  if (stored === undefined) {
    throw new StatusError(500, '', `request to convert CR from an invalid group/version: ${object.apiVersion}`);
  }
  const read = declaredBy(stored, object, true);
  const apiVersion = apiVersionOf(kind);
  return read.apiVersion === apiVersion ? read : inVersion(declaredBy(kind.schema, read), apiVersion);
}

/** The object with nothing but what a schema declares; metadata are everybody's. */
function declaredBy(schema: JsonObject, object: KubeObject, fills = false): KubeObject {
  const { metadata, ...rest } = object;
  const content = rest as JsonObject;
  const { value } = prune(content, schema);
  const declared = fills ? withDefaults(value, schema) : value;
  return jsonEqual(declared, content) ? object : ({ ...(declared as JsonObject), metadata } as unknown as KubeObject);
}

function inVersion(object: KubeObject, apiVersion: string): KubeObject {
  return object.apiVersion === apiVersion ? object : { ...object, apiVersion };
}

import { isJsonArray, isJsonObject, type Json } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';

/** What stands in the place of a value that must not be seen. */
export const sensitiveMark = '(sensitive)';

const sensitiveFields: ReadonlySet<string> = new Set(['password']);
const secretPayload: ReadonlySet<string> = new Set(['data', 'stringData']);
/** kubectl keeps a whole copy of the object here, its secrets included. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * True where the value at `path` (names of mappings and list labels from the root of an object of `kind`) is secret:
 * the payload of a Secret, and a password wherever it stands.
 */
export function isSensitive(kind: string, path: readonly string[]): boolean {
  const [root] = path;
  if (kind === 'Secret' && root !== undefined && secretPayload.has(root) && path.length > 1) {
    return true;
  }
  return path.some((step) => sensitiveFields.has(step) || step === lastApplied);
}

/** The value with every secret below it replaced by the mark. `path` is where the value stands. */
export function masked(kind: string, path: readonly string[], value: Json): Json {
  if (isSensitive(kind, path)) {
    return sensitiveMark;
  }
  if (isJsonArray(value)) {
    return value.map((element, index) => masked(kind, [...path, String(index)], element));
  }
  if (isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(kind, [...path, key], item)]));
  }
  return value;
}

/** A whole object, fit for people and files. */
export function maskedObject(object: KubeObject): Json {
  return masked(object.kind, [], asJson(object));
}

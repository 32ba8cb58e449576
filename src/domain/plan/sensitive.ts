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
  const [root] = path;
  const isPayload = kind === 'Secret' && path.length === 1 && root !== undefined && secretPayload.has(root);
  return maskedBelow(value, { isPayload, isSecret: kind === 'Secret' && path.length === 0 });
}

/** Where a value stands: it is the payload of a Secret, or a whole Secret. */
interface Standing {
  readonly isPayload: boolean;
  readonly isSecret: boolean;
}

const nowhere: Standing = { isPayload: false, isSecret: false };

/** A value without secrets is given back as it is: most of what a plan shows holds none. */
function maskedBelow(value: Json, { isPayload, isSecret }: Standing): Json {
  if (isJsonArray(value)) {
    const items = value.map((item) => (isPayload ? sensitiveMark : maskedBelow(item, nowhere)));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (!isJsonObject(value)) {
    return value;
  }
  const entries = Object.entries(value).map(([key, item]): readonly [string, Json] => {
    const hidden = isPayload || sensitiveFields.has(key) || key === lastApplied;
    const standing = isSecret && secretPayload.has(key) ? { isPayload: true, isSecret: false } : nowhere;
    return [key, hidden ? sensitiveMark : maskedBelow(item, standing)];
  });
  return entries.every(([key, shown]) => shown === value[key]) ? value : Object.fromEntries(entries);
}

/** A whole object, fit for people and files. */
export function maskedObject(object: KubeObject): Json {
  return masked(object.kind, [], asJson(object));
}

import { isJsonObject, type Json, type JsonObject } from '../json.ts';

/** A value below its path: `nested(['a', 'b'], 1)` is `{ a: { b: 1 } }`. */
export function nested(path: readonly string[], value: Json): JsonObject {
  const [step, ...rest] = path;
  if (step === undefined) {
    throw new Error('bug: a setting without a path');
  }
  return { [step]: rest.length === 0 ? value : nested(rest, value) };
}

/** Both mappings in one; of two values for one key the later one stands, as with several values files of Helm. */
export function merged(earlier: JsonObject, later: JsonObject): JsonObject {
  const entries = Object.entries(later).map(([key, value]): readonly [string, Json] => {
    const before = Object.hasOwn(earlier, key) ? earlier[key] : undefined;
    return [key, isJsonObject(before) && isJsonObject(value) ? merged(before, value) : value];
  });
  return { ...earlier, ...Object.fromEntries(entries) };
}

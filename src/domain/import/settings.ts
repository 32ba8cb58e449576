import { isJsonObject, jsonEqual, type Json, type JsonObject } from '../json.ts';
import type { ImportedSettings, ImportNote } from './imported.ts';

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

/** Settings that two files give two values: only the later one stands. */
export function overridden(settings: readonly ImportedSettings[]): readonly ImportNote[] {
  const notes: ImportNote[] = [];
  settings.reduce<JsonObject>((earlier, { values, origin }) => {
    for (const path of differing(earlier, values)) {
      notes.push({
        origin,
        message: `${path} is given here again with another value, which is the one that is carried over.`,
        remedy: 'If the files belong to two clusters, import each by itself.',
      });
    }
    return merged(earlier, values);
  }, {});
  return notes;
}

function differing(earlier: JsonObject, later: JsonObject, above = ''): readonly string[] {
  return Object.entries(later).flatMap(([key, value]) => {
    const before = Object.hasOwn(earlier, key) ? earlier[key] : undefined;
    if (before === undefined || jsonEqual(before, value)) {
      return [];
    }
    const path = `${above}${key}`;
    return isJsonObject(before) && isJsonObject(value) ? differing(before, value, `${path}.`) : [path];
  });
}

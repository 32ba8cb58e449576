import { isJsonArray, jsonEqual, listAt, valueAt } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';

/** Only the items of a keyed list can be followed from one version to the next. */
export function itemBefore(item: Json, before: Json | undefined, schema: JsonObject): Json | undefined {
  const keys = listAt(schema, 'x-kubernetes-list-map-keys').filter((key) => typeof key === 'string');
  if (keys.length === 0 || !isJsonArray(before)) {
    return undefined;
  }
  return before.find((other) => keys.every((key) => jsonEqual(valueAt(item, key), valueAt(other, key))));
}

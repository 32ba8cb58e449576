import { isJsonObject } from '../json.ts';
import type { JsonObject } from '../json.ts';

/** The object with its spec replaced; one without a spec changes an empty one. */
export function withSpec(object: JsonObject, change: (spec: JsonObject) => JsonObject): JsonObject {
  const { spec } = object;
  return { ...object, spec: change(isJsonObject(spec) ? spec : {}) };
}

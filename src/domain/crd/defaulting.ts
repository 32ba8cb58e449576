import { isJsonArray, isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';

/**
 * Fills in the defaults of a structural schema: a declared property with a default that is absent, or null where null is not
 * allowed, gets it; defaults hold inside values that are there, defaulted ones included.
 */
export function withDefaults(value: Json, schema: JsonObject): Json {
  if (isJsonArray(value)) {
    const { items } = schema;
    return isJsonObject(items) ? value.map((item) => withDefaults(item, items)) : value;
  }
  return isJsonObject(value) ? objectWithDefaults(value, schema) : value;
}

function objectWithDefaults(value: JsonObject, schema: JsonObject): JsonObject {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const additional = schema['additionalProperties'];
  const filled: { [name: string]: Json } = {};
  for (const [name, below] of Object.entries(value)) {
    const declared = Object.hasOwn(properties, name) ? properties[name] : additional;
    filled[name] = isJsonObject(declared) ? withDefaults(below, declared) : below;
  }
  for (const [name, property] of Object.entries(properties)) {
    const preset = isJsonObject(property) ? property['default'] : undefined;
    if (isJsonObject(property) && preset !== undefined && isUnset(filled, name, property)) {
      filled[name] = withDefaults(preset, property);
    }
  }
  return filled;
}

function isUnset(value: JsonObject, name: string, property: JsonObject): boolean {
  return !Object.hasOwn(value, name) || (value[name] === null && property['nullable'] !== true);
}

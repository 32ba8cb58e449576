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

/**
 * Drops every null of a declared field that may not be null, as the server reads a custom resource; what has a default gets
 * that instead. Server-side apply does not come by here: it refuses such a null.
 */
export function withoutForbiddenNulls(value: Json, schema: JsonObject): Json {
  if (isJsonArray(value)) {
    const { items } = schema;
    return isJsonObject(items) ? value.map((item) => withoutForbiddenNulls(item, items)) : value;
  }
  if (!isJsonObject(value)) {
    return value;
  }
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const additional = schema['additionalProperties'];
  const kept = Object.entries(value).flatMap(([name, below]): readonly [string, Json][] => {
    const declared = Object.hasOwn(properties, name) ? properties[name] : additional;
    if (!isJsonObject(declared)) {
      return [[name, below]];
    }
    const isOpen = declared['nullable'] === true || declared['type'] === undefined;
    return below === null && !isOpen ? [] : [[name, withoutForbiddenNulls(below, declared)]];
  });
  return Object.fromEntries(kept);
}

import { isJsonArray, isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';

export interface Pruned {
  readonly value: Json;
  /** Paths of what the schema does not declare, as `spec.ports[0].zz`. */
  readonly unknown: readonly string[];
}

/** Drops every field that a structural schema does not declare, and tells which they were. */
export function prune(value: Json, schema: JsonObject, path = ''): Pruned {
  const unknown: string[] = [];
  return { value: pruneValue(value, schema, { path, unknown }), unknown };
}

interface Place {
  readonly path: string;
  readonly unknown: string[];
}

function pruneValue(value: Json, schema: JsonObject, place: Place): Json {
  if (isJsonArray(value)) {
    const { items } = schema;
    return isJsonObject(items)
      ? value.map((item, index) => pruneValue(item, items, { ...place, path: `${place.path}[${index}]` }))
      : value;
  }
  return isJsonObject(value) ? pruneObject(value, schema, place) : value;
}

function pruneObject(value: JsonObject, schema: JsonObject, place: Place): JsonObject {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : undefined;
  const additional = schema['additionalProperties'];
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true || additional === true;
  const kept: { [name: string]: Json } = {};
  for (const [name, below] of Object.entries(value)) {
    const path = place.path === '' ? name : `${place.path}.${name}`;
    const declared = properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : additional;
    if (isJsonObject(declared)) {
      kept[name] = pruneValue(below, declared, { ...place, path });
    } else if (isOpen) {
      kept[name] = below;
    } else {
      place.unknown.push(path);
    }
  }
  return kept;
}

/** Drops every null, as the decoding of a built-in kind does; in a mapping of texts it leaves an empty text. */
export function withoutNulls(value: Json, schema: JsonObject = {}): Json {
  if (isJsonArray(value)) {
    const items = isJsonObject(schema['items']) ? schema['items'] : {};
    return value.map((item) => withoutNulls(item, items));
  }
  if (!isJsonObject(value)) {
    return value;
  }
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const additional = isJsonObject(schema['additionalProperties']) ? schema['additionalProperties'] : {};
  const kept: { [name: string]: Json } = {};
  for (const [name, below] of Object.entries(value)) {
    if (below !== null) {
      const declared = properties[name];
      kept[name] = withoutNulls(below, isJsonObject(declared) ? declared : additional);
    } else if (additional['type'] === 'string') {
      kept[name] = '';
    }
  }
  return kept;
}

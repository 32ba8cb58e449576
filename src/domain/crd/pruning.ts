import { isJsonArray, isJsonObject, listAt } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { keepsZero } from './built-in-schemas.ts';

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

/**
 * Drops what a built-in kind does not keep when it is decoded and written again: every null, every empty list and open
 * mapping that is not required, and every empty scalar that means the same as none. A null in a mapping of texts leaves an empty text.
 */
export function withoutNulls(value: Json, schema: JsonObject = {}): Json {
  if (isJsonArray(value)) {
    const items = objectAt(schema, 'items') ?? {};
    return value.map((item) => withoutNulls(item, items));
  }
  if (!isJsonObject(value)) {
    return value;
  }
  const properties = objectAt(schema, 'properties') ?? {};
  const additional = objectAt(schema, 'additionalProperties') ?? {};
  const required = new Set(listAt(schema, 'required'));
  const kept: { [name: string]: Json } = {};
  for (const [name, below] of Object.entries(value)) {
    const declared = objectAt(properties, name);
    if (below === null) {
      Object.assign(kept, additional['type'] === 'string' ? { [name]: '' } : {});
    } else if (
      declared === undefined ||
      required.has(name) ||
      !isLeftOut(below, declared, () => keepsZero(schema, name))
    ) {
      kept[name] = withoutNulls(below, declared ?? additional);
    }
  }
  return kept;
}

function objectAt(schema: JsonObject, name: string): JsonObject | undefined {
  const value = schema[name];
  return isJsonObject(value) ? value : undefined;
}

function isLeftOut(value: Json, schema: JsonObject, mayBeZero: () => boolean): boolean {
  if (isJsonArray(value)) {
    return value.length === 0;
  }
  if (value === '' || value === 0 || value === false) {
    return schema['type'] !== undefined && !mayBeZero();
  }
  return isJsonObject(value) && isJsonObject(schema['additionalProperties']) && Object.keys(value).length === 0;
}

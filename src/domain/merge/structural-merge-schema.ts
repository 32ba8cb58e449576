import { isJsonObject, listAt, valueAt } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { leafSchema, untypedSchema } from './merge-schema.ts';
import type { ListSchema, MergeSchema } from './merge-schema.ts';

/**
 * How objects of a structural schema merge (`x-kubernetes-list-type`, `-list-map-keys`, `-map-type`): lists are atomic unless
 * declared `set` or `map`, mappings are granular unless declared `atomic`. Schemas may be cyclic; each is translated once.
 */
export function mergeSchemaOf(schema: JsonObject, known: Map<JsonObject, MergeSchema> = new Map()): MergeSchema {
  const seen = known.get(schema);
  if (seen !== undefined) {
    return seen;
  }
  if (schema['x-kubernetes-map-type'] === 'atomic') {
    return leafSchema;
  }
  if (schema['type'] === 'object') {
    return mapSchemaOf(schema, known);
  }
  if (schema['type'] === 'array') {
    return listSchemaOf(schema, known);
  }
  const isOpen = schema['type'] === undefined && schema['x-kubernetes-preserve-unknown-fields'] === true;
  return isOpen ? untypedSchema : leafSchema;
}

function mapSchemaOf(schema: JsonObject, known: Map<JsonObject, MergeSchema>): MergeSchema {
  const properties = schema['properties'];
  const additional = schema['additionalProperties'];
  if (!isJsonObject(properties) && !isJsonObject(additional)) {
    // A bare object: without declared fields everything in it merges by its form.
    return untypedSchema;
  }
  const fields = new Map<string, MergeSchema>();
  const result: { type: 'map'; fields: Map<string, MergeSchema>; entries: MergeSchema } = {
    type: 'map',
    fields,
    entries: untypedSchema,
  };
  // Known before its content is, so that a schema may contain itself.
  known.set(schema, result);
  result.entries = isJsonObject(additional) ? mergeSchemaOf(additional, known) : untypedSchema;
  for (const [name, property] of Object.entries(isJsonObject(properties) ? properties : {})) {
    fields.set(name, isJsonObject(property) ? mergeSchemaOf(property, known) : untypedSchema);
  }
  return result;
}

function listSchemaOf(schema: JsonObject, known: Map<JsonObject, MergeSchema>): MergeSchema {
  const elements = elementsOf(schema);
  const { items } = schema;
  return elements?.type === 'keyed-list' && isJsonObject(items)
    ? { ...elements, items: mergeSchemaOf(items, known) }
    : (elements ?? leafSchema);
}

/** How a list tells its elements apart, whatever is in them; undefined for a list that is one value. */
export function elementsOf(schema: JsonObject): ListSchema | undefined {
  const { items } = schema;
  if (schema['x-kubernetes-list-type'] === 'set') {
    return { type: 'set' };
  }
  if (schema['x-kubernetes-list-type'] !== 'map' || !isJsonObject(items)) {
    return undefined;
  }
  const keys = listAt(schema, 'x-kubernetes-list-map-keys').filter((key) => typeof key === 'string');
  const keyDefaults: { [name: string]: Json } = {};
  for (const key of keys) {
    const value = valueAt(items, 'properties', key, 'default');
    if (value !== undefined) {
      keyDefaults[key] = value;
    }
  }
  return { type: 'keyed-list', keys, keyDefaults, items: leafSchema };
}

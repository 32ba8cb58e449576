import { canonicalJson, isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import type { PathElement } from './field-set.ts';

/**
 * How a value merges (the list and map types of the API's OpenAPI extensions).
 * - `leaf`: scalars, atomic maps and atomic lists; one owner for the whole.
 * - `map`: each field has its own owner. `fields` are declared names; any other key is an entry of type `entries`.
 * - `set`: a list of scalars, each with its own owner.
 * - `keyed-list`: a list of mappings told apart by `keys`; an absent key counts as its default.
 * - `untyped`: nothing is known; mappings merge field by field, everything else is a leaf.
 * Schemas may be cyclic.
 */
export type MergeSchema =
  | { readonly type: 'leaf' }
  | { readonly type: 'map'; readonly fields: ReadonlyMap<string, MergeSchema>; readonly entries: MergeSchema }
  | { readonly type: 'set' }
  | {
      readonly type: 'keyed-list';
      readonly keys: readonly string[];
      readonly keyDefaults: JsonObject;
      readonly items: MergeSchema;
    }
  | { readonly type: 'untyped' };

export type MapSchema = Extract<MergeSchema, { type: 'map' }>;
export type ListSchema = Extract<MergeSchema, { type: 'set' | 'keyed-list' }>;

export const leafSchema: MergeSchema = { type: 'leaf' };
export const untypedSchema: MergeSchema = { type: 'untyped' };
const untypedMap: MapSchema = { type: 'map', fields: new Map(), entries: untypedSchema };

/**
 * The schema as it works on this very value: `untyped` is decided by the value's form, and a value that does not have the
 * form its schema asks for (null, or a scalar where a mapping should be) is a leaf.
 */
export function schemaFor(schema: MergeSchema, value: Json | undefined): MapSchema | ListSchema | undefined {
  const isAbsent = value === null || value === undefined;
  switch (schema.type) {
    case 'map':
      return isAbsent || isJsonObject(value) ? schema : undefined;
    case 'set':
    case 'keyed-list':
      return isAbsent || Array.isArray(value) ? schema : undefined;
    case 'untyped':
      return isJsonObject(value) ? untypedMap : undefined;
    case 'leaf':
    default:
      return undefined;
  }
}

/** Type of the field `name` of a mapping. */
export function fieldSchema(schema: MapSchema, name: string): MergeSchema {
  return schema.fields.get(name) ?? schema.entries;
}

/** Type of the elements of a list. */
export function itemSchema(schema: ListSchema): MergeSchema {
  return schema.type === 'set' ? leafSchema : schema.items;
}

/** The path element that names one element of a list; undefined for an element that no key can name. */
export function elementKey(schema: ListSchema, item: Json): PathElement | undefined {
  if (schema.type === 'set') {
    return typeof item === 'object' ? undefined : `v:${canonicalJson(item)}`;
  }
  if (!isJsonObject(item)) {
    return undefined;
  }
  const keys: { [name: string]: Json } = {};
  for (const name of schema.keys) {
    const value = item[name] ?? schema.keyDefaults[name];
    if (value !== undefined) {
      keys[name] = value;
    }
  }
  return Object.keys(keys).length === 0 ? undefined : `k:${canonicalJson(keys)}`;
}

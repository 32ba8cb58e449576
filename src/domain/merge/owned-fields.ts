import { isJsonArray, isJsonObject } from '../json.ts';
import type { Json } from '../json.ts';
import { emptySet, fieldSet, memberSet, unionOf } from './field-set.ts';
import type { FieldSet, PathElement } from './field-set.ts';
import { elementKey, fieldSchema, itemSchema, schemaFor } from './merge-schema.ts';
import type { ListSchema, MapSchema, MergeSchema } from './merge-schema.ts';

/**
 * The fields that an applied value claims. Leaves are claimed; a declared field that holds a mapping or a keyed list is not
 * claimed itself, only what is in it; entries of open maps and elements of lists are claimed as such, and so is an empty mapping.
 */
export function fieldsOf(value: Json, schema: MergeSchema): FieldSet {
  const typed = schemaFor(schema, value);
  if (typed === undefined) {
    return memberSet;
  }
  return typed.type === 'map' ? fieldsOfMap(value, typed) : fieldsOfList(value, typed);
}

function fieldsOfMap(value: Json, schema: MapSchema): FieldSet {
  if (!isJsonObject(value)) {
    return emptySet;
  }
  const children = Object.entries(value).map(([name, below]): [PathElement, FieldSet] => {
    const inner = fieldsOf(below, fieldSchema(schema, name));
    const isEmpty = below === null || (isJsonObject(below) && Object.keys(below).length === 0);
    return [`f:${name}`, isEmpty || !schema.fields.has(name) ? unionOf(inner, memberSet) : inner];
  });
  return fieldSet(false, children);
}

function fieldsOfList(value: Json, schema: ListSchema): FieldSet {
  if (!isJsonArray(value)) {
    return emptySet;
  }
  const children = new Map<PathElement, FieldSet>();
  const items = itemSchema(schema);
  for (const item of value) {
    const key = elementKey(schema, item);
    if (key !== undefined) {
      // An element that occurs twice is owned as one, without what is in it.
      children.set(key, children.has(key) ? memberSet : unionOf(fieldsOf(item, items), memberSet));
    }
  }
  return fieldSet(false, children);
}

/**
 * The set together with every declared field on the way to a member: a declared mapping goes when all that was in it is given
 * up, while an entry of an open map stays until it is given up itself.
 */
export function withDeclaredFields(set: FieldSet, schema: MergeSchema): FieldSet {
  const children = [...set.children].map(([element, child]): [PathElement, FieldSet] => {
    const name = element.startsWith('f:') ? element.slice(2) : undefined;
    if (name !== undefined) {
      const declared = schema.type === 'map' && schema.fields.has(name);
      const below = schema.type === 'map' ? fieldSchema(schema, name) : schema;
      const inner = withDeclaredFields(child, below);
      return [element, declared ? unionOf(inner, memberSet) : inner];
    }
    return [element, withDeclaredFields(child, schema.type === 'keyed-list' ? schema.items : schema)];
  });
  return fieldSet(set.member, children);
}

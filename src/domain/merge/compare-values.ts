import { isJsonArray, isJsonObject, jsonEqual } from '../json.ts';
import type { Json } from '../json.ts';
import { emptySet, fieldSet, memberSet, unionOf } from './field-set.ts';
import type { FieldSet, PathElement } from './field-set.ts';
import { elementKey, fieldSchema, itemSchema, schemaFor } from './merge-schema.ts';
import type { ListSchema, MergeSchema } from './merge-schema.ts';

/** What differs between two values, as paths: new, at another value, gone. A container that is new or gone is listed with its content. */
export interface Comparison {
  readonly added: FieldSet;
  readonly modified: FieldSet;
  readonly removed: FieldSet;
}

const same: Comparison = { added: emptySet, modified: emptySet, removed: emptySet };

/** Compares two values under one schema. Order within sets and keyed lists is no difference. */
export function compareValues(before: Json | undefined, after: Json | undefined, schema: MergeSchema): Comparison {
  if (before === undefined && after === undefined) {
    return same;
  }
  const left = schemaFor(schema, before);
  const right = schemaFor(schema, after);
  const typed = after === undefined ? left : right;
  if (before !== undefined && after !== undefined && (left === undefined) !== (right === undefined)) {
    return compareForms(before, after, schema);
  }
  if (typed === undefined || (isBlank(before) && isBlank(after))) {
    return compareLeaves(before, after);
  }
  const pairs = typed.type === 'map' ? pairFields(before, after) : pairItems(before, after, typed);
  const parts = pairs.map(([element, from, to]): readonly [PathElement, Comparison] => {
    const below = typed.type === 'map' ? fieldSchema(typed, element.slice(2)) : itemSchema(typed);
    return [element, compareValues(from, to, below)];
  });
  return {
    added: fieldSet(
      before === undefined,
      parts.map(([element, part]) => [element, part.added]),
    ),
    modified: fieldSet(
      false,
      parts.map(([element, part]) => [element, part.modified]),
    ),
    removed: fieldSet(
      after === undefined,
      parts.map(([element, part]) => [element, part.removed]),
    ),
  };
}

function isBlank(value: Json | undefined): boolean {
  return value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

function compareLeaves(before: Json | undefined, after: Json | undefined): Comparison {
  if (before === undefined) {
    return { ...same, added: memberSet };
  }
  if (after === undefined) {
    return { ...same, removed: memberSet };
  }
  return jsonEqual(before, after) ? same : { ...same, modified: memberSet };
}

/** One side is a container and the other a leaf: the field changes its value and the container's content comes or goes. */
function compareForms(before: Json, after: Json, schema: MergeSchema): Comparison {
  const gone = compareValues(before, undefined, schema).removed;
  const come = compareValues(undefined, after, schema).added;
  return {
    added: fieldSet(false, come.children),
    modified: memberSet,
    removed: fieldSet(false, gone.children),
  };
}

type Pair = readonly [element: PathElement, before: Json | undefined, after: Json | undefined];

function pairFields(before: Json | undefined, after: Json | undefined): readonly Pair[] {
  const left = isJsonObject(before) ? before : {};
  const right = isJsonObject(after) ? after : {};
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].map((name) => [
    `f:${name}`,
    Object.hasOwn(left, name) ? left[name] : undefined,
    Object.hasOwn(right, name) ? right[name] : undefined,
  ]);
}

function pairItems(before: Json | undefined, after: Json | undefined, schema: ListSchema): readonly Pair[] {
  const left = itemsByKey(before, schema);
  const right = itemsByKey(after, schema);
  return [...new Set([...left.keys(), ...right.keys()])].map((key) => [key, left.get(key), right.get(key)]);
}

function itemsByKey(value: Json | undefined, schema: ListSchema): ReadonlyMap<PathElement, Json> {
  const byKey = new Map<PathElement, Json>();
  for (const item of isJsonArray(value) ? value : []) {
    const key = elementKey(schema, item);
    if (key !== undefined && !byKey.has(key)) {
      byKey.set(key, item);
    }
  }
  return byKey;
}

/** Every path at which the two values differ in what they hold: new or at another value. */
export function changedFields(comparison: Comparison): FieldSet {
  return unionOf(comparison.added, comparison.modified);
}

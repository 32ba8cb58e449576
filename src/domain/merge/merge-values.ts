import { isJsonArray, isJsonObject } from '../json.ts';
import type { Json } from '../json.ts';
import type { FieldSet, PathElement } from './field-set.ts';
import { elementKey, fieldSchema, itemSchema, schemaFor } from './merge-schema.ts';
import type { ListSchema, MapSchema, MergeSchema } from './merge-schema.ts';

/** `live` with everything that `applied` says laid over it. Nothing is removed here: fields given up are pruned afterwards. */
export function mergeValues(live: Json | undefined, applied: Json | undefined, schema: MergeSchema): Json | undefined {
  if (applied === undefined || live === undefined) {
    return applied ?? live;
  }
  const typed = schemaFor(schema, applied ?? live);
  if (typed === undefined || (isBlank(live) && isBlank(applied))) {
    return applied;
  }
  return typed.type === 'map' ? mergeMaps(live, applied, typed) : mergeLists(live, applied, typed);
}

/** Null, an empty mapping and an empty list count as one value without content, and the applied form of it wins. */
function isBlank(value: Json): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

function mergeMaps(live: Json, applied: Json, schema: MapSchema): Json {
  const under = isJsonObject(live) ? live : {};
  const over = isJsonObject(applied) ? applied : {};
  const merged: { [name: string]: Json } = { ...under };
  for (const [name, value] of Object.entries(over)) {
    const below = Object.hasOwn(under, name) ? under[name] : undefined;
    merged[name] = mergeValues(below, value, fieldSchema(schema, name)) ?? null;
  }
  return merged;
}

/**
 * The applied order wins for elements on both sides; an element that is only live keeps its place before the next shared
 * element that followed it.
 */
function mergeLists(live: Json, applied: Json, schema: ListSchema): Json {
  const liveItems = keyedItems(isJsonArray(live) ? live : [], schema);
  const appliedItems = keyedItems(isJsonArray(applied) ? applied : [], schema);
  const liveByKey = new Map(liveItems.toReversed());
  const appliedByKey = new Map(appliedItems);
  const shared = appliedItems.map(([key]) => key).filter((key) => liveByKey.has(key));
  const merged: Json[] = [];
  let cursor = 0;
  const drainUntil = (stop: PathElement | undefined): void => {
    for (let next = liveItems[cursor]; next !== undefined && next[0] !== stop; next = liveItems[cursor]) {
      if (!appliedByKey.has(next[0])) {
        merged.push(next[1]);
      }
      cursor += 1;
    }
  };
  for (const [key, item] of appliedItems) {
    drainUntil(shared[0]);
    merged.push(mergeValues(liveByKey.get(key), item, itemSchema(schema)) ?? null);
    if (shared[0] === key) {
      shared.shift();
      cursor += liveItems[cursor]?.[0] === key ? 1 : 0;
    }
  }
  drainUntil(undefined);
  return merged;
}

function keyedItems(items: readonly Json[], schema: ListSchema): (readonly [PathElement, Json])[] {
  return items.map((item, index) => [elementKey(schema, item) ?? `i:${index}`, item]);
}

/** `value` without the members of `gone`. A mapping or list that is emptied this way becomes null, as the API server leaves it. */
export function removeFields(value: Json, gone: FieldSet, schema: MergeSchema): Json {
  const typed = schemaFor(schema, value);
  if (typed === undefined || isBlank(value)) {
    return value;
  }
  if (typed.type !== 'map') {
    return isJsonArray(value) ? removeItems(value, gone, typed) : value;
  }
  const kept: { [name: string]: Json } = {};
  for (const [name, below] of Object.entries(isJsonObject(value) ? value : {})) {
    const child = gone.children.get(`f:${name}`);
    if (child?.member !== true) {
      kept[name] = child === undefined ? below : removeFields(below, child, fieldSchema(typed, name));
    }
  }
  return Object.keys(kept).length === 0 ? null : kept;
}

function removeItems(items: readonly Json[], gone: FieldSet, schema: ListSchema): Json {
  const kept: Json[] = [];
  for (const item of items) {
    const child = gone.children.get(elementKey(schema, item) ?? '');
    if (child?.member !== true) {
      kept.push(child === undefined ? item : removeFields(item, child, itemSchema(schema)));
    }
  }
  return kept.length === 0 ? null : kept;
}

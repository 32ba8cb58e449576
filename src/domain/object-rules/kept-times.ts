import { isJsonArray, isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { keptTime } from '../crd/time-text.ts';

/** Where times stand below a type: its fields that are one or have some, `[]` for items. */
type TimePlaces = ReadonlyMap<string, TimePlaces> | 'time';

const known = new WeakMap<JsonObject, TimePlaces>();
const none: TimePlaces = new Map();

/** The object of a built-in type with its times as the server keeps them. */
export function withKeptTimes(object: JsonObject, schema: JsonObject): JsonObject {
  const kept = keepIn(object, placesIn(schema, new Set()), '');
  return isJsonObject(kept) ? kept : object;
}

function placesIn(schema: JsonObject, above: ReadonlySet<JsonObject>): TimePlaces {
  const found = known.get(schema);
  if (found !== undefined || above.has(schema)) {
    return found ?? none;
  }
  const inside = new Set([...above, schema]);
  const { properties, items } = schema;
  const places = new Map<string, TimePlaces>();
  for (const [field, below] of isJsonObject(properties) ? Object.entries(properties) : []) {
    add(places, field, below, inside);
  }
  add(places, '[]', items, inside);
  const isTime = schema['type'] === 'string' && schema['nullable'] === true;
  const all: TimePlaces = isTime ? 'time' : places;
  known.set(schema, all);
  return all;
}

function add(
  places: Map<string, TimePlaces>,
  field: string,
  schema: Json | undefined,
  above: ReadonlySet<JsonObject>,
): void {
  const below = isJsonObject(schema) ? placesIn(schema, above) : none;
  if (below === 'time' || below.size > 0) {
    places.set(field, below);
  }
}

function keepIn(value: Json, places: TimePlaces, field: string): Json {
  if (places === 'time') {
    return typeof value === 'string' ? keptTime(value, field) : value;
  }
  if (places.size === 0) {
    return value;
  }
  if (isJsonArray(value)) {
    const below = places.get('[]') ?? none;
    return value.map((item) => keepIn(item, below, field));
  }
  return isJsonObject(value) ? keepInObject(value, places) : value;
}

function keepInObject(value: JsonObject, places: ReadonlyMap<string, TimePlaces>): JsonObject {
  let changed: { [name: string]: Json } | undefined;
  for (const [field, below] of places) {
    const before = value[field];
    const after = before === undefined ? undefined : keepIn(before, below, field);
    if (after !== undefined && after !== before) {
      changed ??= { ...value };
      changed[field] = after;
    }
  }
  return changed ?? value;
}

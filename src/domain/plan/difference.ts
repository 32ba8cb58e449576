import { isJsonArray, isJsonObject, jsonEqual, type Json } from '../json.ts';
import type { KubeObject } from '../manifest/kube-object.ts';
import { comparable } from './comparable.ts';
import { alignLists } from './align-lists.ts';
import { isScalarList, keyedLists, type KeyedLists } from './list-key.ts';
import type { FieldChange } from './plan.ts';
import { masked } from './sensitive.ts';

/** Where a value stands: `text` is for people, `steps` for deciding whether it is secret. */
interface Place {
  readonly kind: string;
  readonly text: string;
  readonly steps: readonly string[];
}

const plainKey = /^[A-Za-z_$][\w$-]*$/u;

function field(place: Place, key: string): Place {
  const step = plainKey.test(key) ? `${place.text === '' ? '' : '.'}${key}` : `[${JSON.stringify(key)}]`;
  return { kind: place.kind, text: place.text + step, steps: [...place.steps, key] };
}

function element(place: Place, label: string): Place {
  return { kind: place.kind, text: `${place.text}[${label}]`, steps: [...place.steps, label] };
}

function change(place: Place, before: Json | undefined, after: Json | undefined): FieldChange {
  return {
    path: place.text,
    before: before === undefined ? undefined : masked(place.kind, place.steps, before),
    after: after === undefined ? undefined : masked(place.kind, place.steps, after),
  };
}

/** The union of two key sets, sorted, so that a difference reads the same whatever the order of the keys was. */
function allKeys(before: Json | undefined, after: Json | undefined): readonly string[] {
  const keys = new Set<string>();
  for (const side of [before, after]) {
    if (isJsonObject(side)) {
      Object.keys(side).forEach((key) => keys.add(key));
    }
  }
  return [...keys].toSorted();
}

function own(value: Json | undefined, key: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Keyed elements that both lists have, in another order: told once, for the list. */
function orderChange(place: Place, { before, after }: KeyedLists): readonly FieldChange[] {
  const left = [...before.keys()].filter((key) => after.has(key));
  const right = [...after.keys()].filter((key) => before.has(key));
  return jsonEqual(left, right) ? [] : [{ path: `${place.text} (order)`, before: left, after: right }];
}

function keyedDifference(place: Place, lists: KeyedLists): readonly FieldChange[] {
  const labels = [...new Set([...lists.before.keys(), ...lists.after.keys()])];
  const changes = labels.flatMap((label) =>
    valueDifference(element(place, label), lists.before.get(label), lists.after.get(label)),
  );
  return [...changes, ...orderChange(place, lists)];
}

function listDifference(place: Place, before: readonly Json[], after: readonly Json[]): readonly FieldChange[] {
  const keyed = keyedLists(before, after);
  if (keyed !== undefined) {
    return keyedDifference(place, keyed);
  }
  return alignLists(before, after).flatMap(({ left, right }) =>
    valueDifference(
      element(place, String(right ?? left)),
      left === undefined ? undefined : before[left],
      right === undefined ? undefined : after[right],
    ),
  );
}

function isFilledMap(value: Json | undefined): boolean {
  return isJsonObject(value) && Object.keys(value).length > 0;
}

function isMapOrAbsent(value: Json | undefined): boolean {
  return value === undefined || isJsonObject(value);
}

/** A mapping that comes or goes is told by its fields, unless it has none. */
function opensAsMaps(before: Json | undefined, after: Json | undefined): boolean {
  return isMapOrAbsent(before) && isMapOrAbsent(after) && (isFilledMap(before) || isFilledMap(after));
}

function isFilledList(value: Json | undefined): boolean {
  return isJsonArray(value) && value.length > 0;
}

/** A list that comes or goes is one value where its elements are plain, else it is told by its elements. */
function opensAsLists(before: Json | undefined, after: Json | undefined): boolean {
  if (before === undefined || after === undefined) {
    const side = before ?? after;
    return isFilledList(side) && !isScalarList(side);
  }
  return isFilledList(before) && isFilledList(after);
}

function listOf(value: Json | undefined): readonly Json[] {
  return isJsonArray(value) ? value : [];
}

function valueDifference(place: Place, before: Json | undefined, after: Json | undefined): readonly FieldChange[] {
  if (jsonEqual(before, after)) {
    return [];
  }
  if (opensAsLists(before, after)) {
    return listDifference(place, listOf(before), listOf(after));
  }
  if (opensAsMaps(before, after)) {
    return allKeys(before, after).flatMap((key) =>
      valueDifference(field(place, key), own(before, key), own(after, key)),
    );
  }
  return [change(place, before, after)];
}

/**
 * The fields in which two forms of one object differ, for people: sorted by path, elements of lists matched by the key
 * the API knows them by, secrets masked. Both sides must have the server's defaults (live and dry-run result), then the
 * difference is exactly what an update would do.
 */
export function difference(before: KubeObject | undefined, after: KubeObject): readonly FieldChange[] {
  const root: Place = { kind: after.kind, text: '', steps: [] };
  return valueDifference(root, before === undefined ? {} : comparable(before), comparable(after));
}

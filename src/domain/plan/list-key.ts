import { isJsonArray, isJsonObject, type Json } from '../json.ts';

/** The fields by which the API identifies the elements of its lists, the more telling first. */
const keyCandidates: readonly (readonly string[])[] = [
  ['name', 'namespace'],
  ['name'],
  ['containerPort', 'protocol'],
  ['port', 'protocol'],
  ['mountPath'],
  ['devicePath'],
  ['topologyKey', 'whenUnsatisfiable'],
  ['type'],
  ['uid'],
  ['key', 'effect', 'operator'],
  ['key'],
  ['ip'],
];

function isScalar(value: Json | undefined): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

const plainText = /^[\w.:/-]{1,100}$/u;

function partOf(field: string, value: string | number | boolean): string {
  const text = String(value);
  return `${field}=${typeof value === 'string' && !plainText.test(text) ? JSON.stringify(text) : text}`;
}

/** `name=speaker`, `port=7472,protocol=TCP`; undefined where the element lacks one of the fields. */
function labelOf(element: Json, fields: readonly string[]): string | undefined {
  if (!isJsonObject(element)) {
    return undefined;
  }
  const parts: string[] = [];
  for (const field of fields) {
    const value = Object.hasOwn(element, field) ? element[field] : undefined;
    if (!isScalar(value)) {
      return undefined;
    }
    parts.push(partOf(field, value));
  }
  return parts.join(',');
}

/** The elements of a list by their label; undefined where one has none or two have the same. */
function byLabel(list: readonly Json[], fields: readonly string[]): ReadonlyMap<string, Json> | undefined {
  const found = new Map<string, Json>();
  for (const element of list) {
    const label = labelOf(element, fields);
    if (label === undefined || found.has(label)) {
      return undefined;
    }
    found.set(label, element);
  }
  return found;
}

/** Two lists whose elements are identified by the same fields, each by its label. */
export interface KeyedLists {
  readonly before: ReadonlyMap<string, Json>;
  readonly after: ReadonlyMap<string, Json>;
}

/** Matches two lists by the first key that identifies every element on both sides; undefined where none does. */
export function keyedLists(before: readonly Json[], after: readonly Json[]): KeyedLists | undefined {
  for (const fields of keyCandidates) {
    const left = byLabel(before, fields);
    const right = left === undefined ? undefined : byLabel(after, fields);
    if (left !== undefined && right !== undefined) {
      return { before: left, after: right };
    }
  }
  return undefined;
}

/** True for a list that is better shown as one value: every element is plain. */
export function isScalarList(value: Json | undefined): value is readonly Json[] {
  return isJsonArray(value) && value.every((element) => element === null || isScalar(element));
}

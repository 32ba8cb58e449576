import { isJsonArray, isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { base64Mistake, isBytes, isLongInteger, quantityMistake } from '../crd/decoding.ts';
import { typeNameOf } from '../crd/built-in-schemas.ts';
import { timeMistake } from '../crd/time-text.ts';

interface Place {
  /** The innermost type and its field. */
  readonly type: string;
  readonly field: string;
}

/**
 * Why Go cannot convert plain values into a built-in type: the first mistake in the order of the document. What is merged by
 * the server (a strategic patch, an apply) is converted; what comes whole is decoded, which has words of its own.
 */
export function conversionMistake(value: Json, schema: JsonObject): string | undefined {
  return mistakeAt(value, schema, { type: '', field: '' });
}

function mistakeAt(value: Json, schema: JsonObject, place: Place): string | undefined {
  if (value === null) {
    return undefined;
  }
  if (schema['x-kubernetes-int-or-string'] === true) {
    const isEither = typeof value === 'number' || typeof value === 'string';
    return isEither ? undefined : `json: cannot unmarshal ${jsonKind(value)} into Go value of type int32`;
  }
  if (schema['type'] === 'array') {
    return mistakeInList(value, schema, place);
  }
  return schema['type'] === 'object' ? mistakeInObject(value, schema, place) : scalarMistake(value, schema, place);
}

function mistakeInList(value: Json, schema: JsonObject, place: Place): string | undefined {
  const { items } = schema;
  if (!isJsonArray(value)) {
    return `cannot restore slice from ${goKind(value)}`;
  }
  return isJsonObject(items) ? firstOf(value, (item) => mistakeAt(item, items, place)) : undefined;
}

function mistakeInObject(value: Json, schema: JsonObject, place: Place): string | undefined {
  const { additionalProperties: additional, properties } = schema;
  if (isJsonObject(additional)) {
    return isJsonObject(value) ? mistakeInMap(value, additional, place) : `cannot restore map from ${goKind(value)}`;
  }
  const type = typeNameOf(schema);
  if (type === undefined || !isJsonObject(properties)) {
    return undefined;
  }
  if (!isJsonObject(value)) {
    return `cannot restore struct from: ${goKind(value)}`;
  }
  return firstOf(Object.entries(value), ([field, below]) => {
    const declared = Object.hasOwn(properties, field) ? properties[field] : undefined;
    return isJsonObject(declared) ? mistakeAt(below, declared, { type, field }) : undefined;
  });
}

function mistakeInMap(value: JsonObject, items: JsonObject, place: Place): string | undefined {
  return firstOf(Object.values(value), (below) => {
    if (items['x-kubernetes-int-or-string'] === true) {
      return quantityMistake(below);
    }
    return isBytes(place.type, place.field) ? bytesMistake(below) : mistakeAt(below, items, place);
  });
}

function bytesMistake(value: Json): string | undefined {
  if (typeof value !== 'string') {
    return value === null ? undefined : `cannot restore slice from ${goKind(value)}`;
  }
  const mistake = base64Mistake(value);
  return mistake === undefined ? undefined : `error decoding from json: ${mistake}`;
}

function scalarMistake(value: Json, schema: JsonObject, { field }: Place): string | undefined {
  const { type } = schema;
  if (type === 'string') {
    return schema['nullable'] === true ? momentMistake(value, field) : textMistake(value);
  }
  if (type === 'integer') {
    return integerMistake(value, field);
  }
  return type !== 'boolean' || typeof value === 'boolean' ? undefined : 'unrecognized type: bool';
}

function momentMistake(value: Json, field: string): string | undefined {
  return typeof value === 'string'
    ? timeMistake(value, field)
    : `json: cannot unmarshal ${jsonKind(value)} into Go value of type string`;
}

function textMistake(value: Json): string | undefined {
  if (typeof value === 'string') {
    return undefined;
  }
  return Number.isInteger(value) ? 'cannot convert int64 to string' : 'unrecognized type: string';
}

function integerMistake(value: Json, field: string): string | undefined {
  const type = isLongInteger(field) ? 'int64' : 'int32';
  if (typeof value !== 'number') {
    return `unrecognized type: ${type}`;
  }
  return Number.isInteger(value) ? undefined : `cannot convert float64 to ${type}`;
}

function firstOf<Item>(items: readonly Item[], find: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function goKind(value: Json): string {
  if (isJsonArray(value)) {
    return 'slice';
  }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? 'int64' : 'float64';
  }
  return typeof value === 'object' ? 'map' : jsonKind(value);
}

function jsonKind(value: Json): string {
  if (isJsonArray(value)) {
    return 'array';
  }
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

/** A value as Go prints it: `map[a:1 b:[x y]]`, keys in their order. */
export function goText(value: Json): string {
  if (value === null) {
    return '<nil>';
  }
  if (isJsonArray(value)) {
    return `[${value.map((item) => goText(item)).join(' ')}]`;
  }
  if (isJsonObject(value)) {
    const keys = Object.keys(value).toSorted();
    return `map[${keys.map((key) => `${key}:${goText(value[key] ?? null)}`).join(' ')}]`;
  }
  return String(value);
}

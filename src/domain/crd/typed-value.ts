import { readBase64 } from './base64.ts';
import { CelBytes, JsonMap, fromJson } from '../cel/value.ts';
import type { CelValue } from '../cel/value.ts';
import { parseDuration, parseTimestamp } from '../cel/time.ts';
import { isJsonArray, isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { escapedName, plainName, readableNames } from './escaped-name.ts';

/** A value as the rules of its schema see it: numbers, times and bytes have the types that the schema gives them. */
export function typedValue(value: Json, schema: JsonObject): CelValue {
  if (isJsonObject(value)) {
    return new JsonMap(escapedNames(value, schema), (name, below) => {
      const inner = schemaOf(schema, name);
      return inner === undefined ? fromJson(below) : typedValue(below, inner);
    });
  }
  if (isJsonArray(value)) {
    const { items } = schema;
    return isJsonObject(items) ? value.map((item) => typedValue(item, items)) : fromJson(value);
  }
  if (typeof value === 'string') {
    return typedText(value, typeof schema['format'] === 'string' ? schema['format'] : '');
  }
  return typeof value === 'number' && schema['type'] === 'number' ? value : fromJson(value);
}

function typedText(text: string, format: string): CelValue {
  switch (format) {
    case 'date-time':
      return parseTimestamp(text) ?? text;
    case 'date':
      return parseTimestamp(`${text}T00:00:00Z`) ?? text;
    case 'duration':
      return parseDuration(text) ?? text;
    case 'byte':
      return new CelBytes(readBase64(text));
    default:
      return text;
  }
}

function schemaOf(schema: JsonObject, name: string): JsonObject | undefined {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const plain = plainName(name);
  const declared = Object.hasOwn(properties, plain) ? properties[plain] : schema['additionalProperties'];
  return isJsonObject(declared) ? declared : undefined;
}

/** Declared properties go by names that expressions can spell; the keys of maps stay as they are. */
function escapedNames(value: JsonObject, schema: JsonObject): JsonObject {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const isPlain = Object.keys(value).every((name) => escapedName(name) === name);
  if (isPlain) {
    return value;
  }
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.flatMap(([name, below]) =>
      Object.hasOwn(properties, name) ? readableNames(name).map((one) => [one, below]) : [[name, below]],
    ),
  );
}

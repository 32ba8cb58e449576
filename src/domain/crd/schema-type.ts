import {
  bool,
  bytes,
  double,
  duration,
  dyn,
  int,
  listOf,
  mapOf,
  objectOf,
  string,
  timestamp,
} from '../cel/types/value-type.ts';
import type { ValueType } from '../cel/types/value-type.ts';
import { isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { readableNames } from './escaped-name.ts';

const texts: { readonly [format: string]: ValueType } = {
  byte: bytes,
  duration,
  date: timestamp,
  'date-time': timestamp,
};

const scalars: { readonly [type: string]: ValueType } = { boolean: bool, number: double, integer: int };

/** The type that a structural schema's values have in its rules; undefined where rules cannot read them. */
export function schemaType(schema: JsonObject, name: string, isResource = false): ValueType | undefined {
  const type = schema['type'];
  if (schema['x-kubernetes-int-or-string'] === true) {
    return dyn;
  }
  if (type === 'array') {
    const items = below(schema['items'], `${name}.@idx`);
    return items === undefined ? undefined : listOf(items);
  }
  if (type === 'object') {
    return isJsonObject(schema['additionalProperties'])
      ? openMap(schema['additionalProperties'], name)
      : objectType(schema, name, isResource);
  }
  if (type === 'string') {
    return texts[typeof schema['format'] === 'string' ? schema['format'] : ''] ?? string;
  }
  return typeof type === 'string' ? scalars[type] : undefined;
}

function below(schema: Json | undefined, name: string): ValueType | undefined {
  return isJsonObject(schema) ? schemaType(schema, name, isEmbedded(schema)) : undefined;
}

function isEmbedded(schema: JsonObject): boolean {
  return schema['x-kubernetes-embedded-resource'] === true;
}

function openMap(values: JsonObject, name: string): ValueType | undefined {
  const type = below(values, `${name}.@elem`);
  return type === undefined ? undefined : mapOf(string, type);
}

function objectType(schema: JsonObject, name: string, isResource: boolean): ValueType {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const fields = new Map<string, ValueType>();
  for (const [key, property] of Object.entries(properties)) {
    const type = below(property, `${name}.${key}`);
    if (type !== undefined) {
      for (const readable of readableNames(key)) {
        fields.set(readable, type);
      }
    }
  }
  if (isResource) {
    const named = new Map([
      ['name', string],
      ['generateName', string],
    ]);
    fields
      .set('apiVersion', string)
      .set('kind', string)
      .set('metadata', objectOf(`${name}.metadata`, named));
  }
  return objectOf(name, fields);
}

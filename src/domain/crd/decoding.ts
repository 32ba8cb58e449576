import { isJsonArray, isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { typeNameOf } from './built-in-schemas.ts';
import { timeMistake } from './time-text.ts';

/** Where a value stands, as Go's decoder tells it: the innermost type, and the names of fields without any index or key. */
interface Place {
  readonly type: string;
  readonly path: string;
  readonly field: string;
}

const longIntegers: ReadonlySet<string> = new Set(
  (
    'activeDeadlineSeconds deletionGracePeriodSeconds expirationSeconds fsGroup generation maxItems maxLength maxProperties minItems minLength ' +
    'minProperties observedGeneration runAsGroup runAsUser seconds sizeBytes supplementalGroups terminationGracePeriodSeconds tolerationSeconds'
  ).split(' '),
);
const bytes: ReadonlySet<string> = new Set(['Secret.data', 'ConfigMap.binaryData']);
const highestInteger = 2 ** 31;
const quantityForm = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[numkKMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/u;

/** Whether a field of that name holds integers of 64 bits. */
export function isLongInteger(field: string): boolean {
  return longIntegers.has(field);
}

/** Whether the values of a type's field are bytes, written in base64. */
export function isBytes(type: string, field: string): boolean {
  return bytes.has(`${type}.${field}`);
}

/** Why Go cannot decode a value as a built-in type: the first mistake in the order of the document. */
export function decodingMistake(value: Json, schema: JsonObject): string | undefined {
  return mistakeAt(value, schema, { type: '', path: '', field: '' });
}

function mistakeAt(value: Json, schema: JsonObject, place: Place): string | undefined {
  if (value === null) {
    return undefined;
  }
  const isRight = formsOf(schema).includes(formOf(value));
  if (!isRight) {
    return mistyped(value, schema, place);
  }
  if (isJsonArray(value)) {
    const items = objectAt(schema, 'items');
    return items === undefined ? undefined : firstOf(value, (item) => mistakeAt(item, items, place));
  }
  if (isJsonObject(value)) {
    return mistakeInObject(value, schema, place);
  }
  return scalarMistake(value, schema, place);
}

function mistakeInObject(value: JsonObject, schema: JsonObject, place: Place): string | undefined {
  const additional = objectAt(schema, 'additionalProperties');
  if (additional !== undefined) {
    const isOfBytes = isBytes(place.type, place.field);
    const isOfQuantities = additional['x-kubernetes-int-or-string'] === true;
    return firstOf(Object.values(value), (below) => {
      if (isOfQuantities) {
        return quantityMistake(below);
      }
      return (
        mistakeAt(below, additional, place) ??
        (isOfBytes && typeof below === 'string' ? base64Mistake(below) : undefined)
      );
    });
  }
  const properties = objectAt(schema, 'properties');
  const type = typeNameOf(schema);
  if (properties === undefined || type === undefined) {
    return undefined;
  }
  return firstOf(Object.entries(value), ([field, below]) => {
    const declared = Object.hasOwn(properties, field) ? objectAt(properties, field) : undefined;
    const path = place.path === '' ? field : `${place.path}.${field}`;
    return declared === undefined ? undefined : mistakeAt(below, declared, { type, path, field });
  });
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

function scalarMistake(value: Json, schema: JsonObject, place: Place): string | undefined {
  if (typeof value === 'number' && schema['type'] === 'integer') {
    const isWhole = Number.isInteger(value) && (longIntegers.has(place.field) || Math.abs(value) < highestInteger);
    return isWhole ? undefined : mistyped(value, schema, place);
  }
  if (typeof value === 'string' && schema['nullable'] === true) {
    return timeMistake(value, place.field);
  }
  return undefined;
}

function mistyped(value: Json, schema: JsonObject, { type, path, field }: Place): string {
  const shown = typeof value === 'number' && schema['type'] === 'integer' ? `number ${value}` : formOf(value);
  return `json: cannot unmarshal ${shown} into Go struct field ${type}.${path} of type ${goType(schema, field)}`;
}

function formOf(value: Json): string {
  if (isJsonArray(value)) {
    return 'array';
  }
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

const forms: { readonly [type: string]: readonly string[] } = {
  string: ['string'],
  integer: ['number'],
  number: ['number'],
  boolean: ['bool'],
  array: ['array'],
  object: ['object'],
};
const anything = ['string', 'number', 'bool', 'array', 'object'];

function formsOf(schema: JsonObject): readonly string[] {
  if (schema['x-kubernetes-int-or-string'] === true) {
    return ['string', 'number'];
  }
  return (typeof schema['type'] === 'string' ? forms[schema['type']] : undefined) ?? anything;
}

function goType(schema: JsonObject, field: string): string {
  const items = objectAt(schema, 'items');
  const additional = objectAt(schema, 'additionalProperties');
  if (items !== undefined) {
    return `[]${goType(items, field)}`;
  }
  if (additional !== undefined) {
    return additional['x-kubernetes-int-or-string'] === true
      ? 'v1.ResourceList'
      : `map[string]${goType(additional, field)}`;
  }
  const name = typeNameOf(schema);
  if (name !== undefined) {
    return `v1.${name}`;
  }
  const scalars: { readonly [type: string]: string } = { string: 'string', boolean: 'bool', number: 'float64' };
  const integer = longIntegers.has(field) ? 'int64' : 'int32';
  return (typeof schema['type'] === 'string' ? scalars[schema['type']] : undefined) ?? integer;
}

export function quantityMistake(value: Json): string | undefined {
  const isQuantity =
    value === null || typeof value === 'number' || (typeof value === 'string' && quantityForm.test(value));
  const form = String.raw`^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$`;
  return isQuantity ? undefined : `quantities must match the regular expression '${form}'`;
}

/** The first byte that is none of RFC 4648's, as Go counts them. */
export function base64Mistake(text: string): string | undefined {
  const plain = text.replaceAll(/[\r\n]/gu, '');
  const odd = plain.search(/[^A-Za-z0-9+/]/u);
  const isPadded = odd < 0 || /^={1,2}$/u.test(plain.slice(odd));
  if (isPadded && plain.length % 4 === 0) {
    return undefined;
  }
  return `illegal base64 data at input byte ${isPadded ? plain.length - (plain.length % 4) : odd}`;
}

function objectAt(schema: JsonObject, name: string): JsonObject | undefined {
  const value = schema[name];
  return isJsonObject(value) ? value : undefined;
}

import { isJsonArray, isJsonObject, jsonEqual } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { checkAlternatives } from './alternatives.ts';
import { itemBefore } from './item-before.ts';
import { checkNumber, checkText } from './scalar-rules.ts';
import type { Violation } from './violation.ts';
import { describeValue, joinPath, violation } from './violation.ts';

/**
 * What a structural schema finds wrong with a value, in the API server's words, all at once. Its rules in CEL are not asked.
 * What is as it was `before` may stay, however wrong it is by now.
 */
export function validate(value: Json, schema: JsonObject, path = '', before?: Json): readonly Violation[] {
  const found = judge(value, schema, path, before);
  return found.length > 0 && before !== undefined && jsonEqual(value, before) ? [] : found;
}

function judge(value: Json, schema: JsonObject, path: string, before: Json | undefined): readonly Violation[] {
  if (value === null && schema['nullable'] === true) {
    return [];
  }
  const mistyped = checkType(value, schema, path);
  if (mistyped !== undefined) {
    return [mistyped];
  }
  return [
    ...checkEnum(value, schema, path),
    ...(typeof value === 'number' ? checkNumber(value, schema, path) : []),
    ...(typeof value === 'string' ? checkText(value, schema, path) : []),
    ...(isJsonArray(value) ? checkList(value, schema, path, before) : []),
    ...(isJsonObject(value) ? checkObject(value, schema, path, before) : []),
    ...checkAlternatives(value, schema, path, validate),
  ];
}

function typeOf(value: Json): string {
  if (value === null) {
    return 'null';
  }
  if (isJsonArray(value)) {
    return 'array';
  }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? 'integer' : 'number';
  }
  return typeof value;
}

function checkType(value: Json, schema: JsonObject, path: string): Violation | undefined {
  const actual = typeOf(value);
  const wanted = schema['x-kubernetes-int-or-string'] === true ? 'integer,string' : schema['type'];
  if (
    typeof wanted !== 'string' ||
    wanted === actual ||
    wanted.split(',').includes(actual) ||
    (wanted === 'number' && actual === 'integer')
  ) {
    return undefined;
  }
  const shown = actual === 'integer' ? 'integer' : actual;
  return violation(
    'FieldValueTypeInvalid',
    path,
    `Invalid value: ${JSON.stringify(shown)}: ${path} in body must be of type ${wanted}: ${JSON.stringify(shown)}`,
  );
}

function checkEnum(value: Json, schema: JsonObject, path: string): readonly Violation[] {
  const allowed = schema['enum'];
  if (!isJsonArray(allowed) || allowed.some((one) => one === value)) {
    return [];
  }
  const list = allowed.map((one) => JSON.stringify(one)).join(', ');
  return [
    violation('FieldValueNotSupported', path, `Unsupported value: ${describeValue(value)}: supported values: ${list}`),
  ];
}

function checkList(
  value: readonly Json[],
  schema: JsonObject,
  path: string,
  before: Json | undefined,
): readonly Violation[] {
  const found: Violation[] = [];
  const { items, maxItems, minItems } = schema;
  if (typeof maxItems === 'number' && value.length > maxItems) {
    found.push(violation('FieldValueTooMany', path, `Too many: ${value.length}: must have at most ${maxItems} items`));
  }
  if (typeof minItems === 'number' && value.length < minItems) {
    found.push(
      violation(
        'FieldValueInvalid',
        path,
        `Invalid value: ${value.length}: ${path} in body should have at least ${minItems} items`,
      ),
    );
  }
  if (isJsonObject(items)) {
    found.push(
      ...value.flatMap((item, index) => validate(item, items, `${path}[${index}]`, itemBefore(item, before, schema))),
    );
  }
  return [...found, ...checkUnique(value, schema, path)];
}

function checkUnique(value: readonly Json[], schema: JsonObject, path: string): readonly Violation[] {
  const keys = schema['x-kubernetes-list-map-keys'];
  const type = schema['x-kubernetes-list-type'];
  if (type !== 'set' && !(type === 'map' && isJsonArray(keys))) {
    return [];
  }
  const names = isJsonArray(keys) ? keys.filter((key) => typeof key === 'string') : [];
  const seen = new Map<string, number>();
  return value.flatMap((item, index) => {
    const picked = isJsonObject(item) ? Object.fromEntries(names.map((name) => [name, item[name] ?? null])) : item;
    const text = JSON.stringify(type === 'set' ? item : picked);
    const before = seen.get(text) ?? 0;
    seen.set(text, before + 1);
    // However often a value stands there, it is told once.
    return before === 1 ? [violation('FieldValueDuplicate', `${path}[${index}]`, `Duplicate value: ${text}`)] : [];
  });
}

function checkObject(
  value: JsonObject,
  schema: JsonObject,
  path: string,
  before: Json | undefined,
): readonly Violation[] {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const additional = schema['additionalProperties'];
  const required = isJsonArray(schema['required']) ? schema['required'] : [];
  const missing = required
    .filter((name) => typeof name === 'string')
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => violation('FieldValueRequired', joinPath(path, name), 'Required value'));
  const inner = Object.entries(value).flatMap(([name, below]) => {
    const declared = Object.hasOwn(properties, name) ? properties[name] : additional;
    const old = isJsonObject(before) && Object.hasOwn(before, name) ? before[name] : undefined;
    return isJsonObject(declared) ? validate(below, declared, joinPath(path, name), old) : [];
  });
  return [...checkSize(value, schema, path), ...missing, ...checkEmbedded(value, schema, path), ...inner];
}

function checkSize(value: JsonObject, schema: JsonObject, path: string): readonly Violation[] {
  const { minProperties, maxProperties } = schema;
  const count = Object.keys(value).length;
  if (typeof maxProperties === 'number' && count > maxProperties) {
    const message = `Too many: ${count}: must have at most ${maxProperties} items`;
    return [violation('FieldValueTooMany', path, message)];
  }
  if (typeof minProperties === 'number' && count < minProperties) {
    const message = `Invalid value: ${count}: ${path} in body should have at least ${minProperties} properties`;
    return [violation('FieldValueInvalid', path, message)];
  }
  return [];
}

/** An object inside an object says what it is. */
function checkEmbedded(value: JsonObject, schema: JsonObject, path: string): readonly Violation[] {
  if (schema['x-kubernetes-embedded-resource'] !== true) {
    return [];
  }
  return ['apiVersion', 'kind']
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => violation('FieldValueRequired', joinPath(path, name), 'Required value'));
}

import { isJsonArray, isJsonObject } from '../../json.ts';
import type { Json, JsonObject } from '../../json.ts';
import { forbidden, invalidValue, notSupported, required } from '../../object-rules/field-errors.ts';
import { patternMistake } from '../../cel/pattern.ts';
import type { Violation } from '../violation.ts';
import { defaultViolations } from './default-violations.ts';
import { extensionViolations } from './extension-violations.ts';
import { ruleViolations } from './rule-violations.ts';

/** Where a schema stands in the one that holds it. */
export type SchemaLevel = 'root' | 'field' | 'item';

/** What keeps a schema from being a structural one, and what is wrong with its defaults and rules. */
export function schemaViolations(schema: JsonObject, path: string): readonly Violation[] {
  const found = structureViolations(schema, path, 'root');
  return found.length > 0 ? found : [...defaultViolations(schema, path), ...ruleViolations(schema, path)];
}

const types = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
const unsupported = ['$ref', 'id', 'definitions', 'dependencies', 'patternProperties', 'additionalItems'];

function structureViolations(schema: JsonObject, path: string, level: SchemaLevel): readonly Violation[] {
  return [
    ...unsupported
      .filter((keyword) => schema[keyword] !== undefined)
      .map((keyword) => forbidden(`${path}.${keyword}`, `${keyword} is not supported`)),
    ...keywordViolations(schema, path),
    ...(schema['$ref'] === undefined ? typeViolations(schema, path, level) : []),
    ...(level === 'root' ? rootViolations(schema, path) : []),
    ...(level === 'root' || schema['x-kubernetes-embedded-resource'] === true
      ? resourceViolations(schema, path, level)
      : []),
    ...extensionViolations(schema, path),
    ...alternativeViolations(schema, path),
    ...below(schema, path),
  ];
}

function keywordViolations(schema: JsonObject, path: string): readonly Violation[] {
  const { pattern, items } = schema;
  const unique = 'uniqueItems cannot be set to true since the runtime complexity becomes quadratic';
  const mistake = typeof pattern === 'string' ? patternMistake(pattern) : undefined;
  const hasBoth = isJsonObject(schema['properties']) && Object.keys(schema['properties']).length > 0;
  const isClosed = schema['additionalProperties'] === false || isJsonObject(schema['additionalProperties']);
  return [
    ...(schema['uniqueItems'] === true ? [forbidden(`${path}.uniqueItems`, unique)] : []),
    ...(isJsonArray(items) ? [forbidden(`${path}.items`, 'items must be a schema object and not an array')] : []),
    ...(hasBoth && isClosed
      ? [forbidden(`${path}.additionalProperties`, 'additionalProperties and properties are mutual exclusive')]
      : []),
    ...(mistake === undefined
      ? []
      : [invalidValue(`${path}.pattern`, pattern, `must be a valid regular expression, but isn't: ${mistake}`)]),
  ];
}

function typeViolations(schema: JsonObject, path: string, level: SchemaLevel): readonly Violation[] {
  const type = typeof schema['type'] === 'string' ? schema['type'] : '';
  const isAny =
    schema['x-kubernetes-int-or-string'] === true || schema['x-kubernetes-preserve-unknown-fields'] === true;
  const isEmbedded = schema['x-kubernetes-embedded-resource'] === true;
  if (type === '') {
    const rules = {
      root: 'must not be empty at the root',
      field: 'must not be empty for specified object fields',
      item: 'must not be empty for specified array items',
    };
    const rule = isEmbedded ? 'must be object if x-kubernetes-embedded-resource is true' : rules[level];
    return isAny && !isEmbedded && level !== 'root' ? [] : [required(`${path}.type`, rule)];
  }
  const isList = type === 'array' && schema['items'] === undefined;
  return [
    ...(types.includes(type) ? [] : [notSupported(`${path}.type`, type, types)]),
    ...(type === 'null'
      ? [forbidden(`${path}.type`, 'type cannot be set to null, use nullable as an alternative')]
      : []),
    ...(isList ? [required(`${path}.items`, 'must be specified')] : []),
  ];
}

function rootViolations(schema: JsonObject, path: string): readonly Violation[] {
  const { type } = schema;
  return [
    ...(typeof type === 'string' && type !== 'object'
      ? [invalidValue(`${path}.type`, type, 'must be object at the root')]
      : []),
    ...(schema['nullable'] === true ? [forbidden(`${path}.nullable`, 'nullable cannot be true at the root')] : []),
    ...(schema['additionalProperties'] === undefined
      ? []
      : [forbidden(`${path}.additionalProperties`, 'must not be used at the root')]),
  ];
}

/** What every object has may be said to be nothing else. */
function resourceViolations(schema: JsonObject, path: string, level: SchemaLevel): readonly Violation[] {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const wanted = { apiVersion: 'string', kind: 'string', metadata: 'object' };
  const found = Object.entries(wanted).flatMap(([name, type]) => {
    const property = properties[name];
    if (!isJsonObject(property)) {
      return [];
    }
    const at = `${path}.properties[${name}]`;
    const isOther = property['type'] !== undefined && property['type'] !== type;
    return [
      ...(isOther ? [invalidValue(`${at}.type`, property['type'], `must be ${type}`)] : []),
      ...(level === 'root' && property['default'] !== undefined
        ? [forbidden(`${at}.default`, `must not be set in top-level ${name}`)]
        : []),
    ];
  });
  const { metadata } = properties;
  const isNarrow = level !== 'root' || !isJsonObject(metadata) || saysNamesAlone(metadata);
  const rule = 'must not specify anything other than name and generateName, but metadata is implicitly specified';
  return [...found, ...(isNarrow ? [] : [forbidden(`${path}.properties[metadata]`, rule)])];
}

const plainKeywords = new Set(['type', 'properties', 'description', 'default']);

function saysNamesAlone(metadata: JsonObject): boolean {
  const names = isJsonObject(metadata['properties']) ? Object.keys(metadata['properties']) : [];
  const isPlain = Object.keys(metadata).every((keyword) => plainKeywords.has(keyword));
  return (
    metadata['type'] !== 'object' || (isPlain && names.every((name) => name === 'name' || name === 'generateName'))
  );
}

const alternatives = ['allOf', 'anyOf', 'oneOf', 'not'];

/** Each schema inside of `allOf` and its like, with its place. */
function inAlternatives(schema: JsonObject, path: string): readonly (readonly [JsonObject, string])[] {
  return alternatives.flatMap((keyword): readonly (readonly [JsonObject, string])[] => {
    const value = schema[keyword];
    if (isJsonArray(value)) {
      return value.flatMap((one, index) => (isJsonObject(one) ? [[one, `${path}.${keyword}[${index}]`] as const] : []));
    }
    return isJsonObject(value) ? [[value, `${path}.${keyword}`]] : [];
  });
}

function alternativeViolations(schema: JsonObject, path: string): readonly Violation[] {
  const isEither = schema['x-kubernetes-int-or-string'] === true;
  return inAlternatives(schema, path).flatMap(([one, at]) => {
    const isPair = isEither && isIntegerOrString(schema, one, at, path);
    return valueOnly(one, at, isPair);
  });
}

/** `anyOf` integer and string, in this order, may say the types; at the front of `allOf` too. */
function isIntegerOrString(schema: JsonObject, one: JsonObject, at: string, path: string): boolean {
  if (at === `${path}.allOf[0]` && isPair(one['anyOf'])) {
    return true;
  }
  return at.startsWith(`${path}.anyOf[`) && isPair(schema['anyOf']);
}

function isPair(value: Json | undefined): boolean {
  return (
    isJsonArray(value) &&
    value.length === 2 &&
    ['integer', 'string'].every((type, index) => {
      const one = value[index];
      return isJsonObject(one) && one['type'] === type;
    })
  );
}

const texts: readonly (readonly [keyword: string, rule: string])[] = [
  ['type', 'must be empty to be structural'],
  ['title', 'must be empty to be structural'],
  ['description', 'must be empty to be structural'],
  ['default', 'must be undefined to be structural'],
  ['additionalProperties', 'must be undefined to be structural'],
  ['nullable', 'must be false to be structural'],
  ['x-kubernetes-preserve-unknown-fields', 'must be false to be structural'],
  ['x-kubernetes-embedded-resource', 'must be false to be structural'],
  ['x-kubernetes-int-or-string', 'must be false to be structural'],
  ['x-kubernetes-list-map-keys', 'must be empty to be structural'],
  ['x-kubernetes-list-type', 'must be undefined to be structural'],
  ['x-kubernetes-map-type', 'must be undefined to be structural'],
  ['x-kubernetes-validations', 'must be empty to be structural'],
];

/** Inside of alternatives values are only narrowed: what there is, is said outside. */
function valueOnly(schema: JsonObject, path: string, mayHaveType: boolean): readonly Violation[] {
  const own = texts
    .filter(([keyword]) => isSaid(schema[keyword]) && !(mayHaveType && keyword === 'type'))
    .map(([keyword, rule]) => forbidden(`${path}.${keyword}`, rule));
  const inner = [...inAlternatives(schema, path), ...parts(schema, path)];
  const passesOn = mayHaveType && isPair(schema['anyOf']);
  return [...own, ...inner.flatMap(([one, at]) => valueOnly(one, at, passesOn && at.startsWith(`${path}.anyOf[`)))];
}

function isSaid(value: Json | undefined): boolean {
  return value !== undefined && value !== false && value !== '' && !(isJsonArray(value) && value.length === 0);
}

/** The schemas of properties and items, with their places. */
function parts(schema: JsonObject, path: string): readonly (readonly [JsonObject, string])[] {
  const properties = isJsonObject(schema['properties']) ? Object.entries(schema['properties']) : [];
  const { items } = schema;
  return [
    ...properties.flatMap(([name, property]) =>
      isJsonObject(property) ? [[property, `${path}.properties[${name}]`] as const] : [],
    ),
    ...(isJsonObject(items) ? [[items, `${path}.items`] as const] : []),
  ];
}

function below(schema: JsonObject, path: string): readonly Violation[] {
  const values = schema['additionalProperties'];
  return [
    ...parts(schema, path).flatMap(([one, at]) =>
      structureViolations(one, at, at === `${path}.items` ? 'item' : 'field'),
    ),
    ...(isJsonObject(values) ? structureViolations(values, `${path}.additionalProperties`, 'field') : []),
  ];
}

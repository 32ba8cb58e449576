import { isJsonArray, isJsonObject, listAt, valueAt } from '../../json.ts';
import type { Json, JsonObject } from '../../json.ts';
import { forbidden, invalidValue, notSupported, required } from '../../object-rules/field-errors.ts';
import type { Violation } from '../violation.ts';

const listType = 'x-kubernetes-list-type';
const mapKeys = 'x-kubernetes-list-map-keys';
const mapType = 'x-kubernetes-map-type';

/** What is wrong with the extensions (`x-kubernetes-`) of one schema. */
export function extensionViolations(schema: JsonObject, path: string): readonly Violation[] {
  return [
    ...openViolations(schema, path),
    ...embeddedViolations(schema, path),
    ...listViolations(schema, path),
    ...mapViolations(schema, path),
  ];
}

function openViolations(schema: JsonObject, path: string): readonly Violation[] {
  const field = `${path}.x-kubernetes-preserve-unknown-fields`;
  const value = schema['x-kubernetes-preserve-unknown-fields'];
  if (value === false) {
    return [invalidValue(field, false, 'must be true or undefined')];
  }
  const isBoth = value === true && schema['x-kubernetes-int-or-string'] === true;
  return isBoth ? [invalidValue(field, true, 'must be false if x-kubernetes-int-or-string is true')] : [];
}

function embeddedViolations(schema: JsonObject, path: string): readonly Violation[] {
  if (schema['x-kubernetes-embedded-resource'] !== true) {
    return [];
  }
  const { type, properties } = schema;
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true;
  const isEmpty = !isJsonObject(properties) || Object.keys(properties).length === 0;
  const rule =
    'must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields';
  return [
    ...(isEmpty && !isOpen ? [required(`${path}.properties`, rule)] : []),
    ...(type === undefined || type === 'object'
      ? []
      : [invalidValue(`${path}.type`, type, 'must be object if x-kubernetes-embedded-resource is true')]),
  ];
}

function mapViolations(schema: JsonObject, path: string): readonly Violation[] {
  const value = schema[mapType];
  if (value === undefined) {
    return [];
  }
  const { type } = schema;
  return [
    ...(type === 'object'
      ? []
      : [invalidValue(`${path}.type`, type ?? '', `must be object if ${mapType} is specified`)]),
    ...(value === 'atomic' || value === 'granular'
      ? []
      : [notSupported(`${path}.${mapType}`, value, ['atomic', 'granular'])]),
  ];
}

function listViolations(schema: JsonObject, path: string): readonly Violation[] {
  const kind = schema[listType];
  const keys = listAt(schema, mapKeys);
  const { items } = schema;
  return [
    ...listTypeViolations(schema, path),
    ...keyListViolations(kind, keys, path),
    ...(kind === 'set' && isJsonObject(items) ? setViolations(items, `${path}.items`) : []),
    ...(kind === 'map' && isJsonObject(items) ? keyViolations(items, keys, path) : []),
  ];
}

const listTypes = ['atomic', 'set', 'map'];

function listTypeViolations({ type, [listType]: kind }: JsonObject, path: string): readonly Violation[] {
  if (kind === undefined) {
    return [];
  }
  const rule = `must be array if ${listType} is specified`;
  return [
    ...(type === 'array' ? [] : [invalidValue(`${path}.type`, type ?? '', rule)]),
    ...(listTypes.some((one) => one === kind) ? [] : [notSupported(`${path}.${listType}`, kind, listTypes)]),
  ];
}

function keyListViolations(kind: Json | undefined, keys: readonly Json[], path: string): readonly Violation[] {
  const needsMap = `must be map if ${mapKeys} is non-empty`;
  if (kind === 'map') {
    return keys.length === 0 ? [required(`${path}.${mapKeys}`, `must not be empty if ${listType} is map`)] : [];
  }
  if (keys.length === 0) {
    return [];
  }
  const field = `${path}.${listType}`;
  return [kind === undefined ? required(field, needsMap) : invalidValue(field, kind, needsMap)];
}

function setViolations(items: JsonObject, path: string): readonly Violation[] {
  const rule = `must be atomic as item of a list with ${listType}=set`;
  const isGranular = items['type'] === 'object' && items[mapType] !== 'atomic';
  const kind = items[listType];
  const isList = items['type'] === 'array' && kind !== undefined && kind !== 'atomic';
  return [
    ...(items['nullable'] === true
      ? [forbidden(`${path}.nullable`, `cannot be nullable when ${listType} is set`)]
      : []),
    ...(isGranular ? [invalidValue(`${path}.${mapType}`, items[mapType] ?? null, rule)] : []),
    ...(isList ? [invalidValue(`${path}.${listType}`, items[listType] ?? null, rule)] : []),
  ];
}

function keyViolations(items: JsonObject, keys: readonly Json[], path: string): readonly Violation[] {
  const at = `${path}.items`;
  const { type } = items;
  const properties = isJsonObject(items['properties']) ? items['properties'] : {};
  const isObject = type === 'object';
  const isKnown = keys.every((key) => typeof key === 'string' && Object.hasOwn(properties, key));
  const isTwice = new Set(keys).size < keys.length;
  return [
    ...(items['nullable'] === true ? [forbidden(`${at}.nullable`, `cannot be nullable when ${listType} is map`)] : []),
    ...(isObject
      ? []
      : [invalidValue(`${at}.type`, type ?? '', `must be object if parent array's ${listType} is map`)]),
    ...(isObject && !isKnown
      ? [invalidValue(`${path}.${mapKeys}`, keys, 'entries must all be names of item properties')]
      : []),
    ...(isTwice ? [invalidValue(`${path}.${mapKeys}`, keys, 'must not contain duplicate entries')] : []),
    ...[...new Set(keys)].flatMap((key) => (typeof key === 'string' ? ofKey(items, key, at) : [])),
  ];
}

function ofKey(items: JsonObject, key: string, path: string): readonly Violation[] {
  const property = valueAt(items, 'properties', key);
  if (!isJsonObject(property)) {
    return [];
  }
  const at = `${path}.properties[${key}]`;
  const isRequired = isJsonArray(items['required']) && items['required'].includes(key);
  const isComplex = property['type'] === 'object' || property['type'] === 'array';
  const isIn = `this property is in ${mapKeys}, so it`;
  return [
    ...(isComplex
      ? [invalidValue(`${at}.type`, 'object', `must be a scalar type if parent array's ${listType} is map`)]
      : []),
    ...(property['nullable'] === true ? [forbidden(`${at}.nullable`, `${isIn} cannot be nullable`)] : []),
    ...(isRequired || property['default'] !== undefined
      ? []
      : [required(`${at}.default`, `${isIn} must have a default or be a required property`)]),
  ];
}

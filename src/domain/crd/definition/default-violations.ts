import { isJsonObject, jsonEqual } from '../../json.ts';
import type { Json, JsonObject } from '../../json.ts';
import { invalidValue } from '../../object-rules/field-errors.ts';
import { prune } from '../pruning.ts';
import { checkRules } from '../validation-rules.ts';
import { validate } from '../validation.ts';
import { violation } from '../violation.ts';
import type { Violation } from '../violation.ts';

/** What the defaults of a schema break of the very schema that they stand in. */
export function defaultViolations(schema: JsonObject, path: string, isRoot = true): readonly Violation[] {
  const value = schema['default'];
  const own = value === undefined || value === null ? [] : judge(value, schema, `${path}.default`, isRoot);
  const properties = isJsonObject(schema['properties']) ? Object.entries(schema['properties']) : [];
  const inner = (keyword: string): readonly Violation[] => {
    const one = schema[keyword];
    return isJsonObject(one) ? defaultViolations(one, `${path}.${keyword}`, false) : [];
  };
  return [
    ...own,
    ...properties.flatMap(([name, property]) =>
      isJsonObject(property) ? defaultViolations(property, `${path}.properties[${name}]`, false) : [],
    ),
    ...inner('items'),
    ...inner('additionalProperties'),
  ];
}

function judge(value: Json, schema: JsonObject, path: string, isRoot: boolean): readonly Violation[] {
  const whole = isRoot ? { ...schema, 'x-kubernetes-embedded-resource': true } : schema;
  const isEmbedded = whole['x-kubernetes-embedded-resource'] === true;
  const kept = prune(value, isEmbedded ? withMetadata(whole) : whole).value;
  if (!jsonEqual(kept, value)) {
    return [invalidValue(path, value, 'must not have unknown fields')];
  }
  const found = validate(value, whole);
  return [...found, ...checkRules(value, undefined, whole, found)].map(({ reason, field, message }) =>
    violation(reason, placeBelow(path, field), message),
  );
}

function withMetadata(schema: JsonObject): JsonObject {
  const open = { 'x-kubernetes-preserve-unknown-fields': true };
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  return { ...schema, properties: { apiVersion: open, kind: open, metadata: open, ...properties } };
}

function placeBelow(path: string, field: string): string {
  return field === '' || field === '<nil>' ? path : `${path}.${field}`;
}

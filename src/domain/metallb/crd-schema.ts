import type { Json, JsonObject } from '../json.ts';
import type { Field, Fields, IntegerField, ListField, ObjectField, TextField } from './field.ts';
import { isSince, type Release } from './release.ts';

/** A field as a structural schema (apiextensions.k8s.io/v1) of one release. */
export function structuralSchema(field: Field, release: Release): JsonObject {
  return { description: field.description, ...shapeOf(field, release), ...annotationsOf(field, release) };
}

function shapeOf(field: Field, release: Release): JsonObject {
  switch (field.type) {
    case 'string':
      return textSchema(field);
    case 'integer':
      return integerSchema(field, release);
    case 'boolean':
      return { type: 'boolean' };
    case 'list':
      return listSchema(field, release);
    case 'map':
      return { type: 'object', additionalProperties: structuralSchema(field.values, release) };
    case 'object':
      return objectSchema(field, release);
  }
}

function textSchema({ enum: allowed, format, pattern, minLength, maxLength }: TextField): JsonObject {
  return present({ type: 'string', enum: allowed, format, pattern, minLength, maxLength });
}

function integerSchema(field: IntegerField, release: Release): JsonObject {
  const before = earlier(field, release);
  return present({
    type: 'integer',
    format: before?.format ?? field.format,
    minimum: before?.minimum ?? field.minimum,
    maximum: field.maximum,
  });
}

function listSchema(field: ListField, release: Release): JsonObject {
  return present({
    type: 'array',
    items: structuralSchema(field.items, release),
    minItems: field.minItems,
    'x-kubernetes-list-type': field.listType,
    'x-kubernetes-list-map-keys': field.mapKeys,
  });
}

function objectSchema(field: ObjectField, release: Release): JsonObject {
  const known = Object.entries(field.fields).filter(([, inner]) => isSince(release, inner.since));
  const required = requiredFields(field.fields, release);
  return present({
    type: 'object',
    properties:
      known.length === 0
        ? undefined
        : Object.fromEntries(known.map(([name, inner]) => [name, structuralSchema(inner, release)])),
    required: required.length === 0 ? undefined : required,
    'x-kubernetes-map-type': field.mapType,
  });
}

/** The names that an object of this release must have. */
export function requiredFields(fields: Fields, release: Release): readonly string[] {
  return Object.entries(fields)
    .filter(([, field]) => isSince(release, field.since))
    .filter(([, field]) => earlier(field, release)?.required ?? field.required ?? false)
    .map(([name]) => name);
}

function annotationsOf(field: Field, release: Release): JsonObject {
  const rules = (field.rules ?? []).filter((rule) => isSince(release, rule.since));
  return present({
    default: field.default,
    'x-kubernetes-validations': rules.length === 0 ? undefined : rules.map(({ rule, message }) => ({ rule, message })),
  });
}

function earlier(field: Field, release: Release): Field['before'] {
  return field.before !== undefined && !isSince(release, field.before.release) ? field.before : undefined;
}

function present(entries: { readonly [key: string]: Json | undefined }): JsonObject {
  const kept: { [key: string]: Json } = {};
  for (const [key, value] of Object.entries(entries)) {
    if (value !== undefined) {
      kept[key] = value;
    }
  }
  return kept;
}

import { metalLbApi } from '../../src/domain/metallb/api.ts';
import type { Field, Fields, ObjectField, Stricter } from '../../src/domain/metallb/field.ts';
import { storageVersion } from '../../src/domain/metallb/kind.ts';
import { patterns } from '../../src/domain/metallb/patterns.ts';
import { closedObject, defined, type JsonSchema, list, text } from './json-schema.ts';

interface Lists {
  /** The keys under `metallb:` that hold resources. */
  readonly properties: { readonly [key: string]: JsonSchema };
  readonly definitions: { readonly [name: string]: JsonSchema };
}

/** The lists of resources under `metallb:`, out of the table of MetalLB's API: a name and the fields of the spec. */
export function metalLbLists(): Lists {
  const definitions: { [name: string]: JsonSchema } = {};
  const properties: { [key: string]: JsonSchema } = {};
  for (const kind of metalLbApi) {
    const spec = storageVersion(kind).spec;
    if (kind.config === undefined || spec === undefined) {
      continue;
    }
    const { key, description } = kind.config;
    definitions[key] = closedObject(
      kind.description,
      {
        name: text(`Name of the ${kind.kind} in the cluster.`, {
          pattern: patterns.objectName.pattern,
          maxLength: 253,
          examples: ['default'],
        }),
        labels: labelsOf(kind.kind),
        ...propertiesOf(spec.fields, definitions),
      },
      { required: ['name', ...requiredOf(spec.fields)] },
    );
    properties[key] = list(description, defined(key), { examples: [[exampleOf(spec.fields)]] });
  }
  return { properties, definitions };
}

/** Beside the fields of the spec, because selectors of other resources choose by them. */
function labelsOf(kind: string): JsonSchema {
  return {
    type: 'object',
    description: `Labels of the ${kind} in the cluster, beside those by which Metalwave knows its own objects.`,
    default: {},
    examples: [{ tier: 'public' }],
    propertyNames: { pattern: patterns.labelKey.pattern },
    additionalProperties: text('The value.', { pattern: patterns.labelValue.pattern, maxLength: 63 }),
  };
}

function exampleOf(fields: Fields): { readonly [key: string]: NonNullable<Field['examples']>[number] } {
  const needed = Object.entries(fields).filter(([name, field]) => isRequired(field) || name === 'communities');
  const chosen = needed.flatMap(([name, field]) => {
    const [example] = field.examples ?? [];
    return example === undefined ? [] : [[name, example] as const];
  });
  return { name: 'default', ...Object.fromEntries(chosen) };
}

function propertiesOf(
  fields: Fields,
  definitions: { [name: string]: JsonSchema },
): { readonly [name: string]: JsonSchema } {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, configSchema(field, definitions)]));
}

function requiredOf(fields: Fields): readonly string[] {
  return Object.entries(fields)
    .filter(([, field]) => isRequired(field))
    .map(([name]) => name);
}

function isRequired(field: Field): boolean {
  return field.config?.required ?? field.required ?? false;
}

function configSchema(field: Field, definitions: { [name: string]: JsonSchema }): JsonSchema {
  if (field.type === 'object') {
    return objectSchema(field, definitions);
  }
  const { keyPattern, required: _required, ...stricter }: Stricter = field.config ?? {};
  return {
    ...shapeOf(field, definitions),
    ...stricter,
    ...(keyPattern === undefined ? {} : { propertyNames: { pattern: keyPattern } }),
  };
}

function shapeOf(field: Exclude<Field, ObjectField>, definitions: { [name: string]: JsonSchema }): JsonSchema {
  const words = wordsOf(field);
  switch (field.type) {
    case 'string':
      return { type: 'string', ...words, ...(field.enum === undefined ? {} : { enum: field.enum }) };
    case 'integer':
      return {
        type: 'integer',
        ...words,
        ...(field.minimum === undefined ? {} : { minimum: field.minimum }),
        ...(field.maximum === undefined ? {} : { maximum: field.maximum }),
      };
    case 'boolean':
      return { type: 'boolean', ...words };
    case 'list':
      return { type: 'array', ...words, items: configSchema(field.items, definitions) };
    case 'map':
      return { type: 'object', ...words, additionalProperties: configSchema(field.values, definitions) };
  }
}

function wordsOf(field: Field): JsonSchema {
  const since = field.since === undefined ? '' : ` From MetalLB ${field.since} on.`;
  return {
    description: `${field.description}${since}`,
    ...(field.default === undefined ? {} : { default: field.default }),
    ...(field.examples === undefined ? {} : { examples: field.examples }),
  };
}

function objectSchema(field: ObjectField, definitions: { [name: string]: JsonSchema }): JsonSchema {
  const shape = (): JsonSchema => {
    const required = requiredOf(field.fields);
    return {
      type: 'object',
      ...wordsOf(field),
      ...(required.length === 0 ? {} : { required }),
      additionalProperties: false,
      properties: propertiesOf(field.fields, definitions),
    };
  };
  if (field.definition === undefined) {
    return shape();
  }
  definitions[field.definition] ??= shape();
  return defined(field.definition);
}

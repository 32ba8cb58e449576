import type { Json } from '../../src/domain/json.ts';

/** The part of JSON Schema (draft-07) that the product's schemas are written in. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly default?: Json;
  readonly examples?: readonly Json[];
  readonly enum?: readonly Json[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: JsonSchema;
  readonly properties?: { readonly [name: string]: JsonSchema };
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly propertyNames?: JsonSchema;
  readonly definitions?: { readonly [name: string]: JsonSchema };
}

/** A mapping whose keys are all named; any other is refused. */
export function closedObject(
  description: string,
  properties: { readonly [name: string]: JsonSchema },
  more: Pick<JsonSchema, 'required' | 'examples' | 'default'> = {},
): JsonSchema {
  return { type: 'object', description, ...more, additionalProperties: false, properties };
}

/** A sequence. */
export function list(description: string, items: JsonSchema, more: Partial<JsonSchema> = {}): JsonSchema {
  return { type: 'array', description, ...more, items };
}

/** A text. */
export function text(description: string, more: Partial<JsonSchema> = {}): JsonSchema {
  return { type: 'string', description, ...more };
}

/** A whole number. */
export function integer(description: string, more: Partial<JsonSchema> = {}): JsonSchema {
  return { type: 'integer', description, ...more };
}

/** A yes or no with its default. */
export function flag(description: string, fallback: boolean): JsonSchema {
  return { type: 'boolean', description, default: fallback };
}

/** A shape that is defined once in the document. */
export function defined(name: string): JsonSchema {
  return { $ref: `#/definitions/${name}` };
}

/** A title of every property, for editors: `autoAssign` becomes `Auto assign`. Titles that stand are kept. */
export function withTitles(schema: JsonSchema, name?: string): JsonSchema {
  if (schema.$ref !== undefined) {
    return schema;
  }
  const title = schema.title ?? (name === undefined ? undefined : titleOf(name));
  return {
    ...(title === undefined ? {} : { title }),
    ...schema,
    ...(schema.items === undefined ? {} : { items: withTitles(schema.items) }),
    ...(schema.properties === undefined ? {} : { properties: eachTitled(schema.properties) }),
    ...(schema.definitions === undefined ? {} : { definitions: eachTitled(schema.definitions) }),
  };
}

function eachTitled(schemas: { readonly [name: string]: JsonSchema }): { readonly [name: string]: JsonSchema } {
  return Object.fromEntries(Object.entries(schemas).map(([key, inner]) => [key, withTitles(inner, key)]));
}

function titleOf(name: string): string {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2');
  const lowered = words.replaceAll(/ ([A-Z])(?=[a-z])/g, (_, letter: string) => ` ${letter.toLowerCase()}`);
  return lowered.charAt(0).toUpperCase() + lowered.slice(1);
}

/** The schema without what only people read; what is left decides the same values. */
export function withoutWords(schema: JsonSchema): JsonSchema {
  const { title: _title, description: _description, default: _default, examples: _examples, ...kept } = schema;
  return {
    ...kept,
    ...(kept.items === undefined ? {} : { items: withoutWords(kept.items) }),
    ...(kept.properties === undefined ? {} : { properties: eachWithoutWords(kept.properties) }),
    ...(kept.definitions === undefined ? {} : { definitions: eachWithoutWords(kept.definitions) }),
    ...(typeof kept.additionalProperties === 'object'
      ? { additionalProperties: withoutWords(kept.additionalProperties) }
      : {}),
    ...(kept.propertyNames === undefined ? {} : { propertyNames: withoutWords(kept.propertyNames) }),
  };
}

function eachWithoutWords(schemas: { readonly [name: string]: JsonSchema }): { readonly [name: string]: JsonSchema } {
  return Object.fromEntries(Object.entries(schemas).map(([key, inner]) => [key, withoutWords(inner)]));
}

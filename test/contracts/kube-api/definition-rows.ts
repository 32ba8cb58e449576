import type { ShortCase } from './short-case.ts';

type Schema = { readonly [keyword: string]: unknown };

const group = 'rows.metalwave.io';
const text = { type: 'string' };
const shared = 'spec.validation.openAPIV3Schema.properties[spec].properties[a]';

function object(properties: Schema, more: Schema = {}): Schema {
  return { type: 'object', properties, ...more };
}

/** A definition that only says what it has to, and what a row adds to it. */
function definition(schema: Schema, version: Schema = {}, spec: Schema = {}): Schema {
  return {
    metadata: { name: `rows.${group}` },
    spec: {
      group,
      names: { kind: 'Row', plural: 'rows' },
      scope: 'Namespaced',
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema }, ...version }],
      ...spec,
    },
  };
}

function refused(what: string, body: Schema, told: string): ShortCase {
  const sentence = `CustomResourceDefinition.apiextensions.k8s.io "rows.${group}" is invalid: ${told}`;
  return [
    `${what} is refused`,
    ['POST definitions?dryRun=All', body, { code: 422, reason: 'Invalid', message: sentence }],
  ];
}

function accepted(what: string, body: Schema): ShortCase {
  return [`${what} is accepted`, ['POST definitions?dryRun=All', body, 201]];
}

const root = (schema: Schema): Schema => definition({ type: 'object', ...schema });
const field = (schema: unknown): Schema => definition(object({ spec: object({ a: schema }) }));
const listOf = (items: Schema, more: Schema): Schema => field({ type: 'array', items, ...more });
const mapList = (items: Schema, ...keys: readonly string[]): Schema =>
  listOf(items, { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': keys });
const named = (names: Schema): Schema =>
  definition(object({}), {}, { names: { kind: 'Row', plural: 'rows', ...names } });
const version = (more: Schema): Schema =>
  definition(object({ spec: object({ a: text, l: { type: 'array', items: text } }) }), more);

const label = (part: string): string =>
  `${part}a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an ` +
  "alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
const isKey = 'this property is in x-kubernetes-list-map-keys, so it';

/** What a definition may be called and what its versions may say. */
const documents: readonly ShortCase[] = [
  [
    'a definition with another name is refused',
    [
      'POST definitions?dryRun=All',
      { ...definition(object({})), metadata: { name: 'x.y.z' } },
      '422 Invalid: CustomResourceDefinition.apiextensions.k8s.io "x.y.z" is invalid: metadata.name: Invalid value: "x.y.z": must be spec.names.plural+"."+spec.group',
    ],
  ],
  refused('a definition without scope', definition(object({}), {}, { scope: '' }), 'spec.scope: Required value'),
  refused(
    'an unknown scope',
    definition(object({}), {}, { scope: 'Town' }),
    'spec.scope: Unsupported value: "Town": supported values: "Cluster", "Namespaced"',
  ),
  refused(
    'a singular that is no label',
    named({ singular: 'A_b' }),
    label('spec.names.singular: Invalid value: "A_b": '),
  ),
  refused(
    'a list kind that is the kind',
    named({ listKind: 'Row' }),
    'spec.names.listKind: Invalid value: "Row": kind and listKind may not be the same',
  ),
  refused(
    'a short name that is no label',
    named({ shortNames: ['ok', 'A'] }),
    label('spec.names.shortNames[1]: Invalid value: "A": '),
  ),
  refused(
    'a version without schema',
    version({ schema: {} }),
    'spec.versions[0].schema.openAPIV3Schema: Required value',
  ),
  refused(
    'a warning of a version that is not deprecated',
    version({ deprecationWarning: 'x' }),
    'spec.versions[0].deprecationWarning: Invalid value: "x": can only be set for deprecated versions',
  ),
  refused(
    'unknown fields that are kept by the old switch',
    definition(object({}), {}, { preserveUnknownFields: true }),
    'spec.preserveUnknownFields: Invalid value: true: cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead',
  ),
  refused(
    'an unknown conversion',
    definition(object({}), {}, { conversion: { strategy: 'Magic' } }),
    'spec.conversion.strategy: Unsupported value: "Magic": supported values: "None", "Webhook"',
  ),
  refused(
    'a column of an unknown type',
    version({ additionalPrinterColumns: [{ name: 'A', type: 'object', jsonPath: '.spec.a' }] }),
    'spec.additionalPrinterColumns[0].type: Invalid value: "object": must be one of boolean,date,integer,number,string',
  ),
  refused(
    'a column whose path does not begin with a dot',
    version({ additionalPrinterColumns: [{ name: 'A', type: 'string', jsonPath: 'spec.a' }] }),
    'spec.additionalPrinterColumns[0].JSONPath: Invalid value: "spec.a": must be a simple json path starting with .',
  ),
  refused(
    'a scale outside of spec and status',
    version({ subresources: { scale: { specReplicasPath: '.status.n', statusReplicasPath: '.status.n' } } }),
    'spec.subresources.scale.specReplicasPath: Invalid value: ".status.n": should be a json path under .spec',
  ),
  refused(
    'a selectable field that is a list',
    version({ selectableFields: [{ jsonPath: '.spec.l' }] }),
    'spec.selectableFields[0].jsonPath: Invalid value: ".spec.l": must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.',
  ),
  refused(
    'a selectable field that is not there',
    version({ selectableFields: [{ jsonPath: '.spec.zz' }] }),
    'spec.selectableFields[0].jsonPath: Invalid value: ".spec.zz": is an invalid path: does not refer to a valid field',
  ),
];

/** What makes a schema structural. */
const structures: readonly ShortCase[] = [
  refused(
    'a root that is no object',
    root({ type: 'string' }),
    'spec.validation.openAPIV3Schema.type: Invalid value: "string": must be object at the root',
  ),
  refused(
    'an open mapping at the root',
    root({ additionalProperties: text }),
    'spec.validation.openAPIV3Schema.additionalProperties: Forbidden: must not be used at the root',
  ),
  refused(
    'metadata that says more than names',
    root({ properties: { metadata: { type: 'object', required: ['name'] } } }),
    'spec.validation.openAPIV3Schema.properties[metadata]: Forbidden: must not specify anything other than name and generateName, but metadata is implicitly specified',
  ),
  refused(
    'a field without type',
    field({ description: 'x' }),
    `${shared}.type: Required value: must not be empty for specified object fields`,
  ),
  refused(
    'a field of an unknown type',
    field({ type: 'foo' }),
    `${shared}.type: Unsupported value: "foo": supported values: "array", "boolean", "integer", "number", "object", "string"`,
  ),
  refused('a list without items', field({ type: 'array' }), `${shared}.items: Required value: must be specified`),
  refused(
    'items without type',
    field({ type: 'array', items: {} }),
    `${shared}.items.type: Required value: must not be empty for specified array items`,
  ),
  refused(
    'properties beside a mapping',
    field({ type: 'object', properties: { b: text }, additionalProperties: text }),
    `${shared}.additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive`,
  ),
  refused('a reference', field({ $ref: '#/x' }), `${shared}.$ref: Forbidden: $ref is not supported`),
  refused(
    'a pattern for names',
    field({ type: 'object', patternProperties: { a: text } }),
    `${shared}.patternProperties: Forbidden: patternProperties is not supported`,
  ),
  refused(
    'unique items',
    field({ type: 'array', items: text, uniqueItems: true }),
    `${shared}.uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic`,
  ),
  refused(
    'a type in an alternative',
    field({ type: 'string', anyOf: [{ type: 'string' }] }),
    `${shared}.anyOf[0].type: Forbidden: must be empty to be structural`,
  ),
  refused(
    'a default in an alternative',
    field({ type: 'string', anyOf: [{ default: 'x' }] }),
    `${shared}.anyOf[0].default: Forbidden: must be undefined to be structural`,
  ),
  accepted(
    'integer or string as alternatives',
    field({ anyOf: [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true }),
  ),
  accepted(
    'values that are narrowed in alternatives',
    field({ type: 'string', anyOf: [{ pattern: 'a' }, { enum: ['x'] }] }),
  ),
  refused(
    'unknown fields that are not kept',
    field({ type: 'object', 'x-kubernetes-preserve-unknown-fields': false }),
    `${shared}.x-kubernetes-preserve-unknown-fields: Invalid value: false: must be true or undefined`,
  ),
  refused(
    'an embedded object without fields',
    field({ type: 'object', 'x-kubernetes-embedded-resource': true }),
    `${shared}.properties: Required value: must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields`,
  ),
  refused(
    'a set of objects',
    listOf(object({ k: text }), { 'x-kubernetes-list-type': 'set' }),
    `${shared}.items.x-kubernetes-map-type: Invalid value: null: must be atomic as item of a list with x-kubernetes-list-type=set`,
  ),
  refused(
    'a keyed list without keys',
    listOf(object({ k: text }), { 'x-kubernetes-list-type': 'map' }),
    `${shared}.x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map`,
  ),
  refused(
    'a key that may be absent',
    mapList(object({ k: text }), 'k'),
    `${shared}.items.properties[k].default: Required value: ${isKey} must have a default or be a required property`,
  ),
  refused(
    'a key that is no field',
    mapList(object({ k: text }), 'z'),
    `${shared}.x-kubernetes-list-map-keys: Invalid value: ["z"]: entries must all be names of item properties`,
  ),
  refused(
    'a key that is an object',
    mapList(object({ k: object({}) }, { required: ['k'] }), 'k'),
    `${shared}.items.properties[k].type: Invalid value: "object": must be a scalar type if parent array's x-kubernetes-list-type is map`,
  ),
  accepted('a key with a default', mapList(object({ k: { ...text, default: 'x' } }), 'k')),
  refused(
    'an atomic text',
    field({ type: 'string', 'x-kubernetes-map-type': 'atomic' }),
    `${shared}.type: Invalid value: "string": must be object if x-kubernetes-map-type is specified`,
  ),
  refused(
    'a default of another type',
    field({ type: 'string', default: 1 }),
    `${shared}.default: Invalid value: "integer":  in body must be of type string: "integer"`,
  ),
  refused(
    'a default with unknown fields',
    field(object({ x: text }, { default: { y: 1 } })),
    `${shared}.default: Invalid value: {"y":1}: must not have unknown fields`,
  ),
  refused(
    'a default that lacks a field',
    field(object({ x: text }, { required: ['x'], default: {} })),
    `${shared}.default.x: Required value`,
  ),
  refused(
    'a default that breaks a rule',
    field({ type: 'integer', default: 1, 'x-kubernetes-validations': [{ rule: 'self > 5' }] }),
    `${shared}.default: Invalid value: 1: failed rule: self > 5`,
  ),
  refused(
    'a pattern that is none',
    field({ type: 'string', pattern: '[' }),
    `${shared}.pattern: Invalid value: "[": must be a valid regular expression, but isn't: error parsing regexp: missing closing ]: \`[\``,
  ),
];

/** Definitions: their documents, and what makes their schemas structural. */
export const definitionRows: readonly ShortCase[] = [...documents, ...structures];

import { isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { builtInTypes } from './built-in-types.ts';
import { markPatchKeys } from './patch-keys.ts';
import { podTypes } from './pod-types.ts';

type MutableSchema = { [keyword: string]: Json };

/** apiVersion of each root type. */
const rootTypes: ReadonlyMap<string, readonly string[]> = new Map([
  ['v1', ['Namespace', 'ConfigMap', 'Secret', 'Service', 'ServiceAccount', 'Pod', 'Node', 'Event']],
  ['apps/v1', ['Deployment', 'DaemonSet', 'ReplicaSet']],
  ['rbac.authorization.k8s.io/v1', ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding']],
  ['discovery.k8s.io/v1', ['EndpointSlice']],
  ['coordination.k8s.io/v1', ['Lease']],
  [
    'admissionregistration.k8s.io/v1',
    ['ValidatingWebhookConfiguration', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'],
  ],
  ['authentication.k8s.io/v1', ['TokenReview', 'SelfSubjectReview']],
  [
    'authorization.k8s.io/v1',
    ['LocalSubjectAccessReview', 'SelfSubjectAccessReview', 'SelfSubjectRulesReview', 'SubjectAccessReview'],
  ],
  ['policy/v1', ['PodDisruptionBudget']],
  ['apiextensions.k8s.io/v1', ['CustomResourceDefinition']],
]);

/** Scalars that an object may lack or have as zero, which is not the same: by the properties of their type. */
const optionalScalars = new Map<Json | undefined, ReadonlySet<string>>();

/** Whether a scalar field that is empty, 0 or false stays in an object when a built-in kind is decoded and written again. */
export function keepsZero(schema: JsonObject, name: string): boolean {
  return optionalScalars.get(schema['properties'])?.has(name) !== false;
}

let parsed: ReadonlyMap<string, MutableSchema> | undefined;

/** The structural schema of a built-in kind, or undefined for one that is not in the tables. */
export function builtInSchema(apiVersion: string, kind: string): JsonObject | undefined {
  return rootTypes.get(apiVersion)?.includes(kind) === true ? typeSchema(kind) : undefined;
}

/**
 * The schema of a custom resource as the API server reads it: apiVersion, kind and metadata have the types that every object
 * has, whatever the definition says of them.
 */
export function customObjectSchema(openApiV3Schema: JsonObject): JsonObject {
  const properties = isJsonObject(openApiV3Schema['properties']) ? openApiV3Schema['properties'] : {};
  const common = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: typeSchema('ObjectMeta') };
  return { ...openApiV3Schema, type: 'object', properties: { ...properties, ...common } };
}

let names: ReadonlyMap<Json | undefined, string> | undefined;

/** The name that a schema has in the tables, copies with a default or another mark included; undefined for any other schema. */
export function typeNameOf(schema: JsonObject): string | undefined {
  names ??= new Map([...allTypes()].map(([name, type]) => [type['properties'], name]));
  return names.get(schema['properties']);
}

/** The schema of one named type of the tables. */
export function typeSchema(name: string): JsonObject {
  const schema = allTypes().get(name);
  if (schema === undefined) {
    throw new Error(`bug: no built-in type ${name}`);
  }
  return schema;
}

function allTypes(): ReadonlyMap<string, MutableSchema> {
  parsed ??= parseTypes(`${podTypes}${builtInTypes}`);
  return parsed;
}

/**
 * The notation: `Type field:type! other:type=default`. Types are s text, i integer, n number, b boolean, t time, q quantity or
 * int-or-string, x anything; `Name` another line; `{type}` an open map; `[type]` an atomic list, `[type]set` a set,
 * `[type]key,key` a keyed list. `~` makes a map atomic, `?` tells a scalar that is kept when it is zero, `!` a field required; a default is JSON, or text
 * where it is none.
 */
function parseTypes(text: string): ReadonlyMap<string, MutableSchema> {
  const lines = text.split('\n').filter((line) => line !== '');
  const types = new Map<string, MutableSchema>(lines.map((line) => [line.split(' ', 1)[0] ?? '', { type: 'object' }]));
  // A field with a default has a copy of its type, which is whole only when every line is read.
  const withDefaults: (() => void)[] = [];
  for (const line of lines) {
    const [name = '', ...fields] = line.split(' ');
    const properties: MutableSchema = {};
    const required: string[] = [];
    const optional = new Set<string>();
    for (const field of fields) {
      const [, key = '', type = '', zero, mark, preset] = /^([^:]+):([^!?=]+)(\??)(!?)(?:=(.*))?$/u.exec(field) ?? [];
      const schema = fieldType(type, types);
      properties[key] = schema;
      if (preset !== undefined) {
        withDefaults.push(() => {
          properties[key] = { ...schema, default: presetValue(preset) };
        });
      }
      if (mark === '!') {
        required.push(key);
      }
      if (mark === '!' || zero === '?') {
        optional.add(key);
      }
    }
    optionalScalars.set(properties, optional);
    Object.assign(types.get(name) ?? {}, { properties }, required.length === 0 ? {} : { required });
  }
  for (const setDefault of withDefaults) {
    setDefault();
  }
  markPatchKeys(types);
  return types;
}

const scalars: { readonly [code: string]: JsonObject } = {
  s: { type: 'string' },
  i: { type: 'integer' },
  n: { type: 'number' },
  b: { type: 'boolean' },
  t: { type: 'string', nullable: true },
  q: { 'x-kubernetes-int-or-string': true },
  x: { 'x-kubernetes-preserve-unknown-fields': true },
};

function fieldType(code: string, types: ReadonlyMap<string, MutableSchema>): JsonObject {
  if (code.endsWith('~')) {
    return markAtomic(code.slice(0, -1), types);
  }
  const list = /^\[(.+)\]([^\]]*)$/u.exec(code);
  if (list !== null) {
    const items = fieldType(list[1] ?? '', types);
    const keys = list[2] ?? '';
    if (keys === '' || keys === 'set') {
      return { type: 'array', items, 'x-kubernetes-list-type': keys === 'set' ? 'set' : 'atomic' };
    }
    return { type: 'array', items, 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': keys.split(',') };
  }
  const entries = /^\{(.+)\}$/u.exec(code);
  if (entries !== null) {
    return { type: 'object', additionalProperties: fieldType(entries[1] ?? '', types) };
  }
  const known = scalars[code] ?? types.get(code);
  if (known === undefined) {
    throw new Error(`bug: unknown type ${code}`);
  }
  return known;
}

/** A named type is atomic wherever it is used, so the mark is set on the type itself. */
function markAtomic(code: string, types: ReadonlyMap<string, MutableSchema>): JsonObject {
  const named = types.get(code) ?? { ...fieldType(code, types) };
  named['x-kubernetes-map-type'] = 'atomic';
  return named;
}

function presetValue(text: string): Json {
  return /^(?:["{\d]|false$|null$)/u.test(text) ? (JSON.parse(text) as Json) : text;
}

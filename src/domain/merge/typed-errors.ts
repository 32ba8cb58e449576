import { isJsonArray, isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { formatPath } from './fields-v1.ts';
import type { PathElement } from './field-set.ts';
import { goSyntax, goText, goType } from './go-text.ts';
import { elementKey } from './merge-schema.ts';
import type { ListSchema } from './merge-schema.ts';
import { elementsOf } from './structural-merge-schema.ts';

/** One thing that keeps a value from being read by its schema. */
interface TypedError {
  readonly path: readonly PathElement[];
  readonly message: string;
}

/**
 * Why a value cannot be merged by a structural schema, in the API server's words; undefined where it can. Wrong forms,
 * undeclared fields, list elements that nothing tells apart. Values that are merely not allowed are validation's.
 */
export function typedErrors(value: Json, schema: JsonObject): string | undefined {
  const lines = errorsOf(value, schema, []).map(({ path, message }) =>
    path.length === 0 ? message : `${formatPath(path)}: ${message}`,
  );
  return lines.length > 1 ? ['errors:', ...lines.map((line) => `  ${line}`)].join('\n') : lines[0];
}

function errorsOf(value: Json, schema: JsonObject, path: readonly PathElement[]): readonly TypedError[] {
  if (value === null) {
    return [];
  }
  if (schema['type'] === 'object') {
    return isJsonObject(value)
      ? errorsOfMap(value, schema, path)
      : [{ path, message: `expected map, got &{${goText(value)}}` }];
  }
  if (schema['type'] === 'array') {
    return isJsonArray(value)
      ? errorsOfList(value, schema, path)
      : [{ path, message: `expected list, got &{${goText(value)}}` }];
  }
  const wanted = typeof schema['type'] === 'string' ? scalarError(value, schema['type']) : undefined;
  return wanted === undefined ? [] : [{ path, message: `expected ${wanted}` }];
}

function scalarError(value: Json, type: string): string | undefined {
  const form = type === 'integer' ? 'number' : type;
  if (typeof value === form) {
    return undefined;
  }
  switch (form) {
    case 'string':
      return `string, got &value.valueUnstructured{Value:${goSyntax(value)}}`;
    case 'boolean':
      return `boolean, got &{${goText(value)}}`;
    default:
      return `numeric (int or float), got ${goType(value)}`;
  }
}

/** Fields are read in the order of their names; the first undeclared one ends the mapping. */
function errorsOfMap(value: JsonObject, schema: JsonObject, path: readonly PathElement[]): readonly TypedError[] {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const additional = schema['additionalProperties'];
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true || additional === true;
  const found: TypedError[] = [];
  for (const name of Object.keys(value).toSorted()) {
    const declared = Object.hasOwn(properties, name) ? properties[name] : additional;
    const here = [...path, `f:${name}`];
    if (isJsonObject(declared)) {
      found.push(...errorsOf(value[name] ?? null, declared, here));
    } else if (!isOpen) {
      return [...found, { path: here, message: 'field not declared in schema' }];
    }
  }
  return found;
}

function errorsOfList(value: readonly Json[], schema: JsonObject, path: readonly PathElement[]): readonly TypedError[] {
  const items = isJsonObject(schema['items']) ? schema['items'] : {};
  const list = elementsOf(schema);
  return list === undefined
    ? value.flatMap((item, index) => errorsOf(item, items, [...path, `i:${index}`]))
    : errorsOfElements(value, list, { items, path });
}

interface ListPlace {
  readonly items: JsonObject;
  readonly path: readonly PathElement[];
}

/** An element that nothing tells apart ends the list: what comes after has no path. */
function errorsOfElements(value: readonly Json[], list: ListSchema, { items, path }: ListPlace): readonly TypedError[] {
  const found: TypedError[] = [];
  const seen = new Set<PathElement>();
  for (const [index, item] of value.entries()) {
    const unkeyed = unkeyedElement(item, list);
    const key = elementKey(list, item);
    if (unkeyed !== undefined || key === undefined) {
      return [...found, { path, message: `element ${index}: ${unkeyed ?? omittedKeys(list)}` }];
    }
    if (seen.has(key)) {
      found.push({ path, message: `duplicate entries for key ${formatPath([key])}` });
    }
    seen.add(key);
    found.push(...errorsOf(item, items, [...path, key]));
  }
  return found;
}

/** Why an element of this form has no place in a set or a keyed list. */
function unkeyedElement(item: Json, list: ListSchema): string | undefined {
  if (list.type === 'set') {
    const form = setElementForm(item);
    return form === undefined ? undefined : `associative list without keys has an element that's ${form}`;
  }
  if (item === null) {
    return 'associative list with keys may not have a null element';
  }
  return isJsonObject(item) ? undefined : 'associative list with keys may not have non-map elements';
}

function omittedKeys(list: ListSchema): string {
  const keys = list.type === 'set' ? [] : list.keys;
  const quoted = keys.map((key) => JSON.stringify(key)).join(' ');
  return `associative list with keys has an element that omits all key fields [${quoted}] (and doesn't have default values for any key fields)`;
}

function setElementForm(item: Json): string | undefined {
  if (item === null) {
    return 'an explicit null';
  }
  return isJsonObject(item) ? 'a map type' : undefined;
}

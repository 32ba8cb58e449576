import { canonicalJson, isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { emptySet, fieldSet } from './field-set.ts';
import type { FieldSet, PathElement } from './field-set.ts';

/** Deeper trees than any API object has are refused, so that hostile input cannot exhaust the stack. */
const maxDepth = 256;

/**
 * Reads the `fieldsV1` of a managedFields entry (KEP-555, format v1): every key is a path element, `.` marks the node itself
 * as a member, and an empty mapping is a member without anything below it. Undefined where the text is not of that form.
 */
export function parseFieldsV1(value: Json | undefined): FieldSet | undefined {
  return isJsonObject(value) ? parseNode(value, 0) : undefined;
}

function parseNode(value: JsonObject, depth: number): FieldSet | undefined {
  if (depth > maxDepth) {
    return undefined;
  }
  let member = depth > 0 && Object.keys(value).length === 0;
  const children: [PathElement, FieldSet][] = [];
  for (const [key, below] of Object.entries(value)) {
    if (key === '.') {
      member = true;
      continue;
    }
    const element = canonicalElement(key);
    const child = isJsonObject(below) ? parseNode(below, depth + 1) : undefined;
    if (element === undefined || child === undefined) {
      return undefined;
    }
    children.push([element, child]);
  }
  return depth === 0 && children.length === 0 ? emptySet : fieldSet(member, children);
}

function canonicalElement(key: string): PathElement | undefined {
  const kind = key.slice(0, 2);
  if (kind === 'f:' || kind === 'i:') {
    return key;
  }
  if (kind !== 'k:' && kind !== 'v:') {
    return undefined;
  }
  const parsed = parseJson(key.slice(2));
  return parsed === undefined ? undefined : `${kind}${canonicalJson(parsed)}`;
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Writes a set as `fieldsV1`: `.` first, then the elements in the order of their text. The root itself is never a member. */
export function formatFieldsV1(set: FieldSet): JsonObject {
  const elements = [...set.children.keys()].toSorted();
  return Object.fromEntries(elements.map((element) => [element, formatNode(set.children.get(element) ?? emptySet)]));
}

function formatNode(set: FieldSet): JsonObject {
  const below = formatFieldsV1(set);
  return set.member && set.children.size > 0 ? { '.': {}, ...below } : below;
}

/** A path as the API server prints it in conflicts: `.spec.ports[port=80,protocol="TCP"].name`, `.metadata.finalizers[="x"]`. */
export function formatPath(path: readonly PathElement[]): string {
  return path.map((element) => formatElement(element)).join('');
}

function formatElement(element: PathElement): string {
  const body = element.slice(2);
  switch (element.slice(0, 2)) {
    case 'f:':
      return `.${body}`;
    case 'k:': {
      const keys = parseJson(body);
      const parts = isJsonObject(keys) ? Object.entries(keys) : [];
      return `[${parts.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}]`;
    }
    case 'v:':
      return `[=${body}]`;
    default:
      return `[${body}]`;
  }
}

import { isJsonObject, type Json, type JsonObject, valueAt } from '../../domain/json.ts';
import { schemaText } from './environment-validator.generated.js';

let parsed: Json | undefined;

/** The schema that the validator was compiled from, without its words. Read only when there is something to explain. */
export function bareSchema(): Json {
  parsed ??= JSON.parse(schemaText) as Json;
  return parsed;
}

/** The schema of the value at a JSON pointer of the document; empty where the schema says nothing of it. */
export function schemaOf(pointer: string): JsonObject {
  let node = referred(bareSchema());
  for (const step of pointerSteps(pointer)) {
    node = referred(node === undefined ? undefined : schemaBelow(node, step));
  }
  return node ?? {};
}

function schemaBelow(node: JsonObject, step: string): Json | undefined {
  const properties = node['properties'];
  if (isJsonObject(properties) && Object.hasOwn(properties, step)) {
    return properties[step];
  }
  return node['items'] ?? node['additionalProperties'];
}

/** Keys that a mapping of this schema may have. */
export function knownKeys(node: JsonObject): readonly string[] {
  const properties = node['properties'];
  return isJsonObject(properties) ? Object.keys(properties) : [];
}

let homes: ReadonlyMap<string, string> | undefined;

/** Where else the configuration has a key: the path of the mapping it belongs into, or undefined. */
export function homeOfKey(key: string): string | undefined {
  if (homes === undefined) {
    const found = new Map<string, string>();
    collectHomes(bareSchema(), '', found);
    homes = found;
  }
  return homes.get(key);
}

/** The first mapping that has a key is its home: outer before inner, in the schema's order. */
function collectHomes(node: Json | undefined, path: string, found: Map<string, string>): void {
  const target = referred(node);
  const properties = target === undefined ? undefined : target['properties'];
  if (!isJsonObject(properties)) {
    return;
  }
  for (const key of Object.keys(properties)) {
    found.set(key, found.get(key) ?? path);
  }
  for (const [name, inner] of Object.entries(properties)) {
    const items = isJsonObject(inner) ? inner['items'] : undefined;
    const below = path === '' ? name : `${path}.${name}`;
    if (items === undefined) {
      collectHomes(inner, below, found);
    } else {
      collectHomes(items, `${below}[]`, found);
    }
  }
}

function referred(node: Json | undefined): JsonObject | undefined {
  if (!isJsonObject(node)) {
    return undefined;
  }
  const reference = node['$ref'];
  const target = typeof reference === 'string' ? valueAt(bareSchema(), ...pointerSteps(reference.slice(1))) : node;
  return isJsonObject(target) ? target : undefined;
}

/** The steps of a JSON pointer (RFC 6901). */
export function pointerSteps(pointer: string): readonly string[] {
  return pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** One more step on a JSON pointer. */
export function pointerBelow(pointer: string, key: string): string {
  return `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

import { goText } from '../object-rules/conversion.ts';
import { isJsonArray, isJsonObject, jsonEqual, textAt } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { inElementOrder } from './element-order.ts';

/** A strategic merge patch that cannot be merged: broken, or asking for what the object cannot give. */
export class UnmergeablePatch extends Error {
  /** The patch itself is malformed, whatever it is laid over. */
  readonly isMalformed: boolean;

  constructor(message: string, isMalformed = false) {
    super(message);
    this.name = 'UnmergeablePatch';
    this.isMalformed = isMalformed;
  }
}

const directive = '$patch';
const retainKeys = '$retainKeys';
const orderPrefix = '$setElementOrder/';
const deletionPrefix = '$deleteFromPrimitiveList/';

/**
 * Lays a strategic merge patch over an object (Kubernetes' own patch format): null removes, mappings merge, lists merge by the
 * key that the schema names (`x-kubernetes-patch-merge-key`) and replace one another without one. Directives of the patch
 * delete, replace, order and retain. Throws UnmergeablePatch.
 */
export function strategicMerge(target: JsonObject, patch: JsonObject, schema: JsonObject): JsonObject {
  const asked = patch[directive];
  if (asked !== undefined) {
    return obeyDirective(asked, patch);
  }
  const merged: { [name: string]: Json } = retained(target, patch);
  for (const [name, value] of Object.entries(patch)) {
    if (name.startsWith(deletionPrefix)) {
      deleteScalars(merged, name.slice(deletionPrefix.length), value);
    } else if (!isDirective(name)) {
      mergeField(merged, name, value, fieldSchema(schema, name));
    }
  }
  for (const [name, order] of Object.entries(patch)) {
    if (name.startsWith(orderPrefix)) {
      const field = name.slice(orderPrefix.length);
      orderField(merged, { field, order, before: target[field], key: mergeKey(fieldSchema(schema, field)) });
    }
  }
  return merged;
}

function obeyDirective(asked: Json, patch: JsonObject): JsonObject {
  const { [directive]: _, ...rest } = patch;
  if (asked !== 'replace' && asked !== 'delete') {
    throw new UnmergeablePatch(`unknown patch type: ${JSON.stringify(asked)}`);
  }
  return asked === 'replace' ? rest : {};
}

function isDirective(name: string): boolean {
  return name === directive || name === retainKeys || name.startsWith(orderPrefix) || name.startsWith(deletionPrefix);
}

/** What the patch lets stay: everything, or the fields it lists. */
function retained(target: JsonObject, patch: JsonObject): { [name: string]: Json } {
  const names = patch[retainKeys];
  if (names === undefined) {
    return { ...target };
  }
  const isListed = (name: string): boolean => isJsonArray(names) && names.includes(name);
  const strays = Object.entries(patch).filter(
    ([name, value]) => !name.startsWith('$') && value !== null && !isListed(name),
  );
  if (!isJsonArray(names) || strays.length > 0) {
    throw new UnmergeablePatch('invalid patch format of retainKeys', true);
  }
  return Object.fromEntries(Object.entries(target).filter(([name]) => isListed(name)));
}

function mergeField(merged: { [name: string]: Json }, name: string, value: Json, schema: JsonObject): void {
  const before = Object.hasOwn(merged, name) ? merged[name] : undefined;
  if (value === null) {
    delete merged[name];
  } else if (isJsonObject(value) && isJsonObject(before) && !strategies(schema).includes('replace')) {
    merged[name] = strategicMerge(before, value, schema);
  } else if (isJsonArray(value) && isJsonArray(before) && strategies(schema).includes('merge')) {
    merged[name] = mergeList(before, value, schema);
  } else {
    const plain = withoutDirectives(value);
    if (plain === undefined) {
      delete merged[name];
    } else {
      merged[name] = plain;
    }
  }
}

function strategies(schema: JsonObject): readonly string[] {
  return (textAt(schema, 'x-kubernetes-patch-strategy') ?? '').split(',');
}

function mergeKey(schema: JsonObject): string | undefined {
  return textAt(schema, 'x-kubernetes-patch-merge-key');
}

function fieldSchema(schema: JsonObject, name: string): JsonObject {
  const { properties, additionalProperties } = schema;
  const declared =
    isJsonObject(properties) && Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
  return isJsonObject(declared) ? declared : {};
}

/** Elements with a key merge with their like. What the patch names stands in its order, what it doesn't where it stood. */
function mergeList(before: readonly Json[], patch: readonly Json[], schema: JsonObject): readonly Json[] {
  const key = mergeKey(schema);
  if (key === undefined) {
    const all = [...before, ...patch];
    const once = all.filter((item, index) => all.findIndex((one) => jsonEqual(one, item)) === index);
    return inElementOrder(once, patch, before, key);
  }
  const isReplaced = patch.some((item) => isJsonObject(item) && item[directive] === 'replace');
  if (isReplaced) {
    return patch.filter((item) => !isJsonObject(item) || item[directive] === undefined);
  }
  const items = isJsonObject(schema['items']) ? schema['items'] : {};
  const merged = patch.reduce<readonly Json[]>((list, item) => mergeItem(list, item, key, items), before);
  return inElementOrder(merged, patch, before, key);
}

function mergeItem(merged: readonly Json[], item: Json, key: string, schema: JsonObject): readonly Json[] {
  if (!isJsonObject(item) || item[key] === undefined) {
    throw new UnmergeablePatch(`map: ${goText(item)} does not contain declared merge key: ${key}`);
  }
  const isSame = (one: Json): boolean => isJsonObject(one) && jsonEqual(one[key], item[key]);
  const asked = item[directive];
  if (asked === 'delete') {
    return merged.filter((one) => !isSame(one));
  }
  if (asked !== undefined) {
    throw new UnmergeablePatch(`unknown patch type: ${JSON.stringify(asked)}`);
  }
  const index = merged.findIndex((one) => isSame(one));
  const live = merged[index];
  return isJsonObject(live)
    ? merged.with(index, strategicMerge(live, item, schema))
    : [...merged, withoutDirectives(item) ?? {}];
}

function deleteScalars(merged: { [name: string]: Json }, field: string, gone: Json): void {
  const before = merged[field];
  if (!isJsonArray(gone)) {
    throw new UnmergeablePatch('invalid patch format of primitive list', true);
  }
  if (isJsonArray(before)) {
    merged[field] = before.filter((item) => !gone.some((one) => jsonEqual(one, item)));
  }
}

interface Ordered {
  readonly field: string;
  readonly order: Json;
  readonly before: Json | undefined;
  readonly key: string | undefined;
}

function orderField(merged: { [name: string]: Json }, { field, order, before, key }: Ordered): void {
  const items = merged[field];
  if (!isJsonArray(order)) {
    throw new UnmergeablePatch('invalid patch format of setElementOrder list', true);
  }
  if (isJsonArray(items)) {
    merged[field] = inElementOrder(items, order, isJsonArray(before) ? before : [], key);
  }
}

/** A new value as it is stored: without nulls and without the directives of the patch. Undefined where it asks for nothing. */
function withoutDirectives(value: Json): Json | undefined {
  if (isJsonArray(value)) {
    return value.flatMap((item) => {
      const plain = withoutDirectives(item);
      return plain === undefined ? [] : [plain];
    });
  }
  if (!isJsonObject(value)) {
    return value;
  }
  if (value[directive] === 'delete') {
    return undefined;
  }
  const kept: { [name: string]: Json } = {};
  for (const [name, below] of Object.entries(value)) {
    const plain = isDirective(name) || below === null ? undefined : withoutDirectives(below);
    if (plain !== undefined) {
      kept[name] = plain;
    }
  }
  return kept;
}

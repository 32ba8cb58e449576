import { isJsonObject, textAt, type Json } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import { groupOf, objectKey, type ObjectKey } from '../manifest/object-id.ts';
import { decodeFile } from '../source/file-trace.ts';
import { applySetIdLabel, inventoryName } from './apply-set.ts';
import { inventoryFormat } from './encode-inventory.ts';
import type { Inventory, InventoryEntry } from './inventory.ts';
import { emptyInventory, withFile } from './widen.ts';

/** What stored ConfigMaps give. Anything incomplete is unusable: a shorter inventory would forget what is ours. */
export type DecodedInventory =
  | { readonly state: 'usable'; readonly inventory: Inventory }
  | {
      readonly state: 'unusable';
      readonly cause: 'newer-format' | 'corrupt';
      readonly reason: string;
      readonly remedy: string;
    };

/** Thrown and caught within this file: one place where reading ends. */
class Unreadable extends Error {}

function corrupt(reason: string): DecodedInventory {
  return {
    state: 'unusable',
    cause: 'corrupt',
    reason,
    remedy:
      'Restore its ConfigMaps from a backup of the cluster, or delete them all: the next sync then takes the rendered objects over again and prunes nothing.',
  };
}

function parseLine(line: string, name: string): Json {
  try {
    return JSON.parse(line) as Json;
  } catch {
    throw new Unreadable(`ConfigMap ${name} holds a line that is no JSON`);
  }
}

/** An optional text: undefined where absent; anything but a text is unreadable. */
function optionalText(value: Json, field: string, name: string): string | undefined {
  const present = isJsonObject(value) && Object.hasOwn(value, field);
  const text = textAt(value, field);
  if (present && text === undefined) {
    throw new Unreadable(`an entry in ConfigMap ${name} has a ${field} that is no text`);
  }
  return text;
}

function requiredText(value: Json, field: string, name: string): string {
  const text = optionalText(value, field, name);
  if (text === undefined || text === '') {
    throw new Unreadable(`an entry in ConfigMap ${name} has no ${field}`);
  }
  return text;
}

function entryOf(line: string, name: string): InventoryEntry {
  const value = parseLine(line, name);
  const apiVersion = requiredText(value, 'apiVersion', name);
  const state = requiredText(value, 'state', name);
  if (state !== 'applied' && state !== 'pending') {
    throw new Unreadable(`an entry in ConfigMap ${name} is in the unknown state ${JSON.stringify(state)}`);
  }
  const id = {
    group: groupOf(apiVersion),
    kind: requiredText(value, 'kind', name),
    namespace: optionalText(value, 'namespace', name) ?? '',
    name: requiredText(value, 'name', name),
  };
  const uid = optionalText(value, 'uid', name);
  return { id, apiVersion, uid, hash: requiredText(value, 'hash', name), state };
}

function dataOf(configMap: KubeObject, key: string): string {
  const text = textAt(asJson(configMap), 'data', key);
  if (text === undefined) {
    throw new Unreadable(`ConfigMap ${configMap.metadata.name} has no ${key}`);
  }
  return text;
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split('\n');
}

function readEntries(
  head: KubeObject,
  byName: ReadonlyMap<string, KubeObject>,
): ReadonlyMap<ObjectKey, InventoryEntry> {
  const parts = linesOf(dataOf(head, 'parts')).map((name) => {
    const part = byName.get(name);
    if (part === undefined) {
      throw new Unreadable(`its part ${name} is missing`);
    }
    return part;
  });
  const entries = new Map<ObjectKey, InventoryEntry>();
  let count = 0;
  for (const configMap of [head, ...parts]) {
    for (const line of linesOf(dataOf(configMap, 'entries'))) {
      const entry = entryOf(line, configMap.metadata.name);
      entries.set(objectKey(entry.id), entry);
      count += 1;
    }
  }
  const promised = dataOf(head, 'count');
  if (String(count) !== promised || entries.size !== count) {
    throw new Unreadable(`it holds ${entries.size} objects where ${promised} were written`);
  }
  return entries;
}

/** A head that bears another set's id was copied, and what it lists belongs to somebody else. */
function assertSet(head: KubeObject, applySet: string | undefined): void {
  const found = head.metadata.labels?.[applySetIdLabel];
  if (applySet !== undefined && found !== undefined && found !== applySet) {
    throw new Unreadable(`its label ${applySetIdLabel} names another set, ${JSON.stringify(found)}`);
  }
}

function readHead(environment: string, head: KubeObject, byName: ReadonlyMap<string, KubeObject>): DecodedInventory {
  const format = dataOf(head, 'format');
  if (!/^[1-9]\d{0,5}$/u.test(format)) {
    return corrupt(`its format ${JSON.stringify(format)} is no version`);
  }
  if (Number(format) > inventoryFormat) {
    return {
      state: 'unusable',
      cause: 'newer-format',
      reason: `it is written in format ${format}, and this version of Metalwave reads up to ${inventoryFormat}`,
      remedy: 'Use the newer version of Metalwave that wrote it.',
    };
  }
  if (dataOf(head, 'environment') !== environment) {
    return corrupt(`it belongs to environment ${JSON.stringify(dataOf(head, 'environment'))}`);
  }
  const revision = textAt(asJson(head), 'data', 'revision');
  const file = decodeFile(textAt(asJson(head), 'data', 'file'));
  const inventory = withFile({ environment, revision, entries: readEntries(head, byName) }, file);
  return { state: 'usable', inventory };
}

/**
 * Reads an environment's inventory from all ConfigMaps that its selector finds. Without a head nothing was ever stored:
 * the parts of a first write that broke off say nothing, because no object is written before the head. With `applySet` a
 * head that names another set is unusable.
 */
export function decodeInventory(
  environment: string,
  configMaps: readonly KubeObject[],
  applySet?: string,
): DecodedInventory {
  const byName = new Map(configMaps.map((configMap) => [configMap.metadata.name, configMap]));
  const head = byName.get(inventoryName(environment));
  if (head === undefined) {
    return { state: 'usable', inventory: emptyInventory(environment) };
  }
  try {
    assertSet(head, applySet);
    return readHead(environment, head, byName);
  } catch (error) {
    if (error instanceof Unreadable) {
      return corrupt(error.message);
    }
    throw error;
  }
}

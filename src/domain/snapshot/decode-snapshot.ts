import { parsed, refused, type Parsed } from '../address/parsed.ts';
import { isJsonArray, isJsonObject, numberAt, textAt, valueAt, type Json, type JsonObject } from '../json.ts';
import type { KubeObject } from '../manifest/kube-object.ts';
import { groupOf, keyOf } from '../manifest/object-id.ts';
import type { BgpBackend, MetalLbEngine } from '../environment/environment.ts';
import { snapshotFormatVersion, type Snapshot, type SnapshotList, type SnapshotMetalLb } from './snapshot.ts';

/** Why a file is no snapshot, as half a sentence. */
class Unreadable extends Error {}

/**
 * Reads a snapshot: the format of today, format 1, or a `List` as `kubectl get … -o json` prints it. The reason of a refusal
 * completes "it cannot be read as a snapshot: …". Whatever is missing, cut off, doubled or newer refuses the whole file.
 */
export function decodeSnapshot(value: Json): Parsed<Snapshot, string> {
  try {
    return parsed(read(value));
  } catch (error) {
    if (error instanceof Unreadable) {
      return refused(error.message);
    }
    throw error;
  }
}

function read(value: Json): Snapshot {
  if (!isJsonObject(value)) {
    throw new Unreadable('it is not a JSON object');
  }
  if (textAt(value, 'kind')?.endsWith('List') === true) {
    return { ...unsaid, objects: readObjects(value, 'items') };
  }
  switch (formatOf(value)) {
    case 1:
      return { ...unsaid, ...headOf(value), objects: readObjects(value, 'objects') };
    default:
      return readLatest(value);
  }
}

const unsaid = { takenAt: '', cluster: '', serverVersion: 'unknown', metallb: undefined, lists: undefined } as const;

function formatOf(value: JsonObject): number {
  const format = value['formatVersion'];
  if (typeof format !== 'number') {
    throw new Unreadable('it has no formatVersion and is no List');
  }
  if (isJsonArray(value['changes']) || isJsonArray(value['findings'])) {
    throw new Unreadable('it is a report of another verb');
  }
  if (format > snapshotFormatVersion) {
    const newest = `newer than ${snapshotFormatVersion}, the newest this release reads`;
    throw new Unreadable(`it is of format ${format}, ${newest}`);
  }
  if (!Number.isInteger(format) || format < 1) {
    throw new Unreadable(`there is no format ${format}`);
  }
  return format;
}

function headOf(value: JsonObject): { readonly takenAt: string; readonly serverVersion: string } {
  return { takenAt: neededText(value, 'takenAt'), serverVersion: neededText(value, 'serverVersion') };
}

function neededText(value: JsonObject, field: string): string {
  const text = textAt(value, field);
  if (text === undefined) {
    throw new Unreadable(`${field} is missing or no text`);
  }
  return text;
}

function readLatest(value: JsonObject): Snapshot {
  const lists = readLists(value);
  const objects = readObjects(value, 'objects');
  countObjects(lists, objects);
  return { ...headOf(value), cluster: neededText(value, 'cluster'), metallb: readMetalLb(value), lists, objects };
}

const engines: readonly MetalLbEngine[] = ['upstream', 'native'];
const backends: readonly BgpBackend[] = ['native', 'frr', 'frr-k8s'];

function oneOf<T extends string>(known: readonly T[], value: JsonObject, field: string): T {
  const found = known.find((candidate) => candidate === value[field]);
  if (found === undefined) {
    throw new Unreadable(`metallb.${field} is none of ${known.join(', ')}`);
  }
  return found;
}

function readMetalLb(value: JsonObject): SnapshotMetalLb | undefined {
  const metallb = value['metallb'];
  if (metallb === null) {
    return undefined;
  }
  if (!isJsonObject(metallb)) {
    throw new Unreadable('metallb is missing');
  }
  const given = metallb['loadBalancerClass'] ?? null;
  if (given !== null && typeof given !== 'string') {
    throw new Unreadable('metallb.loadBalancerClass is no text');
  }
  return {
    namespace: neededText(metallb, 'namespace'),
    engine: oneOf(engines, metallb, 'engine'),
    version: neededText(metallb, 'version'),
    backend: oneOf(backends, metallb, 'backend'),
    loadBalancerClass: given ?? undefined,
  };
}

function readLists(value: JsonObject): readonly SnapshotList[] {
  const lists = value['lists'];
  if (!isJsonArray(lists)) {
    throw new Unreadable('it has no list lists');
  }
  return lists.map((list, index) => {
    const [apiVersion, kind, namespace] = ['apiVersion', 'kind', 'namespace'].map((field) => textAt(list, field));
    const [items, served] = [numberAt(list, 'items'), valueAt(list, 'served')];
    if (apiVersion === undefined || kind === undefined || namespace === undefined) {
      throw new Unreadable(`lists[${index}] has no apiVersion, kind or namespace`);
    }
    if (items === undefined || typeof served !== 'boolean') {
      throw new Unreadable(`lists[${index}] has no items or served`);
    }
    return { apiVersion, kind, namespace, items, served };
  });
}

/** True where the list is one in which such an object would stand. */
export function listHolds(list: SnapshotList, group: string, kind: string, namespace: string): boolean {
  const isOfKind = list.kind === kind && groupOf(list.apiVersion) === group;
  return isOfKind && (list.namespace === '' || list.namespace === namespace);
}

/** A list is whole or the file is refused: an object that is missing reads as one that was deleted. */
function countObjects(lists: readonly SnapshotList[], objects: readonly KubeObject[]): void {
  const counts = new Map<SnapshotList, number>();
  for (const object of objects) {
    const namespace = object.metadata.namespace ?? '';
    const list = lists.find((one) => listHolds(one, groupOf(object.apiVersion), object.kind, namespace));
    if (list === undefined) {
      throw new Unreadable(`${keyOf(object)} belongs to none of its lists`);
    }
    counts.set(list, (counts.get(list) ?? 0) + 1);
  }
  for (const list of lists) {
    const found = counts.get(list) ?? 0;
    if (found !== list.items) {
      throw new Unreadable(`it holds ${found} of ${list.items} ${list.kind} objects`);
    }
  }
}

function readObjects(value: JsonObject, field: string): readonly KubeObject[] {
  const items = value[field];
  if (!isJsonArray(items)) {
    throw new Unreadable(`it has no list ${field}`);
  }
  // Items of a typed list (`ConfigMapList`) may leave out what the list says of all of them.
  const listKind = (textAt(value, 'kind') ?? '').replace(/List$/u, '');
  const common = listKind === '' ? {} : { apiVersion: value['apiVersion'] ?? '', kind: listKind };
  const seen = new Set<string>();
  return items.map((item, index) => {
    const object = readObject(item, common);
    if (object === undefined) {
      throw new Unreadable(`${field}[${index}] has no apiVersion, kind or metadata.name`);
    }
    const key = keyOf(object);
    if (seen.has(key)) {
      throw new Unreadable(`${key} stands in it twice`);
    }
    seen.add(key);
    return object;
  });
}

function readObject(item: Json, common: JsonObject): KubeObject | undefined {
  const whole = isJsonObject(item) ? { ...common, ...item } : undefined;
  const isWhole =
    whole !== undefined &&
    (textAt(whole, 'apiVersion') ?? '') !== '' &&
    (textAt(whole, 'kind') ?? '') !== '' &&
    (textAt(whole, 'metadata', 'name') ?? '') !== '';
  return isWhole ? (whole as unknown as KubeObject) : undefined;
}

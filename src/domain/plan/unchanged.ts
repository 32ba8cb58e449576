import type { InventoryEntry } from '../inventory/inventory.ts';
import { isJsonArray, isJsonObject, jsonEqual, type Json, type JsonObject } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';

export interface UnchangedQuestion {
  readonly desired: KubeObject;
  readonly live: KubeObject;
  readonly entry: InventoryEntry | undefined;
  /** Digest of `desired`. */
  readonly hash: string;
  readonly fieldManager: string;
}

/** Fields that name the object; the server keeps them out of every field set. */
const identity: readonly (readonly string[])[] = [
  ['apiVersion'],
  ['kind'],
  ['metadata', 'name'],
  ['metadata', 'namespace'],
];

function isIdentity(path: readonly string[]): boolean {
  return path.length <= 2 && identity.some((known) => jsonEqual(known, path));
}

function own(value: Json | undefined, key: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The set of fields that our last server-side apply owns, in the server's `f:`/`k:`/`v:` form. */
export function ownedFields(live: KubeObject, fieldManager: string): JsonObject | undefined {
  const entry = live.metadata.managedFields?.find(
    ({ manager, operation, subresource }) =>
      manager === fieldManager && operation === 'Apply' && (subresource ?? '') === '',
  );
  return isJsonObject(entry?.fieldsV1) ? entry.fieldsV1 : undefined;
}

/** Inside a field that is owned as a whole: mappings may have more keys (defaults), lists may not be longer. */
function holdsWhole(desired: Json, live: Json | undefined): boolean {
  if (isJsonArray(desired)) {
    return (
      isJsonArray(live) &&
      live.length === desired.length &&
      desired.every((value, index) => holdsWhole(value, live[index]))
    );
  }
  if (isJsonObject(desired)) {
    return isJsonObject(live) && Object.entries(desired).every(([key, value]) => holdsWhole(value, own(live, key)));
  }
  return desired === live;
}

function holdsFields(desired: JsonObject, live: Json | undefined, owned: JsonObject, path: readonly string[]): boolean {
  return (
    isJsonObject(live) &&
    Object.entries(desired).every(([key, value]) => {
      const here = [...path, key];
      if (isIdentity(here)) {
        return own(live, key) === value;
      }
      if (jsonEqual(here, ['metadata'])) {
        const inside = own(owned, 'f:metadata') ?? {};
        return isJsonObject(value) && isJsonObject(inside) && holdsFields(value, own(live, key), inside, here);
      }
      const set = own(owned, `f:${key}`);
      return isJsonObject(set) && holds(value, own(live, key), set, here);
    })
  );
}

/** The key fields of an element (`k:{"name":"a"}`) as the set gives them, against an element of a list. */
function hasKey(element: Json, key: Json): boolean {
  return isJsonObject(key) && Object.entries(key).every(([name, value]) => jsonEqual(own(element, name), value));
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

interface OwnedElement {
  readonly key: Json;
  readonly set: Json | undefined;
}

function ownedElements(owned: JsonObject): readonly OwnedElement[] {
  return Object.entries(owned)
    .filter(([member]) => member.startsWith('k:'))
    .map(([member, set]) => ({ key: parsed(member.slice(2)) ?? null, set }));
}

/**
 * A list that the server merges by key: every desired element is found by a key of ours. A key field with a default
 * (`protocol`) may be missing in the desired element, so keys are matched on the live side and paired in order.
 */
function holdsKeyed(
  desired: readonly Json[],
  live: Json | undefined,
  owned: JsonObject,
  path: readonly string[],
): boolean {
  const members = ownedElements(owned);
  if (!isJsonArray(live) || members.length !== desired.length) {
    return false;
  }
  return desired.every((value) => {
    const mine = members.filter(({ key }) => isJsonObject(key) && agrees(value, key));
    const [member] = mine;
    if (mine.length !== 1 || member === undefined || !isJsonObject(value) || !isJsonObject(member.set)) {
      return false;
    }
    const there = live.filter((element) => hasKey(element, member.key));
    return there.length === 1 && holdsFields(value, there[0], member.set, [...path, '[]']);
  });
}

/** True where every key field that the desired element gives has the key's value. */
function agrees(element: Json, key: JsonObject): boolean {
  return Object.entries(key).every(([name, value]) => {
    const given = own(element, name);
    return given === undefined || jsonEqual(given, value);
  });
}

/** A list that the server keeps as a set: every desired value is owned and there. */
function holdsSet(desired: readonly Json[], live: Json | undefined, owned: JsonObject): boolean {
  return (
    isJsonArray(live) &&
    desired.every(
      (value) => Object.hasOwn(owned, `v:${JSON.stringify(value)}`) && live.some((item) => jsonEqual(item, value)),
    )
  );
}

function holds(desired: Json, live: Json | undefined, owned: JsonObject, path: readonly string[]): boolean {
  const members = Object.keys(owned).filter((member) => member !== '.');
  if (members.length === 0) {
    return holdsWhole(desired, live);
  }
  if (isJsonObject(desired)) {
    return holdsFields(desired, live, owned, path);
  }
  if (!isJsonArray(desired)) {
    return false;
  }
  return members.every((member) => member.startsWith('v:'))
    ? holdsSet(desired, live, owned)
    : holdsKeyed(desired, live, owned, path);
}

/**
 * True only where an apply of `desired` could change nothing: it is what we applied last to this very object, we still own
 * every field of it, and every value stands. Any doubt is false, and a server dry run decides.
 */
export function isUnchanged({ desired, live, entry, hash, fieldManager }: UnchangedQuestion): boolean {
  const applied = entry?.state === 'applied' && entry.hash === hash && entry.uid === live.metadata.uid;
  if (!applied || entry.uid === undefined || live.metadata.deletionTimestamp !== undefined) {
    return false;
  }
  const owned = ownedFields(live, fieldManager);
  const wanted = asJson(desired);
  return owned !== undefined && isJsonObject(wanted) && holdsFields(wanted, asJson(live), owned, []);
}

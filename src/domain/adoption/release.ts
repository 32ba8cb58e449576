import { environmentLabel, fieldManager, managedByLabel, managedByValue } from '../identity.ts';
import type { Inventory, InventoryEntry } from '../inventory/inventory.ts';
import type { KubeObject, ManagedFieldsEntry } from '../manifest/kube-object.ts';
import { parseManagedFields } from '../merge/ownership.ts';
import type { ObjectId, ObjectKey } from '../manifest/object-id.ts';

/**
 * What letting go means for one object of the inventory.
 * - release: our fields and labels are taken off it; every value stays.
 * - untouched: nothing of ours is on it.
 * - gone: it is no longer there.
 * - replaced: another object bears its name.
 * In each case its inventory entry goes.
 */
export type ReleaseVerdict = 'release' | 'untouched' | 'gone' | 'replaced';

export interface ObjectRelease {
  readonly verdict: ReleaseVerdict;
  readonly id: ObjectId;
  readonly key: ObjectKey;
  readonly apiVersion: string;
  readonly live: KubeObject | undefined;
}

/** What `release` would do, as plain data. */
export interface ReleasePlan {
  readonly environment: string;
  readonly objects: readonly ObjectRelease[];
}

/** What is written on an object that is let go. */
export interface Letting {
  readonly managedFields: readonly ManagedFieldsEntry[];
  readonly withoutLabels: readonly string[];
}

/**
 * An object without any record is handed, as a whole, to `before-first-apply` by the next server-side apply, which then
 * conflicts wherever it sets another value. This entry owns nothing that could be in anyone's way.
 */
function neutralEntry(apiVersion: string): ManagedFieldsEntry {
  return {
    manager: 'before-first-apply',
    operation: 'Update',
    apiVersion,
    fieldsType: 'FieldsV1',
    fieldsV1: { 'f:metadata': {} },
  };
}

function ownLabels(live: KubeObject, environment: string): readonly string[] {
  const marks = { [managedByLabel]: managedByValue, [environmentLabel]: environment };
  return Object.entries(marks).flatMap(([name, value]) => (live.metadata.labels?.[name] === value ? [name] : []));
}

/** The write that takes our fields and labels off a live object; undefined where nothing of ours is on it. */
export function lettingOf(live: KubeObject, environment: string): Letting | undefined {
  const entries = live.metadata.managedFields ?? [];
  const others = entries.filter(({ manager }) => manager !== fieldManager);
  const withoutLabels = ownLabels(live, environment);
  if (others.length === entries.length && withoutLabels.length === 0) {
    return undefined;
  }
  const managedFields = parseManagedFields(others).length === 0 ? [neutralEntry(live.apiVersion)] : others;
  return { managedFields, withoutLabels };
}

function judge(entry: InventoryEntry, live: KubeObject | undefined, environment: string): ReleaseVerdict {
  if (live === undefined) {
    return 'gone';
  }
  if (entry.uid !== undefined && entry.uid !== live.metadata.uid) {
    return 'replaced';
  }
  return lettingOf(live, environment) === undefined ? 'untouched' : 'release';
}

/** Decides what letting go means for every object of an inventory that is chosen. */
export function planRelease(
  inventory: Inventory,
  live: ReadonlyMap<ObjectKey, KubeObject>,
  isChosen: (id: ObjectId) => boolean,
): ReleasePlan {
  const { environment } = inventory;
  const chosen = [...inventory.entries].filter(([, { id }]) => isChosen(id));
  const objects = chosen
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, entry]): ObjectRelease => {
      const there = live.get(key);
      const verdict = judge(entry, there, environment);
      return { verdict, id: entry.id, key, apiVersion: entry.apiVersion, live: there };
    });
  return { environment, objects };
}

import type { ObjectId, ObjectKey } from '../manifest/object-id.ts';
import { objectKey } from '../manifest/object-id.ts';
import type { KubeObject } from '../manifest/kube-object.ts';
import type { DeployedFile } from '../source/file-trace.ts';
import type { Inventory, InventoryEntry } from './inventory.ts';

/** An inventory of an environment that owns nothing yet. */
export function emptyInventory(environment: string): Inventory {
  return { environment, revision: undefined, entries: new Map() };
}

/** The inventory with the file that it is deployed from. */
export function withFile(inventory: Inventory, file: DeployedFile | undefined): Inventory {
  return file === undefined ? inventory : { ...inventory, file };
}

/** What is about to be applied. `live` is what it is applied to; absent for a create. */
export interface IntendedWrite {
  readonly id: ObjectId;
  readonly hash: string;
  readonly object: KubeObject;
  readonly live?: { readonly uid: string };
}

function pendingEntry({ id, hash, object, live }: IntendedWrite): InventoryEntry {
  // A create must not keep the uid of an object that is gone: what it makes would never be recognised as ours.
  return { id, apiVersion: object.apiVersion, uid: live?.uid, hash, state: 'pending' };
}

/** Writes ahead: everything a wave is about to apply is in the inventory before the first write is made. */
export function markPending(inventory: Inventory, writes: readonly IntendedWrite[]): Inventory {
  const entries = new Map(inventory.entries);
  for (const write of writes) {
    entries.set(objectKey(write.id), pendingEntry(write));
  }
  return { ...inventory, entries };
}

/** An apply that the server has answered. */
export interface ConfirmedWrite {
  readonly change: Omit<IntendedWrite, 'live'>;
  /** As the server gave it; without one the entry stays pending. */
  readonly uid: string | undefined;
}

/** Records what was applied, and to which object. */
export function confirmEntries(inventory: Inventory, writes: readonly ConfirmedWrite[]): Inventory {
  const entries = new Map(inventory.entries);
  for (const { change, uid } of writes) {
    const state = uid === undefined ? 'pending' : 'applied';
    entries.set(objectKey(change.id), {
      id: change.id,
      apiVersion: change.object.apiVersion,
      uid,
      hash: change.hash,
      state,
    });
  }
  return { ...inventory, entries };
}

/** One write of `confirmEntries`. */
export function confirmEntry(
  inventory: Inventory,
  change: Omit<IntendedWrite, 'live'>,
  uid: string | undefined,
): Inventory {
  return confirmEntries(inventory, [{ change, uid }]);
}

/** Forgets objects. Only for those that are known to be gone, or that bear nothing of ours any more. */
export function withoutEntries(inventory: Inventory, gone: Iterable<ObjectKey>): Inventory {
  const entries = new Map(inventory.entries);
  for (const key of gone) {
    entries.delete(key);
  }
  return { ...inventory, entries };
}

function mergedEntry(left: InventoryEntry, right: InventoryEntry): InventoryEntry {
  const agree = left.uid === right.uid && left.hash === right.hash && left.state === right.state;
  // Where two records disagree nothing is known but that the object may exist: neither uid nor hash may be trusted.
  return agree ? left : { ...right, uid: left.uid === right.uid ? left.uid : undefined, state: 'pending' };
}

/** Everything that either inventory knows. An object on which they disagree is pending: a dry run will tell. */
export function mergeInventories(left: Inventory, right: Inventory): Inventory {
  const entries = new Map(left.entries);
  for (const [key, entry] of right.entries) {
    const known = entries.get(key);
    entries.set(key, known === undefined ? entry : mergedEntry(known, entry));
  }
  const merged = { environment: left.environment, revision: right.revision ?? left.revision, entries };
  return withFile(merged, right.file ?? left.file);
}

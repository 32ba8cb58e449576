import type { ObjectId, ObjectKey } from '../manifest/object-id.ts';
import type { DeployedFile } from '../source/file-trace.ts';

/**
 * One object that is ours. `pending` is written before the object is: from then on it may exist in the new form, the old
 * or not at all, so a run that finds `pending` compares with the server and never trusts `hash`.
 */
export interface InventoryEntry {
  readonly id: ObjectId;
  readonly apiVersion: string;
  /** The uid it had when it was last applied; undefined while it was never confirmed. */
  readonly uid: string | undefined;
  /** Digest of the rendered object that was applied last. */
  readonly hash: string;
  readonly state: 'pending' | 'applied';
}

/** What an environment owns in its cluster. Objects that may still exist are never forgotten. */
export interface Inventory {
  readonly environment: string;
  /** The revision whose sync wrote it last, and whether that sync ended healthy. */
  readonly revision: string | undefined;
  readonly entries: ReadonlyMap<ObjectKey, InventoryEntry>;
  /** The configuration file that was deployed last, be it that it did not end healthy; absent: not known. */
  readonly file?: DeployedFile;
}

import type { KubeObject, ManagedFieldsEntry } from '../domain/manifest/kube-object.ts';
import type { ObjectId } from '../domain/manifest/object-id.ts';

/** The very object, in the very state, that was read. */
export interface ObjectVersion {
  readonly apiVersion: string;
  readonly id: ObjectId;
  readonly uid: string;
  readonly resourceVersion: string;
}

/** What is written of an object's metadata. Nothing else of the object can change by it. */
export interface OwnershipChange {
  /** The whole record of who owns which fields, in place of the one that stands. */
  readonly managedFields: readonly ManagedFieldsEntry[];
  /** Labels that go. One that isn't there is no mistake. */
  readonly withoutLabels: readonly string[];
}

/** Who owns the fields of live objects: foreseeing it, and writing it. Throws the same Failures as the cluster ports. */
export interface FieldOwners {
  /**
   * What a server-side apply by us would leave behind if it took every field from everyone. Nothing is changed: it shows
   * the fields that are ours to claim, the values that would change, and who would lose a field.
   */
  previewTakeover(object: KubeObject, uid: string, signal: AbortSignal): Promise<KubeObject>;
  /**
   * Writes the record of owners, in one step with the labels. Fails with `object-changed` where the object has changed
   * since, is gone, or was made anew.
   */
  rewriteOwnership(version: ObjectVersion, change: OwnershipChange, signal: AbortSignal): Promise<KubeObject>;
}

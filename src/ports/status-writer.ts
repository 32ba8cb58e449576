import type { JsonObject } from '../domain/json.ts';
import type { KubeObject } from '../domain/manifest/kube-object.ts';
import type { ObjectId } from '../domain/manifest/object-id.ts';

/** What is written of an object's status, and over which state of the object alone. */
export interface StatusPatch {
  readonly apiVersion: string;
  readonly id: ObjectId;
  readonly uid: string;
  /** Without one any state of that very object will do. */
  readonly resourceVersion?: string;
  /** In the same write; null takes one away. Only built-in kinds take them through their status. */
  readonly annotations?: { readonly [name: string]: string | null };
  /** A merge patch (RFC 7386): lists are replaced as a whole. */
  readonly status: JsonObject;
}

/** Writes the status of objects. */
export interface StatusWriter {
  /**
   * Gives the object as it stands then; where nothing changed, at the version it had. Fails with `object-changed` where
   * the object is not in that state any more, or was made anew, and with `object-not-found` where it is gone.
   */
  patchStatus(patch: StatusPatch, signal: AbortSignal): Promise<KubeObject>;
}

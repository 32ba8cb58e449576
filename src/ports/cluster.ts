import type { KubeObject } from '../domain/manifest/kube-object.ts';
import type { ObjectId } from '../domain/manifest/object-id.ts';

/** A kind of the API as discovery gives it. */
export interface ApiKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Plural, as in paths. */
  readonly resource: string;
  readonly namespaced: boolean;
}

export interface ListOptions {
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** What of each object is kept while the rest of a long list is read; all of it unless given. */
  readonly keep?: (object: KubeObject) => KubeObject;
}

/** A complete list: pages are followed to the end; a list that broke off is a Failure, never a shorter list. */
export interface ObjectList {
  readonly items: readonly KubeObject[];
  readonly resourceVersion: string;
}

/** Bounds a write in time, so that the holder of a lock writes nothing once the lock has ended. */
export interface WriteLimit {
  /** Called right before the request is sent; what it throws keeps it from being sent, and is what the write throws. */
  readonly beforeSend: () => void;
  /** How long the server may take. It is told, and gives up by itself. */
  readonly timeoutMs: number;
}

/** What a server-side dry run would leave behind, or who stands in the way. */
export interface ApplyOptions {
  /** The uid the object must have: a write to an object deleted and made anew answers `object-changed` (409). */
  readonly uid?: string;
  /** Without a uid the object may be absent, and is then made. */
  readonly resourceVersion?: string;
  readonly limit?: WriteLimit;
}

export interface DeleteOptions {
  readonly uid: string;
  readonly resourceVersion?: string;
  readonly limit?: WriteLimit;
}

/**
 * Reading a cluster. Throws Failures of the `cluster-*`, `kind-missing` and `object-*` codes. Each call has its own
 * timeout and obeys the signal.
 */
export interface ClusterReader {
  /** For messages: context and server, never credentials. */
  readonly description: string;
  /** Git version of the server, for example `v1.35.4`. */
  serverVersion(signal: AbortSignal): Promise<string>;
  /** The kind as the server serves it at that apiVersion, or undefined where it does not. Asks anew each time. */
  findKind(apiVersion: string, kind: string, signal: AbortSignal): Promise<ApiKind | undefined>;
  /** Every object of a kind. */
  list(apiVersion: string, kind: string, options: ListOptions, signal: AbortSignal): Promise<ObjectList>;
  /** One object, or undefined where there is none. Absent and unreadable are two results: the latter throws. */
  get(apiVersion: string, id: ObjectId, signal: AbortSignal): Promise<KubeObject | undefined>;
  /** The object as the server would leave it after a server-side apply by us; nothing is changed. */
  dryRunApply(object: KubeObject, options: ApplyOptions, signal: AbortSignal): Promise<KubeObject>;
}

/** Writing to a cluster. Every write is made by field manager `metalwave` and is never forced. */
export interface ClusterWriter {
  /**
   * Server-side apply. Fails with `field-conflict` (a FieldConflictFailure) where another manager owns a field at
   * another value, with `object-changed` where uid or resourceVersion no longer hold.
   */
  apply(object: KubeObject, options: ApplyOptions, signal: AbortSignal): Promise<KubeObject>;
  /** Deletes exactly that object. Already gone counts as done. */
  delete(apiVersion: string, id: ObjectId, options: DeleteOptions, signal: AbortSignal): Promise<void>;
}

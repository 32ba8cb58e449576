import type { KubeObject } from '../domain/manifest/kube-object.ts';

/** The one state of an object that a write builds on. */
export interface ObjectFence {
  readonly uid: string;
  readonly resourceVersion: string;
}

/**
 * Writes objects whole, as one who owns them alone: what others have put in goes. It costs the API server about half of a
 * server-side apply, which counts where an object has many fields and is written often.
 */
export interface ObjectReplacer {
  /** Makes an object that isn't there. Fails with `object-conflict` where one of that name is. */
  create(object: KubeObject, signal: AbortSignal): Promise<KubeObject>;
  /** Takes the place of exactly that state. Fails with `object-changed` where it has changed, is gone or was made anew. */
  replace(object: KubeObject, fence: ObjectFence, signal: AbortSignal): Promise<KubeObject>;
}

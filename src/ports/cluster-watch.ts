import type { Failure } from '../domain/failure.ts';
import type { KubeObject } from '../domain/manifest/kube-object.ts';

/** What is followed of a kind. */
export interface FollowOptions {
  /** Objects of this namespace alone. */
  readonly namespace?: string;
  readonly labelSelector?: string;
  /** What of each object of a list is kept until the list is whole; all of it unless given. */
  readonly keep?: (object: KubeObject) => KubeObject;
}

/**
 * Hears what becomes of the objects of one kind. `replaced` comes first and may come again at any time; `put` and `gone`
 * build on the last `replaced`, in the order in which the server made the changes. Calls come one after another and never
 * once the signal is aborted. What a sink throws ends the following and is what `follow` rejects with.
 */
export interface WatchSink {
  /**
   * All there is, as a consistent list: what it lacks is gone, also where no `gone` told of it. `version` is the list's own
   * resourceVersion.
   */
  replaced(objects: readonly KubeObject[], version: string): void;
  /** An object is new or changed. The same state may come twice. */
  put(object: KubeObject): void;
  /** An object is gone, or left the selection: its last state, with the resourceVersion at which that happened. */
  gone(object: KubeObject): void;
  /**
   * The server has shown that what is known is current: a watch was opened, or a bookmark came. The calls above show the
   * same by themselves and are not accompanied by this one.
   */
  heard(): void;
  /**
   * Following has stopped for now and goes on by itself after that pause. What was told so far stays the last that is
   * known. A watch that merely ended in its time is no trouble and is not told of.
   */
  troubled(failure: Failure, retryInMs: number): void;
}

/** Follows objects of a cluster. */
export interface ClusterWatcher {
  /**
   * Lists one kind, then follows its changes until the signal is aborted, and then resolves. A broken connection, a silent
   * or busy server and a state that the server no longer keeps mend themselves: it resumes where it was, or lists again,
   * after growing pauses. So does what somebody else can mend (credentials refused, access denied, a kind that is not
   * served yet, a certificate not trusted), with longer pauses; each is told to `troubled`. Rejects only with what no
   * repetition can mend: a Failure whose `retry` is `never` (a selector that is invalid, a server that is no Kubernetes
   * API), or what the sink threw.
   */
  follow(apiVersion: string, kind: string, options: FollowOptions, sink: WatchSink, signal: AbortSignal): Promise<void>;
}

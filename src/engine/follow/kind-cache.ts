import { Failure } from '../../domain/failure.ts';
import type { KubeObject } from '../../domain/manifest/kube-object.ts';
import { isOlderVersion } from '../../domain/manifest/resource-version.ts';
import type { Clock } from '../../ports/clock.ts';
import type { WatchSink } from '../../ports/cluster-watch.ts';

/** What became of one object. `before` is undefined where it is new, `after` where it is gone. */
export interface ObjectChange {
  /** `namespace/name`, or the name alone for an object of cluster scope. */
  readonly key: string;
  readonly before: KubeObject | undefined;
  readonly after: KubeObject | undefined;
}

export interface KindCacheOptions {
  /** The kind in the plural, for messages: `Services`. */
  readonly subject: string;
  readonly clock: Clock;
  /** More objects than this end the following with a Failure: what is decided on must be whole. */
  readonly limit: number;
  /** What is kept of an object; without it all but managedFields, which nothing here decides on and which are most of its size. */
  readonly trim?: (object: KubeObject) => KubeObject;
}

/** The key of an object among those of its kind. */
export function cacheKey(namespace: string | undefined, name: string): string {
  return namespace === undefined || namespace === '' ? name : `${namespace}/${name}`;
}

/**
 * The objects of one kind as a watcher tells of them. It may lag behind the server; it never goes back behind what it has
 * been told, except by a whole list. Each change is told to the listeners once, at once and in order: what is read in a
 * listener is the state right after that change, and within a new list the state right after the whole list.
 */
export class KindCache implements WatchSink {
  private readonly options: KindCacheOptions;
  private readonly listeners = new Set<(change: ObjectChange) => void>();
  private readonly firstList = new AbortController();
  private objects = new Map<string, KubeObject>();
  private heardAt: number | undefined;
  private lastTrouble: Failure | undefined;

  constructor(options: KindCacheOptions) {
    this.options = options;
  }

  get size(): number {
    return this.objects.size;
  }

  /**
   * True once there was a whole list and every listener has heard of it. Before that the cache may be empty because nothing
   * is known.
   */
  get isSynced(): boolean {
    return this.firstList.signal.aborted;
  }

  /** Why nothing is heard at present; undefined where all is well. */
  get trouble(): Failure | undefined {
    return this.lastTrouble;
  }

  /** Milliseconds since the server last showed that what is here is current; undefined where it never did. */
  get silentForMs(): number | undefined {
    return this.heardAt === undefined ? undefined : this.options.clock.monotonic() - this.heardAt;
  }

  get(key: string): KubeObject | undefined {
    return this.objects.get(key);
  }

  /** In no particular order. */
  values(): IterableIterator<KubeObject> {
    return this.objects.values();
  }

  /** From now on the listener hears of every change. The result ends that. What it throws ends the following. */
  subscribe(listener: (change: ObjectChange) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  /** Resolves once there is a whole list. Throws a Failure after the timeout, the signal's reason where it is aborted. */
  async synced(timeoutMs: number, signal: AbortSignal): Promise<void> {
    const first = this.firstList.signal;
    if (first.aborted) {
      return;
    }
    try {
      await this.options.clock.sleep(timeoutMs, AbortSignal.any([signal, first]));
    } catch (error) {
      signal.throwIfAborted();
      if (error !== first.reason) {
        throw error;
      }
      return;
    }
    throw this.notSynced(timeoutMs);
  }

  replaced(objects: readonly KubeObject[]): void {
    const before = this.objects;
    this.objects = new Map(objects.map((object) => [keyIn(object), this.trimmed(object)]));
    this.checkLimit();
    this.touch();
    for (const [key, object] of before) {
      if (!this.objects.has(key)) {
        this.tell({ key, before: object, after: undefined });
      }
    }
    for (const [key, object] of this.objects) {
      const held = before.get(key);
      if (held === undefined || !isSameState(held, object)) {
        this.tell({ key, before: held, after: object });
      }
    }
    this.firstList.abort();
  }

  put(object: KubeObject): void {
    this.touch();
    this.keep(object);
  }

  gone(object: KubeObject): void {
    this.touch();
    const key = keyIn(object);
    const before = this.objects.get(key);
    if (before === undefined || isOlder(object, before)) {
      return;
    }
    this.objects.delete(key);
    this.tell({ key, before, after: undefined });
  }

  /**
   * The answer to a write of our own, which is ahead of what the watch has told. An object that isn't here is left to the
   * watch: it may be gone already. Shows nothing of the watch's health.
   */
  written(object: KubeObject): void {
    if (this.objects.has(keyIn(object))) {
      this.keep(object);
    }
  }

  heard(): void {
    this.touch();
  }

  troubled(failure: Failure): void {
    this.lastTrouble = failure;
  }

  private keep(object: KubeObject): void {
    const key = keyIn(object);
    const before = this.objects.get(key);
    if (before !== undefined && (isOlder(object, before) || isSameState(object, before))) {
      return;
    }
    const after = this.trimmed(object);
    this.objects.set(key, after);
    this.checkLimit();
    this.tell({ key, before, after });
  }

  private trimmed(object: KubeObject): KubeObject {
    return (this.options.trim ?? withoutManagedFields)(object);
  }

  private touch(): void {
    this.heardAt = this.options.clock.monotonic();
    this.lastTrouble = undefined;
  }

  private tell(change: ObjectChange): void {
    for (const listener of this.listeners) {
      listener(change);
    }
  }

  private checkLimit(): void {
    const { limit, subject } = this.options;
    if (this.objects.size > limit) {
      throw new Failure({
        code: 'cluster-error',
        retry: 'never',
        message: `There are more than ${limit} ${subject}, which is more than is followed`,
      });
    }
  }

  private notSynced(timeoutMs: number): Failure {
    const trouble = this.lastTrouble;
    const reason = trouble === undefined ? 'the API server has not answered' : trouble.message;
    return new Failure({
      code: trouble?.code ?? 'cluster-unreachable',
      retry: trouble?.retry ?? 'now',
      message: `No list of ${this.options.subject} after ${timeoutMs / 1000} s: ${reason}`,
      ...(trouble?.remedy === undefined ? {} : { remedy: trouble.remedy }),
      cause: trouble,
    });
  }
}

function keyIn({ metadata }: KubeObject): string {
  return cacheKey(metadata.namespace, metadata.name);
}

function isOlder({ metadata }: KubeObject, than: KubeObject): boolean {
  return isOlderVersion(metadata.resourceVersion ?? '', than.metadata.resourceVersion ?? '');
}

/** The server gives each state of each object a version of its own. */
function isSameState(left: KubeObject, right: KubeObject): boolean {
  const { uid, resourceVersion } = left.metadata;
  return (
    uid !== undefined &&
    uid === right.metadata.uid &&
    resourceVersion !== undefined &&
    resourceVersion === right.metadata.resourceVersion
  );
}

function withoutManagedFields(object: KubeObject): KubeObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

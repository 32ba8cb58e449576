import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { ObjectCollection } from './object-collection.ts';
import { roughSize } from './rough-size.ts';
import { SharedOwners } from './shared-owners.ts';

export type ChangeType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** One write, in the order of writes. `object` of a deletion is the object as it was, at the revision of its deletion. */
export interface StoredChange {
  readonly type: ChangeType;
  readonly collection: string;
  readonly object: KubeObject;
  /** The object before the write: tells a selective watch whether it saw it. */
  readonly previous: KubeObject | undefined;
  readonly revision: number;
}

interface SizedChange extends StoredChange {
  readonly size: number;
}

/** Changes kept for watches that start in the past, by number and by rough size; older revisions answer 410. */
const historyLimit = 4096;
const historySizeLimit = 64 * 1024 * 1024;

/**
 * Objects by collection, namespace and name, and the history of their writes. Every write gets the next revision, which is
 * the object's resourceVersion. Holds no rules: those stand in front of it.
 */
export class ObjectStore {
  #revision = 1;
  readonly #collections = new Map<string, ObjectCollection>();
  readonly #history: SizedChange[] = [];
  #historySize = 0;
  readonly #owners = new SharedOwners();
  readonly #listeners = new Set<(change: StoredChange) => void>();

  get revision(): number {
    return this.#revision;
  }

  /** The oldest revision from which a watch can still go on without a gap. */
  get oldestRevision(): number {
    return (this.#history[0]?.revision ?? 1) - 1;
  }

  get(collection: string, namespace: string, name: string): KubeObject | undefined {
    return this.#collections.get(collection)?.get(namespace, name);
  }

  /**
   * Every object of the collection (of one namespace where one is given), by namespace and name. The same list until one of
   * the collection is written.
   */
  list(collection: string, namespace?: string): readonly KubeObject[] {
    return this.#collections.get(collection)?.list(namespace) ?? [];
  }

  put(collection: string, object: KubeObject): KubeObject {
    const objects = this.#collections.get(collection) ?? new ObjectCollection();
    this.#collections.set(collection, objects);
    const stored = this.#atNextRevision(this.#owners.shared(object));
    const previous = objects.put(stored);
    this.#record({ type: previous === undefined ? 'ADDED' : 'MODIFIED', collection, object: stored, previous });
    return stored;
  }

  remove(collection: string, object: KubeObject): void {
    if (this.#collections.get(collection)?.delete(object) === true) {
      this.#record({ type: 'DELETED', collection, object: this.#atNextRevision(object), previous: object });
    }
  }

  changesAfter(revision: number, collection: string): readonly StoredChange[] {
    // Most watches ask for the last few.
    const first = this.#history.findLastIndex((change) => change.revision <= revision) + 1;
    return this.#history.slice(first).filter((change) => change.collection === collection);
  }

  /** Calls the listener after every write until the returned function is called. */
  subscribe(listener: (change: StoredChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #atNextRevision(object: KubeObject): KubeObject {
    this.#revision += 1;
    return { ...object, metadata: { ...object.metadata, resourceVersion: String(this.#revision) } };
  }

  #record(change: Omit<StoredChange, 'revision'>): void {
    const recorded = { ...change, revision: this.#revision };
    this.#remember({ ...recorded, size: roughSize(asJson(change.object)) });
    for (const listener of this.#listeners) {
      listener(recorded);
    }
  }

  #remember(change: SizedChange): void {
    this.#history.push(change);
    this.#historySize += change.size;
    let forgotten = 0;
    const last = this.#history.length - 1;
    const isTooMuch = (): boolean =>
      this.#history.length - forgotten > historyLimit || this.#historySize > historySizeLimit;
    while (forgotten < last && isTooMuch()) {
      this.#historySize -= this.#history[forgotten]?.size ?? 0;
      forgotten += 1;
    }
    this.#history.splice(0, forgotten);
  }
}

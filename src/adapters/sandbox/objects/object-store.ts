import type { KubeObject } from '../../../domain/manifest/kube-object.ts';

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

/** Changes kept for watches that start in the past; older revisions answer 410. */
const historyLimit = 4096;

/**
 * Objects by collection, namespace and name, and the history of their writes. Every write gets the next revision, which is
 * the object's resourceVersion. Holds no rules: those stand in front of it.
 */
export class ObjectStore {
  #revision = 1;
  readonly #collections = new Map<string, Map<string, KubeObject>>();
  readonly #history: StoredChange[] = [];
  readonly #listeners = new Set<(change: StoredChange) => void>();

  get revision(): number {
    return this.#revision;
  }

  /** The oldest revision from which a watch can still go on without a gap. */
  get oldestRevision(): number {
    return (this.#history[0]?.revision ?? 1) - 1;
  }

  get(collection: string, namespace: string, name: string): KubeObject | undefined {
    return this.#collections.get(collection)?.get(`${namespace}/${name}`);
  }

  /** Every object of the collection (of one namespace where one is given), by namespace and name. */
  list(collection: string, namespace?: string): readonly KubeObject[] {
    const entries = [...(this.#collections.get(collection) ?? [])];
    const wanted = namespace === undefined ? entries : entries.filter(([key]) => key.startsWith(`${namespace}/`));
    return wanted.toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, object]) => object);
  }

  /** Every object of the collection in no order: for who only counts or searches. */
  all(collection: string): readonly KubeObject[] {
    return [...(this.#collections.get(collection)?.values() ?? [])];
  }

  put(collection: string, object: KubeObject): KubeObject {
    const objects = this.#collections.get(collection) ?? new Map<string, KubeObject>();
    this.#collections.set(collection, objects);
    const key = keyOf(object);
    const previous = objects.get(key);
    const stored = this.#atNextRevision(object);
    objects.set(key, stored);
    this.#record({ type: previous === undefined ? 'ADDED' : 'MODIFIED', collection, object: stored, previous });
    return stored;
  }

  remove(collection: string, object: KubeObject): void {
    if (this.#collections.get(collection)?.delete(keyOf(object)) === true) {
      this.#record({ type: 'DELETED', collection, object: this.#atNextRevision(object), previous: object });
    }
  }

  changesAfter(revision: number, collection: string): readonly StoredChange[] {
    return this.#history.filter((change) => change.revision > revision && change.collection === collection);
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
    this.#history.push(recorded);
    if (this.#history.length > historyLimit) {
      this.#history.splice(0, this.#history.length - historyLimit);
    }
    for (const listener of this.#listeners) {
      listener(recorded);
    }
  }
}

function keyOf(object: KubeObject): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

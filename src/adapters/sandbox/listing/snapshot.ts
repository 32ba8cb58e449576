import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { ObjectStore } from '../objects/object-store.ts';

/** By namespace and name: the order of every list. */
export function placeOf(object: KubeObject): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

/**
 * A collection as it was at a revision: what is there now with every later write taken back. Undefined where a write since
 * then is forgotten.
 */
export function collectionAt(
  store: ObjectStore,
  collection: string,
  revision: number,
): readonly KubeObject[] | undefined {
  if (revision >= store.revision) {
    return store.list(collection);
  }
  if (revision < store.oldestRevision) {
    return undefined;
  }
  const later = store.changesAfter(revision, collection);
  if (later.length === 0) {
    return store.list(collection);
  }
  const objects = new Map(store.list(collection).map((object) => [placeOf(object), object]));
  for (const change of later.toReversed()) {
    if (change.previous === undefined) {
      objects.delete(placeOf(change.object));
    } else {
      objects.set(placeOf(change.object), change.previous);
    }
  }
  return [...objects].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, object]) => object);
}

import { isJsonArray, textAt } from '../../domain/json.ts';
import type { Json } from '../../domain/json.ts';
import { asJson } from '../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../domain/manifest/kube-object.ts';
import type { KindRegistry } from './kind-registry.ts';
import type { ObjectStore } from './object-store.ts';
import type { ReviewWrite } from './write-review.ts';
import type { Target } from './target.ts';
import { collectionOf } from './served-kind.ts';
import { StatusError, conflict, notFound } from './status-error.ts';

export interface RemovalOptions {
  readonly uid: string | undefined;
  readonly resourceVersion: string | undefined;
  readonly dryRun: boolean;
  /** Asked before anything goes. */
  readonly review?: ReviewWrite;
}

/** Deletes objects and what goes with them: a namespace its content, a definition its instances, an owner its dependents. */
export class ObjectRemover {
  readonly #store: ObjectStore;
  readonly #registry: KindRegistry;
  readonly #timestamp: () => string;

  constructor(store: ObjectStore, registry: KindRegistry, timestamp: () => string) {
    this.#store = store;
    this.#registry = registry;
    this.#timestamp = timestamp;
  }

  /** The object as it was before. With finalizers it stays, marked, until the last of them is taken away. */
  remove(target: Target, options: RemovalOptions): KubeObject {
    const { kind, namespace, name } = target;
    const live = this.#store.get(collectionOf(kind), namespace, name);
    if (live === undefined) {
      throw notFound(kind, name);
    }
    checkPreconditions(target, live, options);
    if (kind.kind === 'Namespace' && ['default', 'kube-system'].includes(name)) {
      const message = `namespaces "${name}" is forbidden: this namespace may not be deleted`;
      throw new StatusError(403, 'Forbidden', message, { name, kind: 'namespaces' });
    }
    options.review?.({ target, live, object: undefined, subresource: '', dryRun: options.dryRun });
    if (options.dryRun) {
      return live;
    }
    if (hasFinalizers(live)) {
      const marked = { ...live.metadata, deletionTimestamp: live.metadata.deletionTimestamp ?? this.#timestamp() };
      const terminating = { ...live, metadata: marked };
      return live.metadata.deletionTimestamp === undefined ? this.#store.put(collectionOf(kind), terminating) : live;
    }
    this.discard(target, live);
    return live;
  }

  /** Takes the object out, and everything that cannot be without it. */
  discard({ kind, name }: Target, live: KubeObject): void {
    if (kind.kind === 'Namespace') {
      this.#discardWhere((object) => object.metadata.namespace === name);
    }
    if (kind.kind === 'CustomResourceDefinition') {
      const group = textAt(asJson(live), 'spec', 'group') ?? '';
      const type = textAt(asJson(live), 'spec', 'names', 'kind') ?? '';
      this.#discardWhere((object) => object.kind === type && object.apiVersion.startsWith(`${group}/`));
    }
    this.#store.remove(collectionOf(kind), live);
    const uid = live.metadata.uid;
    if (uid !== undefined) {
      this.#discardWhere((object) => ownerUids(object).includes(uid));
    }
  }

  #discardWhere(isGone: (object: KubeObject) => boolean): void {
    const collections = new Set(this.#registry.all().map((kind) => collectionOf(kind)));
    for (const collection of collections) {
      for (const object of this.#store.list(collection).filter((candidate) => isGone(candidate))) {
        this.#store.remove(collection, object);
      }
    }
  }
}

export function hasFinalizers(object: KubeObject): boolean {
  const { finalizers } = object.metadata as { readonly finalizers?: Json };
  return isJsonArray(finalizers) && finalizers.length > 0;
}

function ownerUids(object: KubeObject): readonly (string | undefined)[] {
  const { ownerReferences } = object.metadata as { readonly ownerReferences?: Json };
  return isJsonArray(ownerReferences) ? ownerReferences.map((owner) => textAt(owner, 'uid')) : [];
}

function checkPreconditions({ kind, name }: Target, live: KubeObject, options: RemovalOptions): void {
  const asType = { ...kind, resource: kind.kind };
  const { uid, resourceVersion } = live.metadata;
  if (options.uid !== undefined && options.uid !== uid) {
    const facts = `the UID in the precondition (${options.uid}) does not match the UID in record (${uid ?? ''})`;
    throw conflict(asType, name, `${facts}. The object might have been deleted and then recreated`);
  }
  if (options.resourceVersion !== undefined && options.resourceVersion !== resourceVersion) {
    const facts = `the ResourceVersion in the precondition (${options.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion ?? ''})`;
    throw conflict(asType, name, `${facts}. The object might have been modified`);
  }
}

import { instanceCleanup, terminatingStatus } from '../../../domain/crd/definition/definition-status.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { ObjectStore } from './object-store.ts';
import { finalizersOf, graceOf, mayGo, terminating, withFinalizers, withPropagation } from '../requests/removal.ts';
import type { Propagation } from '../requests/removal.ts';
import type { ReviewWrite } from '../requests/write-review.ts';
import type { Target } from '../requests/target.ts';
import { collectionOf } from '../kinds/served-kind.ts';
import { asServed } from '../kinds/stored-form.ts';
import { StatusError, conflict, notFound } from '../answers/status-error.ts';

export interface RemovalOptions {
  readonly uid: string | undefined;
  readonly resourceVersion: string | undefined;
  readonly dryRun: boolean;
  /** What the object's own finalizers say unless given. */
  readonly propagation?: Propagation;
  /** Seconds that a pod is given to end; what its spec says unless given. */
  readonly graceSeconds?: number;
  /** Asked before anything goes. */
  readonly review?: ReviewWrite;
}

/** What is left of an object after its deletion: itself, marked, until nothing holds it any more. */
export interface Removal {
  readonly object: KubeObject;
  readonly isGone: boolean;
}

/** Deletes objects. What depends on them is the garbage collector's, what a namespace holds the namespace controller's work. */
export class ObjectRemover {
  readonly #store: ObjectStore;
  readonly #timestamp: (secondsAhead: number) => string;

  constructor(store: ObjectStore, timestamp: (secondsAhead: number) => string) {
    this.#store = store;
    this.#timestamp = timestamp;
  }

  /** The object that a deletion is about, where it may be deleted: throws what its deleter is told otherwise. */
  check(target: Target, options: RemovalOptions): KubeObject {
    const { kind, namespace, name } = target;
    const live = this.#store.get(collectionOf(kind), namespace, name);
    if (live === undefined) {
      throw notFound(kind, name);
    }
    checkPreconditions(target, live, options);
    if (kind.kind === 'Namespace' && ['default', 'kube-system', 'kube-public'].includes(name)) {
      const message = `namespaces "${name}" is forbidden: this namespace may not be deleted`;
      throw new StatusError(403, 'Forbidden', message, { name, kind: 'namespaces' });
    }
    options.review?.({
      target,
      live: asServed(kind, live),
      object: undefined,
      subresource: '',
      dryRun: options.dryRun,
    });
    return live;
  }

  /** What finalizers, a namespace's content or a pod's grace period hold stays, marked, until they let go of it. */
  remove(target: Target, options: RemovalOptions): Removal {
    const { kind } = target;
    const live = this.check(target, options);
    const marked = this.#marked(live, options);
    const isGone = mayGo(marked);
    if (options.dryRun) {
      return { object: isGone ? live : marked, isGone };
    }
    if (isGone) {
      this.discard(target, marked);
      return { object: live, isGone };
    }
    return { object: marked === live ? live : this.#store.put(collectionOf(kind), marked), isGone };
  }

  /** An object whose last hold went while it was being deleted goes with it. */
  release(target: Target, object: KubeObject): void {
    if (object.metadata.deletionTimestamp !== undefined && mayGo(object)) {
      this.discard(target, object);
    }
  }

  /** Takes the object out whatever holds it, and with a definition its instances. */
  discard({ kind }: Target, live: KubeObject): void {
    if (kind.kind === 'CustomResourceDefinition') {
      // Their collection has the definition's name; another one may claim the same kind and never be served.
      const collection = live.metadata.name;
      for (const instance of this.#store.list(collection)) {
        this.#store.remove(collection, instance);
      }
    }
    this.#store.remove(collectionOf(kind), live);
  }

  #marked(live: KubeObject, { propagation, graceSeconds }: RemovalOptions): KubeObject {
    const held = withPropagation(live, propagation);
    if (live.metadata.deletionTimestamp === undefined) {
      const grace = graceOf(live, graceSeconds);
      const since = this.#timestamp(grace);
      return live.kind === 'CustomResourceDefinition' ? endingDefinition(held, since) : terminating(held, since, grace);
    }
    // A second deletion may only shorten the time, and may say anew what becomes of the dependents.
    if (live.kind === 'Pod' && graceSeconds === 0) {
      const metadata = { ...held.metadata, deletionGracePeriodSeconds: 0 };
      return { ...held, metadata };
    }
    return finalizersOf(held).join() === finalizersOf(live).join() ? live : held;
  }
}

/** A definition waits for its instances, and says so. */
function endingDefinition(definition: KubeObject, since: string): KubeObject {
  const why = [
    'InstanceDeletionPending',
    'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon',
  ] as const;
  const held = withFinalizers(definition, [...new Set([...finalizersOf(definition), instanceCleanup])]);
  const metadata = { ...held.metadata, deletionTimestamp: since };
  return { ...held, metadata, status: terminatingStatus(asJson(definition), why, since) };
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

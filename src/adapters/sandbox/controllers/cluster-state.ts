import { jsonEqual, valueAt } from '../../../domain/json.ts';
import type { JsonObject } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { KindRegistry } from '../kinds/kind-registry.ts';
import type { ObjectRemover } from '../objects/object-remover.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { ObjectWriter, WriteOptions } from '../objects/object-writer.ts';
import type { Propagation } from '../requests/removal.ts';
import type { Target } from '../requests/target.ts';
import type { ServedKind } from '../kinds/served-kind.ts';
import { collectionOf } from '../kinds/served-kind.ts';

/** Who decides about workloads, names and addresses of a cluster. */
export const controllerManager = 'kube-controller-manager';

/** What controllers see and may do: the same writes as any client's, under their own names. */
export class ClusterState {
  readonly #store: ObjectStore;
  readonly #registry: KindRegistry;
  readonly #writer: ObjectWriter;
  readonly #remover: ObjectRemover;

  constructor(parts: {
    readonly store: ObjectStore;
    readonly registry: KindRegistry;
    readonly writer: ObjectWriter;
    readonly remover: ObjectRemover;
  }) {
    this.#store = parts.store;
    this.#registry = parts.registry;
    this.#writer = parts.writer;
    this.#remover = parts.remover;
  }

  /** Grows with every write. */
  get revision(): number {
    return this.#store.revision;
  }

  /** Every object of a kind; none where the kind is not served. */
  list(group: string, kind: string, namespace?: string): readonly KubeObject[] {
    const served = this.#find(group, kind);
    return served === undefined ? [] : this.#store.list(collectionOf(served), namespace);
  }

  /** Every object of every kind, or of those of one namespace. */
  everything(namespace?: string): readonly KubeObject[] {
    const kinds = this.#registry.all().filter((kind) => namespace === undefined || kind.namespaced);
    return [...new Set(kinds.map((kind) => collectionOf(kind)))].flatMap((collection) =>
      this.#store.list(collection, namespace),
    );
  }

  /** The objects of the kind that a definition declares, whether it is served or not. */
  instancesOf(definition: KubeObject): readonly KubeObject[] {
    return this.#store.list(definition.metadata.name);
  }

  get(group: string, kind: string, namespace: string, name: string): KubeObject | undefined {
    const served = this.#find(group, kind);
    return served === undefined ? undefined : this.#store.get(collectionOf(served), namespace, name);
  }

  /** The object as it is now; undefined once it is gone, or another of its name is in its place. */
  current(object: KubeObject): KubeObject | undefined {
    const { kind, namespace, name } = this.#target(object);
    const live = this.#store.get(collectionOf(kind), namespace, name);
    return live?.metadata.uid === object.metadata.uid ? live : undefined;
  }

  create(object: KubeObject, manager: string): KubeObject {
    return this.#writer.create(this.#target(object), object, { ...plainWrite, manager });
  }

  /** Creates the object, or makes an existing one like it. Nothing is written where nothing differs. */
  ensure(object: KubeObject, manager: string): void {
    const target = this.#target(object);
    const live = this.#store.get(collectionOf(target.kind), target.namespace, target.name);
    if (live === undefined) {
      this.#writer.create(target, object, { ...plainWrite, manager });
    } else {
      const merged = { ...live, ...object, metadata: { ...live.metadata, ...object.metadata } };
      // Controllers look often, and what is as it should be needs no write to find that out.
      if (!jsonEqual(asJson(merged), asJson(live))) {
        this.#writer.update(target, merged, { ...plainWrite, manager });
      }
    }
  }

  /** Changes an object as it is now; one that is gone stays gone. What nothing holds any more goes. */
  change(object: KubeObject, manager: string, to: (live: KubeObject) => KubeObject): KubeObject | undefined {
    return this.#update(object, { ...plainWrite, manager }, to);
  }

  /** Puts a pod on its node; one that is gone stays gone. */
  bind(pod: KubeObject, node: string, manager: string): KubeObject | undefined {
    return this.#update(pod, { ...plainWrite, manager, isBinding: true }, (live) => {
      const { spec } = live as KubeObject & { readonly spec?: JsonObject };
      return { ...live, spec: { ...spec, nodeName: node } };
    });
  }

  #update(object: KubeObject, options: WriteOptions, to: (live: KubeObject) => KubeObject): KubeObject | undefined {
    const live = this.current(object);
    if (live === undefined) {
      return undefined;
    }
    const target = this.#target(object);
    const changed = this.#writer.update(target, to(live), options);
    this.#remover.release(target, changed);
    return changed;
  }

  writeStatus(object: KubeObject, status: JsonObject, manager: string): void {
    const live = this.current(object);
    if (live !== undefined && !jsonEqual(status, valueAt(asJson(live), 'status'))) {
      const options = { ...plainWrite, manager, subresource: 'status' } as const;
      this.#writer.update(this.#target(object), { ...live, status }, options);
    }
  }

  /** Deletes as a client does. */
  remove(object: KubeObject, propagation: Propagation = 'Background', graceSeconds?: number): void {
    if (this.current(object) !== undefined) {
      const grace = graceSeconds === undefined ? {} : { graceSeconds };
      const options = { uid: object.metadata.uid, resourceVersion: undefined, dryRun: false, propagation, ...grace };
      this.#remover.remove(this.#target(object), options);
    }
  }

  #target(object: KubeObject): Target {
    const [group = ''] = object.apiVersion.includes('/') ? object.apiVersion.split('/') : [''];
    const kind = this.#registry.byKind(group, object.kind);
    return { kind, namespace: object.metadata.namespace ?? '', name: object.metadata.name };
  }

  #find(group: string, kind: string): ServedKind | undefined {
    return this.#registry.find(group, kind);
  }
}

const plainWrite = { dryRun: false, validation: 'Ignore', force: true, subresource: '' } as const;

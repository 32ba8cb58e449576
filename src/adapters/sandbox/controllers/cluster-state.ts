import type { JsonObject } from '../../../domain/json.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { KindRegistry } from '../kind-registry.ts';
import type { ObjectRemover } from '../object-remover.ts';
import type { ObjectStore } from '../object-store.ts';
import type { ObjectWriter } from '../object-writer.ts';
import type { Target } from '../target.ts';
import type { ServedKind } from '../served-kind.ts';
import { collectionOf } from '../served-kind.ts';

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

  get(group: string, kind: string, namespace: string, name: string): KubeObject | undefined {
    const served = this.#find(group, kind);
    return served === undefined ? undefined : this.#store.get(collectionOf(served), namespace, name);
  }

  /** Creates the object, or makes an existing one like it. Nothing is written where nothing differs. */
  ensure(object: KubeObject, manager: string): void {
    const target = this.#target(object);
    const live = this.#store.get(collectionOf(target.kind), target.namespace, target.name);
    const options = { manager, dryRun: false, strict: false, force: true, subresource: '' } as const;
    if (live === undefined) {
      this.#writer.create(target, object, options);
    } else {
      this.#writer.update(target, { ...live, ...object, metadata: { ...live.metadata, ...object.metadata } }, options);
    }
  }

  writeStatus(object: KubeObject, status: JsonObject, manager: string): void {
    const target = this.#target(object);
    if (this.#store.get(collectionOf(target.kind), target.namespace, target.name) !== undefined) {
      const { resourceVersion: _, ...metadata } = object.metadata;
      const options = { manager, dryRun: false, strict: false, force: true, subresource: 'status' } as const;
      this.#writer.update(target, { ...object, metadata, status }, options);
    }
  }

  remove(object: KubeObject): void {
    this.#remover.remove(this.#target(object), { uid: undefined, resourceVersion: undefined, dryRun: false });
  }

  #target(object: KubeObject): Target {
    const [group = ''] = object.apiVersion.includes('/') ? object.apiVersion.split('/') : [''];
    const kind = this.#registry.byKind(group, object.kind);
    return { kind, namespace: object.metadata.namespace ?? '', name: object.metadata.name };
  }

  #find(group: string, kind: string): ServedKind | undefined {
    return this.#registry.all().find((candidate) => candidate.group === group && candidate.kind === kind);
  }
}

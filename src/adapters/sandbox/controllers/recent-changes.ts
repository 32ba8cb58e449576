import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { StoredChange } from '../objects/object-store.ts';

/** What was written since the controllers looked last, so that each looks only at what concerns it. */
export class RecentChanges {
  readonly #objects: ReadonlyMap<string, readonly KubeObject[]>;
  readonly #hasDeletions: boolean;

  constructor(changes: readonly StoredChange[]) {
    const objects = new Map<string, KubeObject[]>();
    for (const { object } of changes) {
      const known = objects.get(object.kind);
      if (known === undefined) {
        objects.set(object.kind, [object]);
      } else {
        known.push(object);
      }
    }
    this.#objects = objects;
    this.#hasDeletions = changes.some(
      ({ type, object }) => type === 'DELETED' || object.metadata.deletionTimestamp !== undefined,
    );
  }

  concern(...kinds: readonly string[]): boolean {
    return kinds.some((kind) => this.#objects.has(kind));
  }

  /** Objects of a kind that were written, as they were then. */
  of(kind: string): readonly KubeObject[] {
    return this.#objects.get(kind) ?? [];
  }

  /** Whether something went or is about to: its dependents may have to follow. */
  get leaveGarbage(): boolean {
    return this.#hasDeletions;
  }
}

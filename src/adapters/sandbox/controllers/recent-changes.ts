import { textAt } from '../../../domain/json.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { StoredChange } from '../object-store.ts';
import type { ClusterState } from './cluster-state.ts';
import { ownersOf } from './garbage-collector.ts';

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

  /** Whether an owner may be missing: something went, or something came whose owner is not there. */
  mayLeaveGarbage(state: ClusterState): boolean {
    return (
      this.#hasDeletions || [...this.#objects.values()].some((objects) => objects.some((one) => lacksOwner(state, one)))
    );
  }
}

function lacksOwner(state: ClusterState, object: KubeObject): boolean {
  return ownersOf(object).some((reference) => {
    const [group = ''] = (textAt(reference, 'apiVersion') ?? '').includes('/')
      ? (textAt(reference, 'apiVersion') ?? '').split('/')
      : [''];
    const kind = textAt(reference, 'kind') ?? '';
    const name = textAt(reference, 'name') ?? '';
    const near = state.get(group, kind, object.metadata.namespace ?? '', name) ?? state.get(group, kind, '', name);
    return near?.metadata.uid !== textAt(reference, 'uid');
  });
}

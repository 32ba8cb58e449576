import { isEstablished } from '../../../domain/crd/definition/definition-violations.ts';
import { valueAt } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { builtInKinds } from './built-in-kinds.ts';
import { customKinds } from './custom-kinds.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { ServedKind } from './served-kind.ts';

export const definitionsCollection = 'customresourcedefinitions.apiextensions.k8s.io';

interface Served {
  readonly all: readonly ServedKind[];
  readonly byResource: ReadonlyMap<string, ServedKind>;
  readonly byKind: ReadonlyMap<string, ServedKind>;
}

/** Which kinds are served now: the built-in ones and those of every established definition. */
export class KindRegistry {
  readonly #store: ObjectStore;
  readonly #custom = new Map<string, { readonly version: string; readonly kinds: readonly ServedKind[] }>();
  /** Until a definition is written. */
  #served: Served | undefined;

  constructor(store: ObjectStore) {
    this.#store = store;
    store.subscribe(({ collection }) => {
      if (collection === definitionsCollection) {
        this.#served = undefined;
      }
    });
  }

  all(): readonly ServedKind[] {
    return this.#now().all;
  }

  byResource(group: string, version: string, resource: string): ServedKind | undefined {
    return this.#now().byResource.get(`${group}/${version}/${resource}`);
  }

  /** The kind in the version that comes first; undefined where it is not served. */
  find(group: string, kind: string): ServedKind | undefined {
    return this.#now().byKind.get(`${group}/${kind}`);
  }

  byKind(group: string, kind: string): ServedKind {
    const found = this.find(group, kind);
    if (found === undefined) {
      throw new Error(`bug: kind ${kind} is not served`);
    }
    return found;
  }

  #now(): Served {
    if (this.#served === undefined) {
      const established = this.#store
        .list(definitionsCollection)
        .filter((definition) => isEstablished(asJson(definition)));
      const all = [...builtInKinds(), ...established.flatMap((definition) => this.#kindsOf(definition))];
      this.#served = {
        all,
        byResource: firstBy(all, (kind) => `${kind.group}/${kind.version}/${kind.resource}`),
        byKind: firstBy(all, (kind) => `${kind.group}/${kind.kind}`),
      };
    }
    return this.#served;
  }

  /** The kinds of a definition, served or not yet. Schemas are translated once a version of the definition. */
  #kindsOf(definition: KubeObject): readonly ServedKind[] {
    const { name, uid = '', generation = 0, deletionTimestamp = '' } = definition.metadata;
    const names = JSON.stringify(valueAt(asJson(definition), 'status', 'acceptedNames') ?? {});
    const version = `${uid}/${generation}/${deletionTimestamp}/${names}`;
    const known = this.#custom.get(name);
    if (known?.version === version) {
      return known.kinds;
    }
    const kinds = customKinds(definition);
    this.#custom.set(name, { version, kinds });
    return kinds;
  }
}

function firstBy(kinds: readonly ServedKind[], keyOf: (kind: ServedKind) => string): ReadonlyMap<string, ServedKind> {
  // Later entries replace earlier ones.
  return new Map(kinds.toReversed().map((kind) => [keyOf(kind), kind]));
}

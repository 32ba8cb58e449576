import { textAt } from '../../../domain/json.ts';
import { listAt } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { builtInKinds } from './built-in-kinds.ts';
import { customKinds } from './custom-kinds.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import type { ServedKind } from './served-kind.ts';

export const definitionsCollection = 'customresourcedefinitions.apiextensions.k8s.io';

/** Which kinds are served now: the built-in ones and those of every established definition. */
export class KindRegistry {
  readonly #store: ObjectStore;
  readonly #custom = new Map<string, { readonly version: string; readonly kinds: readonly ServedKind[] }>();

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  all(): readonly ServedKind[] {
    const established = this.#store.list(definitionsCollection).filter((definition) => isEstablished(definition));
    return [...builtInKinds(), ...established.flatMap((definition) => this.#kindsOf(definition))];
  }

  byResource(group: string, version: string, resource: string): ServedKind | undefined {
    return this.all().find((kind) => kind.group === group && kind.version === version && kind.resource === resource);
  }

  byKind(group: string, kind: string): ServedKind {
    const found = this.all().find((candidate) => candidate.group === group && candidate.kind === kind);
    if (found === undefined) {
      throw new Error(`bug: kind ${kind} is not served`);
    }
    return found;
  }

  /** The kinds of a definition, served or not yet. Schemas are translated once a version of the definition. */
  #kindsOf(definition: KubeObject): readonly ServedKind[] {
    const { name, uid = '', generation = 0 } = definition.metadata;
    const version = `${uid}/${generation}`;
    const known = this.#custom.get(name);
    if (known?.version === version) {
      return known.kinds;
    }
    const kinds = customKinds(definition);
    this.#custom.set(name, { version, kinds });
    return kinds;
  }
}

function isEstablished(definition: KubeObject): boolean {
  return listAt(asJson(definition), 'status', 'conditions').some(
    (condition) => textAt(condition, 'type') === 'Established' && textAt(condition, 'status') === 'True',
  );
}

import type { KubeObject } from '../../../domain/manifest/kube-object.ts';

/** The objects of one kind by namespace and name. A write costs the same whatever number of objects there is, but for a copy of the order. */
export class ObjectCollection {
  readonly #objects = new Map<string, KubeObject>();
  /** The keys in their order. */
  readonly #keys: string[] = [];
  /** Lists by namespace, '' for all, until something is written. */
  readonly #lists = new Map<string, readonly KubeObject[]>();

  get(namespace: string, name: string): KubeObject | undefined {
    return this.#objects.get(`${namespace}/${name}`);
  }

  /** Every object, or those of one namespace, in the order of their keys. */
  list(namespace?: string): readonly KubeObject[] {
    const prefix = namespace === undefined ? '' : `${namespace}/`;
    const known = this.#lists.get(prefix);
    if (known !== undefined) {
      return known;
    }
    const listed: KubeObject[] = [];
    for (let index = this.#placeOf(prefix); index < this.#keys.length; index += 1) {
      const key = this.#keys[index] ?? '';
      const object = this.#objects.get(key);
      if (object === undefined || !key.startsWith(prefix)) {
        break;
      }
      listed.push(object);
    }
    this.#lists.set(prefix, listed);
    return listed;
  }

  /** Gives the object that was in its place. */
  put(object: KubeObject): KubeObject | undefined {
    const key = keyOf(object);
    const previous = this.#objects.get(key);
    if (previous === undefined) {
      this.#keys.splice(this.#placeOf(key), 0, key);
    }
    this.#objects.set(key, object);
    this.#lists.clear();
    return previous;
  }

  delete(object: KubeObject): boolean {
    const key = keyOf(object);
    if (!this.#objects.delete(key)) {
      return false;
    }
    this.#keys.splice(this.#placeOf(key), 1);
    this.#lists.clear();
    return true;
  }

  /** Where a key stands or would stand. */
  #placeOf(key: string): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#keys[middle] ?? '') < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

import { CelMap, CelObject, isList } from './value.ts';
import type { CelValue } from './value.ts';
import { equal } from './equality.ts';

/** A value that may be none. */
export class CelOptional extends CelObject {
  readonly typeName = 'optional_type';
  readonly value: CelValue | undefined;

  constructor(value: CelValue | undefined) {
    super();
    this.value = value;
  }

  equals(other: CelObject): boolean {
    if (!(other instanceof CelOptional) || this.value === undefined || other.value === undefined) {
      return other instanceof CelOptional && this.value === other.value;
    }
    return equal(this.value, other.value);
  }
}

/** What a field or an index finds, or undefined: of a map its key, of a list its place. */
export function lookUp(target: CelValue, key: CelValue): CelValue | undefined {
  if (target instanceof CelMap) {
    return target.get(key);
  }
  const place = typeof key === 'number' && Number.isInteger(key) ? BigInt(key) : key;
  if (isList(target) && typeof place === 'bigint') {
    return place < 0n || place >= BigInt(target.length) ? undefined : target[Number(place)];
  }
  return undefined;
}

import { CelMap, CelObject, CelUint, isList } from './value.ts';
import type { CelValue } from './value.ts';

/** Equality of any two values: of different types they are not equal, but numbers are compared across their types. */
export function equal(left: CelValue, right: CelValue): boolean {
  const one = numeric(left);
  const other = numeric(right);
  if (one !== undefined || other !== undefined) {
    // JavaScript compares a bigint and a number by their mathematical values.
    // oxlint-disable-next-line eqeqeq
    return one !== undefined && other !== undefined && one == other;
  }
  if (isList(left)) {
    return isList(right) && left.length === right.length && left.every((item, at) => equal(item, right[at] ?? null));
  }
  if (left instanceof CelMap) {
    return right instanceof CelMap && sameEntries(left, right);
  }
  if (left instanceof CelObject) {
    return right instanceof CelObject && left.equals(right);
  }
  return left === right;
}

function sameEntries(left: CelMap, right: CelMap): boolean {
  return (
    left.size === right.size &&
    left.keys().every((key) => {
      const other = right.get(key);
      return other !== undefined && equal(left.get(key) ?? null, other);
    })
  );
}

/** The mathematical value of a number; undefined for any other type. */
export function numeric(value: CelValue): bigint | number | undefined {
  if (typeof value === 'bigint' || typeof value === 'number') {
    return value;
  }
  return value instanceof CelUint ? value.value : undefined;
}

/** How much a value weighs in a comparison: the size of what must be walked. */
export function weightOf(value: CelValue): number {
  if (typeof value === 'string') {
    return value.length * 0.1;
  }
  if (isList(value)) {
    return 1 + value.reduce((sum: number, item) => sum + weightOf(item), 0);
  }
  return value instanceof CelMap ? 1 + value.size : 1;
}

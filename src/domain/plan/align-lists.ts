import { canonicalJson, type Json } from '../json.ts';

/** One row of two lists laid side by side: indexes of elements that belong together. One side alone: removed or added. */
export interface AlignedPair {
  readonly left: number | undefined;
  readonly right: number | undefined;
}

/** Above this many comparisons elements are paired by index: a readable difference isn't worth a stall. */
const comparisonLimit = 1_000_000;

/** Lengths of the longest common subsequences of every pair of tails, row by row. */
function tailLengths(left: readonly string[], right: readonly string[]): readonly Uint32Array[] {
  const rows: Uint32Array[] = Array.from({ length: left.length + 1 }, () => new Uint32Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i -= 1) {
    const row = rows[i] ?? new Uint32Array();
    const below = rows[i + 1] ?? new Uint32Array();
    for (let j = right.length - 1; j >= 0; j -= 1) {
      row[j] = left[i] === right[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return rows;
}

/** Elements that both lists have in the same order, as pairs of indexes. */
function commonPairs(left: readonly string[], right: readonly string[]): readonly (readonly [number, number])[] {
  const lengths = tailLengths(left, right);
  const pairs: (readonly [number, number])[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    if (left[i] === right[j]) {
      pairs.push([i, j]);
      i += 1;
      j += 1;
    } else if ((lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0)) {
      i += 1;
    } else {
      j += 1;
    }
  }
  return pairs;
}

/** What lies between two common elements: paired from the front, the rest alone. */
function gap(left: readonly [number, number], right: readonly [number, number]): readonly AlignedPair[] {
  const rows = Math.max(left[1] - left[0], right[1] - right[0]);
  return Array.from({ length: rows }, (_, row) => ({
    left: left[0] + row < left[1] ? left[0] + row : undefined,
    right: right[0] + row < right[1] ? right[0] + row : undefined,
  }));
}

/** Lays two lists side by side so that as few elements as possible differ; equal ones are left out. */
export function alignLists(before: readonly Json[], after: readonly Json[]): readonly AlignedPair[] {
  if (before.length * after.length > comparisonLimit) {
    return gap([0, before.length], [0, after.length]);
  }
  const left = before.map((value) => canonicalJson(value));
  const right = after.map((value) => canonicalJson(value));
  const rows: AlignedPair[] = [];
  let start: readonly [number, number] = [0, 0];
  for (const [i, j] of [...commonPairs(left, right), [left.length, right.length] as const]) {
    rows.push(...gap([start[0], i], [start[1], j]));
    start = [i + 1, j + 1];
  }
  return rows;
}

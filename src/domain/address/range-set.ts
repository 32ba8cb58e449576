import { compareAddresses, highestOf, ipAddress, type IpAddress, ipFamilies, type IpFamily } from './ip-address.ts';
import {
  compareRanges,
  formatRange,
  type IpRange,
  rangeContains,
  rangeOf,
  rangeSize,
  sharedRange,
} from './ip-range.ts';

declare const rangeSetBrand: unique symbol;

/**
 * A set of addresses of both families, as its ranges: sorted, disjoint, none touching the next. One set has one form, so
 * equal sets have equal ranges. All work is in the number of ranges, never of addresses.
 */
export interface RangeSet {
  readonly ranges: readonly IpRange[];
  readonly [rangeSetBrand]: true;
}

export const emptyRangeSet: RangeSet = sealed([]);

/** The set of all addresses in any of the ranges, which may overlap and come in any order. */
export function rangeSetOf(ranges: Iterable<IpRange>): RangeSet {
  const merged: IpRange[] = [];
  for (const range of [...ranges].toSorted(compareRanges)) {
    const last = merged.at(-1);
    if (last === undefined || last.family !== range.family || range.first > last.last + 1n) {
      merged.push(range);
    } else if (range.last > last.last) {
      merged[merged.length - 1] = rangeOf(last.family, last.first, range.last);
    }
  }
  return sealed(merged);
}

/** In any of the sets. */
export function unionOf(...sets: readonly RangeSet[]): RangeSet {
  return rangeSetOf(sets.flatMap((set) => set.ranges));
}

/** In both sets. */
export function intersectionOf(left: RangeSet, right: RangeSet): RangeSet {
  return sealed([...sharedRanges(left.ranges, right.ranges)]);
}

/** True where an address is in both sets. */
export function setsOverlap(left: RangeSet, right: RangeSet): boolean {
  return sharedRanges(left.ranges, right.ranges).next().done !== true;
}

/** The lowest addresses of the range that are in the set, as one range; undefined where none is. Binary search. */
export function firstShared(set: RangeSet, range: IpRange): IpRange | undefined {
  let low = 0;
  let high = set.ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const candidate = set.ranges[middle];
    if (candidate !== undefined && liesBefore(candidate, range)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const found = set.ranges[low];
  return found === undefined ? undefined : sharedRange(found, range);
}

function liesBefore(range: IpRange, other: IpRange): boolean {
  return range.family === other.family ? range.last < other.first : range.family === 'ipv4';
}

/** In `left` and not in `right`. */
export function differenceOf(left: RangeSet, right: RangeSet): RangeSet {
  return sealed([...sharedRanges(left.ranges, gapsOf(right.ranges))]);
}

/** Binary search. */
export function setContains(set: RangeSet, address: IpAddress): boolean {
  let low = 0;
  let high = set.ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const range = set.ranges[middle];
    if (range === undefined) {
      return false;
    }
    if (rangeContains(range, address)) {
      return true;
    }
    if (compareAddresses(address, ipAddress(range.family, range.first)) < 0) {
      high = middle - 1;
    } else {
      low = middle + 1;
    }
  }
  return false;
}

/** How many addresses of the family. */
export function countAddresses(set: RangeSet, family: IpFamily): bigint {
  return set.ranges.reduce((sum, range) => (range.family === family ? sum + rangeSize(range) : sum), 0n);
}

/** The addresses of one family only. */
export function ofFamily(set: RangeSet, family: IpFamily): RangeSet {
  return sealed(set.ranges.filter((range) => range.family === family));
}

/** Every address in order, one at a time: taking the first few costs the same at any size. */
export function* addressesOf(set: RangeSet): Generator<IpAddress, void, undefined> {
  for (const range of set.ranges) {
    for (let value = range.first; value <= range.last; value += 1n) {
      yield ipAddress(range.family, value);
    }
  }
}

export function setsEqual(left: RangeSet, right: RangeSet): boolean {
  return (
    left.ranges.length === right.ranges.length &&
    left.ranges.every((range, index) => {
      const other = right.ranges[index];
      return other !== undefined && compareRanges(range, other) === 0;
    })
  );
}

/** The ranges in their shortest form, separated by `, `; `none` for the empty set. */
export function formatRangeSet(set: RangeSet): string {
  return set.ranges.length === 0 ? 'none' : set.ranges.map((range) => formatRange(range)).join(', ');
}

/** Every address of both families that is in none of the ranges. */
function gapsOf(ranges: readonly IpRange[]): readonly IpRange[] {
  return ipFamilies.flatMap((family) => {
    const gaps: IpRange[] = [];
    let next = 0n;
    for (const range of ranges.filter((each) => each.family === family)) {
      if (range.first > next) {
        gaps.push(rangeOf(family, next, range.first - 1n));
      }
      next = range.last + 1n;
    }
    if (next <= highestOf(family)) {
      gaps.push(rangeOf(family, next, highestOf(family)));
    }
    return gaps;
  });
}

/** Two-finger walk over sorted disjoint ranges. The results are sorted, disjoint and cannot touch. */
function* sharedRanges(left: readonly IpRange[], right: readonly IpRange[]): Generator<IpRange, void, undefined> {
  let leftAt = 0;
  let rightAt = 0;
  for (;;) {
    const a = left[leftAt];
    const b = right[rightAt];
    if (a === undefined || b === undefined) {
      return;
    }
    const shared = sharedRange(a, b);
    if (shared !== undefined) {
      yield shared;
    }
    if (endsBefore(a, b)) {
      leftAt += 1;
    } else {
      rightAt += 1;
    }
  }
}

function endsBefore(range: IpRange, other: IpRange): boolean {
  return range.family === other.family ? range.last < other.last : range.family === 'ipv4';
}

function sealed(ranges: readonly IpRange[]): RangeSet {
  return { ranges } as RangeSet;
}

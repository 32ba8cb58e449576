import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddress, ipAddress } from '../../../src/domain/address/ip-address.ts';
import { rangeOf } from '../../../src/domain/address/ip-range.ts';
import {
  addressesOf,
  countAddresses,
  differenceOf,
  emptyRangeSet,
  formatRangeSet,
  intersectionOf,
  ofFamily,
  type RangeSet,
  rangeSetOf,
  setContains,
  setsEqual,
  setsOverlap,
  unionOf,
} from '../../../src/domain/address/range-set.ts';
import { addr, everyPoint, range, type ToyRange, toyRanges } from './address-fixtures.ts';

const everyIpv4 = range('0.0.0.0-255.255.255.255');
const everyIpv6 = range('::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff');

function setOf(toys: readonly ToyRange[]): RangeSet {
  return rangeSetOf(toys.map((toy) => toy.range));
}

function idsOf(toys: readonly ToyRange[]): ReadonlySet<number> {
  return new Set(toys.flatMap((toy) => toy.ids));
}

/** The points a set holds, found by asking for each. */
function pointsOf(set: RangeSet): readonly number[] {
  return everyPoint.filter((point) => setContains(set, point.address)).map((point) => point.id);
}

function pointsWhere(test: (id: number) => boolean): readonly number[] {
  return everyPoint.map((point) => point.id).filter(test);
}

function expectCanonical(set: RangeSet): void {
  expect(setsEqual(rangeSetOf(set.ranges.toReversed()), set)).toBe(true);
}

describe('a range set', () => {
  it('agrees with a set of single addresses in union, intersection, difference and overlap', () => {
    fc.assert(
      fc.property(toyRanges, toyRanges, (left, right) => {
        const [a, b] = [setOf(left), setOf(right)];
        const [inA, inB] = [idsOf(left), idsOf(right)];
        const union = unionOf(a, b);
        const shared = intersectionOf(a, b);
        const rest = differenceOf(a, b);
        expect(pointsOf(union)).toStrictEqual(pointsWhere((id) => inA.has(id) || inB.has(id)));
        expect(pointsOf(shared)).toStrictEqual(pointsWhere((id) => inA.has(id) && inB.has(id)));
        expect(pointsOf(rest)).toStrictEqual(pointsWhere((id) => inA.has(id) && !inB.has(id)));
        expect(setsOverlap(a, b)).toBe([...inA].some((id) => inB.has(id)));
        for (const set of [a, union, shared, rest]) {
          expectCanonical(set);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('counts and lists exactly its addresses, in order and once each', () => {
    fc.assert(
      fc.property(toyRanges, (toys) => {
        const set = setOf(toys);
        const ids = idsOf(toys);
        // The windows stand in order, so their points do.
        const expected = everyPoint.filter((point) => ids.has(point.id)).map((point) => point.address);
        expect([...addressesOf(set)]).toStrictEqual(expected);
        for (const family of ['ipv4', 'ipv6'] as const) {
          const count = expected.filter((address) => address.family === family).length;
          expect(countAddresses(set, family)).toBe(BigInt(count));
          expect(countAddresses(ofFamily(set, family), family)).toBe(BigInt(count));
        }
      }),
    );
  });

  it('loses what is taken away and gets it back whole', () => {
    fc.assert(
      fc.property(toyRanges, toyRanges, (left, right) => {
        const [a, b] = [setOf(left), setOf(right)];
        expect(setsEqual(unionOf(differenceOf(a, b), intersectionOf(a, b)), a)).toBe(true);
        const world = rangeSetOf([everyIpv4, everyIpv6]);
        expect(setsEqual(differenceOf(world, differenceOf(world, a)), a)).toBe(true);
      }),
    );
  });

  it('joins ranges that touch, and never across the border of the families', () => {
    expect(formatRangeSet(rangeSetOf([range('10.0.0.4-10.0.0.7'), range('10.0.0.0-10.0.0.3')]))).toBe('10.0.0.0/29');
    expect(formatRangeSet(rangeSetOf([range('::'), range('255.255.255.255')]))).toBe('255.255.255.255, ::');
    expect(formatRangeSet(emptyRangeSet)).toBe('none');
  });

  it('works at the ends of both families', () => {
    const world = rangeSetOf([everyIpv4, everyIpv6]);
    const ends = rangeSetOf(['0.0.0.0', '255.255.255.255', '::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'].map(range));
    expect(formatRangeSet(differenceOf(world, ends))).toBe(
      '0.0.0.1-255.255.255.254, ::1-ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe',
    );
    expect(formatRangeSet(differenceOf(world, world))).toBe('none');
    expect(countAddresses(world, 'ipv6')).toBe(1n << 128n);
    expect(countAddresses(world, 'ipv4')).toBe(1n << 32n);
  });

  it('lists the first addresses of ::/0 without walking it', () => {
    const first: string[] = [];
    for (const address of addressesOf(rangeSetOf([everyIpv6]))) {
      first.push(formatAddress(address));
      if (first.length === 3) {
        break;
      }
    }
    expect(first).toStrictEqual(['::', '::1', '::2']);
  });

  it('handles a hundred thousand ranges of 2^64 addresses each by their number, not their size', () => {
    const size = 1n << 64n;
    const every = Array.from({ length: 100_000 }, (_, index) => {
      const first = BigInt(index) * 2n * size;
      return rangeOf('ipv6', first, first + size - 1n);
    });
    const set = rangeSetOf(every.toReversed());
    const shifted = rangeSetOf(every.map((each) => rangeOf('ipv6', each.first + size / 2n, each.last + size / 2n)));
    expect(set.ranges).toHaveLength(100_000);
    expect(countAddresses(intersectionOf(set, shifted), 'ipv6')).toBe(100_000n * (size / 2n));
    expect(countAddresses(differenceOf(set, shifted), 'ipv6')).toBe(100_000n * (size / 2n));
    expect(setContains(set, ipAddress('ipv6', 199_998n * size))).toBe(true);
    expect(setContains(set, ipAddress('ipv6', 199_999n * size))).toBe(false);
    expect(setContains(set, addr('10.0.0.1'))).toBe(false);
  });
});

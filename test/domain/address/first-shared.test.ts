import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rangeOf, sharedRange } from '../../../src/domain/address/ip-range.ts';
import { firstShared, rangeSetOf } from '../../../src/domain/address/range-set.ts';

const range = fc
  .tuple(fc.constantFrom('ipv4' as const, 'ipv6' as const), fc.nat({ max: 80 }), fc.nat({ max: 9 }))
  .map(([family, first, length]) => rangeOf(family, BigInt(first), BigInt(first + length)));

describe('the first addresses a set shares with a range', () => {
  it('are those that a walk over all ranges finds first', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 12 }), range, (ranges, wanted) => {
        const set = rangeSetOf(ranges);
        const [expected] = set.ranges.flatMap((each) => sharedRange(each, wanted) ?? []);
        expect(firstShared(set, wanted)).toStrictEqual(expected);
      }),
    );
  });
});

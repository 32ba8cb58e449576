import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRange, rangeOf } from '../../../src/domain/address/ip-range.ts';
import { addressesOf, rangeSetOf } from '../../../src/domain/address/range-set.ts';
import { parseAddressEntry } from '../../../src/domain/pool/address-entry.ts';
import {
  poolCapacity,
  poolContains,
  type PoolAddresses,
  usableRanges,
} from '../../../src/domain/pool/pool-addresses.ts';
import { addr } from '../address/address-fixtures.ts';

function pool(avoidBuggyIPs: boolean, ...entries: readonly string[]): PoolAddresses {
  const ranges = entries.map((text) => {
    const entry = parseAddressEntry(text);
    if (!entry.ok) {
      throw new Error(`the test's own entry ${text} is bad`);
    }
    return entry.value.range;
  });
  return { set: rangeSetOf(ranges), avoidBuggyIPs };
}

describe('the capacity of a pool', () => {
  it.each([
    [false, ['1.2.3.0/24'], 256n, 0n],
    [false, ['1.2.3.0/24', '1.2.4.0/25'], 384n, 0n],
    [true, ['1.2.3.0/24', '1.2.4.0/25'], 381n, 0n],
    [true, ['1.2.3.0/24', '1.2.4.0/25', '1000::/64'], 381n, 1n << 64n],
    [true, ['1.2.3.0/31', '1000::/127'], 1n, 2n],
    [true, ['0.0.0.0/0', '::/0'], (1n << 32n) - (1n << 25n), 1n << 128n],
    [true, ['1.2.3.255/32'], 0n, 0n],
    [true, ['10.0.0.0/8'], (1n << 24n) - (1n << 17n), 0n],
  ])('with avoidBuggyIPs %s and %j is exact', (avoid, entries, ipv4, ipv6) => {
    const addresses = pool(avoid, ...entries);
    expect([poolCapacity(addresses, 'ipv4'), poolCapacity(addresses, 'ipv6')]).toStrictEqual([ipv4, ipv6]);
  });

  it('is the number of addresses that do not end in .0 or .255, counted one by one', () => {
    fc.assert(
      fc.property(fc.nat({ max: 1200 }), fc.nat({ max: 700 }), fc.boolean(), (first, extra, avoidBuggyIPs) => {
        const set = rangeSetOf([rangeOf('ipv4', BigInt(first), BigInt(first + extra))]);
        const addresses: PoolAddresses = { set, avoidBuggyIPs };
        const counted = Array.from({ length: extra + 1 }, (_, index) => first + index).filter(
          (value) => !avoidBuggyIPs || (value % 256 !== 0 && value % 256 !== 255),
        );
        expect(poolCapacity(addresses, 'ipv4')).toBe(BigInt(counted.length));
        const walked = [...addressesOf(rangeSetOf(usableRanges(addresses)))].map((address) => Number(address.value));
        expect(walked).toStrictEqual(counted);
      }),
    );
  });

  it('starts to list a large pool at once', () => {
    const first = usableRanges(pool(true, '0.0.0.0/0')).next();
    expect(first.done === true ? '' : formatRange(first.value)).toBe('0.0.0.1-0.0.0.254');
  });
});

describe('poolContains', () => {
  it('leaves out .0 and .255 of IPv4 only, and only where asked to', () => {
    const [avoiding, taking] = [pool(true, '10.0.0.0/8', 'fd00::/64'), pool(false, '10.0.0.0/8', 'fd00::/64')];
    expect(
      ['10.1.2.0', '10.1.2.255', '10.1.2.1', 'fd00::', 'fd00::ff', '11.0.0.1']
        .map(addr)
        .map((each) => poolContains(avoiding, each)),
    ).toStrictEqual([false, false, true, true, true, false]);
    expect(poolContains(taking, addr('10.1.2.0'))).toBe(true);
  });
});

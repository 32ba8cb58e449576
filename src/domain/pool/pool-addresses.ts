import { type IpAddress, type IpFamily } from '../address/ip-address.ts';
import { type IpRange, rangeOf } from '../address/ip-range.ts';
import { countAddresses, ofFamily, type RangeSet, setContains } from '../address/range-set.ts';

/** The addresses a pool gives out. With `avoidBuggyIPs` IPv4 addresses that end in .0 or .255 are none of them. */
export interface PoolAddresses {
  readonly set: RangeSet;
  readonly avoidBuggyIPs: boolean;
}

/** True for IPv4 addresses that end in .0 or .255, which some old devices take for a network or a broadcast. */
function isBuggyAddress(address: IpAddress): boolean {
  const end = address.value & 255n;
  return address.family === 'ipv4' && (end === 0n || end === 255n);
}

/** True where the pool may give out the address. */
export function poolContains(pool: PoolAddresses, address: IpAddress): boolean {
  return setContains(pool.set, address) && !(pool.avoidBuggyIPs && isBuggyAddress(address));
}

/** How many addresses of the family the pool can give out: exact, by arithmetic on the ends of its ranges. */
export function poolCapacity(pool: PoolAddresses, family: IpFamily): bigint {
  const all = countAddresses(pool.set, family);
  if (!pool.avoidBuggyIPs || family === 'ipv6') {
    return all;
  }
  return ofFamily(pool.set, 'ipv4').ranges.reduce((left, range) => left - buggyIn(range), all);
}

/**
 * The ranges the pool gives out, in order, one at a time. With `avoidBuggyIPs` there is one every 256 addresses, so a
 * large pool is walked, never collected.
 */
export function* usableRanges(pool: PoolAddresses): Generator<IpRange, void, undefined> {
  for (const range of pool.set.ranges) {
    if (pool.avoidBuggyIPs && range.family === 'ipv4') {
      yield* withoutBuggy(range);
    } else {
      yield range;
    }
  }
}

function* withoutBuggy(range: IpRange): Generator<IpRange, void, undefined> {
  for (let block = (range.first >> 8n) << 8n; block <= range.last; block += 256n) {
    const first = range.first > block + 1n ? range.first : block + 1n;
    const last = range.last < block + 254n ? range.last : block + 254n;
    if (first <= last) {
      yield rangeOf('ipv4', first, last);
    }
  }
}

function buggyIn(range: IpRange): bigint {
  return buggyBelow(range.last + 1n) - buggyBelow(range.first);
}

/** How many of 0 … end-1 end in .0 or .255. */
function buggyBelow(end: bigint): bigint {
  return (end >> 8n) * 2n + ((end & 255n) > 0n ? 1n : 0n);
}

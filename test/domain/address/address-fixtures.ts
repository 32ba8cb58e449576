import * as fc from 'fast-check';
import { highestOf, type IpAddress, ipAddress, type IpFamily } from '../../../src/domain/address/ip-address.ts';
import { type IpRange, rangeBetween, rangeOf } from '../../../src/domain/address/ip-range.ts';
import { parseAddress } from '../../../src/domain/address/parse-address.ts';

/** The address that a text names; a text that names none breaks the test. */
export function addr(text: string): IpAddress {
  const result = parseAddress(text);
  if (!result.ok) {
    throw new Error(`the test's own address ${text} is bad: ${result.reason.kind}`);
  }
  return result.value;
}

/** `first-last`, or one address. */
export function range(text: string): IpRange {
  const [first = '', last = first] = text.split('-');
  return rangeBetween(addr(first), addr(last));
}

/** Windows of `windowSize` addresses where carries, family ends and word borders lie. */
const windowSize = 48;
const windows: readonly { readonly family: IpFamily; readonly base: bigint }[] = (['ipv4', 'ipv6'] as const).flatMap(
  (family) => {
    const middle = family === 'ipv4' ? 0x0affffe8n : (0x20010db8n << 96n) | ((1n << 64n) - 24n);
    return [0n, middle, highestOf(family) + 1n - BigInt(windowSize)].map((base) => ({ family, base }));
  },
);

/** A point of the small world: which window, and how far in. The oracle works on `id` alone. */
export interface Point {
  readonly id: number;
  readonly address: IpAddress;
}

export const everyPoint: readonly Point[] = windows.flatMap(({ family, base }, window) =>
  Array.from({ length: windowSize }, (_, offset) => ({
    id: window * windowSize + offset,
    address: ipAddress(family, base + BigInt(offset)),
  })),
);

/** A range of the small world beside the points in it. */
export interface ToyRange {
  readonly range: IpRange;
  readonly ids: readonly number[];
}

export const toyRange: fc.Arbitrary<ToyRange> = fc
  .tuple(
    fc.integer({ min: 0, max: windows.length - 1 }),
    fc.integer({ min: 0, max: windowSize - 1 }),
    fc.integer({ min: 0, max: 14 }),
  )
  .map(([window, first, extra]) => {
    const last = Math.min(windowSize - 1, first + extra);
    const { family, base } = windows[window] ?? { family: 'ipv4' as const, base: 0n };
    return {
      range: rangeOf(family, base + BigInt(first), base + BigInt(last)),
      ids: Array.from({ length: last - first + 1 }, (_, index) => window * windowSize + first + index),
    };
  });

export const toyRanges: fc.Arbitrary<readonly ToyRange[]> = fc.array(toyRange, { maxLength: 12 });

/** Any address, ends and borders more often than chance gives. */
export const anyAddress: fc.Arbitrary<IpAddress> = fc.constantFrom<IpFamily>('ipv4', 'ipv6').chain((family) =>
  fc
    .oneof(
      fc.bigInt({ min: 0n, max: highestOf(family) }),
      fc
        .array(fc.constantFrom('0000', '0001', 'ffff', '0a00', '1234'), { minLength: 8, maxLength: 8 })
        .map((groups) => BigInt(`0x${groups.slice(0, family === 'ipv4' ? 2 : 8).join('')}`)),
      fc.constantFrom(0n, highestOf(family)),
    )
    .map((value) => ipAddress(family, value)),
);

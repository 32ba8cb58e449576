import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitsOf, formatAddress, ipAddress } from '../../../src/domain/address/ip-address.ts';
import {
  coverRange,
  formatPrefix,
  formatRange,
  type IpRange,
  prefixAround,
  prefixOfRange,
  rangeBetween,
  rangeContains,
  rangeOf,
  rangeOfPrefix,
  rangeSize,
  sharedRange,
} from '../../../src/domain/address/ip-range.ts';
import { hasHostBits, parsePrefix } from '../../../src/domain/address/parse-prefix.ts';
import { addr, anyAddress, everyPoint, range, toyRange } from './address-fixtures.ts';

function prefix(text: string): IpRange {
  const result = parsePrefix(text);
  if (!result.ok) {
    throw new Error(`the test's own block ${text} is bad`);
  }
  return rangeOfPrefix(result.value.prefix);
}

describe('parsePrefix', () => {
  it.each([
    ['10.0.0.0/8', '10.0.0.0/8', false],
    ['10.0.0.5/24', '10.0.0.0/24', true],
    ['192.168.1.10/30', '192.168.1.8/30', true],
    ['2001:559:7bd::1eff/126', '2001:559:7bd::1efc/126', true],
    ['1.2.3.4/32', '1.2.3.4/32', false],
    ['255.255.255.255/0', '0.0.0.0/0', true],
    ['::/0', '::/0', false],
    ['fd00::/008', 'fd00::/8', false],
    ['::1/128', '::1/128', false],
  ])('reads %s as the block %s', (text, block, hostBits) => {
    const result = parsePrefix(text);
    expect(result.ok && formatPrefix(result.value.prefix)).toBe(block);
    expect(result.ok && hasHostBits(result.value)).toBe(hostBits);
  });

  it.each([
    ['10.0.0.0/33', { kind: 'bad-length', length: '33', bits: 32 }],
    ['fd00::/129', { kind: 'bad-length', length: '129', bits: 128 }],
    ['10.0.0.0/', { kind: 'bad-length', length: '', bits: 32 }],
    ['10.0.0.0/-1', { kind: 'bad-length', length: '-1', bits: 32 }],
    ['10.0.0.0/8/8', { kind: 'bad-length', length: '8/8', bits: 32 }],
    ['10.0.0.0/ 8', { kind: 'bad-length', length: ' 8', bits: 32 }],
    ['10.0.0.0/1e1', { kind: 'bad-length', length: '1e1', bits: 32 }],
    ['10.0.0.0 /8', { kind: 'bad-address', address: { kind: 'blank', detail: '10.0.0.0 ' } }],
    ['/8', { kind: 'bad-address', address: { kind: 'empty', detail: '' } }],
    ['fe80::%eth0/64', { kind: 'bad-address', address: { kind: 'zone', detail: '%eth0' } }],
    ['10.0.0.1', { kind: 'no-length', address: addr('10.0.0.1') }],
  ])('refuses %s', (text, reason) => {
    expect(parsePrefix(text)).toStrictEqual({ ok: false, reason });
  });
});

describe('a range', () => {
  it('is as large as arithmetic says, at any size', () => {
    expect(rangeSize(prefix('10.0.0.0/8'))).toBe(16_777_216n);
    expect(rangeSize(prefix('fd00::/32'))).toBe(1n << 96n);
    expect(rangeSize(prefix('::/0'))).toBe(1n << 128n);
    expect(rangeSize(prefix('0.0.0.0/0'))).toBe(1n << 32n);
    expect(rangeSize(range('::1'))).toBe(1n);
  });

  it.each([
    ['192.168.1.220-192.168.1.250', '192.168.1.220-192.168.1.250'],
    ['192.168.1.0-192.168.1.255', '192.168.1.0/24'],
    ['192.168.1.1-192.168.1.2', '192.168.1.1-192.168.1.2'],
    ['192.168.1.7-192.168.1.7', '192.168.1.7'],
    ['::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '::/0'],
    ['::-::1', '::/127'],
  ])('of %s is written %s', (text, shortest) => {
    expect(formatRange(range(text))).toBe(shortest);
  });

  it('cannot be made empty, reversed, of two families or with a length that is none', () => {
    expect(() => rangeBetween(addr('10.0.0.2'), addr('10.0.0.1'))).toThrow('bug');
    expect(() => rangeBetween(addr('10.0.0.2'), addr('::ffff:10.0.0.3'))).toThrow('bug');
    expect(() => rangeOf('ipv4', 0n, 1n << 32n)).toThrow('bug');
    expect(() => prefixAround(addr('10.0.0.2'), 33)).toThrow('bug');
    expect(() => prefixAround(addr('10.0.0.2'), 1.5)).toThrow('bug');
  });

  it('contains exactly its points and shares exactly the common ones', () => {
    fc.assert(
      fc.property(toyRange, toyRange, (left, right) => {
        const inside = everyPoint.filter((point) => rangeContains(left.range, point.address)).map((point) => point.id);
        expect(inside).toStrictEqual(left.ids);
        const shared = sharedRange(left.range, right.range);
        const sharedIds = everyPoint
          .filter((point) => shared !== undefined && rangeContains(shared, point.address))
          .map((point) => point.id);
        expect(sharedIds).toStrictEqual(left.ids.filter((id) => right.ids.includes(id)));
      }),
    );
  });
});

describe('coverRange', () => {
  it.each([
    [
      '192.168.1.220-192.168.1.250',
      '192.168.1.220/30 192.168.1.224/28 192.168.1.240/29 192.168.1.248/31 192.168.1.250/32',
    ],
    ['0.0.0.0-255.255.255.255', '0.0.0.0/0'],
    ['0.0.0.1-0.0.0.1', '0.0.0.1/32'],
    ['255.255.255.254-255.255.255.255', '255.255.255.254/31'],
    ['fd00::ffff-fd00::1:0', 'fd00::ffff/128 fd00::1:0/128'],
  ])('covers %s with %s', (text, blocks) => {
    expect(
      coverRange(range(text))
        .map((block) => formatPrefix(block))
        .join(' '),
    ).toBe(blocks);
  });

  it('is the range without gap or overlap, and no two blocks could be one', () => {
    fc.assert(
      fc.property(
        anyAddress,
        fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }),
        fc.nat({ max: 127 }),
        (start, far, shift) => {
          const span = BigInt.asUintN(bitsOf(start.family), far >> BigInt(shift));
          const room = (1n << BigInt(bitsOf(start.family))) - 1n - start.value;
          const whole = rangeOf(start.family, start.value, start.value + (span < room ? span : room));
          const blocks = coverRange(whole);
          let next = whole.first;
          for (const [index, block] of blocks.entries()) {
            expect(block.first).toBe(next);
            next = rangeOfPrefix(block).last + 1n;
            const before = blocks[index - 1];
            if (before !== undefined) {
              const both = rangeOf(start.family, before.first, next - 1n);
              expect(prefixOfRange(both)).toBeUndefined();
            }
          }
          expect(next).toBe(whole.last + 1n);
          expect(blocks.length).toBeLessThanOrEqual(2 * bitsOf(start.family));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is the fewest blocks: a brute-force search over a small range finds none fewer', () => {
    // Fewest aligned power-of-two pieces from `first` to `last`, by trying every first piece.
    const fewest = (first: number, last: number, known = new Map<number, number>()): number => {
      if (first > last) {
        return 0;
      }
      let best = known.get(first);
      if (best === undefined) {
        best = Infinity;
        for (let size = 1; first % size === 0 && first + size - 1 <= last; size *= 2) {
          best = Math.min(best, 1 + fewest(first + size, last, known));
        }
        known.set(first, best);
      }
      return best;
    };
    fc.assert(
      fc.property(fc.nat({ max: 63 }), fc.nat({ max: 63 }), (a, b) => {
        const [first, last] = a < b ? [a, b] : [b, a];
        expect(coverRange(rangeOf('ipv6', BigInt(first), BigInt(last)))).toHaveLength(fewest(first, last));
      }),
    );
  });
});

describe('prefixAround', () => {
  it('is the only block of its length that holds the address', () => {
    fc.assert(
      fc.property(anyAddress, fc.nat({ max: 128 }), (address, wanted) => {
        const length = Math.min(wanted, bitsOf(address.family));
        const block = prefixAround(address, length);
        const bits = (value: bigint): string => value.toString(2).padStart(bitsOf(address.family), '0');
        expect(bits(block.first)).toBe(bits(address.value).slice(0, length).padEnd(bitsOf(address.family), '0'));
        expect(rangeContains(rangeOfPrefix(block), address)).toBe(true);
        expect(prefix(formatPrefix(block))).toStrictEqual(rangeOfPrefix(block));
        expect(formatAddress(ipAddress(block.family, block.first))).toBe(formatPrefix(block).split('/')[0]);
      }),
    );
  });
});

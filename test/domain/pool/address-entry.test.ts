import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAddress, ipAddress } from '../../../src/domain/address/ip-address.ts';
import { formatPrefix, formatRange } from '../../../src/domain/address/ip-range.ts';
import { parseAddressEntry } from '../../../src/domain/pool/address-entry.ts';
import { anyAddress } from '../address/address-fixtures.ts';

describe('parseAddressEntry', () => {
  it.each([
    ['192.168.1.220-192.168.1.250', '192.168.1.220-192.168.1.250'],
    ['  192.168.1.220\n  -\t192.168.1.250 ', '192.168.1.220-192.168.1.250'],
    ['10.0.0.7-10.0.0.7', '10.0.0.7'],
    ['10.0.0.0/24', '10.0.0.0/24'],
    ['10.0.0.7/32', '10.0.0.7'],
    ['fd00::1-fd00::ff', 'fd00::1-fd00::ff'],
    ['fd46:: - fd46::9', 'fd46::-fd46::9'],
    ['FD00::/8', 'fd00::/8'],
    ['::/0', '::/0'],
  ])('takes %j', (text, range) => {
    const entry = parseAddressEntry(text);
    expect(entry.ok && formatRange(entry.value.range)).toBe(range);
    expect(entry.ok && entry.value.hostBitsOf).toBeUndefined();
  });

  it('takes a CIDR block with host bits as the whole block and keeps what was written', () => {
    const entry = parseAddressEntry('192.168.1.10/30');
    expect(entry.ok && entry.value.prefix && formatPrefix(entry.value.prefix)).toBe('192.168.1.8/30');
    expect(entry.ok && entry.value.hostBitsOf && formatAddress(entry.value.hostBitsOf)).toBe('192.168.1.10');
  });

  it.each([
    ['', 'address-empty', 'Write a CIDR block'],
    [' \n ', 'address-empty', 'Write a CIDR block'],
    ['192.168.1.5', 'address-without-length', 'Write 192.168.1.5/32 '],
    ['fd00::5', 'address-without-length', 'Write fd00::5/128 '],
    [' 10.0.0.0/24', 'address-blank', 'Write 10.0.0.0/24.'],
    ['10.0.0.0 /24', 'address-blank', 'Write 10.0.0.0/24.'],
    ['10.0.0.0/24\n', 'address-blank', 'Write 10.0.0.0/24.'],
    ['10.0.0.0/33', 'address-length', '/0 to /32'],
    ['fd00::/200', 'address-length', '/0 to /128'],
    ['10.0.0.0/', 'address-length', '/0 to /32'],
    ['10.0.0.0/255.255.255.0', 'address-length', 'Write 10.0.0.0/24.'],
    ['10.0.0.240-10.0.0.259', 'address-syntax', 'Write a CIDR block'],
    ['10.0.0.256/28', 'address-syntax', 'Write a CIDR block'],
    ['10.0.0.10-10.0.0.1', 'range-reversed', 'Write 10.0.0.1-10.0.0.10.'],
    ['10.0.0.1-fd00::9', 'range-mixed-families', 'one for IPv6'],
    ['fd00::1-10.0.0.9', 'range-mixed-families', 'one for IPv6'],
    ['10.0.0.100-200', 'range-end-incomplete', 'Write 10.0.0.100-10.0.0.200.'],
    ['10.0.0.100-1.20', 'range-end-incomplete', 'Write 10.0.0.100-10.0.1.20.'],
    ['10.20.21.17/28-10.20.21.22/28', 'range-of-blocks', 'Write 10.20.21.17-10.20.21.22.'],
    ['10.0.0.1–10.0.0.9', 'range-dash', 'Write 10.0.0.1-10.0.0.9,'],
    ['192.168.1.240.192.168.1.250', 'range-dash', 'Write 192.168.1.240-192.168.1.250.'],
    ['fd00::1-fd00:1:2:3:4:5:6', 'address-syntax', 'Write a CIDR block'],
    ['10.0.0.1-', 'address-syntax', 'Write a CIDR block'],
    ['-', 'address-syntax', 'Write a CIDR block'],
    ['10.0.0.1-10.0.0.2-10.0.0.3', 'address-syntax', 'Write a CIDR block'],
    ['fe80::1%eth0/64', 'address-syntax', 'Write a CIDR block'],
    ['010.0.0.0/8', 'address-syntax', 'Write a CIDR block'],
    ['::ffff:10.0.0.0/120', 'address-ipv4-mapped', '10.0.0.0.'],
    ['::ffff:10.0.0.1-::ffff:10.0.0.9', 'address-ipv4-mapped', '10.0.0.1.'],
    ['my-pool', 'address-syntax', 'Write a CIDR block'],
    ['1'.repeat(100_000), 'address-syntax', 'Write a CIDR block'],
    [' '.repeat(400) + 'x'.repeat(400), 'address-syntax', 'Write a CIDR block'],
  ])('refuses %j as %s', (text, code, remedy) => {
    const entry = parseAddressEntry(text);
    expect(entry).toMatchObject({ ok: false, reason: { code } });
    expect(entry.ok ? '' : entry.reason.remedy).toContain(remedy);
    expect(entry.ok ? '' : entry.reason.cause).not.toBe('');
  });

  it('says which octet or group is at fault', () => {
    const entry = parseAddressEntry('10.0.0.240-10.0.0.259');
    expect(entry.ok ? '' : entry.reason.cause).toBe(
      'holds 10.0.0.259, which is no IP address: octet 259 is larger than 255',
    );
  });

  it('reads any range of one family back as it is', () => {
    fc.assert(
      fc.property(anyAddress, fc.bigInt({ min: 0n, max: 1n << 40n }), (address, span) => {
        const last = ipAddress(address.family, address.value > span ? address.value - span : 0n);
        const entry = parseAddressEntry(`${formatAddress(last)} - ${formatAddress(address)}`);
        const mapped = formatAddress(address).startsWith('::ffff:') || formatAddress(last).startsWith('::ffff:');
        expect(entry.ok && entry.value.range).toStrictEqual(
          mapped && address.family === 'ipv6'
            ? entry.ok && entry.value.range
            : { family: address.family, first: last.value, last: address.value },
        );
      }),
    );
  });

  it('never throws, whatever the text', () => {
    const piece = fc.constantFrom('10.0.0.1', 'fd00::', '/', '-', '–', ' ', '24', '300', '.', ':', '\u00a0', '😀');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        expect(() => parseAddressEntry(pieces.join(''))).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });
});

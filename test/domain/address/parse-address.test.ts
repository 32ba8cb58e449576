import * as fc from 'fast-check';
import { isIPv4, isIPv6 } from 'node:net';
import { describe, expect, it } from 'vitest';
import { compareAddresses, formatAddress, ipAddress, isIpv4Mapped } from '../../../src/domain/address/ip-address.ts';
import { explainAddressReason, parseAddress } from '../../../src/domain/address/parse-address.ts';
import { addr, anyAddress } from './address-fixtures.ts';

describe('parseAddress', () => {
  it.each([
    ['0.0.0.0', 'ipv4', 0n],
    ['255.255.255.255', 'ipv4', 0xffffffffn],
    ['192.168.1.220', 'ipv4', 0xc0a801dcn],
    ['::', 'ipv6', 0n],
    ['::1', 'ipv6', 1n],
    ['1::', 'ipv6', 1n << 112n],
    ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'ipv6', (1n << 128n) - 1n],
    ['FD00::A', 'ipv6', (0xfd00n << 112n) | 10n],
    ['1:2:3:4:5:6:7::', 'ipv6', 0x00010002000300040005000600070000n],
    ['::2:3:4:5:6:7:8', 'ipv6', 0x00000002000300040005000600070008n],
    ['::ffff:10.0.0.1', 'ipv6', 0xffff0a000001n],
    ['64:ff9b::192.0.2.33', 'ipv6', (0x64ff9bn << 96n) | 0xc0000221n],
    ['1:2:3:4:5:6:1.2.3.4', 'ipv6', 0x00010002000300040005000601020304n],
  ] as const)('reads %s', (text, family, value) => {
    expect(parseAddress(text)).toStrictEqual({ ok: true, value: { family, value } });
  });

  it.each([
    ['', 'empty', ''],
    ['192.168.1.259', 'octet-too-large', '259'],
    ['192.168.1.1000', 'octet-too-large', '1000'],
    ['192.168.01.1', 'leading-zero', '01'],
    ['192.168.1.00', 'leading-zero', '00'],
    ['192.168.1', 'octet-count', '192.168.1'],
    ['200', 'octet-count', '200'],
    ['192.168.1.240.192.168.1.250', 'octet-count', '192.168.1.240.192.168.1.250'],
    ['192.168..1', 'octet-syntax', ''],
    ['192.168.1.1 ', 'blank', '192.168.1.1 '],
    [' ::1', 'blank', ' ::1'],
    ['1.2.3.\u00a04', 'blank', '1.2.3.\u00a04'],
    ['fe80::1%eth0', 'zone', '%eth0'],
    ['-1.2.3.4', 'not-an-address', '-1.2.3.4'],
    ['0x7f.0.0.1', 'not-an-address', '0x7f.0.0.1'],
    ['١.2.3.4', 'not-an-address', '١.2.3.4'],
    ['metallb', 'not-an-address', 'metallb'],
    ['fd00:1:2:3:4:5:6', 'group-count', 'fd00:1:2:3:4:5:6'],
    ['1:2:3:4:5:6:7:8:9', 'group-count', '1:2:3:4:5:6:7:8:9'],
    ['1:2:3:4:5:6:7::8', 'group-count', '1:2:3:4:5:6:7::8'],
    ['1:2:3:4:5:6:7:1.2.3.4', 'group-count', '1:2:3:4:5:6:7:1.2.3.4'],
    ['::00001', 'group-syntax', '00001'],
    ['fd00::g', 'group-syntax', 'g'],
    [':1::2', 'group-syntax', ''],
    ['1::2:', 'group-syntax', ''],
    [':', 'group-syntax', ''],
    ['1.2.3.4::', 'group-syntax', '1.2.3.4'],
    ['::1.2.3.4:5', 'group-syntax', '1.2.3.4'],
    ['::1.2.3.256', 'octet-too-large', '256'],
    ['::1.2.3', 'octet-count', '1.2.3'],
    ['1::2::3', 'double-colon', '1::2::3'],
    [':::', 'double-colon', ':::'],
  ])('refuses %j as %s', (text, kind, detail) => {
    expect(parseAddress(text)).toStrictEqual({ ok: false, reason: { kind, detail } });
  });

  it('cuts a text that is far too long and does not look into it', () => {
    const result = parseAddress(`${'1'.repeat(1_000_000)}.1.1.1`);
    expect(result).toStrictEqual({ ok: false, reason: { kind: 'not-an-address', detail: `${'1'.repeat(45)}…` } });
  });

  it('explains each reason as the end of a sentence', () => {
    const said = ['', '1.2.3.259', '1.2.3', '1', '01.2.3.4', ':', 'x', '1::2::3', '1:2', '::g', '::1%e', ' 1'].map(
      (text) => {
        const result = parseAddress(text);
        return result.ok ? 'none' : explainAddressReason(result.reason);
      },
    );
    expect(said).toStrictEqual([
      'the text is empty',
      'octet 259 is larger than 255',
      '1.2.3 has 3 octets, an IPv4 address has 4',
      '1 has 1 octet, an IPv4 address has 4',
      'octet 01 has a leading zero, which some programs read as octal',
      'a group is missing',
      'x is neither IPv4 nor IPv6',
      ':: may stand only once',
      'an IPv6 address has 8 groups, or fewer and one ::',
      'g is no group of 1 to 4 hex digits',
      'a zone (%e) has no meaning here',
      'it has a blank in it',
    ]);
  });

  it('takes a text exactly when Node takes it', () => {
    const piece = fc.constantFrom('0', '1', '10', '255', '256', '01', 'ffff', 'a', 'g', ':', '::', '.', '1.2.3.4', '');
    const noise = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    const joined = fc.array(piece, { minLength: 3, maxLength: 9 }).map((pieces) => pieces.join(':'));
    const dotted = fc.array(piece, { minLength: 3, maxLength: 5 }).map((pieces) => pieces.join('.'));
    fc.assert(
      fc.property(fc.oneof(noise, joined, dotted), (text) => {
        expect(parseAddress(text).ok).toBe(isIPv4(text) || isIPv6(text));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('formatAddress', () => {
  it.each([
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0DB8:0000:0000:0000:0000:0000:0000', '2001:db8::'],
    ['0:0:0:1:0:0:0:0', '0:0:0:1::'],
    ['::FFFF:0A00:0001', '::ffff:10.0.0.1'],
    ['0:0:0:0:0:0:0:0', '::'],
  ])('writes %s as %s', (text, canonical) => {
    expect(formatAddress(addr(text))).toBe(canonical);
  });

  it('writes what the parser reads back, and what a URL holds', () => {
    fc.assert(
      fc.property(anyAddress, (address) => {
        const text = formatAddress(address);
        expect(addr(text)).toStrictEqual(address);
        if (address.family === 'ipv6' && !isIpv4Mapped(address)) {
          expect(new URL(`http://[${text}]/`).hostname).toBe(`[${text}]`);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('an address', () => {
  it('sorts IPv4 before IPv6 and then by value', () => {
    const sorted = ['::', '10.0.0.10', '255.255.255.255', '10.0.0.9', '::ffff:1.1.1.1', '::1']
      .map((text) => addr(text))
      .toSorted(compareAddresses)
      .map((address) => formatAddress(address));
    expect(sorted).toStrictEqual(['10.0.0.9', '10.0.0.10', '255.255.255.255', '::', '::1', '::ffff:1.1.1.1']);
  });

  it('cannot be made outside its family', () => {
    expect(() => ipAddress('ipv4', 1n << 32n)).toThrow('bug');
    expect(() => ipAddress('ipv6', -1n)).toThrow('bug');
  });
});

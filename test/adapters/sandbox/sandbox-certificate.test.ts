import { X509Certificate, createPrivateKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { identifier, integer, octets, time } from '../../../src/adapters/sandbox/der-encoding.ts';
import { makeCertificate } from '../../../src/adapters/sandbox/sandbox-certificate.ts';

const now = Date.parse('2026-11-21T12:00:00Z');

describe('the certificate of an embedded control plane', () => {
  const { key, certificate } = makeCertificate(now);
  const read = new X509Certificate(certificate);

  it('is signed by its own key, for loopback alone', () => {
    expect(read.verify(read.publicKey)).toBe(true);
    expect(read.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(read.checkIssued(read)).toBe(true);
    expect(read.ca).toBe(true);
    expect(read.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1');
    expect(read.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  });

  it('holds from a day before to a year after its making', () => {
    expect([read.validFrom, read.validTo].map((text) => new Date(text).toISOString())).toEqual([
      '2026-11-20T12:00:00.000Z',
      '2027-11-21T12:00:00.000Z',
    ]);
  });

  it('is another one each time', () => {
    expect(new X509Certificate(makeCertificate(now).certificate).serialNumber).not.toBe(read.serialNumber);
  });

  it('can be read in years of four digits', () => {
    const late = new X509Certificate(makeCertificate(Date.parse('2049-12-31T00:00:00Z')).certificate);
    expect(new Date(late.validTo).toISOString()).toBe('2050-12-31T00:00:00.000Z');
  });
});

describe('DER', () => {
  it.each([
    ['a short content', octets(Buffer.alloc(127)), '047f'],
    ['a content of one byte of length', octets(Buffer.alloc(128)), '048180'],
    ['a content of two bytes of length', octets(Buffer.alloc(256)), '04820100'],
    ['a number whose first bit is set', integer(Buffer.from([0x80])), '02020080'],
    ['an identifier with numbers above 127', identifier('1.2.840.113549'), '06062a864886f70d'],
    ['the last year of two digits', time(new Date('2049-12-31T23:59:59Z')), '170d3439313233313233353935395a'],
    ['the first year of four', time(new Date('2050-01-01T00:00:00Z')), '180f32303530303130313030303030305a'],
  ])('writes %s', (_, bytes, expected) => {
    expect(bytes.toString('hex').startsWith(expected)).toBe(true);
  });
});

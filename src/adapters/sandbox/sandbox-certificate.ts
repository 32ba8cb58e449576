import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import {
  bits,
  identifier,
  integer,
  octets,
  sequence,
  setOf,
  tagged,
  time,
  trueValue,
  utf8Text,
} from './der-encoding.ts';

/** Both PEM. */
export interface Certificate {
  readonly key: string;
  readonly certificate: string;
}

const dayMs = 86_400_000;
const ecdsaWithSha256 = sequence(identifier('1.2.840.10045.4.3.2'));
const loopback = Buffer.from([127, 0, 0, 1]);
const digitalSignatureAndCertSign = bits(Buffer.from([0b1000_0100]), 2);

/**
 * A fresh key and self-signed certificate for loopback, good for a year (RFC 5280). `now` is the real time: those who
 * connect judge it by their own clock. Written here because the libraries for it take longer to load than all else of a
 * start together.
 */
export function makeCertificate(now: number): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const name = sequence(setOf(sequence(identifier('2.5.4.3'), utf8Text('metalwave-sandbox'))));
  const content = sequence(
    tagged(0, 'constructed', integer(Buffer.from([2]))),
    integer(serialNumber()),
    ecdsaWithSha256,
    name,
    sequence(time(new Date(now - dayMs)), time(new Date(now + 365 * dayMs))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(3, 'constructed', sequence(...extensions())),
  );
  const whole = sequence(content, ecdsaWithSha256, bits(sign('sha256', content, privateKey)));
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), certificate: pem(whole) };
}

/** 127 random bits; the first byte is never 0, as the shortest form asks. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes;
}

function extensions(): readonly Buffer[] {
  const names = sequence(tagged(2, 'primitive', Buffer.from('localhost')), tagged(7, 'primitive', loopback));
  return [
    extension('2.5.29.19', 'critical', sequence(trueValue)),
    extension('2.5.29.15', 'critical', digitalSignatureAndCertSign),
    extension('2.5.29.37', 'plain', sequence(identifier('1.3.6.1.5.5.7.3.1'))),
    extension('2.5.29.17', 'plain', names),
  ];
}

function extension(id: string, weight: 'critical' | 'plain', value: Buffer): Buffer {
  return sequence(identifier(id), ...(weight === 'critical' ? [trueValue] : []), octets(value));
}

function pem(content: Buffer): string {
  const lines = content.toString('base64').match(/.{1,64}/gu) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

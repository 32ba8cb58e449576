/** The few forms of ASN.1 that a certificate is made of, in their distinguished encoding (ITU-T X.690). */

const longForm = 0x80;

/** One value: its tag, its length, its content. */
function encoded(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body]);
}

/** Lengths below 128 stand for themselves; of others their number of bytes comes first. */
function lengthOf(length: number): Buffer {
  if (length < longForm) {
    return Buffer.from([length]);
  }
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) {
    bytes.unshift(rest % 256);
  }
  return Buffer.from([longForm + bytes.length, ...bytes]);
}

export function sequence(...content: readonly Uint8Array[]): Buffer {
  return encoded(0x30, ...content);
}

export function setOf(...content: readonly Uint8Array[]): Buffer {
  return encoded(0x31, ...content);
}

/** What a context gives its own number: whole values inside, or the bytes of one. */
export function tagged(number: number, form: 'constructed' | 'primitive', content: Uint8Array): Buffer {
  return encoded((form === 'constructed' ? 0xa0 : 0x80) + number, content);
}

/** A number that is not negative, its highest byte first. */
export function integer(bytes: Uint8Array): Buffer {
  const [first = 0] = bytes;
  return encoded(0x02, first < longForm ? bytes : Buffer.from([0, ...bytes]));
}

export const trueValue: Buffer = encoded(0x01, Buffer.from([0xff]));

export function octets(content: Uint8Array): Buffer {
  return encoded(0x04, content);
}

/** Bits, the last `unused` of which do not count. */
export function bits(content: Uint8Array, unused = 0): Buffer {
  return encoded(0x03, Buffer.from([unused]), content);
}

export function utf8Text(text: string): Buffer {
  return encoded(0x0c, Buffer.from(text));
}

/** A moment to the second: two digits of the year up to 2049 (RFC 5280, 4.1.2.5). */
export function time(moment: Date): Buffer {
  const digits = `${moment.toISOString().slice(0, 19).replaceAll(/[-:T]/gu, '')}Z`;
  return moment.getUTCFullYear() < 2050
    ? encoded(0x17, Buffer.from(digits.slice(2)))
    : encoded(0x18, Buffer.from(digits));
}

/** An object identifier, `2.5.29.17`: the first two numbers share a byte, the others are in base 128. */
export function identifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return encoded(0x06, Buffer.from([first * 40 + second, ...rest.flatMap((number) => base128(number))]));
}

function base128(number: number): readonly number[] {
  const groups = [number % 128];
  for (let rest = Math.floor(number / 128); rest > 0; rest = Math.floor(rest / 128)) {
    groups.unshift(longForm + (rest % 128));
  }
  return groups;
}

/** A file as text, or why it is none; `offset` is the byte at which it stopped being text. */
export type DecodedText =
  { readonly text: string } | { readonly offset: number; readonly message: string; readonly remedy: string };

const saveAsUtf8 = 'Save the file as UTF-8 without zero bytes.';

/** Length of the well-formed UTF-8 sequence at `at` (RFC 3629, section 4), 0 where there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) {
    return 1;
  }
  const length =
    [lead >= 0xc2 && lead < 0xe0, lead >= 0xe0 && lead < 0xf0, lead >= 0xf0 && lead < 0xf5].indexOf(true) + 2;
  if (length === 1) {
    return 0;
  }
  const second = bytes[at + 1] ?? 0;
  const lowest = new Map([
    [0xe0, 0xa0],
    [0xf0, 0x90],
  ]);
  const highest = new Map([
    [0xed, 0x9f],
    [0xf4, 0x8f],
  ]);
  if (second < (lowest.get(lead) ?? 0x80) || second > (highest.get(lead) ?? 0xbf)) {
    return 0;
  }
  const rest = bytes.subarray(at + 2, at + length);
  return rest.length === length - 2 && rest.every((byte) => byte >= 0x80 && byte < 0xc0) ? length : 0;
}

function firstBadByte(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) {
      return at;
    }
    at += length;
  }
  return at;
}

/** UTF-8, strictly; a byte order mark is dropped. UTF-16 and binary files are told apart from broken text. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return { offset: 0, message: 'The file is UTF-16 text; only UTF-8 is read.', remedy: saveAsUtf8 };
  }
  const zero = bytes.indexOf(0);
  if (zero !== -1) {
    return {
      offset: zero,
      message: `A zero byte stands at offset ${String(zero)}: the file is UTF-16 or binary.`,
      remedy: saveAsUtf8,
    };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const offset = firstBadByte(bytes);
    const byte = (bytes[offset] ?? 0).toString(16).padStart(2, '0');
    return { offset, message: `Byte 0x${byte} at offset ${String(offset)} is not UTF-8.`, remedy: saveAsUtf8 };
  }
}

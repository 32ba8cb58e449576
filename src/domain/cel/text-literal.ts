import { CelSyntaxError } from './syntax.ts';

const escape = /\\(?:x[0-9a-fA-F]{2}|X[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-3][0-7]{2}|[^])/gu;

const simple: { readonly [char: string]: string } = {
  a: '\u{7}',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '?': '?',
  '"': '"',
  "'": "'",
  '`': '`',
};

function inside(body: string): string {
  const quotes = /^(?:"""|''')/u.test(body) ? 3 : 1;
  return body.slice(quotes, -quotes);
}

/** The text between the quotes, its escapes resolved unless it is raw. */
export function readTextLiteral(body: string, isRaw: boolean, at: number): string {
  const text = inside(body);
  if (isRaw || !text.includes('\\')) {
    return text;
  }
  return text.replaceAll(escape, (found) => {
    const code = codeOf(found);
    if (code === undefined) {
      return simpleOf(found, at);
    }
    if (code > 0x10_ff_ff) {
      throw new CelSyntaxError('Syntax error: invalid code point in an escape', at);
    }
    return String.fromCodePoint(code);
  });
}

/** The bytes between the quotes: an escape in octal or with x is one byte, all else its UTF-8. */
export function readBytesLiteral(body: string, isRaw: boolean, at: number): readonly number[] {
  const text = inside(body);
  const bytes: number[] = [];
  let from = 0;
  for (const found of isRaw ? [] : text.matchAll(escape)) {
    bytes.push(...utf8(text.slice(from, found.index)));
    const code = codeOf(found[0]);
    const isByte = !/^\\[uU]/u.test(found[0]) && code !== undefined;
    bytes.push(...(isByte ? [code] : utf8(code === undefined ? simpleOf(found[0], at) : String.fromCodePoint(code))));
    from = found.index + found[0].length;
  }
  return [...bytes, ...utf8(text.slice(from))];
}

function codeOf(found: string): number | undefined {
  if (/^\\[xXuU]./u.test(found)) {
    return Number.parseInt(found.slice(2), 16);
  }
  return /^\\[0-3][0-7]{2}$/u.test(found) ? Number.parseInt(found.slice(1), 8) : undefined;
}

function simpleOf(found: string, at: number): string {
  const char = simple[found.slice(1)];
  if (char === undefined) {
    throw new CelSyntaxError(`Syntax error: token recognition error at: '${found}'`, at);
  }
  return char;
}

/** The bytes of a text (RFC 3629). */
export function utf8(text: string): readonly number[] {
  return Array.from(text).flatMap((char) => {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x80) {
      return [code];
    }
    const tail = (shift: number): number => 0x80 | ((code >> shift) & 0x3f);
    if (code < 0x8_00) {
      return [0xc0 | (code >> 6), tail(0)];
    }
    return code < 0x1_00_00
      ? [0xe0 | (code >> 12), tail(6), tail(0)]
      : [0xf0 | (code >> 18), tail(12), tail(6), tail(0)];
  });
}

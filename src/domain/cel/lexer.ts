import { CelSyntaxError } from './syntax.ts';
import { readBytesLiteral, readTextLiteral } from './text-literal.ts';
import { CelBytes, CelUint } from './value.ts';
import type { CelValue } from './value.ts';

export interface Token {
  readonly kind: 'ident' | 'literal' | 'mark' | 'end';
  /** Name, or sign; '' for a literal. */
  readonly text: string;
  readonly value: CelValue;
  readonly at: number;
}

const blanks = /(?:[ \t\r\n\f]+|\/\/[^\n]*)+/uy;
const number = /0x[0-9a-fA-F]+u?|\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?|\d+u?/uy;
const text =
  /(?:[bB][rR]?|[rR][bB]?)?(?:"""(?:\\[^]|[^\\])*?"""|'''(?:\\[^]|[^\\])*?'''|"(?:\\.|[^\\"\n])*"|'(?:\\.|[^\\'\n])*')/uy;
const rawText = /(?:[rR][bB]?|[bB][rR])(?:"""[^]*?"""|'''[^]*?'''|"[^"\n]*"|'[^'\n]*')/uy;
const ident = /[_a-zA-Z]\w*|`[\w .\-/]+`/uy;
const mark = /&&|\|\||[<>=!]=|[-+*/%<>!?:.,()[\]{}]/uy;

const longest = 100_000;

/** The words of an expression. Throws `CelSyntaxError`. */
export function tokenize(source: string): readonly Token[] {
  if (source.length > longest) {
    throw new CelSyntaxError(`expression code point size exceeds limit: size: ${source.length}, limit ${longest}`, 0);
  }
  const tokens: Token[] = [];
  let at = match(blanks, source, 0).length;
  while (at < source.length) {
    const [token, length] = next(source, at);
    tokens.push(token);
    at += length;
    at += match(blanks, source, at).length;
  }
  return [...tokens, { kind: 'end', text: '<EOF>', value: null, at: source.length }];
}

function match(pattern: RegExp, source: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0] ?? '';
}

function next(source: string, at: number): readonly [Token, number] {
  const raw = match(rawText, source, at);
  const quoted = raw === '' ? match(text, source, at) : raw;
  if (quoted !== '') {
    const [prefix = ''] = /^[bBrR]*/u.exec(quoted) ?? [];
    const body = quoted.slice(prefix.length);
    const value = /b/iu.test(prefix)
      ? new CelBytes(readBytesLiteral(body, raw !== '', at))
      : readTextLiteral(body, raw !== '', at);
    return [{ kind: 'literal', text: '', value, at }, quoted.length];
  }
  const digits = match(number, source, at);
  if (digits !== '') {
    return [{ kind: 'literal', text: digits, value: numberOf(digits, at), at }, digits.length];
  }
  for (const [kind, pattern] of [['ident', ident] as const, ['mark', mark] as const]) {
    const found = match(pattern, source, at);
    if (found !== '') {
      return [{ kind, text: found, value: null, at }, found.length];
    }
  }
  throw new CelSyntaxError(`Syntax error: token recognition error at: '${source.slice(at, at + 1)}'`, at);
}

/** A number without its sign. The least int has a sign that belongs to it: the parser takes care of it. */
function numberOf(digits: string, at: number): CelValue {
  if (digits.endsWith('u')) {
    try {
      return new CelUint(BigInt(digits.slice(0, -1)));
    } catch {
      throw new CelSyntaxError('invalid uint literal', at);
    }
  }
  return digits.startsWith('0x') || /^\d+$/u.test(digits) ? BigInt(digits) : Number(digits);
}

import { tokenize } from './lexer.ts';
import type { Token } from './lexer.ts';
import { CelSyntaxError } from './syntax.ts';
import type { Expression, ListItem, MapEntry } from './syntax.ts';

/** Calls inside calls; the API server's own limit. */
const deepest = 250;

const reserved = new Set(
  'as break const continue else for function if import let loop package namespace return var void while'.split(' '),
);

const binary: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['<', '<=', '>', '>=', '==', '!=', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** What an expression may begin with. */
const starts =
  "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";

/** Reads an expression of the Common Expression Language. Throws `CelSyntaxError`. */
export function parse(source: string): Expression {
  const parser = new Parser(tokenize(source));
  return parser.whole();
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Expression {
    const expression = this.#expression();
    if (this.#peek().kind !== 'end') {
      throw this.#trailing();
    }
    return expression;
  }

  #peek(): Token {
    const token = this.#tokens[this.#next] ?? this.#tokens.at(-1);
    if (token === undefined) {
      throw new Error('bug: an expression without its end');
    }
    return token;
  }

  #take(): Token {
    const token = this.#peek();
    this.#next += 1;
    return token;
  }

  #isNext(sign: string): boolean {
    const token = this.#peek();
    return token.kind !== 'literal' && token.text === sign;
  }

  #skip(sign: string): boolean {
    const isThere = this.#isNext(sign);
    this.#next += isThere ? 1 : 0;
    return isThere;
  }

  #expect(sign: string): void {
    if (!this.#skip(sign)) {
      throw this.#unexpected(sign);
    }
  }

  /** One word too many is skipped, more of them fit nowhere. */
  #trailing(): CelSyntaxError {
    const isLast = this.#tokens[this.#next + 1]?.kind === 'end';
    const { text, at } = this.#peek();
    return new CelSyntaxError(
      `Syntax error: ${isLast ? 'extraneous' : 'mismatched'} input '${text}' expecting <EOF>`,
      at,
    );
  }

  #unexpected(wanted: string): CelSyntaxError {
    const { text, at, kind } = this.#peek();
    const isMissing = kind === 'end' && wanted !== 'IDENTIFIER';
    const what = isMissing ? `missing '${wanted}' at '${text}'` : `mismatched input '${text}' expecting '${wanted}'`;
    return new CelSyntaxError(`Syntax error: ${what}`, at);
  }

  #expression(): Expression {
    this.#depth += 1;
    if (this.#depth > deepest) {
      throw new CelSyntaxError(`expression recursion limit exceeded: ${deepest}`, this.#peek().at);
    }
    const condition = this.#binary(0);
    const { at } = this.#peek();
    if (!this.#skip('?')) {
      this.#depth -= 1;
      return condition;
    }
    const then = this.#binary(0);
    this.#expect(':');
    const otherwise = this.#expression();
    this.#depth -= 1;
    return { op: 'call', name: '_?_:_', target: undefined, args: [condition, then, otherwise], at };
  }

  #binary(level: number): Expression {
    const signs = binary[level];
    if (signs === undefined) {
      return this.#unary();
    }
    let left = this.#binary(level + 1);
    for (let token = this.#peek(); token.kind !== 'literal' && signs.includes(token.text); token = this.#peek()) {
      this.#next += 1;
      const name = token.text === 'in' ? '@in' : `_${token.text}_`;
      left = { op: 'call', name, target: undefined, args: [left, this.#binary(level + 1)], at: token.at };
    }
    return left;
  }

  #unary(): Expression {
    const { at } = this.#peek();
    if (this.#skip('!')) {
      return { op: 'call', name: '!_', target: undefined, args: [this.#deeper(() => this.#unary())], at };
    }
    if (!this.#skip('-')) {
      return this.#member();
    }
    const literal = this.#peek();
    if (literal.kind === 'literal' && (typeof literal.value === 'bigint' || typeof literal.value === 'number')) {
      this.#next += 1;
      return this.#below({ op: 'literal', value: whole(-literal.value, at), at });
    }
    return { op: 'call', name: '-_', target: undefined, args: [this.#deeper(() => this.#unary())], at };
  }

  #deeper(read: () => Expression): Expression {
    this.#depth += 1;
    if (this.#depth > deepest) {
      throw new CelSyntaxError(`expression recursion limit exceeded: ${deepest}`, this.#peek().at);
    }
    const found = read();
    this.#depth -= 1;
    return found;
  }

  #member(): Expression {
    return this.#below(this.#primary());
  }

  /** Fields, calls and indices behind an expression. */
  #below(first: Expression): Expression {
    let target = first;
    for (;;) {
      const { at } = this.#peek();
      if (this.#skip('.')) {
        target = this.#field(target, at);
      } else if (this.#skip('[')) {
        const optional = this.#skip('?');
        const index = this.#expression();
        this.#expect(']');
        target = { op: 'index', target, index, optional, at };
      } else {
        return target;
      }
    }
  }

  #field(target: Expression, at: number): Expression {
    const optional = this.#skip('?');
    const token = this.#take();
    if (token.kind !== 'ident') {
      throw new CelSyntaxError("Syntax error: no viable alternative at input '.'", token.at);
    }
    if (token.text.startsWith('`')) {
      throw new CelSyntaxError("unsupported syntax: '`'", token.at);
    }
    const call = this.#peek().at;
    if (optional || !this.#skip('(')) {
      return { op: 'select', target, field: token.text, optional, at };
    }
    return { op: 'call', name: token.text, target, args: this.#list(')', () => this.#expression()), at: call };
  }

  /** What stands between commas, up to the closing sign; a comma may end it. */
  #list<T>(close: string, read: () => T): readonly T[] {
    const items: T[] = [];
    while (!this.#skip(close)) {
      items.push(read());
      if (!this.#skip(',')) {
        this.#expect(close);
        break;
      }
    }
    return items;
  }

  #primary(): Expression {
    const token = this.#take();
    const { kind, text, value, at } = token;
    if (kind === 'literal') {
      return { op: 'literal', value: typeof value === 'bigint' ? whole(value, at) : value, at };
    }
    switch (text) {
      case '(': {
        const inner = this.#expression();
        this.#expect(')');
        return inner;
      }
      case '[':
        return { op: 'list', items: this.#list(']', () => this.#item()), at };
      case '{':
        return { op: 'map', entries: this.#list('}', () => this.#entry()), at };
      case '.':
        return this.#primary();
      default:
        this.#next -= kind === 'ident' ? 0 : 1;
        return this.#name(token);
    }
  }

  #name({ kind, text, at }: Token): Expression {
    if (kind !== 'ident' || text === 'in') {
      const how = kind === 'end' ? 'mismatched' : 'extraneous';
      throw new CelSyntaxError(`Syntax error: ${how} input '${text}' expecting ${starts}`, at);
    }
    const constants: { readonly [name: string]: boolean | null } = { true: true, false: false, null: null };
    const constant = constants[text];
    if (constant !== undefined) {
      return { op: 'literal', value: constant, at };
    }
    if (reserved.has(text)) {
      throw new CelSyntaxError(`reserved identifier: ${text}`, at);
    }
    const call = this.#peek().at;
    return this.#skip('(')
      ? { op: 'call', name: text, target: undefined, args: this.#list(')', () => this.#expression()), at: call }
      : { op: 'ident', name: text, at };
  }

  #item(): ListItem {
    const optional = this.#skip('?');
    return { value: this.#expression(), optional };
  }

  #entry(): MapEntry {
    const optional = this.#skip('?');
    const key = this.#expression();
    this.#expect(':');
    return { key, value: this.#expression(), optional };
  }
}

function whole<T extends number | bigint>(value: T, at: number): T {
  if (typeof value === 'bigint' && (value > 0x7fff_ffff_ffff_ffffn || value < -0x8000_0000_0000_0000n)) {
    throw new CelSyntaxError('invalid int literal', at);
  }
  return value;
}

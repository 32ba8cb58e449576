import { isJsonObject } from '../../../domain/json.ts';
import type { JsonObject } from '../../../domain/json.ts';

/** Text that is no JSON; the message is worded as the API server's. */
export class BrokenJson extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BrokenJson';
  }
}

/** Deeper nesting than any object of the API has. */
const deepest = 1000;
const blanks = ' \t\n\r';
/** Nothing in it has to be unescaped, and nothing is broken. */
const plainText = /^[ !#-[\]-~]*$/u;
const literals: readonly string[] = ['true', 'false', 'null'];

/**
 * Reads JSON text without keeping it. Gives what strict decoding holds against it, in its words: fields that are there twice,
 * and, by the schema of a built-in kind, fields that are unknown, below which nobody looks. Throws BrokenJson.
 */
export function scanJson(text: string, schema?: JsonObject): readonly string[] {
  const scanner = new JsonScanner(text);
  scanner.document(schema ?? 'anything');
  return [...scanner.doubts];
}

/** What may stand in a place: by a schema, anything, or what is not looked at. */
type Expected = JsonObject | 'anything' | 'ignored';

function declared(schema: Expected, name: string): Expected | undefined {
  if (typeof schema === 'string') {
    return schema;
  }
  const { properties, additionalProperties: additional } = schema;
  const below = isJsonObject(properties) && Object.hasOwn(properties, name) ? properties[name] : additional;
  return isJsonObject(below) ? below : openness(schema);
}

/** A value of any form is decoded by its own rules. */
function openness(schema: JsonObject): Expected | undefined {
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true || schema['additionalProperties'] === true;
  return isOpen || (schema['properties'] === undefined && schema['additionalProperties'] === undefined)
    ? 'ignored'
    : undefined;
}

function itemsOf(schema: Expected): Expected {
  if (typeof schema === 'string') {
    return schema;
  }
  const { items } = schema;
  return isJsonObject(items) ? items : 'ignored';
}

class JsonScanner {
  readonly doubts = new Set<string>();
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(expected: Expected): void {
    this.#value('', 0, expected);
    if (this.#peek() !== '') {
      throw this.#unexpected('after top-level value');
    }
  }

  /** The next character that is no blank; '' at the end. */
  #peek(): string {
    while (this.#at < this.#text.length && blanks.includes(this.#text.charAt(this.#at))) {
      this.#at += 1;
    }
    return this.#text.charAt(this.#at);
  }

  #unexpected(where: string): BrokenJson {
    const found = this.#text.charAt(this.#at);
    return new BrokenJson(
      found === '' ? 'unexpected end of JSON input' : `invalid character '${found === "'" ? "\\'" : found}' ${where}`,
    );
  }

  #value(path: string, depth: number, expected: Expected): void {
    if (depth > deepest) {
      throw new BrokenJson('exceeded max depth');
    }
    const first = this.#peek();
    if (first === '{') {
      this.#object(path, depth, expected);
    } else if (first === '[') {
      this.#array(path, depth, itemsOf(expected));
    } else if (first === '"') {
      this.#string();
    } else if (/[-\d]/u.test(first)) {
      this.#number();
    } else {
      this.#literal(first);
    }
  }

  #object(path: string, depth: number, expected: Expected): void {
    const seen = new Set<string>();
    this.#at += 1;
    if (this.#peek() === '}') {
      this.#at += 1;
      return;
    }
    for (;;) {
      if (this.#peek() !== '"') {
        throw this.#unexpected('looking for beginning of object key string');
      }
      const name = this.#string();
      const inner = path === '' ? name : `${path}.${name}`;
      const below = declared(expected, name);
      if (below === undefined) {
        this.doubts.add(`unknown field ${JSON.stringify(inner)}`);
      } else if (seen.has(name) && expected !== 'ignored') {
        this.doubts.add(`duplicate field ${JSON.stringify(inner)}`);
      }
      seen.add(name);
      this.#expect(':', 'after object key');
      this.#value(inner, depth + 1, below ?? 'ignored');
      if (this.#follows('}', 'after object key:value pair')) {
        return;
      }
    }
  }

  #array(path: string, depth: number, items: Expected): void {
    this.#at += 1;
    if (this.#peek() === ']') {
      this.#at += 1;
      return;
    }
    for (let index = 0; ; index += 1) {
      this.#value(`${path}[${index}]`, depth + 1, items);
      if (this.#follows(']', 'after array element')) {
        return;
      }
    }
  }

  /** True at the end of a list, false at a comma. */
  #follows(close: string, where: string): boolean {
    const next = this.#peek();
    if (next !== ',' && next !== close) {
      throw this.#unexpected(where);
    }
    this.#at += 1;
    return next === close;
  }

  #expect(character: string, where: string): void {
    if (this.#peek() !== character) {
      throw this.#unexpected(where);
    }
    this.#at += 1;
  }

  #string(): string {
    const start = this.#at;
    let end = this.#text.indexOf('"', start + 1);
    while (end >= 0 && this.#isEscaped(end)) {
      end = this.#text.indexOf('"', end + 1);
    }
    if (end < 0) {
      throw new BrokenJson('unexpected end of JSON input');
    }
    this.#at = end + 1;
    const inner = this.#text.slice(start + 1, end);
    if (plainText.test(inner)) {
      return inner;
    }
    try {
      return JSON.parse(this.#text.slice(start, this.#at)) as string;
    } catch {
      throw new BrokenJson('invalid character in string literal');
    }
  }

  /** An odd number of backslashes in front of a quote makes it part of the text. */
  #isEscaped(place: number): boolean {
    let first = place;
    while (this.#text.charAt(first - 1) === '\\') {
      first -= 1;
    }
    return (place - first) % 2 === 1;
  }

  #number(): void {
    const match = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][+-]?\d+)?/uy;
    match.lastIndex = this.#at;
    const found = match.exec(this.#text)?.[0];
    if (found === undefined) {
      this.#at += 1;
      throw this.#unexpected('in numeric literal');
    }
    this.#at += found.length;
  }

  #literal(first: string): void {
    const wanted = literals.find((literal) => first !== '' && literal.startsWith(first));
    if (wanted === undefined) {
      throw this.#unexpected('looking for beginning of value');
    }
    for (const character of wanted) {
      if (this.#text.charAt(this.#at) !== character) {
        throw this.#unexpected(`in literal ${wanted} (expecting '${character}')`);
      }
      this.#at += 1;
    }
  }
}

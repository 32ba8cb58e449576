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
const literals: readonly string[] = ['true', 'false', 'null'];

/** Reads JSON text without keeping it. Gives the paths of fields that are there twice; throws BrokenJson. */
export function scanJson(text: string): readonly string[] {
  const scanner = new JsonScanner(text);
  scanner.document();
  return scanner.duplicates;
}

class JsonScanner {
  readonly duplicates: string[] = [];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): void {
    this.#value('', 0);
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

  #value(path: string, depth: number): void {
    if (depth > deepest) {
      throw new BrokenJson('exceeded max depth');
    }
    const first = this.#peek();
    if (first === '{') {
      this.#object(path, depth);
    } else if (first === '[') {
      this.#array(path, depth);
    } else if (first === '"') {
      this.#string();
    } else if (/[-\d]/u.test(first)) {
      this.#number();
    } else {
      this.#literal(first);
    }
  }

  #object(path: string, depth: number): void {
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
      if (seen.has(name)) {
        this.duplicates.push(inner);
      }
      seen.add(name);
      this.#expect(':', 'after object key');
      this.#value(inner, depth + 1);
      if (this.#follows('}', 'after object key:value pair')) {
        return;
      }
    }
  }

  #array(path: string, depth: number): void {
    this.#at += 1;
    if (this.#peek() === ']') {
      this.#at += 1;
      return;
    }
    for (let index = 0; ; index += 1) {
      this.#value(`${path}[${index}]`, depth + 1);
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

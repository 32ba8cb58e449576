import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { badRequest } from '../answers/status-error.ts';
import { labelValue, qualifiedName } from '../../../domain/crd/name-rules.ts';

export type Selects = (object: KubeObject) => boolean;

interface Labels {
  readonly [key: string]: string;
}

type LabelTest = (labels: Labels) => boolean;

const end = '';
const operators = ['in', 'notin', '=', '==', '!=', 'gt', 'lt'];

/** A label selector of a request: `a=b`, `a!=b`, `a in (b,c)`, `a notin (b)`, `a`, `!a`, `a>1`, joined by commas. */
export function labelSelector(text: string): Selects {
  const tests = new SelectorParser(text).parse();
  return (object) => tests.every((test) => test(object.metadata.labels ?? {}));
}

class SelectorParser {
  readonly #tokens: readonly string[];
  #next = 0;

  constructor(text: string) {
    this.#tokens = text.match(/==|!=|[!=<>(),]|[^\s!=<>(),]+/gu) ?? [];
  }

  parse(): readonly LabelTest[] {
    const tests: LabelTest[] = [];
    if (this.#peek() === end) {
      return tests;
    }
    for (;;) {
      if (!this.#isRequirement()) {
        throw badRequest(`found '${this.#peek()}', expected: !, identifier, or 'end of string'`);
      }
      tests.push(this.#requirement());
      const separator = this.#take();
      if (separator === end) {
        return tests;
      }
      if (separator !== ',') {
        throw badRequest(`found '${separator}', expected: ',' or 'end of string'`);
      }
      if (!this.#isRequirement()) {
        throw badRequest(`found '${this.#peek()}', expected: identifier after ','`);
      }
    }
  }

  #peek(): string {
    return this.#tokens[this.#next] ?? end;
  }

  #take(): string {
    const token = this.#peek();
    this.#next += 1;
    return token;
  }

  #isRequirement(): boolean {
    return this.#peek() === '!' || isIdentifier(this.#peek());
  }

  #requirement(): LabelTest {
    const isAbsence = this.#peek() === '!';
    if (isAbsence) {
      this.#take();
    }
    const key = this.#take();
    if (!isIdentifier(key)) {
      throw unparsable(`found '${key}', expected: identifier`);
    }
    checkLabelKey(key);
    if (isAbsence) {
      return (labels) => !Object.hasOwn(labels, key);
    }
    if (this.#peek() === end || this.#peek() === ',') {
      return (labels) => Object.hasOwn(labels, key);
    }
    return this.#comparison(key);
  }

  #comparison(key: string): LabelTest {
    const operator = this.#take();
    switch (operator) {
      case 'in':
      case 'notin': {
        const values = this.#values(key);
        return (labels) => (Object.hasOwn(labels, key) && values.has(labels[key] ?? '')) === (operator === 'in');
      }
      case '=':
      case '==':
      case '!=': {
        const value = this.#value(key);
        return (labels) => (Object.hasOwn(labels, key) && labels[key] === value) === (operator !== '!=');
      }
      case '>':
      case '<':
        return this.#order(key, operator);
      default:
        throw unparsable(`found '${operator}', expected: ${operators.join(', ')}`);
    }
  }

  #order(key: string, operator: '>' | '<'): LabelTest {
    const text = this.#value(key);
    if (!/^[+-]?\d+$/u.test(text)) {
      const rule = "for 'Gt', 'Lt' operators, the value must be an integer";
      throw unparsable(`values[0]: Invalid value: ${JSON.stringify(text)}: ${rule}`);
    }
    const limit = Number(text);
    return (labels) => {
      const value = labels[key];
      const isNumber = value !== undefined && /^[+-]?\d+$/u.test(value);
      return isNumber && (operator === '>' ? Number(value) > limit : Number(value) < limit);
    };
  }

  /** The value of an equality; nothing there is the empty value. */
  #value(key: string): string {
    if (this.#peek() === end || this.#peek() === ',') {
      return '';
    }
    const value = this.#take();
    if (!isIdentifier(value)) {
      throw unparsable(`found '${value}', expected: identifier`);
    }
    checkLabelValue(key, value, 0);
    return value;
  }

  /** `(a,b)`; a missing value between its commas is the empty one. */
  #values(key: string): ReadonlySet<string> {
    const open = this.#take();
    if (open !== '(') {
      throw unparsable(`found '${open}' expected: '('`);
    }
    const values: string[] = [];
    for (;;) {
      const value = isIdentifier(this.#peek()) ? this.#take() : '';
      if (value === '' && this.#peek() === end) {
        const expected = values.length === 0 ? "',', ')' or identifier" : "',', or identifier";
        throw unparsable(`found '', expected: ${expected}`);
      }
      checkLabelValue(key, value, values.length);
      values.push(value);
      const separator = this.#take();
      if (separator === ')') {
        return new Set(values);
      }
      if (separator !== ',') {
        throw unparsable(`found '${separator}', expected: ',' or ')'`);
      }
    }
  }
}

/** Anything that is no sign is an identifier; whether it makes a key or a value is checked apart. */
function isIdentifier(token: string): boolean {
  return token !== end && !/^[!=<>(),]/u.test(token);
}

function unparsable(why: string): Error {
  return badRequest(`unable to parse requirement: ${why}`);
}

function checkLabelKey(key: string): void {
  const broken = qualifiedName(key);
  if (broken.length > 0) {
    throw unparsable(`<nil>: Invalid value: ${JSON.stringify(key)}: ${broken.join('; ')}`);
  }
}

function checkLabelValue(key: string, text: string, index: number): void {
  const broken = labelValue(text);
  if (broken.length > 0) {
    throw unparsable(`values[${index}][${key}]: Invalid value: ${JSON.stringify(text)}: ${broken.join('; ')}`);
  }
}

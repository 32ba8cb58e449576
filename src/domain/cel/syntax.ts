import type { CelValue } from './value.ts';

/** An expression. `at` is its offset in the source. */
export type Expression =
  | { readonly op: 'literal'; readonly value: CelValue; readonly at: number }
  | { readonly op: 'ident'; readonly name: string; readonly at: number }
  | {
      readonly op: 'select';
      readonly target: Expression;
      readonly field: string;
      readonly optional: boolean;
      readonly at: number;
    }
  | {
      readonly op: 'index';
      readonly target: Expression;
      readonly index: Expression;
      readonly optional: boolean;
      readonly at: number;
    }
  | {
      readonly op: 'call';
      readonly name: string;
      readonly target: Expression | undefined;
      readonly args: readonly Expression[];
      readonly at: number;
    }
  | { readonly op: 'list'; readonly items: readonly ListItem[]; readonly at: number }
  | { readonly op: 'map'; readonly entries: readonly MapEntry[]; readonly at: number };

/** `optional`: left out where its value is an optional without one. */
export interface ListItem {
  readonly value: Expression;
  readonly optional: boolean;
}

export interface MapEntry {
  readonly key: Expression;
  readonly value: Expression;
  readonly optional: boolean;
}

/** A mistake that is found before anything is evaluated, at an offset in the source. */
export class CelSyntaxError extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.name = 'CelSyntaxError';
    this.at = at;
  }
}

/** Mistakes in their order in the source, each with its line and a mark below the place, as the API server prints them. */
export function printMistakes(source: string, mistakes: readonly CelSyntaxError[]): string {
  return mistakes
    .toSorted((left, right) => left.at - right.at)
    .map((mistake) => printMistake(source, mistake))
    .join('\n');
}

function printMistake(source: string, error: CelSyntaxError): string {
  const before = source.slice(0, error.at).split('\n');
  const column = Array.from(before.at(-1) ?? '').length;
  const line = source.split('\n')[before.length - 1] ?? '';
  const mark = `${'.'.repeat(column)}^`;
  return `ERROR: <input>:${before.length}:${column + 1}: ${error.message}\n | ${line}\n | ${mark}`;
}

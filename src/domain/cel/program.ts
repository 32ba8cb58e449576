import { compile } from './compile.ts';
import { parse } from './parser.ts';
import { CelSyntaxError, printMistakes } from './syntax.ts';
import { TypeChecker } from './types/check.ts';
import { scopeOf } from './types/scope.ts';
import type { ValueType } from './types/value-type.ts';
import type { CelMeter, CelValue } from './value.ts';

/** An expression that is ready to be evaluated. `read` gives the variables; throws `CelError` and `CelBudgetError`. */
export interface CelProgram {
  readonly source: string;
  readonly run: (read: (name: string) => CelValue | undefined, meter: CelMeter) => CelValue;
}

export type Compiled =
  { readonly ok: true; readonly program: CelProgram } | { readonly ok: false; readonly mistake: string };

/** Work that one expression may do, in the API server's measure. */
export const callLimit = 1_000_000;

/** Compiles an expression over the variables of these names, or says in the API server's form what is wrong with it. */
export function compileCel(source: string, variables: readonly string[]): Compiled {
  try {
    const evaluate = compile(parse(source), { globals: new Set(variables), locals: [] });
    return {
      ok: true,
      program: { source, run: (global, meter) => evaluate({ meter, global, local: undefined }) },
    };
  } catch (error) {
    if (error instanceof CelSyntaxError) {
      return { ok: false, mistake: printMistakes(source, [error]) };
    }
    throw error;
  }
}

/** `reads`: the variables that it names. */
export type Checked =
  | { readonly ok: true; readonly type: ValueType; readonly reads: ReadonlySet<string> }
  | { readonly ok: false; readonly mistake: string };

/** The type of an expression over variables of these types, or in the API server's form every mistake in it. */
export function checkCel(source: string, variables: ReadonlyMap<string, ValueType>): Checked {
  try {
    const checker = new TypeChecker();
    const type = checker.whole(parse(source), scopeOf(variables));
    return checker.mistakes.length === 0
      ? { ok: true, type, reads: checker.reads }
      : { ok: false, mistake: printMistakes(source, checker.mistakes) };
  } catch (error) {
    if (error instanceof CelSyntaxError) {
      return { ok: false, mistake: printMistakes(source, [error]) };
    }
    throw error;
  }
}

import { callLimit, compileCel } from '../cel/program.ts';
import type { CelProgram } from '../cel/program.ts';
import { CelBudgetError, CelError, CelMeter } from '../cel/value.ts';
import type { CelValue } from '../cel/value.ts';

export const policyVariables: readonly string[] = [
  'object',
  'oldObject',
  'request',
  'params',
  'namespaceObject',
  'authorizer',
  'variables',
];

/** Work that all expressions of one review may do together. */
export const reviewBudget = 10_000_000;

/** An expression that is compiled when it is first asked for. */
export class PolicyExpression {
  readonly source: string;
  readonly #variables: readonly string[];
  #program: CelProgram | undefined;

  constructor(source: string, variables: readonly string[] = policyVariables) {
    this.source = source;
    this.#variables = variables;
  }

  /** Its value, or in words why there is none. */
  run(read: (name: string) => CelValue | undefined, budget: Budget): CelValue | CelError {
    try {
      return budget.spend((meter) => this.#compiled().run(read, meter));
    } catch (error) {
      if (error instanceof CelError || error instanceof CelBudgetError) {
        return new CelError(error.message);
      }
      throw error;
    }
  }

  #compiled(): CelProgram {
    if (this.#program === undefined) {
      const compiled = compileCel(this.source, this.#variables);
      if (!compiled.ok) {
        throw new CelError(`compilation failed: ${compiled.mistake}`);
      }
      this.#program = compiled.program;
    }
    return this.#program;
  }
}

/** What is left for the expressions of a review; each of them may use at most so much. */
export class Budget {
  #left: number;

  constructor(limit: number) {
    this.#left = limit;
  }

  get isSpent(): boolean {
    return this.#left <= 0;
  }

  spend<T>(run: (meter: CelMeter) => T): T {
    const allowed = Math.min(this.#left, callLimit);
    const meter = new CelMeter(allowed);
    try {
      return run(meter);
    } finally {
      this.#left -= allowed - meter.left;
    }
  }
}

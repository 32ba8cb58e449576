import { CelError } from '../cel/value.ts';
import type { CelValue } from '../cel/value.ts';
import { listAt, textAt } from '../json.ts';
import type { Json } from '../json.ts';
import { PolicyExpression } from './expression.ts';
import type { Budget } from './expression.ts';

/** What stands against a write: the sentence, and the reason of the answer. */
export interface Objection {
  readonly message: string;
  readonly reason: string;
}

/** A named expression: a match condition or a variable. */
export interface Named {
  readonly name: string;
  readonly expression: PolicyExpression;
}

/** What an expression reads. */
export type Read = (name: string) => CelValue | undefined;

/** The named expressions of a list, over the variables of policies unless others are given. */
export function namedAt(owner: Json | undefined, field: string, variables?: readonly string[]): readonly Named[] {
  return listAt(owner, field).map((one) => ({
    name: textAt(one, 'name') ?? '',
    expression: new PolicyExpression(textAt(one, 'expression') ?? '', variables),
  }));
}

/** True, false, or why it can't be told. A condition that is false decides even where another one fails. */
export function conditionsHold(conditions: readonly Named[], read: Read, budget: Budget): boolean | Objection {
  let failed: Objection | undefined;
  for (const { expression } of conditions) {
    const value = expression.run(read, budget);
    if (value === false) {
      return false;
    }
    failed ??= value === true ? undefined : failedExpression(expression, value);
  }
  return failed ?? true;
}

export function failedExpression({ source }: PolicyExpression, value: CelValue | CelError): Objection {
  const why = value instanceof CelError ? value.message : 'no such overload';
  return { message: `expression '${source}' resulted in error: ${why}`, reason: 'Invalid' };
}

import { CelError, CelMap } from '../cel/value.ts';
import type { CelList, CelValue } from '../cel/value.ts';
import { listAt, textAt, valueAt } from '../json.ts';
import type { Json } from '../json.ts';
import { AuthorizerValue } from './authorizer-value.ts';
import type { AskRights } from './authorizer-value.ts';
import { objectValue, requestValue } from './admission-request.ts';
import type { AdmissionRequest } from './admission-request.ts';
import { Budget, PolicyExpression, reviewBudget } from './expression.ts';
import { conditionsHold, failedExpression, namedAt } from './match-conditions.ts';
import type { Named, Objection, Read } from './match-conditions.ts';
import { decodeConstraints } from './match-rules.ts';
import type { MatchConstraints } from './match-rules.ts';

interface Validation {
  readonly expression: PolicyExpression;
  readonly message: string;
  readonly messageExpression: PolicyExpression | undefined;
  readonly reason: string;
}

/** A ValidatingAdmissionPolicy, ready to be asked. */
export interface Policy {
  readonly name: string;
  readonly constraints: MatchConstraints;
  readonly paramKind: Json | undefined;
  /** Whether an expression that fails lets the object pass. */
  readonly ignoresFailures: boolean;
  readonly conditions: readonly Named[];
  readonly variables: readonly Named[];
  readonly validations: readonly Validation[];
}

export function decodePolicy(policy: Json): Policy {
  const spec = valueAt(policy, 'spec');
  return {
    name: textAt(policy, 'metadata', 'name') ?? '',
    constraints: decodeConstraints(valueAt(spec, 'matchConstraints')),
    paramKind: valueAt(spec, 'paramKind'),
    ignoresFailures: textAt(spec, 'failurePolicy') === 'Ignore',
    conditions: namedAt(spec, 'matchConditions'),
    variables: namedAt(spec, 'variables'),
    validations: listAt(spec, 'validations').map((one) => {
      const text = textAt(one, 'messageExpression') ?? '';
      return {
        expression: expressionAt(one),
        message: (textAt(one, 'message') ?? '').trim(),
        messageExpression: text === '' ? undefined : new PolicyExpression(text),
        reason: textAt(one, 'reason') ?? 'Invalid',
      };
    }),
  };
}

function expressionAt(value: Json): PolicyExpression {
  return new PolicyExpression(textAt(value, 'expression') ?? '');
}

/** What the policy has against a write, for one object of parameters (null for none). */
export function evaluatePolicy(
  policy: Policy,
  request: AdmissionRequest,
  params: Json,
  ask: AskRights,
): readonly Objection[] {
  const budget = new Budget(reviewBudget);
  const read = reader(policy, request, { params, ask, budget });
  const decision = conditionsHold(policy.conditions, read, budget);
  if (decision !== true) {
    return decision === false || policy.ignoresFailures ? [] : [decision];
  }
  const found: Objection[] = [];
  for (const validation of policy.validations) {
    const objection = budget.isSpent ? outOfBudget : validate(validation, read, budget, policy.ignoresFailures);
    if (objection !== undefined) {
      found.push(objection);
    }
    if (objection === outOfBudget) {
      break;
    }
  }
  return found;
}

const outOfBudget: Objection = {
  message: 'validation failed due to running out of cost budget, no further validation rules will be run',
  reason: 'Invalid',
};

function validate(
  { expression, message, messageExpression, reason }: Validation,
  read: Read,
  budget: Budget,
  ignoresFailures: boolean,
): Objection | undefined {
  const value = expression.run(read, budget);
  if (value === true) {
    return undefined;
  }
  if (value !== false) {
    return ignoresFailures ? undefined : failedExpression(expression, value);
  }
  const told = messageExpression?.run(read, budget);
  const own = typeof told === 'string' && isSentence(told) ? told.trim() : '';
  const fallback = message === '' ? `failed expression: ${expression.source.trim()}` : message;
  return { message: own === '' ? fallback : own, reason };
}

const longestMessage = 5 * 1024;

function isSentence(text: string): boolean {
  return !text.trim().includes('\n') && text.length <= longestMessage;
}

interface Sources {
  readonly params: Json;
  readonly ask: AskRights;
  readonly budget: Budget;
}

function reader(policy: Policy, request: AdmissionRequest, { params, ask, budget }: Sources): Read {
  const variables = new LazyVariables(policy.variables, (expression) => expression.run(read, budget));
  const makers: { readonly [name: string]: () => CelValue } = {
    object: () => objectValue(request.object),
    oldObject: () => objectValue(request.oldObject),
    request: () => requestValue(request),
    params: () => objectValue(params),
    namespaceObject: () => objectValue(request.namespaceObject),
    authorizer: () => new AuthorizerValue(ask),
    variables: () => variables,
  };
  const made = new Map<string, CelValue>();
  const read: Read = (name) => {
    if (!made.has(name)) {
      made.set(name, makers[name]?.() ?? null);
    }
    return made.get(name);
  };
  return read;
}

/** Each variable is worked out when it is first read; its failure is the failure of whoever reads it. */
class LazyVariables extends CelMap {
  readonly #variables: ReadonlyMap<string, PolicyExpression>;
  readonly #known = new Map<string, CelValue | CelError>();
  readonly #run: (expression: PolicyExpression) => CelValue | CelError;

  constructor(variables: readonly Named[], run: (expression: PolicyExpression) => CelValue | CelError) {
    super();
    this.#variables = new Map(variables.map(({ name, expression }) => [name, expression]));
    this.#run = run;
  }

  get size(): number {
    return this.#variables.size;
  }

  keys(): CelList {
    return [...this.#variables.keys()];
  }

  get(key: CelValue): CelValue | undefined {
    const expression = typeof key === 'string' ? this.#variables.get(key) : undefined;
    if (expression === undefined || typeof key !== 'string') {
      return undefined;
    }
    const value = this.#known.get(key) ?? this.#run(expression);
    this.#known.set(key, value);
    if (value instanceof CelError) {
      throw new CelError(`composited variable ${JSON.stringify(key)} fails to evaluate: ${value.message}`);
    }
    return value;
  }
}

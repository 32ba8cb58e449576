import { equal } from '../cel/equality.ts';
import { callLimit, compileCel } from '../cel/program.ts';
import type { CelProgram } from '../cel/program.ts';
import { CelOptional } from '../cel/optional.ts';
import { CelBudgetError, CelError, CelMeter } from '../cel/value.ts';
import type { CelValue } from '../cel/value.ts';
import { isJsonArray, isJsonObject, jsonEqual, listAt, textAt, valueAt } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { itemBefore } from './item-before.ts';
import { typedValue } from './typed-value.ts';
import { describeValue, joinPath, violation } from './violation.ts';
import type { Violation } from './violation.ts';

/** Work that all rules of one object may do together, in the API server's measure. */
const objectBudget = 10_000_000;

interface Rule {
  readonly source: string;
  readonly program: CelProgram | string;
  readonly message: CelProgram | undefined;
  readonly fixedMessage: string;
  readonly reason: string;
  readonly fieldPath: string;
  readonly isTransition: boolean;
  readonly isOldOptional: boolean;
}

/** A schema with rules in it or below it. */
interface Ruled {
  readonly rules: readonly Rule[];
  readonly schema: JsonObject;
  readonly properties: ReadonlyMap<string, Ruled>;
  readonly items: Ruled | undefined;
  readonly additional: Ruled | undefined;
}

const known = new WeakMap<JsonObject, { readonly ruled: Ruled | undefined }>();

/** Mistakes after which the rules are not asked: they could not read the object. */
const blocking = new Set([
  'FieldValueTypeInvalid',
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueNotSupported',
]);

const notAsked = violation(
  'FieldValueInvalid',
  '<nil>',
  'Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
);

/**
 * What the rules of a schema (`x-kubernetes-validations`) have against a value, after what the schema itself found.
 * `before` is the object as it was, undefined for a new one.
 */
export function checkRules(
  value: Json,
  before: Json | undefined,
  schema: JsonObject,
  found: readonly Violation[],
): readonly Violation[] {
  const ruled = ruledSchema(schema);
  if (ruled === undefined) {
    return [];
  }
  if (found.some((one) => blocking.has(one.reason))) {
    return [notAsked];
  }
  const walk: Walk = { violations: [], left: objectBudget };
  visit(value, before, ruled, '', walk);
  return walk.violations;
}

function ruledSchema(schema: JsonObject): Ruled | undefined {
  const cached = known.get(schema);
  if (cached !== undefined) {
    return cached.ruled;
  }
  const ruled = readSchema(schema);
  known.set(schema, { ruled });
  return ruled;
}

function readSchema(schema: JsonObject): Ruled | undefined {
  const rules = listAt(schema, 'x-kubernetes-validations').map((rule) => readRule(rule));
  const declared = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const properties = Object.entries(declared).flatMap(([name, property]) => {
    const ruled = isJsonObject(property) ? readSchema(property) : undefined;
    return ruled === undefined ? [] : [[name, ruled] as const];
  });
  const below = (keyword: string): Ruled | undefined => {
    const inner = schema[keyword];
    return isJsonObject(inner) ? readSchema(inner) : undefined;
  };
  const items = below('items');
  const additional = below('additionalProperties');
  const isEmpty = rules.length === 0 && properties.length === 0 && items === undefined && additional === undefined;
  return isEmpty ? undefined : { rules, schema, properties: new Map(properties), items, additional };
}

function readRule(rule: Json): Rule {
  const source = textAt(rule, 'rule') ?? '';
  const compiled = compileCel(source, ['self', 'oldSelf']);
  const expression = textAt(rule, 'messageExpression') ?? '';
  const message = expression === '' ? undefined : compileCel(expression, ['self', 'oldSelf']);
  return {
    source: source.trim(),
    program: compiled.ok ? compiled.program : compiled.mistake,
    message: message?.ok === true ? message.program : undefined,
    fixedMessage: textAt(rule, 'message') ?? '',
    reason: textAt(rule, 'reason') ?? 'FieldValueInvalid',
    fieldPath: textAt(rule, 'fieldPath') ?? '',
    isTransition: /\boldSelf\b/u.test(source),
    isOldOptional: valueAt(rule, 'optionalOldSelf') === true,
  };
}

interface Walk {
  readonly violations: Violation[];
  left: number;
}

function visit(value: Json, before: Json | undefined, ruled: Ruled, path: string, walk: Walk): void {
  for (const rule of ruled.rules) {
    if (walk.left < 0) {
      return;
    }
    judge(rule, { value, before, schema: ruled.schema, path }, walk);
  }
  if (isJsonArray(value) && ruled.items !== undefined) {
    for (const [index, item] of value.entries()) {
      visit(item, itemBefore(item, before, ruled.schema), ruled.items, `${path}[${index}]`, walk);
    }
  }
  if (isJsonObject(value)) {
    for (const [name, below] of Object.entries(value)) {
      const inner = ruled.properties.get(name) ?? ruled.additional;
      if (inner !== undefined) {
        visit(below, isJsonObject(before) ? before[name] : undefined, inner, joinPath(path, name), walk);
      }
    }
  }
}

interface Subject {
  readonly value: Json;
  readonly before: Json | undefined;
  readonly schema: JsonObject;
  readonly path: string;
}

function judge(rule: Rule, subject: Subject, walk: Walk): void {
  const { value, before, schema, path } = subject;
  if (rule.isTransition && before === undefined && !rule.isOldOptional) {
    return;
  }
  const mayStay = !rule.isTransition && before !== undefined;
  if (typeof rule.program === 'string') {
    const why = `compilation failed: ${rule.program}`;
    walk.violations.push(
      violation('FieldValueInvalid', path, `Invalid value: ${shown(value)}: rule compile error: ${why}`),
    );
    return;
  }
  const self = typedValue(value, schema);
  const old = before === undefined ? undefined : typedValue(before, schema);
  const read = (name: string): CelValue | undefined => {
    if (name === 'self') {
      return self;
    }
    return rule.isOldOptional ? new CelOptional(old) : old;
  };
  const result = run(rule.program, read, walk);
  if (mayStay && !(result instanceof CelBudgetError) && jsonEqual(value, before)) {
    return;
  }
  if (result instanceof CelBudgetError) {
    walk.violations.push(overBudget(rule, subject, walk));
  } else if (result instanceof CelError) {
    const message = `${result.message} evaluating rule: ${rule.fixedMessage === '' ? rule.source : rule.fixedMessage}`;
    walk.violations.push(violation('FieldValueInvalid', placeOf(path), `Invalid value: ${shown(value)}: ${message}`));
  } else if (!equal(result, true)) {
    walk.violations.push(refusal(rule, subject, ownMessage(rule, read, walk)));
  }
}

function run(
  program: CelProgram,
  read: (name: string) => CelValue | undefined,
  walk: Walk,
): CelValue | CelError | CelBudgetError {
  const allowed = Math.min(Math.max(walk.left, 0), callLimit);
  const meter = new CelMeter(allowed);
  try {
    return program.run(read, meter);
  } catch (error) {
    if (error instanceof CelError || error instanceof CelBudgetError) {
      return error;
    }
    throw error;
  } finally {
    walk.left -= allowed - meter.left;
  }
}

function overBudget(rule: Rule, { value, path }: Subject, walk: Walk): Violation {
  const isOne = walk.left > 0;
  walk.left = -1;
  const why = isOne
    ? `call cost exceeds limit for rule: ${rule.source}`
    : 'validation failed due to running out of cost budget';
  return violation(
    'FieldValueInvalid',
    path,
    `Invalid value: ${shown(value)}: ${isOne ? `no further validation rules will be run due to ${why}` : `${why}, no further validation rules will be run`}`,
  );
}

const longestMessage = 5 * 1024;

function ownMessage(rule: Rule, read: (name: string) => CelValue | undefined, walk: Walk): string {
  const told = rule.message === undefined ? undefined : run(rule.message, read, walk);
  const text = typeof told === 'string' ? told.trim() : '';
  if (text !== '' && text.length <= longestMessage && !text.includes('\n')) {
    return text;
  }
  return rule.fixedMessage === '' ? `failed rule: ${rule.source}` : rule.fixedMessage;
}

function refusal({ reason, fieldPath }: Rule, { value, path }: Subject, message: string): Violation {
  const field = placeOf(`${path}${fieldPath}`);
  switch (reason) {
    case 'FieldValueForbidden':
      return violation(reason, field, `Forbidden: ${message}`);
    case 'FieldValueRequired':
      return violation(reason, field, `Required value: ${message}`);
    case 'FieldValueDuplicate':
      return violation(
        reason,
        field,
        isOmitted(value) ? 'Duplicate value' : `Duplicate value: ${describeValue(value)}`,
      );
    default:
      return violation(
        'FieldValueInvalid',
        field,
        isOmitted(value) ? `Invalid value: ${message}` : `Invalid value: ${describeValue(value)}: ${message}`,
      );
  }
}

/** The object itself has no path. */
function placeOf(path: string): string {
  return path === '' ? '<nil>' : path.replace(/^\./u, '');
}

/** Values of many parts are not quoted. */
function isOmitted(value: Json): boolean {
  return isJsonObject(value) || isJsonArray(value);
}

function shown(value: Json): string {
  if (isJsonArray(value)) {
    return '"array"';
  }
  return isJsonObject(value) ? '"object"' : describeValue(value);
}

import { macroForm } from '../macro-form.ts';
import type { Expression } from '../syntax.ts';
import type { TypeScope } from './scope.ts';
import { bool, dyn, int, isOpen, isParameter, listOf, mapOf, mistaken, optionalOf, printType } from './value-type.ts';
import type { ValueType } from './value-type.ts';

type Call = Extract<Expression, { op: 'call' }>;

/** What the checker of an expression does for its macros. */
export interface Checker {
  check(expression: Expression, scope: TypeScope | undefined): ValueType;
  mistake(text: string, at: number): void;
  expectType(given: ValueType, wanted: ValueType, at: number): boolean;
  resolveCall(name: string, isMethod: boolean, given: readonly ValueType[], at: number): ValueType;
  field(
    operand: ValueType,
    select: { readonly field: string; readonly optional: boolean; readonly at: number },
  ): ValueType;
}

/** The type of a macro; undefined where the call is none. Mistakes are told of what a macro stands for. */
export function checkMacro(checker: Checker, call: Call, scope: TypeScope | undefined): ValueType | undefined {
  const form = macroForm(call);
  if (form === undefined) {
    return undefined;
  }
  if (form.kind === 'has') {
    checker.field(checker.check(form.select.target, scope), { ...form.select, at: call.at });
    return bool;
  }
  if (form.kind === 'optional') {
    return checkOptional(checker, call, { ...form, scope });
  }
  const range = checker.check(form.target, scope);
  const inner = bound(scope, form.names, variablesOf(checker, range, { at: form.target.at, count: form.names.length }));
  const [first, second] = form.bodies;
  if (first === undefined) {
    return undefined;
  }
  const types = { range, item: inner?.type ?? dyn };
  return folds[form.name]?.(checker, { call, types, first, second, scope: inner, names: form.names });
}

interface Body {
  readonly call: Call;
  readonly types: { readonly range: ValueType; readonly item: ValueType };
  readonly first: Expression;
  readonly second: Expression | undefined;
  readonly scope: TypeScope | undefined;
  readonly names: readonly string[];
}

type CheckFold = (checker: Checker, body: Body) => ValueType;

const quantified: CheckFold = (checker, { first, scope }) => {
  const isBool = checker.expectType(checker.check(first, scope), bool, first.at);
  return isBool ? bool : mistaken;
};

const existsOne: CheckFold = (checker, { first, scope, call }) =>
  chosen(checker, checker.check(first, scope), int, call.at) === mistaken ? mistaken : bool;

/** A list of what each turn gives; with two expressions the first chooses the turns. */
const mapped: CheckFold = (checker, { first, second, scope, call }) => {
  const [condition, value] = second === undefined ? [undefined, first] : [first, second];
  const chooses = condition === undefined ? undefined : checker.check(condition, scope);
  const list = listOf(checker.check(value, scope));
  return chooses === undefined ? list : chosen(checker, chooses, list, call.at);
};

const filtered: CheckFold = (checker, { first, scope, call, types }) =>
  chosen(checker, checker.check(first, scope), listOf(types.item), call.at);

const mappedValues: CheckFold = (checker, { first, second, scope, call, types }) => {
  const [condition, value] = second === undefined ? [undefined, first] : [first, second];
  const chooses = condition === undefined ? undefined : checker.check(condition, scope);
  const key = types.range.name === 'map' ? (types.range.params[0] ?? dyn) : int;
  const made = mapOf(key, checker.check(value, scope));
  return chooses === undefined ? made : chosen(checker, chooses, made, call.at);
};

const mappedEntries: CheckFold = (checker, { first, second, scope, call }) => {
  const [condition, value] = second === undefined ? [undefined, first] : [first, second];
  const chooses = condition === undefined ? undefined : checker.check(condition, scope);
  const made = checker.check(value, scope);
  return chooses === undefined ? made : chosen(checker, chooses, made, call.at);
};

const sorted: CheckFold = (checker, { first, scope, call, types }) =>
  checker.resolveCall('@sortByAssociatedKeys', true, [types.range, listOf(checker.check(first, scope))], call.at);

const folds: { readonly [name: string]: CheckFold } = {
  all: quantified,
  exists: quantified,
  exists_one: existsOne,
  existsOne,
  map: mapped,
  filter: filtered,
  transformList: mapped,
  transformMap: mappedValues,
  transformMapEntry: mappedEntries,
  sortBy: sorted,
};

function chosen(checker: Checker, condition: ValueType, result: ValueType, at: number): ValueType {
  return checker.resolveCall('_?_:_', false, [condition, result, result], at);
}

function variablesOf(
  checker: Checker,
  range: ValueType,
  { at, count }: { readonly at: number; readonly count: number },
): readonly ValueType[] {
  const [key = dyn, value = dyn] = range.params;
  if (range.name === 'list') {
    return count === 1 ? [key] : [int, key];
  }
  if (range.name === 'map') {
    return count === 1 ? [key] : [key, value];
  }
  if (isOpen(range) || isParameter(range)) {
    checker.expectType(dyn, range, at);
    return Array.from({ length: count }, () => dyn);
  }
  const why = 'cannot be range of a comprehension (must be list, map, or dynamic)';
  checker.mistake(`expression of type '${printType(range)}' ${why}`, at);
  return Array.from({ length: count }, () => mistaken);
}

/** The last name is the innermost. */
function bound(
  scope: TypeScope | undefined,
  names: readonly string[],
  types: readonly ValueType[],
): TypeScope | undefined {
  return names.reduce<TypeScope | undefined>(
    (outer, name, index) => ({ name, type: types[index] ?? dyn, outer }),
    scope,
  );
}

interface OptionalForm {
  readonly target: Expression;
  readonly name: string;
  readonly body: Expression;
  readonly scope: TypeScope | undefined;
}

function checkOptional(checker: Checker, call: Call, { target, name, body, scope }: OptionalForm): ValueType {
  const optional = checker.check(target, scope);
  const isOptional = checker.resolveCall('hasValue', true, [optional], call.at) === bool;
  const value = checker.resolveCall('value', true, [optional], call.at);
  const result = checker.check(body, { name, type: value, outer: scope });
  const absent = checker.resolveCall('optional.none', false, [], call.at);
  const whole = call.name === 'optMap' ? optionalOf(result) : result;
  return isOptional ? checker.resolveCall('_?_:_', false, [bool, whole, absent], call.at) : mistaken;
}

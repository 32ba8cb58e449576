import type { Evaluate, Frame, Scope } from './evaluation.ts';
import { CelOptional, lookUp } from './optional.ts';
import { CelSyntaxError } from './syntax.ts';
import type { Expression } from './syntax.ts';
import { CelError, CelMap, EntryMap, isList, noOverload } from './value.ts';
import type { CelValue } from './value.ts';

type Call = Extract<Expression, { op: 'call' }>;
type Compile = (expression: Expression, scope: Scope) => Evaluate;

/** One turn of a macro: the variables it binds. */
type Turn = readonly CelValue[];

/** A macro's work over its turns; `run(at, turn)` evaluates its argument `at` for one of them. */
type Fold = (turns: readonly Turn[], run: (at: number, turn: Turn) => CelValue, frame: Frame) => CelValue;

function isTrue(value: CelValue): boolean {
  if (typeof value !== 'boolean') {
    throw noOverload();
  }
  return value;
}

/** `all` and `exists`: an error counts only where no other turn decides. */
function quantified(decisive: boolean): Fold {
  return (turns, run, { meter }) => {
    let failed: CelError | undefined;
    for (const turn of turns) {
      meter.charge(3);
      try {
        if (isTrue(run(0, turn)) === decisive) {
          return decisive;
        }
      } catch (error) {
        if (!(error instanceof CelError)) {
          throw error;
        }
        failed ??= error;
      }
    }
    if (failed !== undefined) {
      throw failed;
    }
    return !decisive;
  };
}

const existsOne: Fold = (turns, run, { meter }) => {
  meter.charge(turns.length * 3);
  return turns.filter((turn) => isTrue(run(0, turn))).length === 1;
};

const filter: Fold = (turns, run, { meter }) => {
  meter.charge(turns.length * 3);
  return turns.filter((turn) => isTrue(run(0, turn))).map((turn) => turn.at(-1) ?? null);
};

/** With one argument its value of each turn; with two the first chooses the turns. */
const map: Fold = (turns, run, { meter }) => {
  meter.charge(turns.length * 14);
  return turns.map((turn) => run(0, turn));
};

const chosenMap: Fold = (turns, run, { meter }) => {
  meter.charge(turns.length * 14);
  return turns.filter((turn) => isTrue(run(0, turn))).map((turn) => run(1, turn));
};

const transformMap: Fold = (turns, run, { meter }) => {
  meter.charge(turns.length * 34);
  return new EntryMap(turns.map((turn) => [turn[0] ?? null, run(0, turn)]));
};

const chosenTransformMap: Fold = (turns, run, frame) =>
  transformMap(
    turns.filter((turn) => isTrue(run(0, turn))),
    (_, turn) => run(1, turn),
    frame,
  );

/** By name, number of variables and number of expressions behind them. */
const folds: { readonly [form: string]: Fold } = {
  'all 1 1': quantified(false),
  'all 2 1': quantified(false),
  'exists 1 1': quantified(true),
  'exists 2 1': quantified(true),
  'exists_one 1 1': existsOne,
  'existsOne 1 1': existsOne,
  'existsOne 2 1': existsOne,
  'filter 1 1': filter,
  'map 1 1': map,
  'map 1 2': chosenMap,
  'transformList 2 1': map,
  'transformList 2 2': chosenMap,
  'transformMap 2 1': transformMap,
  'transformMap 2 2': chosenTransformMap,
};

/** The evaluation of a macro; undefined where the call is none. */
export function compileMacro(call: Call, scope: Scope, compile: Compile): Evaluate | undefined {
  const { name, target, args } = call;
  if (target === undefined) {
    return name === 'has' ? compileHas(call, scope, compile) : undefined;
  }
  if ((name === 'optMap' || name === 'optFlatMap') && args.length === 2) {
    return compileOptional(call, target, scope, compile);
  }
  for (const count of [1, 2]) {
    const fold = folds[`${name} ${count} ${args.length - count}`];
    const isBinding = count === 1 || args.slice(0, count).every((arg) => arg.op === 'ident');
    if (fold !== undefined && isBinding && !(count === 1 && isTwoVariable(name, args))) {
      return compileFold(fold, { call, target, count }, scope, compile);
    }
  }
  return undefined;
}

/** `all(i, v, …)` has the length of `map(v, p, e)`, which binds one. */
function isTwoVariable(name: string, args: readonly Expression[]): boolean {
  return name !== 'map' && folds[`${name} 2 ${args.length - 2}`] !== undefined;
}

function variable(arg: Expression | undefined, at: number): string {
  if (arg?.op !== 'ident') {
    throw new CelSyntaxError('argument must be a simple name', arg?.at ?? at);
  }
  return arg.name;
}

function compileFold(
  fold: Fold,
  { call, target, count }: { readonly call: Call; readonly target: Expression; readonly count: number },
  scope: Scope,
  compile: Compile,
): Evaluate {
  const names = call.args.slice(0, count).map((arg) => variable(arg, call.at));
  const inner = { ...scope, locals: [...scope.locals, ...names] };
  const over = compile(target, scope);
  const bodies = call.args.slice(count).map((arg) => compile(arg, inner));
  return (frame) => {
    const run = (at: number, turn: Turn): CelValue => {
      let { local } = frame;
      for (const [index, name] of names.entries()) {
        local = { name, value: turn[index] ?? null, outer: local };
      }
      return bodies[at]?.({ ...frame, local }) ?? null;
    };
    return fold(turnsOf(over(frame), count), run, frame);
  };
}

/** One variable is bound to the items of a list or the keys of a map, two to places and items or keys and values. */
function turnsOf(range: CelValue, count: number): readonly Turn[] {
  if (range instanceof CelMap) {
    return range.keys().map((key) => (count === 1 ? [key] : [key, range.get(key) ?? null]));
  }
  if (!isList(range)) {
    throw noOverload();
  }
  return range.map((item, at) => (count === 1 ? [item] : [BigInt(at), item]));
}

function compileHas({ args, at }: Call, scope: Scope, compile: Compile): Evaluate {
  const [arg] = args;
  if (arg?.op !== 'select' || args.length !== 1) {
    throw new CelSyntaxError('invalid argument to has() macro', arg?.at ?? at);
  }
  const read = compile(arg.target, scope);
  const { field } = arg;
  return (frame) => {
    const value = read(frame);
    frame.meter.charge(1);
    if (value instanceof CelOptional) {
      return value.value !== undefined && lookUp(value.value, field) !== undefined;
    }
    if (!(value instanceof CelMap)) {
      throw noOverload();
    }
    return value.get(field) !== undefined;
  };
}

function compileOptional(call: Call, target: Expression, scope: Scope, compile: Compile): Evaluate {
  const name = variable(call.args[0], call.at);
  const over = compile(target, scope);
  const [, body] = call.args;
  const run = body === undefined ? undefined : compile(body, { ...scope, locals: [...scope.locals, name] });
  const isFlat = call.name === 'optFlatMap';
  return (frame) => {
    const optional = over(frame);
    if (!(optional instanceof CelOptional) || run === undefined) {
      throw noOverload();
    }
    if (optional.value === undefined) {
      return optional;
    }
    const value = run({ ...frame, local: { name, value: optional.value, outer: frame.local } });
    return isFlat ? value : new CelOptional(value);
  };
}

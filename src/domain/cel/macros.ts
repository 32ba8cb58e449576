import type { Evaluate, Frame, Scope } from './evaluation.ts';
import { macroForm } from './macro-form.ts';
import type { MacroForm } from './macro-form.ts';
import { CelOptional, lookUp } from './optional.ts';
import type { Expression } from './syntax.ts';
import { compare } from './operators.ts';
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

/** Every turn gives a map; all of them together are the result. */
const entries: Fold = (turns, run, { meter }) => {
  meter.charge(turns.length * 34);
  return new EntryMap(turns.flatMap((turn) => pairsOf(run(0, turn))));
};

const chosenEntries: Fold = (turns, run, frame) =>
  entries(
    turns.filter((turn) => isTrue(run(0, turn))),
    (_, turn) => run(1, turn),
    frame,
  );

function pairsOf(value: CelValue): readonly (readonly [CelValue, CelValue])[] {
  if (!(value instanceof CelMap)) {
    throw noOverload();
  }
  return value.keys().map((key) => [key, value.get(key) ?? null] as const);
}

const sortBy: Fold = (turns, run, { meter }) => {
  meter.charge(turns.length * 14);
  const keyed = turns.map((turn) => ({ item: turn.at(-1) ?? null, key: run(0, turn) }));
  return keyed.toSorted((left, right) => compare(left.key, right.key)).map(({ item }) => item);
};

/** By name, number of variables and number of expressions behind them. */
const folds: { readonly [form: string]: Fold } = {
  'all 1 1': quantified(false),
  'all 2 1': quantified(false),
  'exists 1 1': quantified(true),
  'exists 2 1': quantified(true),
  'exists_one 1 1': existsOne,
  'existsOne 1 1': existsOne,
  'exists_one 2 1': existsOne,
  'existsOne 2 1': existsOne,
  'filter 1 1': filter,
  'map 1 1': map,
  'map 1 2': chosenMap,
  'transformList 2 1': map,
  'transformList 2 2': chosenMap,
  'transformMap 2 1': transformMap,
  'transformMap 2 2': chosenTransformMap,
  'transformMapEntry 2 1': entries,
  'transformMapEntry 2 2': chosenEntries,
  'sortBy 1 1': sortBy,
};

/** The evaluation of a macro; undefined where the call is none. */
export function compileMacro(call: Call, scope: Scope, compile: Compile): Evaluate | undefined {
  const form = macroForm(call);
  if (form === undefined) {
    return undefined;
  }
  switch (form.kind) {
    case 'has':
      return compileHas(form.select, scope, compile);
    case 'optional':
      return compileOptional(call.name === 'optFlatMap', form, scope, compile);
    case 'fold': {
      const fold = folds[`${form.name} ${form.names.length} ${form.bodies.length}`];
      return fold === undefined ? undefined : compileFold(fold, form, scope, compile);
    }
  }
}

function compileFold(
  fold: Fold,
  { target, names, bodies: parts }: Extract<MacroForm, { kind: 'fold' }>,
  scope: Scope,
  compile: Compile,
): Evaluate {
  const inner = { ...scope, locals: [...scope.locals, ...names] };
  const over = compile(target, scope);
  const bodies = parts.map((part) => compile(part, inner));
  return (frame) => {
    const run = (at: number, turn: Turn): CelValue => {
      let { local } = frame;
      for (const [index, name] of names.entries()) {
        local = { name, value: turn[index] ?? null, outer: local };
      }
      return bodies[at]?.({ ...frame, local }) ?? null;
    };
    return fold(turnsOf(over(frame), names.length), run, frame);
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

function compileHas(
  { target, field }: Extract<Expression, { op: 'select' }>,
  scope: Scope,
  compile: Compile,
): Evaluate {
  const read = compile(target, scope);
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

function compileOptional(
  isFlat: boolean,
  { target, name, body }: Extract<MacroForm, { kind: 'optional' }>,
  scope: Scope,
  compile: Compile,
): Evaluate {
  const over = compile(target, scope);
  const run = compile(body, { ...scope, locals: [...scope.locals, name] });
  return (frame) => {
    const optional = over(frame);
    if (!(optional instanceof CelOptional)) {
      throw noOverload();
    }
    if (optional.value === undefined) {
      return optional;
    }
    const value = run({ ...frame, local: { name, value: optional.value, outer: frame.local } });
    return isFlat ? value : new CelOptional(value);
  };
}

import { patternMistake } from '../pattern.ts';
import { CelSyntaxError } from '../syntax.ts';
import type { Expression } from '../syntax.ts';
import { parseDuration, parseTimestamp } from '../time.ts';
import { dyn, isSameType, printType } from './value-type.ts';
import type { ValueType } from './value-type.ts';

type Call = Extract<Expression, { op: 'call' }>;
type TypeOf = (part: Expression) => ValueType;

/** What the parts of an expression say that can never be right: literals that no function takes, lists of several types. */
export function literalMistakes(parts: Iterable<Expression>, typeOf: TypeOf): readonly CelSyntaxError[] {
  const all = [...parts];
  const exempt = new Set<Expression>(all.flatMap((part) => formatArguments(part)));
  return all.flatMap((part) => {
    if (part.op === 'call') {
      return argumentMistakes(part);
    }
    return exempt.has(part) ? [] : mixtures(part, typeOf);
  });
}

/** The arguments of `format` may be of any types, those in lists inside of them too. */
function formatArguments(part: Expression): readonly Expression[] {
  return part.op === 'call' && part.name === 'format' ? part.args.flatMap((arg) => withInner(arg)) : [];
}

function withInner(part: Expression): readonly Expression[] {
  if (part.op === 'list') {
    return [part, ...part.items.flatMap(({ value }) => withInner(value))];
  }
  return part.op === 'map' ? [part, ...part.entries.flatMap(({ value }) => withInner(value))] : [];
}

function argumentMistakes({ name, target, args }: Call): readonly CelSyntaxError[] {
  const [arg] = args;
  if (arg?.op !== 'literal' || args.length !== 1) {
    return [];
  }
  const { value } = arg;
  const readers: { readonly [name: string]: (text: string) => boolean } = {
    duration: (one) => parseDuration(one) !== undefined,
    timestamp: (one) => parseTimestamp(one) !== undefined,
    matches: (one) => patternMistake(one) === undefined,
  };
  const isMeant = (name === 'matches') === (target !== undefined) && Object.hasOwn(readers, name);
  const isRight = typeof value === 'string' ? readers[name]?.(value) === true : name === 'timestamp';
  return isMeant && !isRight ? [new CelSyntaxError(`invalid ${name} argument`, arg.at)] : [];
}

function mixtures(part: Expression, typeOf: TypeOf): readonly CelSyntaxError[] {
  if (part.op === 'list') {
    return mixture(part.items, typeOf);
  }
  return part.op === 'map'
    ? [
        ...mixture(
          part.entries.map(({ key }) => ({ value: key, optional: false })),
          typeOf,
        ),
        ...mixture(part.entries, typeOf),
      ]
    : [];
}

/** The first that is of another type than the one at the front. */
function mixture(
  items: readonly { readonly value: Expression; readonly optional: boolean }[],
  typeOf: TypeOf,
): readonly CelSyntaxError[] {
  const types = items.map(({ value, optional }) => {
    const type = typeOf(value);
    return optional ? (type.params[0] ?? type) : type;
  });
  const [first = dyn] = types;
  const at = types.findIndex((type) => !isSameType(type, first));
  const other = items[at];
  const why = `expected type '${printType(first)}' but found '${printType(types[at] ?? dyn)}'`;
  return other === undefined ? [] : [new CelSyntaxError(why, other.value.at)];
}

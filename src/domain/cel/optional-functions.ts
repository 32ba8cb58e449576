import { listOf } from './function.ts';
import type { CelFunction } from './function.ts';
import { CelOptional } from './optional.ts';
import { CelError, CelMap, CelUint, isList, noOverload } from './value.ts';
import type { CelList, CelValue } from './value.ts';

function isZero(value: CelValue): boolean {
  if (isList(value)) {
    return value.length === 0;
  }
  if (value instanceof CelMap) {
    return value.size === 0;
  }
  return value === null || value === '' || value === 0n || value === 0 || value === false || isZeroUint(value);
}

function isZeroUint(value: CelValue): boolean {
  return value instanceof CelUint && value.value === 0n;
}

function method(name: string, run: (optional: CelOptional, args: CelList) => CelValue): readonly [string, CelFunction] {
  return [
    `.${name}`,
    ([target, ...args]) => {
      if (!(target instanceof CelOptional)) {
        throw noOverload();
      }
      return run(target, args);
    },
  ];
}

/** The values of those that have one. */
const unwrapped: CelFunction = ([list], meter) => {
  const optionals = listOf(list);
  meter.charge(optionals.length);
  return optionals.flatMap((optional) => {
    if (!(optional instanceof CelOptional)) {
      throw noOverload();
    }
    return optional.value === undefined ? [] : [optional.value];
  });
};

export const optionalFunctions: readonly (readonly [string, CelFunction])[] = [
  ['optional.of', ([value]) => new CelOptional(value)],
  ['optional.none', () => new CelOptional(undefined)],
  ['optional.ofNonZeroValue', ([value = null]) => new CelOptional(isZero(value) ? undefined : value)],
  ['optional.unwrap', unwrapped],
  ['.unwrapOpt', unwrapped],
  method('hasValue', ({ value }) => value !== undefined),
  method('value', ({ value }) => {
    if (value === undefined) {
      throw new CelError('optional.none() dereference');
    }
    return value;
  }),
  method('orValue', ({ value }, [otherwise = null]) => value ?? (value === undefined ? otherwise : value)),
  method('or', (optional, [otherwise = null]) => (optional.value === undefined ? otherwise : optional)),
];

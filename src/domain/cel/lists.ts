import { equal } from './equality.ts';
import { intOf, listOf } from './function.ts';
import type { CelFunction } from './function.ts';
import { compare, operators } from './operators.ts';
import { CelOptional } from './optional.ts';
import { CelError, isList, noOverload } from './value.ts';
import type { CelList, CelMeter, CelValue } from './value.ts';

type Entry = readonly [name: string, run: CelFunction];

function method(name: string, run: (list: CelList, args: CelList, meter: CelMeter) => CelValue): Entry {
  return [
    `.${name}`,
    ([target, ...args], meter) => {
      const list = listOf(target);
      meter.charge(list.length);
      return run(list, args, meter);
    },
  ];
}

function isSorted(list: CelList): boolean {
  return list.every((item, at) => at === 0 || compare(list[at - 1] ?? null, item) <= 0);
}

function extreme(sign: 1 | -1): (list: CelList) => CelValue {
  return (list) => {
    const [first, ...rest] = list;
    if (first === undefined) {
      throw new CelError(`${sign > 0 ? 'max' : 'min'} called on empty list`);
    }
    return rest.reduce((best, item) => (compare(item, best) * sign > 0 ? item : best), first);
  };
}

function sum(list: CelList, _: CelList, meter: CelMeter): CelValue {
  const add = operators.get('_+_');
  const [first = 0n, ...rest] = list;
  if (add === undefined || typeof first === 'string') {
    throw noOverload();
  }
  return rest.reduce((total, item) => add([total, item], meter), first);
}

function slice(list: CelList, [from, to]: CelList): CelList {
  const start = Number(intOf(from));
  const end = Number(intOf(to));
  if (start < 0 || end < start || end > list.length) {
    throw new CelError(`cannot slice(${start}, ${end}), list is length ${list.length}`);
  }
  return list.slice(start, end);
}

/** The first of what is equal. */
function distinct(list: CelList, _: CelList, meter: CelMeter): CelList {
  const found: CelValue[] = [];
  for (const item of list) {
    meter.charge(found.length);
    if (!found.some((other) => equal(item, other))) {
      found.push(item);
    }
  }
  return found;
}

function flatten(list: CelList, depth: bigint): CelList {
  if (depth < 0n) {
    throw new CelError('level must be non-negative');
  }
  return depth === 0n ? list : list.flatMap((item) => (isList(item) ? flatten(item, depth - 1n) : [item]));
}

function range([count]: CelList, meter: CelMeter): CelList {
  const length = Math.max(Number(intOf(count)), 0);
  meter.charge(length);
  return Array.from({ length }, (_, index) => BigInt(index));
}

function holdsAll(list: CelList, wanted: CelList, meter: CelMeter): boolean {
  meter.charge(list.length * wanted.length);
  return wanted.every((item) => list.some((other) => equal(item, other)));
}

function set(name: string, run: (left: CelList, right: CelList, meter: CelMeter) => boolean): Entry {
  return [`sets.${name}`, ([left, right], meter) => run(listOf(left), listOf(right), meter)];
}

export const listFunctions: readonly Entry[] = [
  method('isSorted', isSorted),
  method('sum', sum),
  method('min', extreme(-1)),
  method('max', extreme(1)),
  method('slice', slice),
  method('flatten', (list, [depth = 1n]) => flatten(list, intOf(depth))),
  method('distinct', distinct),
  method('sort', (list) => list.toSorted(compare)),
  method('first', ([item]) => new CelOptional(item)),
  method('last', (list) => new CelOptional(list.at(-1))),
  ['lists.range', range],
  method('reverse', (list) => list.toReversed()),
  set('contains', holdsAll),
  set('equivalent', (left, right, meter) => holdsAll(left, right, meter) && holdsAll(right, left, meter)),
  set('intersects', (left, right, meter) => {
    meter.charge(left.length * right.length);
    return left.some((item) => right.some((other) => equal(item, other)));
  }),
];

/** Where an item stands in a list, from the front or the back; -1 where it doesn't. */
export function placeInList(list: CelList, item: CelValue, isLast: boolean): bigint {
  const isIt = (other: CelValue): boolean => equal(item, other);
  return BigInt(isLast ? list.findLastIndex(isIt) : list.findIndex(isIt));
}

import { equal, numeric, weightOf } from './equality.ts';
import type { CelFunction } from './function.ts';
import { CelDuration, CelTimestamp } from './time.ts';
import { CelBytes, CelError, CelMap, CelUint, isList, noOverload } from './value.ts';
import type { CelMeter, CelValue } from './value.ts';
import { lookUp } from './optional.ts';

const least = -0x8000_0000_0000_0000n;
const most = 0x7fff_ffff_ffff_ffffn;

export function asInt(value: bigint): bigint {
  if (value < least || value > most) {
    throw new CelError('integer overflow');
  }
  return value;
}

type Arithmetic = {
  readonly int: (left: bigint, right: bigint) => bigint;
  readonly double?: (left: number, right: number) => number;
};

function divide(left: bigint, right: bigint): bigint {
  if (right === 0n) {
    throw new CelError('division by zero');
  }
  return left / right;
}

function modulus(left: bigint, right: bigint): bigint {
  if (right === 0n) {
    throw new CelError('modulus by zero');
  }
  return left % right;
}

/** An operation on two numbers of one type. */
function arithmetic({ int, double }: Arithmetic): (left: CelValue, right: CelValue) => CelValue {
  return (left, right) => {
    if (typeof left === 'bigint' && typeof right === 'bigint') {
      return asInt(int(left, right));
    }
    if (left instanceof CelUint && right instanceof CelUint) {
      return new CelUint(int(left.value, right.value));
    }
    if (typeof left === 'number' && typeof right === 'number' && double !== undefined) {
      return double(left, right);
    }
    throw noOverload();
  };
}

const plus = arithmetic({ int: (a, b) => a + b, double: (a, b) => a + b });
const minus = arithmetic({ int: (a, b) => a - b, double: (a, b) => a - b });

function add(left: CelValue, right: CelValue, meter: CelMeter): CelValue {
  if (typeof left === 'string' && typeof right === 'string') {
    meter.chargeLength(left.length + right.length);
    return left + right;
  }
  if (isList(left) && isList(right)) {
    // What is joined again and again must not cost the square of its length unnoticed.
    meter.chargeLength(left.length + right.length);
    return [...left, ...right];
  }
  if (left instanceof CelBytes && right instanceof CelBytes) {
    meter.chargeLength(left.bytes.length + right.bytes.length);
    return new CelBytes([...left.bytes, ...right.bytes]);
  }
  if (left instanceof CelDuration) {
    return right instanceof CelTimestamp ? right.plus(left.nanos) : new CelDuration(left.nanos + durationOf(right));
  }
  return left instanceof CelTimestamp ? left.plus(durationOf(right)) : plus(left, right);
}

function subtract(left: CelValue, right: CelValue): CelValue {
  if (left instanceof CelTimestamp) {
    return right instanceof CelTimestamp ? new CelDuration(left.nanos - right.nanos) : left.plus(-durationOf(right));
  }
  return left instanceof CelDuration ? new CelDuration(left.nanos - durationOf(right)) : minus(left, right);
}

function durationOf(value: CelValue): bigint {
  if (!(value instanceof CelDuration)) {
    throw noOverload();
  }
  return value.nanos;
}

/** Negative, 0 or positive; NaN where the two have no order. Throws on types that are not compared. */
export function compare(left: CelValue, right: CelValue): number {
  const one = numeric(left);
  const other = numeric(right);
  if (one !== undefined && other !== undefined) {
    return orderOf(one, other);
  }
  if (typeof left === 'string' && typeof right === 'string') {
    return compareTexts(left, right);
  }
  if (typeof left === 'boolean' && typeof right === 'boolean') {
    return Number(left) - Number(right);
  }
  if (left instanceof CelDuration && right instanceof CelDuration) {
    return orderOf(left.nanos, right.nanos);
  }
  if (left instanceof CelTimestamp && right instanceof CelTimestamp) {
    return orderOf(left.nanos, right.nanos);
  }
  if (left instanceof CelBytes && right instanceof CelBytes) {
    return compareTexts(String.fromCodePoint(...left.bytes), String.fromCodePoint(...right.bytes));
  }
  throw noOverload();
}

function orderOf(left: bigint | number, right: bigint | number): number {
  if (left < right) {
    return -1;
  }
  // NaN is in no order with anything.
  return left > right ? 1 : Number(left) - Number(right);
}

/** By code points, as Go compares the bytes of UTF-8. */
function compareTexts(left: string, right: string): number {
  if (left === right) {
    return 0;
  }
  const one = Array.from(left);
  const other = Array.from(right);
  const at = one.findIndex((char, index) => char !== other[index]);
  return at < 0 ? -1 : (one[at]?.codePointAt(0) ?? 0) - (other[at]?.codePointAt(0) ?? -1);
}

function ordered(holds: (order: number) => boolean): CelFunction {
  return ([left = null, right = null], meter) => {
    meter.charge(Math.min(weightOf(left), weightOf(right)));
    return holds(compare(left, right));
  };
}

function isIn(item: CelValue, container: CelValue, meter: CelMeter): boolean {
  if (container instanceof CelMap) {
    return container.get(item) !== undefined;
  }
  if (!isList(container)) {
    throw noOverload();
  }
  meter.charge(container.length);
  return container.some((one) => equal(one, item));
}

/** What a field, index or key finds. Throws in the words of the reference implementation. */
export function indexed(target: CelValue, key: CelValue): CelValue {
  if (!isList(target) && !(target instanceof CelMap)) {
    throw noOverload();
  }
  const found = lookUp(target, key);
  if (found !== undefined) {
    return found;
  }
  if (target instanceof CelMap) {
    throw new CelError(`no such key: ${typeof key === 'object' ? '' : String(key)}`);
  }
  if (numeric(key) === undefined) {
    throw new CelError(`unsupported index type '${typeof key}' in list`);
  }
  throw new CelError(`index out of bounds: ${String(numeric(key))}`);
}

function negate([value = null]: readonly CelValue[]): CelValue {
  if (typeof value === 'bigint') {
    return asInt(-value);
  }
  if (typeof value === 'number') {
    return -value;
  }
  if (value instanceof CelDuration) {
    return new CelDuration(-value.nanos);
  }
  throw noOverload();
}

function both(run: (left: CelValue, right: CelValue, meter: CelMeter) => CelValue): CelFunction {
  return ([left = null, right = null], meter) => run(left, right, meter);
}

function isEqual(left: CelValue, right: CelValue, meter: CelMeter): boolean {
  meter.charge(Math.min(weightOf(left), weightOf(right)));
  return equal(left, right);
}

export const operators: ReadonlyMap<string, CelFunction> = new Map<string, CelFunction>([
  ['_+_', both(add)],
  ['_-_', both(subtract)],
  ['_*_', both(arithmetic({ int: (a, b) => a * b, double: (a, b) => a * b }))],
  ['_/_', both(arithmetic({ int: divide, double: (a, b) => a / b }))],
  ['_%_', both(arithmetic({ int: modulus }))],
  ['_==_', both(isEqual)],
  ['_!=_', both((left, right, meter) => !isEqual(left, right, meter))],
  ['_<_', ordered((order) => order < 0)],
  ['_<=_', ordered((order) => order <= 0)],
  ['_>_', ordered((order) => order > 0)],
  ['_>=_', ordered((order) => order >= 0)],
  ['@in', both(isIn)],
  ['-_', negate],
]);

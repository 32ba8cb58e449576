import { printDouble } from './print-double.ts';
import { printObject } from './print-object.ts';
import type { CelFunction } from './function.ts';
import { asInt } from './operators.ts';
import { CelQuantity } from './quantity.ts';
import { utf8 } from './text-literal.ts';
import { CelDuration, CelTimestamp, parseDuration, parseTimestamp } from './time.ts';
import { CelBytes, CelError, CelMap, CelObject, CelType, CelUint, isList, noOverload, typeName } from './value.ts';
import type { CelValue } from './value.ts';

function toInt(value: CelValue): bigint {
  if (typeof value === 'bigint') {
    return value;
  }
  if (typeof value === 'number') {
    return doubleToInt(value);
  }
  if (typeof value === 'string') {
    return textToInt(value);
  }
  if (value instanceof CelUint) {
    return asInt(value.value);
  }
  if (value instanceof CelTimestamp) {
    const seconds = value.nanos / 1_000_000_000n;
    return value.nanos % 1_000_000_000n < 0n ? seconds - 1n : seconds;
  }
  throw noOverload();
}

function doubleToInt(value: number): bigint {
  if (!Number.isFinite(value) || Math.abs(value) >= 2 ** 63) {
    throw new CelError('integer overflow');
  }
  return BigInt(Math.trunc(value));
}

function textToInt(text: string): bigint {
  if (!/^[-+]?\d+$/u.test(text)) {
    throw new CelError(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  }
  const value = BigInt(text.replace(/^\+/u, ''));
  if (value > 0x7fff_ffff_ffff_ffffn || value < -0x8000_0000_0000_0000n) {
    throw new CelError(`strconv.ParseInt: parsing ${JSON.stringify(text)}: value out of range`);
  }
  return value;
}

function toUint(value: CelValue): CelUint {
  if (value instanceof CelUint) {
    return value;
  }
  if (typeof value === 'number') {
    return new CelUint(BigInt(Math.trunc(Number.isFinite(value) ? value : -1)));
  }
  if (typeof value === 'string' && !/^\d+$/u.test(value)) {
    throw new CelError(`strconv.ParseUint: parsing ${JSON.stringify(value)}: invalid syntax`);
  }
  if (typeof value === 'bigint' || typeof value === 'string') {
    return new CelUint(BigInt(value));
  }
  throw noOverload();
}

function toDouble(value: CelValue): number {
  if (typeof value === 'number') {
    return value;
  }
  if (typeof value === 'bigint' || value instanceof CelUint) {
    return Number(value instanceof CelUint ? value.value : value);
  }
  if (typeof value === 'string') {
    const isNumber = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/u.test(value);
    if (!isNumber && !/^[-+]?(?:inf|infinity|nan)$/iu.test(value)) {
      throw new CelError(`strconv.ParseFloat: parsing ${JSON.stringify(value)}: invalid syntax`);
    }
    return isNumber ? Number(value) : specialDouble(value.toLowerCase());
  }
  throw noOverload();
}

function specialDouble(text: string): number {
  const infinite = text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return text.endsWith('nan') ? Number.NaN : infinite;
}

/** `string(…)` of a value; undefined where there is none of its type. */
function printScalar(value: CelValue): string | undefined {
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value === 'number') {
    return printDouble(value);
  }
  if (typeof value === 'bigint' || typeof value === 'boolean') {
    return String(value);
  }
  return value instanceof CelObject ? (printObject(value) ?? printOther(value)) : undefined;
}

function printOther(value: CelObject): string | undefined {
  if (value instanceof CelBytes) {
    return decodeUtf8(value.bytes);
  }
  return 'text' in value && typeof value.text === 'string' && !(value instanceof CelQuantity) ? value.text : undefined;
}

function decodeUtf8(bytes: readonly number[]): string {
  const escaped = bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  try {
    return decodeURIComponent(escaped);
  } catch {
    throw new CelError('invalid UTF-8 in bytes, cannot convert to string');
  }
}

function toText(value: CelValue): string {
  const text = printScalar(value);
  if (text === undefined) {
    throw noOverload();
  }
  return text;
}

function toBool(value: CelValue): boolean {
  if (typeof value === 'string') {
    if (['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value)) {
      return true;
    }
    if (['0', 'f', 'F', 'false', 'FALSE', 'False'].includes(value)) {
      return false;
    }
    throw new CelError(`strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`);
  }
  if (typeof value !== 'boolean') {
    throw noOverload();
  }
  return value;
}

function toDuration(value: CelValue): CelDuration {
  if (value instanceof CelDuration) {
    return value;
  }
  const duration = typeof value === 'string' ? parseDuration(value) : undefined;
  if (duration === undefined) {
    throw typeof value === 'string' ? new CelError(`time: invalid duration ${JSON.stringify(value)}`) : noOverload();
  }
  return duration;
}

function toTimestamp(value: CelValue): CelTimestamp {
  if (value instanceof CelTimestamp) {
    return value;
  }
  if (typeof value === 'bigint') {
    return new CelTimestamp(value * 1_000_000_000n);
  }
  const time = typeof value === 'string' ? parseTimestamp(value) : undefined;
  if (time === undefined) {
    const layout = '2006-01-02T15:04:05Z07:00';
    throw typeof value === 'string'
      ? new CelError(`parsing time ${JSON.stringify(value)} as "${layout}": cannot parse`)
      : noOverload();
  }
  return time;
}

function toBytes(value: CelValue): CelBytes {
  if (value instanceof CelBytes) {
    return value;
  }
  if (typeof value !== 'string') {
    throw noOverload();
  }
  return new CelBytes(utf8(value));
}

function sizeOf(value: CelValue): bigint {
  if (typeof value === 'string') {
    return BigInt(Array.from(value).length);
  }
  if (isList(value)) {
    return BigInt(value.length);
  }
  if (value instanceof CelMap) {
    return BigInt(value.size);
  }
  if (value instanceof CelBytes) {
    return BigInt(value.bytes.length);
  }
  throw noOverload();
}

function unary(run: (value: CelValue) => CelValue): CelFunction {
  return (args) => {
    const [value] = args;
    if (value === undefined || args.length > 1) {
      throw noOverload();
    }
    return run(value);
  };
}

/** Functions that make a value of another type. */
export const conversions: readonly (readonly [string, CelFunction])[] = [
  ['int', unary(toInt)],
  ['uint', unary(toUint)],
  ['double', unary(toDouble)],
  ['string', unary(toText)],
  ['bool', unary(toBool)],
  ['bytes', unary(toBytes)],
  ['duration', unary(toDuration)],
  ['timestamp', unary(toTimestamp)],
  ['dyn', unary((value) => value)],
  ['type', unary((value) => new CelType(typeName(value)))],
  ['size', unary(sizeOf)],
  ['.size', unary(sizeOf)],
];

import { numeric } from './equality.ts';
import { printDouble } from './print-double.ts';
import { printObject } from './print-object.ts';
import { CelBytes, CelError, CelMap, CelType, isList, typeName } from './value.ts';
import type { CelList, CelMeter, CelObject, CelValue } from './value.ts';

/** `format`: each clause takes the next value. */
export function formatText(template: string, values: CelList, meter: CelMeter): string {
  let next = 0;
  const written = template.replaceAll(
    /%(?:%|(?:\.(\d+))?([a-zA-Z]))|%/gu,
    (found: string, digits?: string, verb?: string) => {
      if (found === '%%') {
        return '%';
      }
      if (verb === undefined) {
        throw new CelError('unexpected end of string');
      }
      const value = values[next];
      if (value === undefined) {
        throw new CelError(`index ${next} out of range`);
      }
      next += 1;
      return clause(verb, digits === undefined ? undefined : Number(digits), value);
    },
  );
  meter.chargeLength(written.length);
  return written;
}

function clause(verb: string, digits: number | undefined, value: CelValue): string {
  const number = numeric(value);
  switch (verb) {
    case 's':
      return formatValue(value);
    case 'd':
      if (typeof number === 'number' || number === undefined) {
        throw wrongType('decimal clause can only be used on integers', value);
      }
      return String(number);
    case 'f':
      return doubleOf(value, 'fixed-point').toFixed(Math.min(digits ?? 6, 100));
    case 'e':
      return exponent(doubleOf(value, 'scientific notation'), digits ?? 6);
    case 'b':
      return inBase(value, 2);
    case 'o':
      return inBase(value, 8);
    case 'x':
      return inBase(value, 16);
    case 'X':
      return inBase(value, 16).toUpperCase();
    default:
      throw new CelError(`could not parse formatting clause: unrecognized formatting clause "${verb}"`);
  }
}

function wrongType(rule: string, value: CelValue): CelError {
  return new CelError(`error during formatting: ${rule}, was given ${typeName(value)}`);
}

function doubleOf(value: CelValue, clauseName: string): number {
  const number = numeric(value);
  if (number === undefined) {
    throw wrongType(`${clauseName} clause can only be used on doubles`, value);
  }
  return Number(number);
}

function exponent(value: number, digits: number): string {
  const [mantissa = '', power = ''] = value.toExponential(Math.min(digits, 100)).split('e');
  return `${mantissa}e${power.startsWith('-') ? '-' : '+'}${power.replace(/^[-+]/u, '').padStart(2, '0')}`;
}

function inBase(value: CelValue, base: number): string {
  const number = typeof value === 'boolean' && base === 2 ? BigInt(value) : numeric(value);
  if (typeof number === 'bigint') {
    return number.toString(base);
  }
  if (typeof value === 'string' && base === 16) {
    return Array.from(unescapeBytes(value), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }
  if (value instanceof CelBytes && base === 16) {
    return value.bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }
  throw wrongType('clause can only be used on integers', value);
}

function unescapeBytes(text: string): readonly number[] {
  return Array.from(encodeURIComponent(text).matchAll(/%([0-9A-F]{2})|[^]/gu), ([all, hex]) =>
    hex === undefined ? (all.codePointAt(0) ?? 0) : Number.parseInt(hex, 16),
  );
}

/** A value as `%s` writes it. */
function formatValue(value: CelValue): string {
  if (isList(value)) {
    return `[${value.map((item) => formatValue(item)).join(', ')}]`;
  }
  if (value instanceof CelMap) {
    const texts = value.keys().map((key) => `${formatValue(key)}: ${formatValue(value.get(key) ?? null)}`);
    return `{${texts.toSorted().join(', ')}}`;
  }
  return typeof value === 'object' && value !== null ? formatObject(value) : formatScalar(value);
}

function formatScalar(value: null | boolean | bigint | number | string): string {
  return typeof value === 'number' ? printDouble(value) : String(value);
}

function formatObject(value: CelObject): string {
  const printed = printObject(value);
  if (printed !== undefined) {
    return printed;
  }
  if (value instanceof CelType) {
    return value.name;
  }
  if (value instanceof CelBytes) {
    return String.fromCodePoint(...value.bytes);
  }
  throw wrongType(
    'string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps',
    value,
  );
}

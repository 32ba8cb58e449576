import { CelError, CelObject, noOverload } from './value.ts';
import type { CelValue } from './value.ts';
import type { CelFunction } from './function.ts';

const second = 1_000_000_000n;

export class CelDuration extends CelObject {
  readonly typeName = 'google.protobuf.Duration';
  readonly nanos: bigint;

  constructor(nanos: bigint) {
    super();
    this.nanos = nanos;
  }

  equals(other: CelObject): boolean {
    return other instanceof CelDuration && other.nanos === this.nanos;
  }
}

/** Nanoseconds since 1970. */
export class CelTimestamp extends CelObject {
  readonly typeName = 'google.protobuf.Timestamp';
  readonly nanos: bigint;

  constructor(nanos: bigint) {
    super();
    if (nanos < -62_135_596_800n * second || nanos > 253_402_300_799n * second + second - 1n) {
      throw new CelError('timestamp overflow');
    }
    this.nanos = nanos;
  }

  equals(other: CelObject): boolean {
    return other instanceof CelTimestamp && other.nanos === this.nanos;
  }

  plus(nanos: bigint): CelTimestamp {
    return new CelTimestamp(this.nanos + nanos);
  }
}

const units: { readonly [unit: string]: bigint } = {
  ns: 1n,
  us: 1000n,
  µs: 1000n,
  μs: 1000n,
  ms: 1_000_000n,
  s: second,
  m: 60n * second,
  h: 3600n * second,
};

/** Reads a duration as Go writes it, such as `1h30m` or `-1.5s`; undefined where it is none. */
export function parseDuration(text: string): CelDuration | undefined {
  const [, sign = '', body = ''] = /^([-+]?)(0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/u.exec(text) ?? [];
  if (body === '') {
    return undefined;
  }
  let nanos = 0n;
  for (const [, digits = '', unit = ''] of body.matchAll(/(\d*\.?\d*)(ns|us|µs|μs|ms|s|m|h)/gu)) {
    nanos += scaled(digits, units[unit] ?? 0n);
  }
  return nanos > 0x7fff_ffff_ffff_ffffn ? undefined : new CelDuration(sign === '-' ? -nanos : nanos);
}

/** A decimal fraction of a unit, cut to whole nanoseconds. */
function scaled(digits: string, unit: bigint): bigint {
  const [whole = '', part = ''] = digits.split('.');
  return BigInt(whole === '' ? '0' : whole) * unit + (BigInt(`0${part}`) * unit) / 10n ** BigInt(part.length);
}

/** Reads RFC 3339; undefined where the text is no time. */
export function parseTimestamp(text: string): CelTimestamp | undefined {
  const form = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d{1,9})\d*)?([Zz]|[-+]\d\d:\d\d)$/u;
  const [, date, clock, part = '', zone = ''] = form.exec(text) ?? [];
  if (date === undefined || clock === undefined) {
    return undefined;
  }
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const days = daysOf(year, month, day);
  const seconds = secondsOf(clock);
  if (days === undefined || seconds === undefined) {
    return undefined;
  }
  const whole = days * 86_400 + seconds - zoneSeconds(zone);
  return new CelTimestamp(BigInt(whole) * second + BigInt(part.padEnd(9, '0')));
}

function secondsOf(clock: string): number | undefined {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  return hours < 24 && minutes < 60 && seconds < 60 ? hours * 3600 + minutes * 60 + seconds : undefined;
}

function zoneSeconds(zone: string): number {
  const [, sign, hours = '0', minutes = '0'] = /^([-+])(\d\d):(\d\d)$/u.exec(zone) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}

/** Days since 1970 of a date of the Gregorian calendar; undefined where there is no such day. */
function daysOf(year: number, month: number, day: number): number | undefined {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  if (month < 1 || month > 12 || day < 1 || day > (lengths[month - 1] ?? 0)) {
    return undefined;
  }
  const past = year - 1;
  const leaps = Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
  const months = lengths.slice(0, month - 1).reduce((sum, length) => sum + length, 0);
  return past * 365 + leaps + months + day - 1 - 719_162;
}

interface CalendarTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly dayOfYear: number;
  readonly secondOfDay: number;
  readonly days: number;
}

function calendar(nanos: bigint): CalendarTime {
  const seconds = floorDivide(nanos, second);
  const days = Math.floor(seconds / 86_400);
  let year = 1970 + Math.floor(days / 365.2425);
  while ((daysOf(year + 1, 1, 1) ?? 0) <= days) {
    year += 1;
  }
  while ((daysOf(year, 1, 1) ?? 0) > days) {
    year -= 1;
  }
  const month = [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1].find((one) => (daysOf(year, one, 1) ?? 0) <= days) ?? 1;
  const day = days - (daysOf(year, month, 1) ?? 0) + 1;
  const dayOfYear = days - (daysOf(year, 1, 1) ?? 0);
  return { year, month, day, dayOfYear, secondOfDay: seconds - days * 86_400, days };
}

function floorDivide(value: bigint, by: bigint): number {
  return Number(value / by) - (value % by < 0n ? 1 : 0);
}

function fraction(nanos: bigint, size: number): string {
  const digits = nanos.toString().padStart(size, '0').replace(/0+$/u, '');
  return digits === '' ? '' : `.${digits}`;
}

function pad(value: number, size = 2): string {
  return String(value).padStart(size, '0');
}

/** RFC 3339 in UTC, with as many digits of a second as it has. */
export function printTimestamp({ nanos }: CelTimestamp): string {
  const { year, month, day, secondOfDay } = calendar(nanos);
  const clock = [secondOfDay / 3600, (secondOfDay / 60) % 60, secondOfDay % 60].map((one) => pad(Math.floor(one)));
  const part = ((nanos % second) + second) % second;
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}T${clock.join(':')}${fraction(part, 9)}Z`;
}

/** Seconds with a fraction, as protobuf writes a duration: `90s`, `-1.5s`. */
export function printDuration({ nanos }: CelDuration): string {
  const size = nanos < 0n ? -nanos : nanos;
  return `${nanos < 0n ? '-' : ''}${size / second}${fraction(size % second, 9)}s`;
}

type Part = (time: CalendarTime, nanos: bigint) => number;

const ofTimestamps: { readonly [name: string]: Part } = {
  getFullYear: ({ year }) => year,
  getMonth: ({ month }) => month - 1,
  getDayOfMonth: ({ day }) => day - 1,
  getDate: ({ day }) => day,
  getDayOfWeek: ({ days }) => (((days + 4) % 7) + 7) % 7,
  getDayOfYear: ({ dayOfYear }) => dayOfYear,
  getHours: ({ secondOfDay }) => Math.floor(secondOfDay / 3600),
  getMinutes: ({ secondOfDay }) => Math.floor(secondOfDay / 60) % 60,
  getSeconds: ({ secondOfDay }) => secondOfDay % 60,
  getMilliseconds: (_, nanos) => Number((((nanos % second) + second) % second) / 1_000_000n),
};

const ofDurations: { readonly [name: string]: bigint } = {
  getHours: 3600n * second,
  getMinutes: 60n * second,
  getSeconds: second,
  getMilliseconds: 1_000_000n,
};

function partOf(name: string, part: Part): CelFunction {
  return ([time = null, zone]) => {
    const unit = ofDurations[name];
    if (time instanceof CelDuration && unit !== undefined && zone === undefined) {
      return time.nanos / unit;
    }
    if (!(time instanceof CelTimestamp)) {
      throw noOverload();
    }
    const nanos = time.nanos + zoneOffset(zone);
    return BigInt(part(calendar(nanos), nanos));
  };
}

/** Offsets are read; names of zones are not known here. */
function zoneOffset(zone: CelValue | undefined): bigint {
  if (zone === undefined || zone === 'UTC' || zone === 'Z') {
    return 0n;
  }
  const [, sign, hours, minutes] = /^([-+]?)(\d\d):(\d\d)$/u.exec(typeof zone === 'string' ? zone : '') ?? [];
  if (hours === undefined || minutes === undefined) {
    throw new CelError(`unknown time zone ${typeof zone === 'string' ? zone : ''}`);
  }
  const seconds = BigInt(hours) * 3600n + BigInt(minutes) * 60n;
  return (sign === '-' ? -seconds : seconds) * second;
}

export const timeFunctions: readonly (readonly [string, CelFunction])[] = Object.entries(ofTimestamps).map(
  ([name, part]) => [`.${name}`, partOf(name, part)],
);

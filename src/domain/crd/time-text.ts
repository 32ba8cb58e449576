import { textAt } from '../json.ts';
import type { Json } from '../json.ts';

const elements: readonly (readonly [layout: string, form: RegExp])[] = [
  ['2006', /^\d{4}/u],
  ['-', /^-/u],
  ['01', /^\d{2}/u],
  ['-', /^-/u],
  ['02', /^\d{2}/u],
  ['T', /^T/u],
  ['15', /^\d{2}/u],
  [':', /^:/u],
  ['04', /^\d{2}/u],
  [':', /^:/u],
  ['05', /^\d{2}/u],
];
const zone: readonly [string, RegExp] = ['Z07:00', /^(?:Z|[+-]\d{2}:\d{2})$/u];

/** Fields of the type MicroTime. */
const exactTimes: ReadonlySet<string> = new Set(['acquireTime', 'renewTime', 'eventTime', 'lastObservedTime']);

/** Why the text of a field is no time of RFC 3339, in Go's words; an exact one has six digits behind the point, others any number. */
export function timeMistake(text: string, field: string): string | undefined {
  const isExact = exactTimes.has(field);
  const layout = `2006-01-02T15:04:05${isExact ? '.000000' : ''}Z07:00`;
  const fraction: readonly (readonly [string, RegExp])[] = isExact
    ? [['.000000', /^\.\d{6}/u]]
    : [['', /^(?:[.,]\d+)?/u]];
  let rest = text;
  for (const [element, form] of [...elements, ...fraction, zone]) {
    const found = form.exec(rest)?.[0];
    if (found === undefined) {
      const why = `cannot parse ${JSON.stringify(rest)} as ${JSON.stringify(element)}`;
      return `parsing time ${JSON.stringify(text)} as ${JSON.stringify(layout)}: ${why}`;
    }
    rest = rest.slice(found.length);
  }
  const odd = outOfRange(text);
  return odd === undefined ? undefined : `parsing time ${JSON.stringify(text)}: ${odd} out of range`;
}

/** The first time in the metadata of an object that is none. */
export function metadataTimeMistake(object: Json): string | undefined {
  for (const field of ['creationTimestamp', 'deletionTimestamp']) {
    const text = textAt(object, 'metadata', field);
    const mistake = text === undefined ? undefined : timeMistake(text, field);
    if (mistake !== undefined) {
      return mistake;
    }
  }
  return undefined;
}

function outOfRange(text: string): string | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text
    .slice(0, 19)
    .split(/[-T:]/u)
    .map((part) => Number(part));
  const checks: readonly (readonly [string, boolean])[] = [
    ['month', month >= 1 && month <= 12],
    ['hour', hour < 24],
    ['minute', minute < 60],
    ['second', second < 60],
    ['day', day >= 1 && day <= daysOf(year, month)],
  ];
  return checks.find(([, isRight]) => !isRight)?.[0];
}

function daysOf(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (month === 2) {
    return isLeap ? 29 : 28;
  }
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

const parts = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:[.,](\d+))?(?:Z|([+-])(\d{2}):(\d{2}))$/u;

/** A time as the server keeps it: in UTC, to the second, an exact one to the microsecond. What is none stays as it is. */
export function keptTime(text: string, field: string): string {
  const found = parts.exec(text);
  if (found === null) {
    return text;
  }
  const [, year, month, day, hour, minute, second, digits = '', sign, zoneHours, zoneMinutes] = found;
  const exact = exactTimes.has(field) ? `.${digits.padEnd(6, '0').slice(0, 6)}` : '';
  const offset = (Number(zoneHours ?? 0) * 60 + Number(zoneMinutes ?? 0)) * (sign === '-' ? 1 : -1);
  const minutes = Number(hour) * 60 + Number(minute) + offset;
  const date = movedDate([Number(year), Number(month), Number(day)], Math.floor(minutes / 1440));
  const inDay = ((minutes % 1440) + 1440) % 1440;
  return `${date}T${two(Math.floor(inDay / 60))}:${two(inDay % 60)}:${second ?? ''}${exact}Z`;
}

/** A date so many days later; an offset moves it by one at most. */
function movedDate([year, month, day]: readonly [number, number, number], days: number): string {
  const moved = day + days;
  if (moved < 1) {
    const before = month === 1 ? ([year - 1, 12] as const) : ([year, month - 1] as const);
    return dateText(before[0], before[1], daysOf(before[0], before[1]));
  }
  if (moved > daysOf(year, month)) {
    return month === 12 ? dateText(year + 1, 1, 1) : dateText(year, month + 1, 1);
  }
  return dateText(year, month, moved);
}

function dateText(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

import { isJsonObject, listAt, numberAt, textAt, valueAt } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';

export const none = '<none>';

/** Text at the path, `<none>` without one. */
export function textOrNone(object: Json, ...path: readonly string[]): string {
  const text = textAt(object, ...path) ?? '';
  return text === '' ? none : text;
}

export function countAt(object: Json, ...path: readonly string[]): number {
  return numberAt(object, ...path) ?? 0;
}

export function sizeAt(object: Json, ...path: readonly string[]): number {
  const value = valueAt(object, ...path);
  return isJsonObject(value) ? Object.keys(value).length : listAt(object, ...path).length;
}

/** `a=b,c=d`, sorted by key. */
export function pairs(value: Json | undefined): string {
  const entries = Object.entries(isJsonObject(value) ? value : {}).toSorted(([left], [right]) =>
    left < right ? -1 : 1,
  );
  return entries.length === 0 ? none : entries.map(([key, text]) => `${key}=${plain(text)}`).join(',');
}

function plain(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A label selector of an object as text: `app=web,tier in (a,b)`. */
export function selectorText(selector: Json | undefined): string {
  const labels = valueAt(selector, 'matchLabels');
  const expressions = listAt(selector, 'matchExpressions').map((one) => {
    const key = textAt(one, 'key') ?? '';
    const values = listAt(one, 'values')
      .map((value) => plain(value))
      .join(',');
    const operator = textAt(one, 'operator') ?? '';
    const forms: { readonly [operator: string]: string } = {
      In: `${key} in (${values})`,
      NotIn: `${key} notin (${values})`,
      Exists: key,
      DoesNotExist: `!${key}`,
    };
    return forms[operator] ?? key;
  });
  const all = [...(sizeAt(selector ?? null, 'matchLabels') === 0 ? [] : [pairs(labels)]), ...expressions];
  return all.length === 0 ? none : all.join(',');
}

/** The texts of one field of each element, joined by commas. */
export function joined(elements: readonly Json[], field: string): string {
  return elements.map((element) => textAt(element, field) ?? '').join(',');
}

export function containersOf(object: Json): readonly Json[] {
  return listAt(object, 'spec', 'template', 'spec', 'containers');
}

/** Time since an RFC 3339 instant as kubectl users know it; `<unknown>` where there is none. */
export function ageOf(instant: string | undefined, now: number): string {
  const at = Date.parse(instant ?? '');
  return Number.isNaN(at) ? '<unknown>' : shortDuration(Math.floor((now - at) / 1000));
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

/** The two largest units while the larger is small, one alone beyond: `90s`, `5m30s`, `45m`, `7h5m`, `3d4h`, `2y30d`. */
export function shortDuration(seconds: number): string {
  if (seconds < -1) {
    return '<invalid>';
  }
  const steps: readonly (readonly [below: number, text: () => string])[] = [
    [2 * minute, () => `${Math.max(0, seconds)}s`],
    [10 * minute, () => twoUnits(seconds, [minute, 'm'], [1, 's'])],
    [3 * hour, () => `${Math.floor(seconds / minute)}m`],
    [8 * hour, () => twoUnits(seconds, [hour, 'h'], [minute, 'm'])],
    [2 * day, () => `${Math.floor(seconds / hour)}h`],
    [8 * day, () => twoUnits(seconds, [day, 'd'], [hour, 'h'])],
    [2 * year, () => `${Math.floor(seconds / day)}d`],
    [8 * year, () => twoUnits(seconds, [year, 'y'], [day, 'd'])],
  ];
  const step = steps.find(([below]) => seconds < below);
  return step === undefined ? `${Math.floor(seconds / year)}y` : step[1]();
}

type Unit = readonly [seconds: number, letter: string];

function twoUnits(seconds: number, [large, first]: Unit, [small, second]: Unit): string {
  const rest = Math.floor((seconds % large) / small);
  return `${Math.floor(seconds / large)}${first}${rest === 0 ? '' : `${rest}${second}`}`;
}

import { chars, failure, intOf, listOf, optionalInt, textOf } from './function.ts';
import type { CelFunction } from './function.ts';
import { formatText } from './format-text.ts';
import { compilePattern } from './pattern.ts';
import type { CelList, CelMeter, CelValue } from './value.ts';

type Entry = readonly [name: string, run: CelFunction];

/** A method of a text; walking over it is paid. */
function method(name: string, run: (text: string, args: CelList, meter: CelMeter) => CelValue): Entry {
  return [
    `.${name}`,
    ([target, ...args], meter) => {
      const text = textOf(target);
      meter.chargeLength(text.length);
      return run(text, args, meter);
    },
  ];
}

function place(index: CelValue | undefined, length: number, isEndAllowed: boolean): number {
  const at = Number(intOf(index));
  if (at < 0 || at > length || (at === length && !isEndAllowed)) {
    throw failure(`index out of range: ${at}`);
  }
  return at;
}

function charAt(text: string, [index]: CelList): string {
  const all = chars(text);
  return all[place(index, all.length, true)] ?? '';
}

/** Offsets count characters, so a search goes over arrays of them. */
function indexOf(text: string, [search, from]: CelList): bigint {
  const wanted = textOf(search);
  const all = chars(text);
  const start = from === undefined ? 0 : place(from, all.length, true);
  const found = all.slice(start).join('').indexOf(wanted);
  return found < 0 ? -1n : BigInt(start + chars(all.slice(start).join('').slice(0, found)).length);
}

function lastIndexOf(text: string, [search, last]: CelList): bigint {
  const wanted = textOf(search);
  const all = chars(text);
  const end = last === undefined ? all.length : place(last, all.length, false) + chars(wanted).length;
  const head = all.slice(0, end).join('');
  const found = head.lastIndexOf(wanted);
  return found < 0 ? -1n : BigInt(chars(head.slice(0, found)).length);
}

function substring(text: string, [from, to]: CelList): string {
  const all = chars(text);
  const start = place(from, all.length, true);
  const end = to === undefined ? all.length : place(to, all.length, true);
  if (start > end) {
    throw failure(`invalid substring range. start: ${start}, end: ${end}`);
  }
  return all.slice(start, end).join('');
}

function split(text: string, [separator, limit]: CelList): CelList {
  const most = optionalInt(limit) ?? -1;
  const parts = textOf(separator) === '' ? chars(text) : text.split(textOf(separator));
  if (most === 0) {
    return [];
  }
  return most < 0 || parts.length <= most
    ? parts
    : [...parts.slice(0, most - 1), parts.slice(most - 1).join(textOf(separator))];
}

function replace(text: string, [search, by, limit]: CelList, meter: CelMeter): string {
  const wanted = textOf(search);
  const parts = split(text, limit === undefined || intOf(limit) < 0n ? [wanted] : [wanted, intOf(limit) + 1n]);
  const joined = parts.map((part) => textOf(part)).join(textOf(by));
  meter.chargeLength(joined.length);
  return joined;
}

function ascii(text: string, change: (char: string) => string): string {
  return text.replaceAll(/[a-zA-Z]/gu, (char) => change(char));
}

function join([list, separator = '']: CelList, meter: CelMeter): string {
  const joined = listOf(list)
    .map((item) => textOf(item))
    .join(textOf(separator));
  meter.chargeLength(joined.length);
  return joined;
}

function matches([text, pattern]: CelList, meter: CelMeter): boolean {
  const found = compilePattern(textOf(pattern));
  meter.charge(Math.ceil(textOf(text).length * 0.1) * Math.ceil(textOf(pattern).length * 0.25));
  return found.test(textOf(text));
}

function find(text: string, [pattern]: CelList, meter: CelMeter): string {
  meter.charge(Math.ceil(text.length * 0.1) * Math.ceil(textOf(pattern).length * 0.25));
  return compilePattern(textOf(pattern)).exec(text)?.[0] ?? '';
}

function findAll(text: string, [pattern, limit]: CelList, meter: CelMeter): CelList {
  meter.charge(Math.ceil(text.length * 0.1) * Math.ceil(textOf(pattern).length * 0.25));
  const found = Array.from(text.matchAll(compilePattern(textOf(pattern), 'g')), (one) => one[0]);
  const most = optionalInt(limit) ?? -1;
  return most < 0 ? found : found.slice(0, most);
}

function quote([text]: CelList): string {
  return JSON.stringify(textOf(text));
}

export const textFunctions: readonly Entry[] = [
  method('contains', (text, [part], meter) => {
    meter.charge(Math.ceil(text.length * 0.1) * Math.ceil(textOf(part).length * 0.1));
    return text.includes(textOf(part));
  }),
  method('startsWith', (text, [part]) => text.startsWith(textOf(part))),
  method('endsWith', (text, [part]) => text.endsWith(textOf(part))),
  method('charAt', charAt),
  method('indexOf', indexOf),
  method('lastIndexOf', lastIndexOf),
  method('substring', substring),
  method('split', split),
  method('replace', replace),
  method('trim', (text) => text.trim()),
  method('lowerAscii', (text) => ascii(text, (char) => char.toLowerCase())),
  method('upperAscii', (text) => ascii(text, (char) => char.toUpperCase())),
  method('format', (text, [values], meter) => formatText(text, listOf(values), meter)),
  method('find', find),
  method('findAll', findAll),
  ['.join', join],
  ['matches', matches],
  ['.matches', matches],
  ['strings.quote', quote],
];

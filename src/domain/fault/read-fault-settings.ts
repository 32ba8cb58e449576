import { isJsonArray, isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import type { FaultSettings } from './fault-settings.ts';

/** Settings, or everything that is wrong with them, each as `path: sentence`. */
export type ReadFaults =
  | { readonly ok: true; readonly settings: FaultSettings }
  | { readonly ok: false; readonly mistakes: readonly string[] };

/** What is wrong with a value, in words that follow its path. */
type Check = (value: Json, path: string) => readonly string[];
type Fields = { readonly [key: string]: Check };

const most = 100;
const longestText = 253;
const longestMs = 600_000;

export function readFaultSettings(value: Json): ReadFaults {
  const mistakes: string[] = [];
  return isFaultSettings(value, mistakes) ? { ok: true, settings: value } : { ok: false, mistakes };
}

function isFaultSettings(value: unknown, mistakes: string[]): value is FaultSettings {
  mistakes.push(...whole(value as Json, 'faults'));
  return mistakes.length === 0;
}

function wholeNumber(least: number, largest: number): Check {
  return (value, path) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= largest
      ? []
      : [`${path}: ${JSON.stringify(value)} is no whole number from ${least} to ${largest}`];
}

const text: Check = (value, path) =>
  typeof value === 'string' && value !== '' && value.length <= longestText
    ? []
    : [`${path}: ${shown(value)} is no text of 1 to ${longestText} characters`];

function oneOf(...choices: readonly string[]): Check {
  return (value, path) =>
    typeof value === 'string' && choices.includes(value)
      ? []
      : [`${path}: ${shown(value)} is none of ${choices.join(', ')}`];
}

function listOf(check: Check): Check {
  return (value, path) => {
    if (!isJsonArray(value) || value.length > most) {
      return [`${path}: a list of at most ${most} is needed`];
    }
    return value.flatMap((item, index) => check(item, `${path}[${index}]`));
  };
}

function object(required: Fields, optional: Fields): Check {
  return (value, path) => {
    if (!isJsonObject(value)) {
      return [`${path}: an object is needed`];
    }
    const missing = Object.keys(required).filter((key) => !Object.hasOwn(value, key));
    return [
      ...missing.map((key) => `${path}: ${key} is missing`),
      ...fieldMistakes(value, { ...optional, ...required }, path),
    ];
  };
}

function fieldMistakes(value: JsonObject, known: Fields, path: string): readonly string[] {
  return Object.entries(value).flatMap(([key, field]) => {
    const check = Object.hasOwn(known, key) ? known[key] : undefined;
    const names = Object.keys(known).toSorted().join(', ');
    return check?.(field, `${path}.${key}`) ?? [`${path}: ${shown(key)} is none of ${names}`];
  });
}

/** Which fields there are depends on what `fault` says. */
function faultOf(forms: { readonly [fault: string]: Check }): Check {
  const isKnown = oneOf(...Object.keys(forms));
  return (value, path) => {
    const fault = isJsonObject(value) ? value['fault'] : undefined;
    if (fault === undefined) {
      return [`${path}: an object with a field fault is needed`];
    }
    const check = typeof fault === 'string' && Object.hasOwn(forms, fault) ? forms[fault] : undefined;
    return check?.(value, path) ?? isKnown(fault, `${path}.fault`);
  };
}

function shown(value: Json): string {
  return JSON.stringify(value).slice(0, 100);
}

const fault: Fields = { fault: text };
const eventSelection: Fields = {
  resources: listOf(text),
  names: listOf(text),
  clients: listOf(text),
  every: wholeNumber(1, 1_000_000),
  times: wholeNumber(1, 1_000_000_000),
};
const objectVerbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];
const selection: Fields = { ...eventSelection, verbs: listOf(oneOf('read', 'write', ...objectVerbs)) };
const ms = wholeNumber(0, longestMs);

const requestFault = faultOf({
  latency: object({ ...fault, ms }, { ...selection, jitterMs: ms }),
  error: object(
    { ...fault, status: wholeNumber(400, 599) },
    { ...selection, reason: text, retryAfterSeconds: wholeNumber(0, 3_600) },
  ),
  'cut-before': object(fault, selection),
  'cut-after': object(fault, selection),
});

const eventFault = faultOf({
  lose: object(fault, eventSelection),
  delay: object({ ...fault, ms }, { ...eventSelection, jitterMs: ms }),
  expire: object(fault, eventSelection),
});

const whole = object(
  {},
  {
    seed: wholeNumber(0, 2 ** 31 - 1),
    nodesDown: listOf(text),
    crashingImages: listOf(text),
    requests: listOf(requestFault),
    events: listOf(eventFault),
  },
);

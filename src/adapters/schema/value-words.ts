import { maskSecrets } from '../../domain/finding/mask-secrets.ts';
import { isJsonArray, isJsonObject, type Json } from '../../domain/json.ts';
import { pointerSteps } from './bare-schema.ts';

const longestShown = 60;

/** The value at a JSON pointer of the document, or undefined. */
export function valueAtPointer(document: Json, pointer: string): Json | undefined {
  let here: Json | undefined = document;
  for (const step of pointerSteps(pointer)) {
    if (isJsonArray(here)) {
      here = here[Number(step)];
    } else {
      here = isJsonObject(here) && Object.hasOwn(here, step) ? here[step] : undefined;
    }
  }
  return here;
}

/** What stands there, in a few words. Never walks into the value, so depth and size do not matter. */
export function foundWords(value: Json | undefined, secret: boolean): string {
  if (value === undefined || value === null) {
    return 'nothing: the key has no value';
  }
  if (isJsonArray(value)) {
    return value.length === 1 ? 'a list of 1 item' : `a list of ${value.length} items`;
  }
  if (typeof value === 'object') {
    return 'a mapping';
  }
  if (secret) {
    return typeof value === 'string' ? 'a text' : `a ${typeof value}`;
  }
  return typeof value === 'string' ? `the text ${shownText(value)}` : `${kindWord(value)} ${String(value)}`;
}

/** A text in quotes, shortened, control characters escaped, secrets starred. */
export function shownText(text: string): string {
  const shown = maskSecrets(text);
  return JSON.stringify(shown.length > longestShown ? `${shown.slice(0, longestShown)}…` : shown);
}

function kindWord(value: boolean | number): string {
  return typeof value === 'number' ? 'the number' : 'the truth value';
}

const typeNames: { readonly [type: string]: string } = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
};

/** What a schema type asks for, in words. */
export function typeWords(types: readonly string[]): string {
  return types.map((type) => typeNames[type] ?? type).join(' or ');
}

/** True where a value may be a secret and is never shown. */
export function holdsSecret(pointer: string): boolean {
  return pointer.endsWith('/password');
}

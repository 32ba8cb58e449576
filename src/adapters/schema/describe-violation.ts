import { nearestName } from '../../domain/finding/nearest-name.ts';
import type { FindingCode } from '../../domain/finding/finding-codes.ts';
import { isJsonArray, isJsonObject, type Json, textAt } from '../../domain/json.ts';
import { patterns, patternWords } from '../../domain/metallb/patterns.ts';
import { homeOfKey, knownKeys, pointerBelow, pointerSteps, schemaOf } from './bare-schema.ts';
import type { SchemaError } from './environment-validator.generated.js';
import { foundWords, holdsSecret, shownText, typeWords, valueAtPointer } from './value-words.ts';

/** A violation in words, before its file is known. */
export interface Violation {
  readonly code: FindingCode;
  readonly pointer: string;
  readonly part: 'key' | 'value';
  readonly message: string;
  readonly remedy: string;
}

/** One error of the validator in words; undefined for those that only repeat another. */
export function describeViolation(error: SchemaError, document: Json): Violation | undefined {
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(error);
    case 'required':
      return missingKey(error);
    case 'type':
      return wrongType(error, document);
    case 'enum':
      return notAllowed(error, document);
    case 'pattern':
      return error.propertyName === undefined ? wrongText(error, document) : wrongKey(error, error.propertyName);
    case 'propertyNames':
      return undefined;
    default:
      return outOfBounds(error, document);
  }
}

function unknownKey(error: SchemaError): Violation {
  const key = String(error.params['additionalProperty']);
  const known = knownKeys(schemaOf(error.instancePath));
  return {
    code: 'unknown-key',
    pointer: pointerBelow(error.instancePath, key),
    part: 'key',
    message: `${shownText(key)} is no key of ${placeWords(error.instancePath)}.`,
    remedy: unknownKeyRemedy(key, known),
  };
}

function unknownKeyRemedy(key: string, known: readonly string[]): string {
  const nearest = nearestName(key, known);
  if (nearest !== undefined) {
    return `Did you mean ${nearest}?`;
  }
  if ((key === 'spec' || key === 'metadata') && known.includes('name')) {
    return 'Name and fields of the spec stand side by side here: move what is below it one level up.';
  }
  const home = homeOfKey(key);
  if (home !== undefined) {
    return home === '' ? `Move ${key} to the top of the file.` : `Move ${key} to where it belongs: ${home}.${key}.`;
  }
  return known.length === 0 ? 'Remove it.' : `Remove it, or use one of ${listed(known)}.`;
}

function missingKey(error: SchemaError): Violation {
  const key = String(error.params['missingProperty']);
  return {
    code: 'missing-key',
    pointer: pointerBelow(error.instancePath, key),
    part: 'key',
    message: `${capitalised(placeWords(error.instancePath))} needs the key ${key}.`,
    remedy: `Add ${key}.`,
  };
}

function wrongType(error: SchemaError, document: Json): Violation {
  const types = [error.params['type']].flat().flatMap((type) => String(type).split(','));
  const value = valueAtPointer(document, error.instancePath);
  const found = foundWords(value, holdsSecret(error.instancePath));
  return {
    code: 'wrong-type',
    pointer: error.instancePath,
    part: 'value',
    message: `${capitalised(placeWords(error.instancePath))} must be ${typeWords(types)}; found ${found}.`,
    remedy: typeRemedy(types, value, error.instancePath),
  };
}

function typeRemedy(types: readonly string[], value: Json | undefined, pointer: string): string {
  const [type = ''] = types;
  if (value === null || value === undefined) {
    return 'Give it a value, or remove the key.';
  }
  const scalar = !isJsonArray(value) && !isJsonObject(value);
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    return textRemedy(value, pointer);
  }
  if (type === 'array' && scalar) {
    return typeof value === 'string' && isOneItem(value, pointer)
      ? `Write it as a list of one: [${value}].`
      : 'Write a list: each item on its own line, after a dash.';
  }
  if (['boolean', 'integer', 'number'].includes(type) && typeof value === 'string') {
    return `Write ${typeWords(types)}, without quotes.`;
  }
  return `Write ${typeWords(types)}.`;
}

/** For a number or a boolean where a text belongs. Quotes alone are of no use where the text is to be of another form. */
function textRemedy(value: number | boolean, pointer: string): string {
  const pattern = textAt(schemaOf(pointer), 'pattern');
  if (pattern === patterns.duration.pattern && Number.isSafeInteger(value) && Number(value) > 0) {
    return `Write ${String(value)}s, with its unit.`;
  }
  const sample = pattern === undefined || new RegExp(pattern).test(String(value)) ? undefined : patternWords(pattern);
  return sample === undefined ? 'Put the value in quotes.' : `Write it like ${sample.sample}, in quotes.`;
}

/** One text, and nothing that separates several, where a list of texts belongs. */
function isOneItem(value: string, pointer: string): boolean {
  const items = schemaOf(`${pointer}/0`);
  return /^[\w./:-]{1,100}$/u.test(value) && items['type'] === 'string';
}

function notAllowed(error: SchemaError, document: Json): Violation {
  const allowed = schemaOf(error.instancePath)['enum'];
  const names = isJsonArray(allowed) ? allowed.filter((value) => typeof value === 'string') : [];
  const value = valueAtPointer(document, error.instancePath);
  const nearest = typeof value === 'string' ? nearestName(value, names) : undefined;
  return {
    code: 'not-allowed-value',
    pointer: error.instancePath,
    part: 'value',
    message: `${capitalised(placeWords(error.instancePath))} must be one of ${listed(names)}; found ${foundWords(value, false)}.`,
    remedy: nearest === undefined ? `Write one of ${listed(names)}.` : `Did you mean ${nearest}?`,
  };
}

function wrongText(error: SchemaError, document: Json): Violation {
  const value = valueAtPointer(document, error.instancePath);
  const asked = patternWords(String(error.params['pattern']));
  return {
    code: 'text-pattern',
    pointer: error.instancePath,
    part: 'value',
    message: `${capitalised(placeWords(error.instancePath))} must be ${asked?.words ?? 'of another form'}; found ${foundWords(value, holdsSecret(error.instancePath))}.`,
    remedy: `Write it like ${asked?.sample ?? 'the examples of the schema'}.`,
  };
}

function wrongKey(error: SchemaError, key: string): Violation {
  const asked = patternWords(String(error.params['pattern']));
  return {
    code: 'key-pattern',
    pointer: pointerBelow(error.instancePath, key),
    part: 'key',
    message: `A key of ${placeWords(error.instancePath)} must be ${asked?.words ?? 'of another form'}; found ${shownText(key)}.`,
    remedy: `Write it like ${asked?.sample ?? 'the examples of the schema'}.`,
  };
}

const boundWords: {
  readonly [keyword: string]: { readonly code: FindingCode; readonly words: (limit: string) => string };
} = {
  minimum: { code: 'out-of-range', words: (limit) => `at least ${limit}` },
  maximum: { code: 'out-of-range', words: (limit) => `at most ${limit}` },
  minItems: { code: 'too-few-items', words: (limit) => `a list of at least ${limit}` },
  maxItems: { code: 'too-many-items', words: (limit) => `a list of at most ${limit}` },
  minLength: { code: 'text-length', words: (limit) => `a text of at least ${limit} characters` },
  maxLength: { code: 'text-length', words: (limit) => `a text of at most ${limit} characters` },
};

function outOfBounds(error: SchemaError, document: Json): Violation {
  const bound = boundWords[error.keyword];
  if (bound === undefined) {
    throw new Error(`bug: no words for the schema keyword ${error.keyword}`);
  }
  const asked = bound.words(String(error.params['limit']));
  const found = foundWords(valueAtPointer(document, error.instancePath), holdsSecret(error.instancePath));
  return {
    code: bound.code,
    pointer: error.instancePath,
    part: 'value',
    message: `${capitalised(placeWords(error.instancePath))} must be ${asked}; found ${found}.`,
    remedy: `Write ${asked}.`,
  };
}

/** `/metallb/ipAddressPool/0` as people read it: `metallb.ipAddressPool[0]`. */
function placeWords(pointer: string): string {
  const steps = pointerSteps(pointer).map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${shownKey(step)}`));
  return steps.length === 0 ? 'the file' : steps.join('').replace(/^\./, '');
}

function shownKey(key: string): string {
  return /^[\w-]{1,60}$/.test(key) ? key : shownText(key);
}

function capitalised(words: string): string {
  return words === 'the file' ? 'The file' : words;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

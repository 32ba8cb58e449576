import type { Violation } from '../crd/violation.ts';
import { violation } from '../crd/violation.ts';
import { readBase64 } from '../crd/base64.ts';
import { isJsonObject, jsonEqual, textAt } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { forbidden, invalidValue, required } from './field-errors.ts';

const longestKey = 253;
const mostBytes = 1024 * 1024;
const keyRule =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for " +
  "validation is '[-._a-zA-Z0-9]+')";

function entriesAt(object: JsonObject, name: string): readonly (readonly [key: string, value: string])[] {
  const map = object[name];
  return Object.entries(isJsonObject(map) ? map : {})
    .map(([key, value]) => [key, typeof value === 'string' ? value : ''] as const)
    .toSorted(([left], [right]) => (left < right ? -1 : 1));
}

function keyViolations(field: string, key: string): readonly Violation[] {
  const rules = [
    ...(key.length > longestKey ? [`must be no more than ${longestKey} characters`] : []),
    ...(/^[-._a-zA-Z0-9]+$/u.test(key) ? [] : [keyRule]),
    ...(key === '.' ? ["must not be '.'"] : []),
    ...(key === '..' ? ["must not be '..'"] : []),
    ...(key.startsWith('..') && key !== '..' ? ["must not start with '..'"] : []),
  ];
  return rules.map((rule) => invalidValue(`${field}[${key}]`, key, rule));
}

/** Bytes of a text in UTF-8. */
function sizeOf(text: string): number {
  return text.replaceAll(/[\u{80}-\u{7FF}]/gu, 'xx').replaceAll(/[\u{800}-\u{FFFF}]/gu, 'xxx').length;
}

function tooLong(field: string): Violation {
  return violation('FieldValueTooLong', field, `Too long: may not be more than ${mostBytes} bytes`);
}

/** What is said of an object that may not change any more. */
function frozenViolations(
  object: JsonObject,
  before: JsonObject | undefined,
  names: readonly string[],
): readonly Violation[] {
  if (before?.['immutable'] !== true) {
    return [];
  }
  const rule = 'field is immutable when `immutable` is set';
  return [
    ...(object['immutable'] === true ? [] : [forbidden('immutable', rule)]),
    ...names.filter((name) => !jsonEqual(object[name] ?? {}, before[name] ?? {})).map((name) => forbidden(name, rule)),
  ];
}

export function configMapViolations(map: JsonObject, before: JsonObject | undefined): readonly Violation[] {
  const data = entriesAt(map, 'data');
  const binary = entriesAt(map, 'binaryData');
  const known = new Set(binary.map(([key]) => key));
  const size =
    data.reduce((sum, [, value]) => sum + sizeOf(value), 0) +
    binary.reduce((sum, [, value]) => sum + readBase64(value).length, 0);
  return [
    ...frozenViolations(map, before, ['data', 'binaryData']),
    ...data.flatMap(([key]) => [
      ...keyViolations('data', key),
      ...(known.has(key) ? [invalidValue(`data[${key}]`, key, 'duplicate of key present in binaryData')] : []),
    ]),
    ...binary.flatMap(([key]) => keyViolations('binaryData', key)),
    ...(size > mostBytes ? [tooLong('[]')] : []),
  ];
}

export function secretViolations(secret: JsonObject, before: JsonObject | undefined): readonly Violation[] {
  const data = entriesAt(secret, 'data');
  const size = data.reduce((sum, [, value]) => sum + readBase64(value).length, 0);
  const isRetyped = before !== undefined && before['type'] !== secret['type'];
  return [
    ...(isRetyped ? [invalidValue('type', secret['type'], 'field is immutable')] : []),
    ...frozenViolations(secret, before, ['data']),
    ...data.flatMap(([key]) => keyViolations('data', key)),
    ...(size > mostBytes ? [tooLong('data')] : []),
    ...typeViolations(secret, new Map(data)),
  ];
}

const requiredKeys: { readonly [type: string]: readonly string[] } = {
  'kubernetes.io/dockercfg': ['.dockercfg'],
  'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
  'kubernetes.io/tls': ['tls.crt', 'tls.key'],
};

function typeViolations(secret: JsonObject, data: ReadonlyMap<string, string>): readonly Violation[] {
  const type = textAt(secret, 'type') ?? '';
  const keys = requiredKeys[type] ?? [];
  const missing = keys.filter((key) => !data.has(key)).map((key) => required(`data[${key}]`));
  switch (type) {
    case 'kubernetes.io/service-account-token': {
      const account = 'kubernetes.io/service-account.name';
      const isNamed = (textAt(secret, 'metadata', 'annotations', account) ?? '') !== '';
      return isNamed ? [] : [required(`metadata.annotations[${account}]`)];
    }
    case 'kubernetes.io/basic-auth': {
      const fields = ['username', 'password'];
      return fields.some((key) => data.has(key)) ? [] : fields.map((key) => required(`data[${key}]`));
    }
    case 'kubernetes.io/ssh-auth':
      return (data.get('ssh-privatekey') ?? '') === '' ? [required('data[ssh-privatekey]')] : [];
    case 'kubernetes.io/tls':
      return missing;
    default:
      return [
        ...missing,
        ...keys.filter((key) => data.has(key)).flatMap((key) => jsonViolations(key, data.get(key) ?? '')),
      ];
  }
}

/** The contents of a Secret are in no message. */
function jsonViolations(key: string, encoded: string): readonly Violation[] {
  const text = String.fromCodePoint(...readBase64(encoded).slice(0, mostBytes));
  const wrong = jsonMistake(text);
  return wrong === undefined ? [] : [invalidValue(`data[${key}]`, '<secret contents redacted>', wrong)];
}

function jsonMistake(text: string): string | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isJsonObject(value) || value === null
      ? undefined
      : 'json: cannot unmarshal into Go value of type map[string]interface {}';
  } catch {
    const first = text.trimStart().charAt(0);
    return first === '' || '{["-0123456789tfn'.includes(first)
      ? 'unexpected end of JSON input'
      : `invalid character '${first}' looking for beginning of value`;
  }
}

import { isJsonArray, isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { violation } from './violation.ts';
import type { Violation } from './violation.ts';

type Validate = (value: Json, schema: JsonObject, path: string) => readonly Violation[];

const keywords = ['allOf', 'anyOf', 'oneOf', 'not'];

/** `allOf`, `anyOf`, `oneOf` and `not`. The sentences name the field, but stand at no field. */
export function checkAlternatives(
  value: Json,
  schema: JsonObject,
  path: string,
  validate: Validate,
): readonly Violation[] {
  if (!keywords.some((keyword) => schema[keyword] !== undefined)) {
    return [];
  }
  const found = (keyword: string): readonly (readonly Violation[])[] => {
    const list = schema[keyword];
    const schemas = isJsonArray(list) ? list.filter((one) => isJsonObject(one)) : [];
    return schemas.map((one) => validate(value, one, path));
  };
  const { not } = schema;
  const isNot = isJsonObject(not) && validate(value, not, path).length === 0;
  return [
    ...judgeAny(found('anyOf'), path),
    ...judgeOne(found('oneOf'), path),
    ...judgeAll(found('allOf'), path),
    ...(isNot ? [nowhere(path, 'must not validate the schema (not)')] : []),
  ];
}

function nowhere(path: string, rule: string): Violation {
  return violation('FieldValueInvalid', '<nil>', `Invalid value: "": "${path}" ${rule}`);
}

/** What the alternative that comes nearest has against the value. */
function nearest(results: readonly (readonly Violation[])[]): readonly Violation[] {
  return results.toSorted((left, right) => left.length - right.length)[0] ?? [];
}

function judgeAny(results: readonly (readonly Violation[])[], path: string): readonly Violation[] {
  const isMet = results.length === 0 || results.some((one) => one.length === 0);
  return isMet ? [] : [nowhere(path, 'must validate at least one schema (anyOf)'), ...nearest(results)];
}

function judgeOne(results: readonly (readonly Violation[])[], path: string): readonly Violation[] {
  const met = results.filter((one) => one.length === 0).length;
  if (results.length === 0 || met === 1) {
    return [];
  }
  const rule = 'must validate one and only one schema (oneOf).';
  return met === 0
    ? [nowhere(path, `${rule} Found none valid`), ...nearest(results)]
    : [nowhere(path, `${rule} Found ${met} valid alternatives`)];
}

function judgeAll(results: readonly (readonly Violation[])[], path: string): readonly Violation[] {
  const wrong = results.filter((one) => one.length > 0);
  if (wrong.length === 0) {
    return [];
  }
  const none = wrong.length === results.length ? ' None validated' : '';
  return [...wrong.flat(), nowhere(path, `must validate all the schemas (allOf).${none}`)];
}

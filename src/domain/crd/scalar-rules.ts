import type { JsonObject } from '../json.ts';
import type { Violation } from './violation.ts';
import { violation } from './violation.ts';

const integerRanges: { readonly [format: string]: readonly [number, number] } = {
  int32: [-2_147_483_648, 2_147_483_647],
};

/** Bounds, multiples and integer formats of a number. */
export function checkNumber(value: number, schema: JsonObject, path: string): readonly Violation[] {
  const found: Violation[] = [];
  const invalid = (rule: string): void => {
    found.push(violation('FieldValueInvalid', path, `Invalid value: ${value}: ${path} in body ${rule}`));
  };
  const { minimum, maximum, multipleOf, format } = schema;
  const range = typeof format === 'string' ? integerRanges[format] : undefined;
  if (range !== undefined && (value < range[0] || value > range[1])) {
    invalid(`must be of type ${typeof format === 'string' ? format : ''}: "${value}"`);
  }
  if (typeof minimum === 'number' && value < minimum) {
    invalid(`should be greater than or equal to ${minimum}`);
  }
  if (typeof maximum === 'number' && value > maximum) {
    invalid(`should be less than or equal to ${maximum}`);
  }
  if (typeof multipleOf === 'number' && value % multipleOf !== 0) {
    invalid(`should be a multiple of ${multipleOf}`);
  }
  return found;
}

/** Lengths and pattern of a text. Patterns come from definitions that the operator applied, and texts are bounded by the request. */
export function checkText(value: string, schema: JsonObject, path: string): readonly Violation[] {
  const found: Violation[] = [];
  const { minLength, maxLength, pattern } = schema;
  const length = Array.from(value).length;
  if (typeof maxLength === 'number' && length > maxLength) {
    found.push(violation('FieldValueTooLong', path, `Too long: may not be more than ${maxLength} bytes`));
  }
  if (typeof minLength === 'number' && length < minLength) {
    found.push(
      violation(
        'FieldValueInvalid',
        path,
        `Invalid value: ${JSON.stringify(value)}: ${path} in body should be at least ${minLength} chars long`,
      ),
    );
  }
  if (typeof pattern === 'string' && !new RegExp(pattern, 'u').test(value)) {
    found.push(
      violation(
        'FieldValueInvalid',
        path,
        `Invalid value: ${JSON.stringify(value)}: ${path} in body should match '${pattern}'`,
      ),
    );
  }
  return found;
}

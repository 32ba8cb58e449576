import { compilePattern } from '../cel/pattern.ts';
import type { JsonObject } from '../json.ts';
import { isFormat } from './text-formats.ts';
import type { Violation } from './violation.ts';
import { violation } from './violation.ts';

/** Bounds and multiples of a number. (The format `int32` bounds nothing, there as here.) */
export function checkNumber(value: number, schema: JsonObject, path: string): readonly Violation[] {
  const found: Violation[] = [];
  const invalid = (rule: string): void => {
    found.push(violation('FieldValueInvalid', path, `Invalid value: ${value}: ${path} in body ${rule}`));
  };
  const { minimum, maximum, multipleOf } = schema;
  const isAbove = schema['exclusiveMinimum'] === true;
  const isBelow = schema['exclusiveMaximum'] === true;
  if (typeof minimum === 'number' && (value < minimum || (isAbove && value === minimum))) {
    invalid(`should be greater than ${isAbove ? '' : 'or equal to '}${minimum}`);
  }
  if (typeof maximum === 'number' && (value > maximum || (isBelow && value === maximum))) {
    invalid(`should be less than ${isBelow ? '' : 'or equal to '}${maximum}`);
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
  const format = typeof schema['format'] === 'string' ? schema['format'] : '';
  if (!isFormat(format, value)) {
    const quoted = JSON.stringify(value);
    const message = `Invalid value: ${quoted}: ${path} in body must be of type ${format}: ${quoted}`;
    found.push(violation('FieldValueTypeInvalid', path, message));
  }
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
  if (typeof pattern === 'string' && !compilePattern(pattern).test(value)) {
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

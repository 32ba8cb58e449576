import { violation } from '../crd/violation.ts';
import type { Violation } from '../crd/violation.ts';
import type { NameRule } from '../crd/name-rules.ts';
import type { Json } from '../json.ts';

/** What the API server says of one field of an object of a built-in kind. */
export function required(field: string, detail = ''): Violation {
  return violation('FieldValueRequired', field, detail === '' ? 'Required value' : `Required value: ${detail}`);
}

export function invalidValue(field: string, value: Json | undefined, rule: string): Violation {
  return violation('FieldValueInvalid', field, `Invalid value: ${JSON.stringify(value ?? null)}: ${rule}`);
}

export function forbidden(field: string, rule: string): Violation {
  return violation('FieldValueForbidden', field, `Forbidden: ${rule}`);
}

export function duplicate(field: string, value: Json | undefined): Violation {
  return violation('FieldValueDuplicate', field, `Duplicate value: ${JSON.stringify(value ?? null)}`);
}

export function notSupported(field: string, value: Json | undefined, choices: readonly string[]): Violation {
  const supported = choices.map((one) => JSON.stringify(one)).join(', ');
  const message = `Unsupported value: ${JSON.stringify(value ?? null)}: supported values: ${supported}`;
  return violation('FieldValueNotSupported', field, message);
}

/** What a rule of names says against a text, at this field. */
export function named(field: string, text: string, rule: NameRule): readonly Violation[] {
  return rule(text).map((one) => invalidValue(field, text, one));
}

/** A field that has to be there and one of some. */
export function oneOf(field: string, value: string | undefined, choices: readonly string[]): readonly Violation[] {
  if ((value ?? '') === '') {
    return [required(field)];
  }
  return choices.includes(value ?? '') ? [] : [notSupported(field, value, choices)];
}

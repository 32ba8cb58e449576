import { isJsonObject, listAt, textAt, valueAt } from '../../json.ts';
import type { Json, JsonObject } from '../../json.ts';
import { duplicate, invalidValue, required } from '../../object-rules/field-errors.ts';
import { violation } from '../violation.ts';
import type { Violation } from '../violation.ts';

const most = 8;
const scalars = new Set<Json | undefined>(['string', 'boolean', 'integer']);

/** What is wrong with the fields by which objects of a version can be selected. */
export function selectableViolations(version: JsonObject, at: string): readonly Violation[] {
  const fields = listAt(version, 'selectableFields').map((field) => textAt(field, 'jsonPath') ?? '');
  const schema = valueAt(version, 'schema', 'openAPIV3Schema');
  const found = fields.flatMap((path, index) => {
    const field = `${at}.selectableFields[${index}].jsonPath`;
    if (path === '') {
      return [required(field)];
    }
    if (fields.indexOf(path) < index) {
      return [duplicate(field, path)];
    }
    const rule = pathMistake(path, isJsonObject(schema) ? schema : {});
    return rule === undefined ? [] : [invalidValue(field, path, rule)];
  });
  const isDistinct = new Set(fields).size > most;
  const tooMany = `Too many: ${fields.length}: must have at most ${most} items`;
  return [...found, ...(isDistinct ? [violation('FieldValueTooMany', `${at}.selectableFields`, tooMany)] : [])];
}

function pathMistake(path: string, schema: JsonObject): string | undefined {
  if (!path.startsWith('.')) {
    return `is an invalid path: expected [ or . but got: ${path.split(/[.[]/u, 1)[0] ?? ''}`;
  }
  const steps = path.slice(1).split('.');
  let here: JsonObject = schema;
  for (const step of steps) {
    const [name = ''] = step.split('[', 1);
    const below = valueAt(here, 'properties', name);
    if (!isJsonObject(below) || steps[0] === 'metadata') {
      return 'is an invalid path: does not refer to a valid field';
    }
    if (step !== name) {
      return 'is an invalid path: array notation is not allowed';
    }
    here = below;
  }
  return scalars.has(here['type'])
    ? undefined
    : 'must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.';
}

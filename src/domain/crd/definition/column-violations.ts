import { isJsonArray, textAt } from '../../json.ts';
import type { Json } from '../../json.ts';
import { invalidValue, required } from '../../object-rules/field-errors.ts';
import type { Violation } from '../violation.ts';

const types = ['boolean', 'date', 'integer', 'number', 'string'];
const formats = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password'];

/** What is wrong with the columns that tables of a kind have. */
export function columnViolations(columns: Json, at: string): readonly Violation[] {
  return isJsonArray(columns) ? columns.flatMap((column, index) => ofColumn(column, `${at}[${index}]`)) : [];
}

function ofColumn(column: Json, at: string): readonly Violation[] {
  const type = textAt(column, 'type') ?? '';
  const format = textAt(column, 'format') ?? '';
  const path = textAt(column, 'jsonPath') ?? '';
  const typeRule = `must be one of ${types.join(',')}`;
  return [
    ...((textAt(column, 'name') ?? '') === '' ? [required(`${at}.name`)] : []),
    ...(type === '' ? [required(`${at}.type`, typeRule)] : []),
    ...(type === '' || types.includes(type) ? [] : [invalidValue(`${at}.type`, type, typeRule)]),
    ...(format === '' || formats.includes(format)
      ? []
      : [invalidValue(`${at}.format`, format, `must be one of ${formats.join(',')}`)]),
    ...(path === '' ? [required(`${at}.JSONPath`)] : []),
    ...(path === '' || path.startsWith('.')
      ? []
      : [invalidValue(`${at}.JSONPath`, path, 'must be a simple json path starting with .')]),
  ];
}

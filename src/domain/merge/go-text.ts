import { isJsonArray, isJsonObject } from '../json.ts';
import type { Json } from '../json.ts';

/** A value as Go prints it by `%v`, which is how the API server shows what it did not expect. */
export function goText(value: Json): string {
  if (value === null) {
    return '<nil>';
  }
  if (isJsonArray(value)) {
    return `[${value.map((item) => goText(item)).join(' ')}]`;
  }
  if (isJsonObject(value)) {
    const names = Object.keys(value).toSorted();
    return `map[${names.map((name) => `${name}:${goText(value[name] ?? null)}`).join(' ')}]`;
  }
  return String(value);
}

/** A value as Go prints it by `%#v`. */
export function goSyntax(value: Json): string {
  if (value === null) {
    return 'interface {}(nil)';
  }
  if (isJsonArray(value)) {
    return `[]interface {}{${value.map((item) => goSyntax(item)).join(', ')}}`;
  }
  if (isJsonObject(value)) {
    const names = Object.keys(value).toSorted();
    return `map[string]interface {}{${names.map((name) => `${JSON.stringify(name)}:${goSyntax(value[name] ?? null)}`).join(', ')}}`;
  }
  return JSON.stringify(value);
}

/** The type of a value as Go prints it by `%T`. */
export function goType(value: Json): string {
  if (isJsonArray(value)) {
    return '[]interface {}';
  }
  if (isJsonObject(value)) {
    return 'map[string]interface {}';
  }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? 'int64' : 'float64';
  }
  return typeof value === 'boolean' ? 'bool' : 'string';
}

/** A JSON value as a parser gives it. Numbers are IEEE doubles, as in every JSON reader of the field. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** True for a mapping; arrays and null are not mappings. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for a sequence. (Array.isArray does not narrow readonly arrays.) */
export function isJsonArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The value below `path`, or undefined where any step is missing. Keys index mappings, numbers index sequences. */
export function valueAt(root: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  let here = root;
  for (const step of path) {
    if (typeof step === 'number') {
      here = isJsonArray(here) ? here[step] : undefined;
    } else {
      here = isJsonObject(here) && Object.hasOwn(here, step) ? here[step] : undefined;
    }
  }
  return here;
}

/** Text at `path`, or undefined where there is none or it is no text. */
export function textAt(root: Json | undefined, ...path: readonly (string | number)[]): string | undefined {
  const value = valueAt(root, ...path);
  return typeof value === 'string' ? value : undefined;
}

/** Number at `path`, or undefined. */
export function numberAt(root: Json | undefined, ...path: readonly (string | number)[]): number | undefined {
  const value = valueAt(root, ...path);
  return typeof value === 'number' ? value : undefined;
}

/** Sequence at `path`; an absent one is empty. */
export function listAt(root: Json | undefined, ...path: readonly (string | number)[]): readonly Json[] {
  const value = valueAt(root, ...path);
  return isJsonArray(value) ? value : [];
}

/** Deep equality; the order of keys does not matter, the order of elements does. */
export function jsonEqual(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) {
    return true;
  }
  if (isJsonArray(left) && isJsonArray(right)) {
    return left.length === right.length && left.every((value, index) => jsonEqual(value, right[index]));
  }
  if (isJsonObject(left) && isJsonObject(right)) {
    const keys = Object.keys(left);
    return (
      keys.length === Object.keys(right).length &&
      keys.every((key) => Object.hasOwn(right, key) && jsonEqual(left[key], right[key]))
    );
  }
  return false;
}

/**
 * One text for one value: keys sorted by code unit, no blanks. Equal values give equal texts, so a digest of the text
 * stands for the value.
 */
export function canonicalJson(value: Json): string {
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value);
  }
  let text = '';
  if (isJsonArray(value)) {
    for (const item of value) {
      text += `${text === '' ? '' : ','}${canonicalJson(item)}`;
    }
    return `[${text}]`;
  }
  for (const key of Object.keys(value).toSorted()) {
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`;
  }
  return `{${text}}`;
}

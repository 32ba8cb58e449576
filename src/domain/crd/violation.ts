import type { Json } from '../json.ts';

/** One cause of an Invalid status: the field, the kind of mistake, and the sentence. */
export interface Violation {
  readonly reason: string;
  readonly field: string;
  readonly message: string;
}

export function violation(reason: string, field: string, message: string): Violation {
  return { reason, field, message };
}

export function joinPath(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** A value as messages show it. */
export function describeValue(value: Json): string {
  return JSON.stringify(value);
}

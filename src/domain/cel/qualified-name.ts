import type { Expression } from './syntax.ts';

/** `a.b` of names alone, as functions of a namespace are called. */
export function qualifiedName(target: Expression, name: string): string | undefined {
  if (target.op === 'ident') {
    return `${target.name}.${name}`;
  }
  const before = target.op === 'select' && !target.optional ? qualifiedName(target.target, target.field) : undefined;
  return before === undefined ? undefined : `${before}.${name}`;
}

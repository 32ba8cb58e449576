import { CelSyntaxError } from './syntax.ts';
import type { Expression } from './syntax.ts';

type Call = Extract<Expression, { op: 'call' }>;

/** What a call is that is no call but a macro. */
export type MacroForm =
  | { readonly kind: 'has'; readonly select: Extract<Expression, { op: 'select' }> }
  | { readonly kind: 'optional'; readonly target: Expression; readonly name: string; readonly body: Expression }
  | {
      readonly kind: 'fold';
      readonly name: string;
      readonly target: Expression;
      readonly names: readonly string[];
      readonly bodies: readonly Expression[];
    };

/** By the name, how many variables and how many expressions a macro over a list or map has. */
const forms: ReadonlySet<string> = new Set(
  (
    'all 1 1, all 2 1, exists 1 1, exists 2 1, exists_one 1 1, exists_one 2 1, existsOne 1 1, existsOne 2 1, filter 1 1, map 1 1, map 1 2, ' +
    'transformList 2 1, transformList 2 2, transformMap 2 1, transformMap 2 2, transformMapEntry 2 1, transformMapEntry 2 2, sortBy 1 1'
  ).split(', '),
);

/** The macro that a call is; undefined for a call. Throws `CelSyntaxError` on one that is not whole. */
export function macroForm({ name, target, args, at }: Call): MacroForm | undefined {
  if (target === undefined) {
    return name === 'has' && args.length === 1 ? { kind: 'has', select: selected(args[0], at) } : undefined;
  }
  const [first, body] = args;
  if ((name === 'optMap' || name === 'optFlatMap') && args.length === 2 && body !== undefined) {
    return { kind: 'optional', target, name: variable(first, at), body };
  }
  const count = forms.has(`${name} 2 ${args.length - 2}`) ? 2 : 1;
  if (!forms.has(`${name} ${count} ${args.length - count}`)) {
    return undefined;
  }
  const names = args.slice(0, count).map((arg) => variable(arg, at));
  return { kind: 'fold', name, target, names, bodies: args.slice(count) };
}

function selected(arg: Expression | undefined, at: number): Extract<Expression, { op: 'select' }> {
  if (arg?.op !== 'select') {
    throw new CelSyntaxError('invalid argument to has() macro', arg?.at ?? at);
  }
  return arg;
}

function variable(arg: Expression | undefined, at: number): string {
  if (arg?.op !== 'ident') {
    throw new CelSyntaxError('argument must be a simple name', arg?.at ?? at);
  }
  return arg.name;
}

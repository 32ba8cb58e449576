import { bind, matches } from './cel.ts';

/** Decimal digits that a 64-bit number surely holds, leading zeros aside. */
const number = '^0*[0-9]{1,10}$';

function isBelow(list: string, limit: number): string {
  return `${list}.all(n, ${matches('n', number)} && int(n) <= ${limit})`;
}

/**
 * True in CEL where the text is a community or may be the name of one: MetalLB reads two and four fields as a literal, and
 * anything else as a name.
 */
export function mayBeCommunity(text: string): string {
  const standard = `f.size() == 2 ? ${isBelow('f', 65_535)}`;
  const large = `f.size() == 4 ? f[0] == 'large' && ${isBelow('[f[1], f[2], f[3]]', 4_294_967_295)}`;
  return bind('f', `${text}.split(':')`, `${standard} : ${large} : true`);
}

export const communityForms = 'a:b with two numbers up to 65535, or large:a:b:c with three numbers up to 4294967295';

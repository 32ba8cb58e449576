/** The plural of a kind's name in paths and in RBAC, by English rules, as the API's own names follow them. */
export function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  if (/(s|x|ch|sh)$/u.test(name)) {
    return `${name}es`;
  }
  return /[^aeiou]y$/u.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}

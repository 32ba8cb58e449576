const words = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

const signs: readonly (readonly [sign: string, escape: string])[] = [
  ['__', '__underscores__'],
  ['.', '__dot__'],
  ['-', '__dash__'],
  ['/', '__slash__'],
];

/** A field as expressions spell it. */
export function escapedName(name: string): string {
  return words.has(name)
    ? `__${name}__`
    : signs.reduce((text, [sign, escaped]) => text.replaceAll(sign, escaped), name);
}

export function plainName(name: string): string {
  const [, word = ''] = /^__(\w+)__$/u.exec(name) ?? [];
  return words.has(word) ? word : signs.reduceRight((text, [sign, escaped]) => text.replaceAll(escaped, sign), name);
}

/** The names under which expressions find a field: words of the language go by themselves too. */
export function readableNames(name: string): readonly string[] {
  return words.has(name) ? [escapedName(name), name] : [escapedName(name)];
}

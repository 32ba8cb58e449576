const elements: readonly (readonly [layout: string, form: RegExp])[] = [
  ['2006', /^\d{4}/u],
  ['-', /^-/u],
  ['01', /^\d{2}/u],
  ['-', /^-/u],
  ['02', /^\d{2}/u],
  ['T', /^T/u],
  ['15', /^\d{2}/u],
  [':', /^:/u],
  ['04', /^\d{2}/u],
  [':', /^:/u],
  ['05', /^\d{2}/u],
];
const zone: readonly [string, RegExp] = ['Z07:00', /^(?:Z|[+-]\d{2}:\d{2})$/u];

/** Why a text is no time of RFC 3339, in Go's words; an exact one has six digits behind the point, others any number. */
export function timeMistake(text: string, isExact: boolean): string | undefined {
  const layout = `2006-01-02T15:04:05${isExact ? '.000000' : ''}Z07:00`;
  const fraction: readonly (readonly [string, RegExp])[] = isExact
    ? [['.000000', /^\.\d{6}/u]]
    : [['', /^(?:[.,]\d+)?/u]];
  let rest = text;
  for (const [element, form] of [...elements, ...fraction, zone]) {
    const found = form.exec(rest)?.[0];
    if (found === undefined) {
      const why = `cannot parse ${JSON.stringify(rest)} as ${JSON.stringify(element)}`;
      return `parsing time ${JSON.stringify(text)} as ${JSON.stringify(layout)}: ${why}`;
    }
    rest = rest.slice(found.length);
  }
  return undefined;
}

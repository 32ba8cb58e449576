import { CelError } from './value.ts';

const compiled = new Map<string, RegExp>();
const most = 1000;

/** POSIX classes of RE2, inside brackets. */
const classes: { readonly [name: string]: string } = {
  alnum: 'a-zA-Z0-9',
  alpha: 'a-zA-Z',
  ascii: '\\x00-\\x7f',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-~',
  lower: 'a-z',
  print: ' -~',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '\\w',
  xdigit: '0-9a-fA-F',
};

/**
 * A pattern of RE2 as one of JavaScript. What RE2 doesn't know (looking around, references back) is refused, so that every
 * pattern can be matched in time that grows with the text alone, where the engine has a matcher for that.
 */
export function compilePattern(source: string, flags = ''): RegExp {
  const key = `${flags}/${source}`;
  const known = compiled.get(key);
  if (known !== undefined) {
    known.lastIndex = 0;
    return known;
  }
  if (/\(\?(?:<?[=!])|(?:^|[^\\])(?:\\\\)*\\[1-9]/u.test(source)) {
    throw parseError('invalid or unsupported Perl syntax', source);
  }
  const [, mode = ''] = /^\(\?([ims]+)\)/u.exec(source) ?? [];
  const body = source
    .slice(mode === '' ? 0 : mode.length + 3)
    .replaceAll(/\[:(\w+):\]/gu, (found: string, name: string) => classes[name] ?? found)
    .replaceAll('(?P<', '(?<')
    .replaceAll(String.raw`\A`, '^')
    .replaceAll(String.raw`\z`, '$')
    .replaceAll(/\\([pP])([LMNPSZC])/gu, String.raw`\$1{$2}`);
  // Only without the flag u can the engine fall back to a matcher that never runs away.
  const unicode = /\\[pP]\{|\\x\{|[^\0-\u{7F}]/u.test(body) ? 'u' : '';
  let made: RegExp;
  try {
    made = new RegExp(body.replaceAll(/\\x\{([0-9a-fA-F]+)\}/gu, String.raw`\u{$1}`), `${flags}${mode}${unicode}`);
  } catch {
    throw parseError('invalid syntax', source);
  }
  if (compiled.size >= most) {
    compiled.clear();
  }
  compiled.set(key, made);
  return made;
}

function parseError(what: string, source: string): CelError {
  return new CelError(`error parsing regexp: ${what}: \`${source}\``);
}

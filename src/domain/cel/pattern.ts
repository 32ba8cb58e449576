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
  checkSupported(source);
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
  } catch (error) {
    throw malformed(source, error instanceof Error ? error.message : '');
  }
  if (compiled.size >= most) {
    compiled.clear();
  }
  compiled.set(key, made);
  return made;
}

/** Refuses what RE2 does not know. */
function checkSupported(source: string): void {
  if (/\(\?(?:<?[=!])|(?:^|[^\\])(?:\\\\)*\\[1-9]/u.test(source)) {
    const [found = source] = /\(\?<?[=!]|\\[1-9]/u.exec(source) ?? [];
    throw found.startsWith('\\')
      ? parseError('invalid escape sequence', found)
      : parseError('invalid or unsupported Perl syntax', found.startsWith('(?<') ? '(?<' : found);
  }
}

/** Why a text is no pattern of RE2, in its words for the usual mistakes; undefined where it is one. */
export function patternMistake(source: string): string | undefined {
  try {
    compilePattern(source);
    return undefined;
  } catch (error) {
    if (error instanceof CelError) {
      return error.message;
    }
    throw error;
  }
}

/** What the engine says against a pattern, as RE2 says it. */
function malformed(source: string, told: string): CelError {
  if (told.includes('Unterminated character class')) {
    return parseError('missing closing ]', source.slice(Math.max(source.lastIndexOf('['), 0)));
  }
  if (told.includes('Unterminated group')) {
    return parseError('missing closing )', source);
  }
  if (told.includes('Unmatched')) {
    return parseError('unexpected )', source);
  }
  if (told.includes('Nothing to repeat')) {
    return parseError('missing argument to repetition operator', /[*+?]/u.exec(source)?.[0] ?? source);
  }
  return parseError('invalid syntax', source);
}

function parseError(what: string, source: string): CelError {
  return new CelError(`error parsing regexp: ${what}: \`${source}\``);
}

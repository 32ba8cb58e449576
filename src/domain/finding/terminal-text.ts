/** Blanks that a tab is shown as; the same in the line and in the marks below it. */
const tabWidth = 4;

/** Characters that a terminal gives two columns: East Asian wide and full-width forms, emoji. */
const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;
/** Characters without a column of their own. */
const narrowless = /\p{Mn}|\p{Me}|\u200D|[\uFE00-\uFE0F]/u;
/** What could steer a terminal or turn the direction of a line: control and format characters, lone surrogates. */
const steering = /\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}/u;

/** A text as it is shown: a tab becomes blanks, what could steer the terminal its code point. */
export function visibleCharacter(character: string): string {
  if (character === '\t') {
    return ' '.repeat(tabWidth);
  }
  if (character === '\u200D' || !steering.test(character)) {
    return character;
  }
  return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`;
}

/** Columns that a character takes on a terminal once it is made visible. */
export function characterWidth(character: string): number {
  const shown = visibleCharacter(character);
  if (shown !== character) {
    return shown.length;
  }
  if (narrowless.test(character)) {
    return 0;
  }
  return wide.test(character) ? 2 : 1;
}

/** A text of one line, fit for a terminal: line breaks and all else that steers are made visible. */
export function visibleText(text: string): string {
  return Array.from(text, visibleCharacter).join('');
}

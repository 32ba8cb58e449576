import { canonicalJson, isJsonArray, isJsonObject, type Json } from '../json.ts';
import { alignLists } from './align-lists.ts';
import type { FieldChange } from './plan.ts';
import { sensitiveMark } from './sensitive.ts';

const longestValue = 240;
const linesShown = 40;

/** Makes characters visible that would move the cursor, break a line or turn the reading direction. */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

function shortened(text: string): string {
  const characters = Array.from(text);
  return characters.length <= longestValue
    ? text
    : `${characters.slice(0, longestValue).join('')}… (${characters.length} characters)`;
}

/** A value on one line, as JSON with blanks after commas and colons. */
export function formatValue(value: Json): string {
  if (value === sensitiveMark) {
    return sensitiveMark;
  }
  return shortened(visible(spaced(value)));
}

function spaced(value: Json): string {
  if (isJsonArray(value)) {
    return `[${value.map((item) => spaced(item)).join(', ')}]`;
  }
  if (isJsonObject(value)) {
    const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${spaced(item)}`);
    return `{${entries.join(', ')}}`;
  }
  return canonicalJson(value);
}

export type FieldSign = '+' | '-' | '~';

/** A field's lines: the first says what happens, more follow where text of several lines changes. */
export interface FieldLines {
  readonly sign: FieldSign;
  readonly text: string;
  readonly more: readonly { readonly sign: '+' | '-'; readonly text: string }[];
}

function isLongText(value: Json | undefined): value is string {
  return typeof value === 'string' && value.includes('\n');
}

function textLine(sign: '+' | '-', line: string | undefined): FieldLines['more'] {
  return line === undefined ? [] : [{ sign, text: shortened(visible(line)) }];
}

/** The lines in which two texts differ. */
function textLines(before: string, after: string): FieldLines['more'] {
  const left = before.split('\n');
  const right = after.split('\n');
  const rows = alignLists(left, right).flatMap((pair) =>
    textLine('-', pair.left === undefined ? undefined : left[pair.left]).concat(
      textLine('+', pair.right === undefined ? undefined : right[pair.right]),
    ),
  );
  return rows.slice(0, linesShown);
}

/** How one field's change is written. */
export function formatField({ path, before, after }: FieldChange): FieldLines {
  const name = visible(path);
  if (before === undefined) {
    return { sign: '+', text: `${name}: ${formatValue(after ?? null)}`, more: [] };
  }
  if (after === undefined) {
    return { sign: '-', text: `${name}: ${formatValue(before)}`, more: [] };
  }
  if (isLongText(before) && isLongText(after)) {
    return { sign: '~', text: `${name}: text changes`, more: textLines(before, after) };
  }
  if (before === sensitiveMark && after === sensitiveMark) {
    return { sign: '~', text: `${name}: ${sensitiveMark} changes`, more: [] };
  }
  return { sign: '~', text: `${name}: ${formatValue(before)} → ${formatValue(after)}`, more: [] };
}

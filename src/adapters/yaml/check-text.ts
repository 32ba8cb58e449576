import type { LocatedFinding } from '../../domain/finding/finding.ts';
import { findingCodes } from '../../domain/finding/finding-codes.ts';
import type { FindingCode } from '../../domain/finding/finding-codes.ts';
import { positionAt } from './text-lines.ts';
import type { TextLines } from './text-lines.ts';

/** More of one kind would bury the others: the first ones explain the file. */
const mostOfOneKind = 100;

/** A finding at a stretch of the text, at the severity of its code. */
export function findingAt(
  lines: TextLines,
  place: { readonly start: number; readonly end: number },
  what: { readonly code: FindingCode; readonly message: string; readonly remedy: string },
): LocatedFinding {
  return {
    code: what.code,
    severity: findingCodes[what.code].severity,
    message: what.message,
    remedy: what.remedy,
    place: positionAt(lines, place.start, place.end),
  };
}

const blankNames: ReadonlyMap<string, string> = new Map([
  ['\u00A0', 'no-break space'],
  ['\u200B', 'zero-width space'],
  ['\u3000', 'ideographic space'],
  ['\uFEFF', 'byte order mark'],
]);

function codePoint(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const name = blankNames.get(character);
  return name === undefined ? `U+${hex}` : `U+${hex} (${name})`;
}

/** How far is looked back is bounded: a line of such blanks would otherwise be read again for each of them. */
const strangeBlank =
  /(?<=^[ \t]{0,300}|^[ \t]{0,300}(?:- {1,9}){0,30}-|^[^#"'\r\n]{0,300}:)[\u00A0\u1680\u2000-\u200B\u202F\u205F\u3000\uFEFF]/gm;
const strangeBreak = /[\u0085\u2028\u2029]/g;
const directive = /^%[^\r\n]*/gm;
const mayHoldStrange = /[\u0085\u00A0\u1680\u2000-\u200B\u2028\u2029\u202F\u205F\u3000\uFEFF]/;

function eachMatch(text: string, pattern: RegExp): readonly RegExpMatchArray[] {
  return [...text.matchAll(pattern)].slice(0, mostOfOneKind);
}

function placeOf(found: RegExpMatchArray): { readonly start: number; readonly end: number } {
  const start = found.index ?? 0;
  return { start, end: start + found[0].length };
}

/** What is wrong with the text before any parser reads it: blanks that are none, line breaks that only some readers see. */
export function checkText(lines: TextLines): readonly LocatedFinding[] {
  const { text } = lines;
  const directives = eachMatch(text, directive).map((found) =>
    findingAt(lines, placeOf(found), {
      code: 'yaml-directive',
      message: 'A line that starts with % is a directive, which Kubernetes refuses.',
      remedy: 'Remove the line.',
    }),
  );
  if (!mayHoldStrange.test(text)) {
    return directives;
  }
  const blanks = eachMatch(text, strangeBlank).map((found) =>
    findingAt(lines, placeOf(found), {
      code: 'yaml-blank',
      message: `${codePoint(found[0])} stands where YAML needs an ordinary blank; it is read as part of the text.`,
      remedy: 'Replace it by an ordinary blank.',
    }),
  );
  const breaks = eachMatch(text, strangeBreak).map((found) =>
    findingAt(lines, placeOf(found), {
      code: 'yaml-blank',
      message: `${codePoint(found[0])} ends the line for Kubernetes and does not for other readers.`,
      remedy: 'Replace it by an ordinary line break, or write it as an escape in double quotes.',
    }),
  );
  return [...directives, ...blanks, ...breaks];
}

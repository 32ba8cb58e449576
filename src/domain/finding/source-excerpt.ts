import type { SourcePosition } from './finding.ts';
import { characterWidth, visibleCharacter } from './terminal-text.ts';

/** A source line as it is shown, and the marks that stand below it. */
export interface SourceExcerpt {
  readonly line: string;
  readonly marks: string;
}

/** Characters shown of a long line, and how many of them before the marked place. */
const mostShown = 140;
const shownBefore = 40;

function sumWidth(characters: readonly string[]): number {
  return characters.reduce((sum, character) => sum + characterWidth(character), 0);
}

/**
 * The line with a run of carets below the marked text. Columns of the place count UTF-16 units; the marks count columns
 * of a terminal. Of a long line only the surroundings of the place are shown.
 */
export function sourceExcerpt(place: SourcePosition): SourceExcerpt {
  const start = Math.min(Math.max(place.column - 1, 0), place.text.length);
  const end = Math.min(Math.max(place.endColumn - 1, start), place.text.length);
  const before = Array.from(place.text.slice(0, start));
  const marked = Array.from(place.text.slice(start, end));
  const after = Array.from(place.text.slice(end));
  const long = before.length + marked.length + after.length > mostShown;
  const cutBefore = long && before.length > shownBefore;
  const shownHead = cutBefore ? ['…', ...before.slice(-shownBefore)] : before;
  const shownMarked = marked.slice(0, mostShown - shownHead.length);
  const room = Math.max(mostShown - shownHead.length - shownMarked.length, 0);
  const cutAfter = shownMarked.length < marked.length || after.length > room;
  const shownTail = [...(shownMarked.length < marked.length ? [] : after.slice(0, room)), ...(cutAfter ? ['…'] : [])];
  const line = [...shownHead, ...shownMarked, ...shownTail].map((character) => visibleCharacter(character)).join('');
  const marks = ' '.repeat(sumWidth(shownHead)) + '^'.repeat(Math.max(1, sumWidth(shownMarked)));
  return { line: line.trimEnd(), marks };
}

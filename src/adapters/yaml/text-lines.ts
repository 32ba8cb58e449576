import type { SourcePosition } from '../../domain/finding/finding.ts';
import { maskSecrets } from '../../domain/finding/mask-secrets.ts';

/** A line that is kept for showing is cut here; no editor shows more in one row. */
const longestKept = 2000;

/** A text with the offsets of its lines, to say where in it something stands. */
export interface TextLines {
  readonly file: string;
  readonly text: string;
  /** Offset of the first character of each line; looked for when a place is first asked for. */
  readonly starts: readonly number[];
  /** The same text with its secrets starred. */
  readonly shown: string;
}

/** Lines end at LF, CR LF or CR, as in YAML 1.2. */
export function textLines(file: string, text: string): TextLines {
  let starts: readonly number[] | undefined;
  let shown: string | undefined;
  return {
    file,
    text,
    get starts() {
      starts ??= lineStarts(text);
      return starts;
    },
    get shown() {
      shown ??= maskSecrets(text);
      return shown;
    },
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const found of text.matchAll(/\r\n|\n|\r/g)) {
    starts.push(found.index + found[0].length);
  }
  return starts;
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

/** The line, from 1, in which an offset lies. */
export function lineNumber(lines: TextLines, offset: number): number {
  return offset === 0 ? 1 : lineAt(lines.starts, offset) + 1;
}

/** From `start` to `end` (exclusive), as far as both lie in one line; what goes on is marked to the end of its first line. */
export function positionAt(lines: TextLines, start: number, end: number): SourcePosition {
  const line = lineAt(lines.starts, Math.min(start, lines.text.length));
  const lineStart = lines.starts[line] ?? 0;
  const whole = lines.text.slice(lineStart, lines.starts[line + 1] ?? lines.text.length).replace(/[\r\n]+$/, '');
  const column = Math.min(start - lineStart, whole.length) + 1;
  const endColumn = Math.max(column, Math.min(end - lineStart, whole.trimEnd().length) + 1);
  const text = lines.shown.slice(lineStart, lineStart + Math.min(whole.length, longestKept));
  return { file: lines.file, line: line + 1, column, endColumn, text };
}

/** A stretch of a text, from `start` to before `end` in UTF-16 units, and what is to stand there. It spans no line break. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** The text with the edits made. Of edits that overlap the first given is made and the others are left out. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const made: TextEdit[] = [];
  for (const edit of edits) {
    if (made.every((other) => edit.end <= other.start || edit.start >= other.end)) {
      made.push(edit);
    }
  }
  let result = '';
  let done = 0;
  for (const { start, end, replacement } of made.toSorted((left, right) => left.start - right.start)) {
    result += text.slice(done, start) + replacement;
    done = end;
  }
  return result + text.slice(done);
}

/** Offset at which each line starts. Lines end at LF, CR LF or CR, as in YAML 1.2. */
export function lineStarts(text: string): readonly number[] {
  return [0, ...Array.from(text.matchAll(/\r\n|\n|\r/gu), (found) => found.index + found[0].length)];
}

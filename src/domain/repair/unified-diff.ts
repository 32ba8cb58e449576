import { maskSecrets } from '../finding/mask-secrets.ts';

const around = 3;

function linesOf(text: string): readonly string[] {
  return text.split('\n');
}

/** Stretches of lines that differ, each with its surroundings, joined where these meet. From 0, `end` exclusive. */
function hunks(before: readonly string[], after: readonly string[]): readonly { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const [index, line] of before.entries()) {
    if (line === after[index]) {
      continue;
    }
    const [start, end] = [Math.max(index - around, 0), Math.min(index + around + 1, before.length)];
    const last = found.at(-1);
    if (last !== undefined && start <= last.end) {
      last.end = end;
    } else {
      found.push({ start, end });
    }
  }
  return found;
}

/** A line as it was and as it is now, and how both are shown. */
interface LinePair {
  readonly before: string;
  readonly after: string;
  readonly shownBefore: string;
  readonly shownAfter: string;
}

/** Runs of changed lines show what goes before what comes. */
function hunkLines(pairs: readonly LinePair[]): readonly string[] {
  const lines: string[] = [];
  let added: string[] = [];
  for (const { before, after, shownBefore, shownAfter } of pairs) {
    if (before === after) {
      lines.push(...added, ` ${shownBefore}`);
      added = [];
    } else {
      lines.push(`-${shownBefore}`);
      added.push(`+${shownAfter}`);
    }
  }
  return [...lines, ...added];
}

/**
 * A unified diff of two texts with equally many lines, as edits within lines make them. Empty where they are the same. It
 * is for people: secrets are starred.
 */
export function unifiedDiff(file: string, before: string, after: string): string {
  const [old, now] = [linesOf(before), linesOf(after)];
  if (old.length !== now.length) {
    throw new Error('bug: an edit within lines changed their number');
  }
  // What follows the last line break is a line only where something stands in it.
  const isLine = (start: number, end: number): number =>
    (end === old.length && old.at(-1) === '' ? end - 1 : end) - start;
  const [shownOld, shownNow] = [linesOf(maskSecrets(before)), linesOf(maskSecrets(after))];
  const pairs = old.map((line, index): LinePair => ({
    before: line,
    after: now[index] ?? '',
    shownBefore: shownOld[index] ?? '',
    shownAfter: shownNow[index] ?? '',
  }));
  const parts = hunks(old, now).map(({ start, end }) => {
    const count = isLine(start, end);
    const body = hunkLines(pairs.slice(start, start + count));
    const unended = end === old.length && old.at(-1) !== '' ? '\\ No newline at end of file\n' : '';
    const range = `${String(start + 1)},${String(count)}`;
    return `@@ -${range} +${range} @@\n${body.map((line) => `${line}\n`).join('')}${unended}`;
  });
  return parts.length === 0 ? '' : `--- a/${file}\n+++ b/${file}\n${parts.join('')}`;
}

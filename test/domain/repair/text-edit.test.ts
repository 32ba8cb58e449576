import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, type TextEdit } from '../../../src/domain/repair/text-edit.ts';
import { unifiedDiff } from '../../../src/domain/repair/unified-diff.ts';

/** Applies a unified diff as patch(1) does: context and removed lines must be there. */
function patch(before: string, diff: string): string {
  const lines = before.split('\n');
  const result: string[] = [];
  let at = 0;
  for (const line of diff.split('\n').slice(2, -1)) {
    const start = /^@@ -(\d+),\d+ \+\d+,\d+ @@$/u.exec(line)?.[1];
    if (start !== undefined) {
      result.push(...lines.slice(at, Number(start) - 1));
      at = Number(start) - 1;
    } else if (line.startsWith('+')) {
      result.push(line.slice(1));
    } else if (!line.startsWith('\\')) {
      expect(line.slice(1)).toBe(lines[at]);
      at += 1;
      if (line.startsWith(' ')) {
        result.push(line.slice(1));
      }
    }
  }
  return [...result, ...lines.slice(at)].join('\n');
}

describe('edits of a text', () => {
  it('change their stretches alone, and of two that overlap only the first', () => {
    const edits: readonly TextEdit[] = [
      { start: 4, end: 6, replacement: 'XYZ' },
      { start: 5, end: 7, replacement: 'lost' },
      { start: 0, end: 1, replacement: '' },
    ];
    expect(applyEdits('0123456789', edits)).toBe('123XYZ6789');
  });

  it('come out of a unified diff again, whatever lines they touch', () => {
    const line = fc.constantFrom('a', 'b', '', '  c: d', '- e', '+ f');
    fc.assert(
      fc.property(fc.array(fc.tuple(line, line, fc.boolean()), { minLength: 1, maxLength: 40 }), (rows) => {
        const before = rows.map(([text]) => `${text}\n`).join('');
        const after = rows.map(([text, other, changed]) => `${changed ? other : text}\n`).join('');
        const diff = unifiedDiff('x.yaml', before, after);
        expect(diff === '' ? before : patch(before, diff)).toBe(after);
      }),
      { numRuns: 200 },
    );
  });
});

import { expect, it } from 'vitest';
import { boundPatterns } from '../../../src/adapters/sandbox/bounded-patterns.ts';
import { compilePattern } from '../../../src/domain/cel/pattern.ts';

// Going back and forth, this match would take longer than the universe has been there.
it('a pattern of a definition cannot keep the control plane from answering', () => {
  boundPatterns();
  expect(compilePattern('^(a+)+$').test(`${'a'.repeat(60)}b`)).toBe(false);
});

import { spawnSync } from 'node:child_process';
import { assert, property, stringMatching } from 'fast-check';
import { expect, test } from 'vitest';
import { parseRef } from '../../../src/domain/source/ref-name.ts';

test('tells HEAD, commits, full refs and names apart', () => {
  const commit = 'A'.repeat(40);
  expect(parseRef('HEAD')).toEqual({ ok: true, value: { kind: 'head' } });
  expect(parseRef(commit)).toEqual({ ok: true, value: { kind: 'commit', id: commit.toLowerCase() } });
  expect(parseRef('refs/tags/v1')).toEqual({ ok: true, value: { kind: 'full', name: 'refs/tags/v1' } });
  expect(parseRef('release/1.0')).toEqual({ ok: true, value: { kind: 'name', name: 'release/1.0' } });
  expect(parseRef('abc1234')).toEqual({ ok: true, value: { kind: 'name', name: 'abc1234' } });
});

test.each([
  '',
  '@',
  '-x',
  '--upload-pack=id',
  'a..b',
  'a@{1}',
  'a^',
  'a~1',
  'a:b',
  'a b',
  'a\nb',
  'a//b',
  '/a',
  'a/',
  'a.lock',
  '.a',
  'a/.b',
  'a.',
  'a*',
  'a?',
  'a[',
  'a\\b',
  'x'.repeat(300),
])('refuses the ref %j', (text) => {
  expect(parseRef(text).ok).toBe(false);
});

test('accepts only what git check-ref-format accepts for a branch or tag', () => {
  const part = stringMatching(/^[a-z.@{}^~:?*[\\ /\-0-9]{1,8}$/u);
  assert(
    property(part, (text) => {
      if (parseRef(text).ok) {
        const judged = spawnSync('git', ['check-ref-format', `refs/heads/${text}`]);
        expect(judged.status).toBe(0);
      }
    }),
    { numRuns: 60 },
  );
});

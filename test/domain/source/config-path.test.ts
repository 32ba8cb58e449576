import { expect, test } from 'vitest';
import { parseConfigPath, refusedPath } from '../../../src/domain/source/config-path.ts';
import { selectFiles } from '../../../src/domain/source/select-files.ts';
import { defaultSourceLimits } from '../../../src/domain/source/source-limits.ts';

test.each([
  ['', ''],
  ['.', ''],
  ['./', ''],
  ['environments', 'environments'],
  ['./a/b/', 'a/b'],
  ['a:b', 'a:b'],
])('reads the path %j as %j', (text, value) => {
  expect(parseConfigPath(text)).toEqual({ ok: true, value });
});

test.each(['/etc', '..', '../x', 'a/../b', 'a/./b', 'a//b', 'a\\b', 'a\nb', '-x', '.git', 'a/.GIT/hooks'])(
  'refuses the path %j',
  (text) => {
    expect(parseConfigPath(text).ok).toBe(false);
  },
);

test('refuses names that are not UTF-8', () => {
  expect(refusedPath('a\uFFFDb')).toContain('UTF-8');
});

const file = (path: string, size = 1) => ({ path, size, kind: 'file' as const });

test('gives wanted files sorted by code unit', () => {
  const chosen = selectFiles([file('b'), file('a'), file('B')], () => true, defaultSourceLimits);
  expect(chosen.map((entry) => entry.path)).toEqual(['B', 'a', 'b']);
});

test.each([
  [{ files: 1 }, [file('a'), file('b')]],
  [{ totalBytes: 5 }, [file('a', 3), file('b', 3)]],
  [{ fileBytes: 2 }, [file('a', 3)]],
  [{ depth: 2 }, [file('a/b/c')]],
])('holds the limit %j', (limit, entries) => {
  const limits = { ...defaultSourceLimits, ...limit };
  expect(() => selectFiles(entries, () => true, limits)).toThrow(expect.objectContaining({ code: 'source-limit' }));
  expect(selectFiles(entries, () => false, limits)).toEqual([]);
});

test.each(['symlink', 'submodule', 'other'] as const)('refuses a wanted %s by name', (kind) => {
  const entries = [{ path: 'dev.yaml', size: 0, kind }];
  expect(() => selectFiles(entries, () => true, defaultSourceLimits)).toThrow(/"dev.yaml"/u);
});

import { execFileSync } from 'node:child_process';
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from '../../../src/adapters/git/mirror-lock.ts';
import { temporaryFolder } from '../../git/repository.ts';

const signal = new AbortController().signal;
const nothing = async (): Promise<void> => Promise.resolve();
let home = temporaryFolder();
beforeEach(() => {
  home = temporaryFolder();
});
afterEach(() => home.remove());

test('lets one in at a time', async () => {
  const file = path.join(home.path, 'lock');
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    inside += 1;
    most = Math.max(most, inside);
    await Promise.resolve();
    inside -= 1;
  };
  await Promise.all([1, 2, 3, 4].map(async () => withLock(file, 10_000, signal, work)));
  expect(most).toBe(1);
});

test('takes over from a process that is gone, and from a lock untouched for long', async () => {
  const file = path.join(home.path, 'lock');
  const token = await withLock(file, 1_000, signal, async () => Promise.resolve(readFileSync(file, 'utf8')));
  const gone = execFileSync('sh', ['-c', 'echo $$']).toString().trim();
  writeFileSync(file, token.replace(/^[0-9]+/u, gone));
  expect(await withLock(file, 1_000, signal, async () => Promise.resolve('in'))).toBe('in');
  writeFileSync(file, '1 elsewhere/x');
  utimesSync(file, 1, 1);
  expect(await withLock(file, 1_000, signal, async () => Promise.resolve('in'))).toBe('in');
});

test('waits for a holder that lives, until its time or the signal ends it', async () => {
  const file = path.join(home.path, 'lock');
  writeFileSync(file, '1 elsewhere/x');
  await expect(withLock(file, 100, signal, nothing)).rejects.toMatchObject({
    code: 'source-unreachable',
    retry: 'now',
  });
  await expect(withLock(file, 10_000, AbortSignal.timeout(50), nothing)).rejects.toThrow();
  expect(readFileSync(file, 'utf8')).toBe('1 elsewhere/x');
});

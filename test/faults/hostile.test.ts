import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mostFindingsShown } from '../../src/domain/finding/count-findings.ts';
import { temporaryFolder, writeFiles } from '../git/repository.ts';
import { hostileStructures, hostileTexts, hostileValues } from '../hostile/hostile-files.ts';
import { hostileSources } from '../hostile/hostile-sources.ts';
import type { Question, Verdict } from '../hostile/judge.ts';
import { Jury } from '../hostile/jury.ts';

const mostMegabytes = 256;
const mostShownBytes = 2 * 1024 * 1024;
// Beside the packages that the bundled judge imports.
const home = path.resolve('node_modules/.cache/metalwave-hostile');
const folder = temporaryFolder();
let jury: Jury;
let made = 0;

beforeAll(async () => {
  mkdirSync(home, { recursive: true });
  jury = await Jury.gather(home);
});

afterAll(() => {
  jury.stop();
  folder.remove();
});

function freshFolder(): string {
  made += 1;
  return path.join(folder.path, `h${String(made)}`);
}

/** Whatever is read: it ends in time, stays small, is never a bug, and what is shown of it neither floods nor steers. */
async function judged(question: Question): Promise<Verdict> {
  const verdict = await jury.ask(question);
  expect(verdict.kind === 'bug' ? verdict.codes : []).toEqual([]);
  expect(verdict.peakMegabytes).toBeLessThan(mostMegabytes);
  expect(Math.max(verdict.text.length, verdict.jsonBytes)).toBeLessThan(mostShownBytes);
  // oxlint-disable-next-line no-control-regex
  expect(verdict.text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/u);
  return verdict;
}

describe.each([
  ['text', hostileTexts],
  ['structure', hostileStructures],
  ['values', hostileValues],
])('a configuration of hostile %s', (_, table) => {
  it.each(table)('is told: $name', async ({ content, codes }) => {
    const location = freshFolder();
    writeFiles(location, { 'environments/dev/config-dev.yaml': content() });
    expect((await judged({ location })).codes).toEqual(expect.arrayContaining([...codes]));
  });
});

describe('a hostile repository or folder', () => {
  it.each(hostileSources)('is told: $name', async ({ make, code }) => {
    const place = freshFolder();
    mkdirSync(place, { recursive: true });
    const { kind, codes, text } = await judged(make(place));
    expect(kind === 'failure' ? codes : [undefined]).toEqual([code]);
    expect(text).not.toContain('secret');
    expect([place, home, process.cwd()].filter((where) => existsSync(path.join(where, 'canary')))).toEqual([]);
  });
});

it('shows the first findings of very many, and how many there are', async () => {
  const location = freshFolder();
  const wrong = Array.from({ length: 20_000 }, (_, index) => `k${String(index)}: 1\n`).join('');
  writeFiles(location, { 'environments/dev/config-dev.yaml': `metallb: {}\n${wrong}` });
  const { findings, text } = await judged({ location });
  expect(findings).toBeGreaterThan(mostFindingsShown);
  expect(text).toContain(`(${String(findings - mostFindingsShown)} more are not shown)`);
});

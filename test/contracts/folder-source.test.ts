import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFolderSource } from '../../src/adapters/folder/open-folder-source.ts';
import { temporaryFolder, writeFiles } from '../git/repository.ts';

const signal = new AbortController().signal;
let home = temporaryFolder();
beforeEach(() => {
  home = temporaryFolder();
});
afterEach(() => home.remove());

function git(...args: string[]): string {
  const env = { PATH: process.env['PATH'], HOME: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  return execFileSync('git', [...who, ...args], { cwd: home.path, env, stdio: 'pipe' })
    .toString()
    .trim();
}

function committed(files: Record<string, string>): string {
  writeFiles(home.path, files);
  git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '-m', 'test');
  return git('rev-parse', 'HEAD');
}

const resolve = async (below = '') => openFolderSource({ folder: home.path, path: below }).resolve(signal);

test('is dirty only for what differs from the commit under the path', async () => {
  const sha = committed({ 'a/one.yaml': '1\n', 'b/two.yaml': '2\n', '.gitignore': 'ignored\n' });
  expect(await resolve()).toMatchObject({ id: sha, dirty: false });
  writeFiles(home.path, { 'b/two.yaml': 'changed\n', 'a/ignored': 'x' });
  expect(await resolve()).toMatchObject({ id: `${sha}+dirty`, sha, dirty: true });
  expect(await resolve('a')).toMatchObject({ id: sha, dirty: false });
  expect(await resolve('b')).toMatchObject({ dirty: true });
  git('add', '-A');
  expect(await resolve('b')).toMatchObject({ dirty: true });
  writeFiles(home.path, { 'a/new.yaml': '' });
  expect(await resolve('a')).toMatchObject({ dirty: true });
});

test('is not dirty for a file that was only touched, and is for one that is gone', async () => {
  committed({ 'a.yaml': '1\n' });
  utimesSync(path.join(home.path, 'a.yaml'), 1, 1);
  expect(await resolve()).toMatchObject({ dirty: false });
  rmSync(path.join(home.path, 'a.yaml'));
  expect(await resolve()).toMatchObject({ dirty: true });
});

test('is unversioned outside a repository and before the first commit', async () => {
  writeFiles(home.path, { 'a.yaml': '1\n' });
  expect(await resolve()).toEqual({ id: 'unversioned', sha: undefined, dirty: false, ref: 'working tree' });
  git('init', '-q');
  expect(await resolve()).toMatchObject({ id: 'unversioned' });
});

test('runs no hook, filter or monitor of the repository and writes nothing to it', async () => {
  committed({ 'a.yaml': '1\n', '.gitattributes': '* filter=evil\n' });
  const canary = path.join(home.path, '..', `canary-${path.basename(home.path)}`);
  const evil = path.join(home.path, '.git', 'evil');
  writeFileSync(evil, `#!/bin/sh\ntouch ${canary}\ncat\n`, { mode: 0o755 });
  for (const key of ['core.fsmonitor', 'filter.evil.clean', 'filter.evil.process', 'core.pager', 'diff.external']) {
    git('config', key, evil);
  }
  utimesSync(path.join(home.path, 'a.yaml'), 1, 1);
  await resolve();
  appendFileSync(path.join(home.path, 'a.yaml'), 'more');
  await resolve();
  expect(existsSync(canary)).toBe(false);
});

test('reads hidden and nested files but passes over .git and node_modules', async () => {
  committed({ '.x/a': '1', 'b/c/d': '2', 'node_modules/p/a': '3' });
  const source = openFolderSource({ folder: home.path });
  const tree = await source.read(await source.resolve(signal), () => true, signal);
  expect(tree.files.map((file) => file.path)).toEqual(['.x/a', 'b/c/d']);
});

test('follows no link out of the folder and waits for no pipe', async () => {
  mkdirSync(path.join(home.path, 'top'));
  symlinkSync('/etc', path.join(home.path, 'top', 'etc'));
  symlinkSync('/etc', path.join(home.path, 'out'));
  execFileSync('mkfifo', [path.join(home.path, 'top', 'pipe')]);
  const top = openFolderSource({ folder: home.path, path: 'top' });
  const revision = await top.resolve(signal);
  expect((await top.read(revision, (name) => name.endsWith('passwd'), signal)).files).toEqual([]);
  for (const name of ['etc', 'pipe']) {
    await expect(top.read(revision, (wanted) => wanted === name, signal)).rejects.toMatchObject({
      code: 'source-refused',
    });
  }
  await expect(resolve('out')).rejects.toMatchObject({ code: 'source-refused' });
});

test('says when there is no such folder or when it is a file', async () => {
  writeFiles(home.path, { a: '' });
  await expect(resolve('gone')).rejects.toMatchObject({ code: 'source-not-found' });
  await expect(resolve('a')).rejects.toMatchObject({ code: 'source-not-found' });
  expect(() => openFolderSource({ folder: home.path, path: '../x' })).toThrow(
    expect.objectContaining({ code: 'source-refused' }),
  );
});

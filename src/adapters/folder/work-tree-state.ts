import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import path from 'node:path';
import { sealedConfiguration, sealedEnvironment } from '../../domain/source/sealed-git.ts';
import type { CommitSha, Revision } from '../../ports/source.ts';

const timeoutMs = 15_000;
const maxOutputBytes = 16 * 1024 * 1024;
const maxHashedBytes = 64 * 1024 * 1024;

/** The id that Git gives these bytes as a blob. */
export function blobId(bytes: Uint8Array, algorithm: 'sha1' | 'sha256' = 'sha1'): string {
  return createHash(algorithm)
    .update(`blob ${String(bytes.length)}\0`)
    .update(bytes)
    .digest('hex');
}

/**
 * The revision that a folder stands at. Git is asked in ways that run nothing from the repository (no hook, filter or
 * monitor) and write nothing to it. Without git, without a repository or without a commit it is `unversioned`.
 */
export async function workTreeRevision(folder: string, ref: string, signal: AbortSignal): Promise<Revision> {
  const unversioned: Revision = { id: 'unversioned', sha: undefined, dirty: false, ref };
  const head = (await askGit(folder, ['rev-parse', '--verify', '--end-of-options', 'HEAD^{commit}'], signal))?.trim();
  if (head === undefined || !isCommitSha(head)) {
    return unversioned;
  }
  const dirty = await isDirty(folder, signal);
  return { id: dirty ? `${head}+dirty` : head, sha: head, dirty, ref };
}

/** A file that git cannot tell about counts as changed: `dirty` may be too careful, never too trusting. */
async function isDirty(folder: string, signal: AbortSignal): Promise<boolean> {
  const untracked = await askGit(folder, ['ls-files', '--others', '--exclude-standard', '-z', '--', '.'], signal);
  if (untracked !== '') {
    return true;
  }
  const args = [
    'diff-index',
    '--raw',
    '-z',
    '--no-renames',
    '--ignore-submodules=all',
    '--relative',
    'HEAD',
    '--',
    '.',
  ];
  const changes = await askGit(folder, args, signal);
  if (changes === undefined) {
    return true;
  }
  const fields = changes.split('\0').filter((field) => field !== '');
  for (let index = 0; index + 1 < fields.length; index += 2) {
    if (await isRealChange(folder, fields[index] ?? '', fields[index + 1] ?? '')) {
      return true;
    }
  }
  return false;
}

/**
 * `:<mode> <mode> <id> <id> <status>`, git-diff-index(1). An all-zero second id only says that times differ from the
 * index; the content itself decides.
 */
async function isRealChange(folder: string, change: string, name: string): Promise<boolean> {
  const [oldMode, newMode, committed, current] = change.slice(1).split(' ');
  if (oldMode !== newMode || committed === undefined || !/^0+$/u.test(current ?? '')) {
    return true;
  }
  const file = path.join(folder, name);
  const seen = await lstat(file).catch(() => undefined);
  if (seen?.isFile() !== true || seen.size > maxHashedBytes) {
    return true;
  }
  return blobId(await readFile(file), committed.length === 64 ? 'sha256' : 'sha1') !== committed;
}

/** What git prints, or undefined where it cannot be started or fails. */
async function askGit(folder: string, args: readonly string[], signal: AbortSignal): Promise<string | undefined> {
  signal.throwIfAborted();
  // A folder of another user (under sudo, in a container) may be read: nothing of its settings can run here.
  const settings = [...sealedConfiguration, 'safe.directory=*'].flatMap((setting) => ['-c', setting]);
  const env = { ...sealedEnvironment, GIT_ALLOW_PROTOCOL: 'none', PATH: process.env['PATH'] ?? '' };
  const output = await new Promise<string | undefined>((resolve) => {
    execFile(
      'git',
      [...settings, ...args],
      { cwd: folder, env, signal, timeout: timeoutMs, maxBuffer: maxOutputBytes, killSignal: 'SIGKILL' },
      (error, stdout) => resolve(error === null ? stdout : undefined),
    );
  });
  signal.throwIfAborted();
  return output;
}

function isCommitSha(text: string): text is CommitSha {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u.test(text);
}

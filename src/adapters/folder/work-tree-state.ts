import { execFile } from 'node:child_process';
import { lstat, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { sealedConfiguration, sealedEnvironment } from '../../domain/source/sealed-git.ts';
import type { CommitSha, Revision } from '../../ports/source.ts';
import { blobId } from './blob-id.ts';
import { unversioned } from './unversioned.ts';

const timeoutMs = 15_000;
const maxOutputBytes = 16 * 1024 * 1024;
const maxHashedBytes = 64 * 1024 * 1024;

/**
 * The revision that a folder stands at. Git is asked in ways that run nothing from the repository (no hook, filter or
 * monitor) and write nothing to it. Without git, without a repository or without a commit it is `unversioned`.
 */
export async function workTreeRevision(folder: string, ref: string, signal: AbortSignal): Promise<Revision> {
  const head = (await askGit(folder, ['rev-parse', '--verify', '--end-of-options', 'HEAD^{commit}'], signal))?.trim();
  if (head === undefined || !isCommitSha(head)) {
    return unversioned(ref);
  }
  const dirty = await isDirty(folder, signal);
  return { id: dirty ? `${head}+dirty` : head, sha: head, dirty, ref };
}

/**
 * Compares contents with the commit, not with git's index: comparing through the index may start the repository's
 * filters. A file that cannot be told about counts as changed: `dirty` may be too careful, never too trusting.
 */
async function isDirty(folder: string, signal: AbortSignal): Promise<boolean> {
  const untracked = await askGit(folder, ['ls-files', '--others', '--exclude-standard', '-z', '--', '.'], signal);
  const committed = await askGit(folder, ['ls-tree', '-r', '-z', 'HEAD'], signal);
  if (untracked !== '' || committed === undefined) {
    return true;
  }
  for (const entry of committed.split('\0')) {
    signal.throwIfAborted();
    if (entry !== '' && (await isChanged(folder, entry))) {
      return true;
    }
  }
  return false;
}

/** `<mode> <type> <id> TAB <path>`, git-ls-tree(1). Submodules are never read, so they cannot be changed. */
async function isChanged(folder: string, entry: string): Promise<boolean> {
  const match = /^([0-7]+) ([a-z]+) ([0-9a-f]+)\t(.*)$/su.exec(entry);
  const id = match?.[3] ?? '';
  if (match?.[2] === 'commit') {
    return false;
  }
  const bytes = await contentOf(path.join(folder, match?.[4] ?? ''), match?.[1] === '120000');
  return bytes === undefined || blobId(bytes, id.length === 64 ? 'sha256' : 'sha1') !== id;
}

/** What Git would store: a file's bytes or a link's target; undefined where it is gone, of another kind or too big. */
async function contentOf(file: string, isLink: boolean): Promise<Uint8Array | undefined> {
  const seen = await lstat(file).catch(() => undefined);
  if (seen === undefined || seen.size > maxHashedBytes || (isLink ? !seen.isSymbolicLink() : !seen.isFile())) {
    return undefined;
  }
  return (isLink ? readlink(file, 'buffer') : readFile(file)).catch(() => undefined);
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

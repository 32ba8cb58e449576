import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure, isFailure } from '../../domain/failure.ts';
import { overLimit } from '../../domain/source/select-files.ts';
import type { RemoteAccess } from './remote-access.ts';

/** A commit to have, and the ref that named it, by which older servers hand it out. */
export interface WantedCommit {
  readonly commit: string;
  readonly refName: string | undefined;
  /** Also everything behind the commit; without it the commit and its tree alone. */
  readonly withHistory: boolean;
}

/** git-fetch(1): `--depth` of this number takes all there is, also into a mirror that was shallow. */
const infiniteDepth = '2147483647';

const sizeCheckMs = 250;

/**
 * Hands `work` a bare mirror that holds the commit: fetched only where it is missing. A mirror that turns out to be
 * broken, before or in `work`, is replaced once by a new one, made beside it and swapped in when it is whole. The
 * caller holds the lock.
 */
export async function withMirror<T>(
  access: RemoteAccess,
  wanted: WantedCommit,
  signal: AbortSignal,
  work: (mirror: string) => Promise<T>,
): Promise<T> {
  const format = wanted.commit.length === 64 ? 'sha256' : 'sha1';
  const mirror = path.join(access.folder, `mirror-${format}`);
  const stood = await isFolder(mirror);
  if (stood) {
    try {
      await bringCommit(access, mirror, wanted, signal);
      return await work(mirror);
    } catch (error) {
      if (!isFailure(error, 'source-corrupt', 'source-limit')) {
        throw error;
      }
    }
  }
  await replaceMirror(access, mirror, wanted, signal);
  return work(mirror);
}

async function replaceMirror(
  access: RemoteAccess,
  mirror: string,
  wanted: WantedCommit,
  signal: AbortSignal,
): Promise<void> {
  await clearRemains(access.folder);
  const fresh = path.join(access.folder, `new-${randomUUID()}`);
  try {
    const format = wanted.commit.length === 64 ? 'sha256' : 'sha1';
    await access.local(['init', '--bare', `--object-format=${format}`, fresh], signal);
    await bringCommit(access, fresh, wanted, signal);
    const old = path.join(access.folder, `old-${randomUUID()}`);
    await rename(mirror, old).catch(() => undefined);
    await rename(fresh, mirror);
    await rm(old, { recursive: true, force: true });
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw error;
  }
}

/** What a killed process left beside the mirror. */
async function clearRemains(folder: string): Promise<void> {
  const names = await readdir(folder);
  const remains = names.filter((name) => name.startsWith('new-') || name.startsWith('old-'));
  await Promise.all(remains.map((name) => rm(path.join(folder, name), { recursive: true, force: true })));
}

async function bringCommit(
  access: RemoteAccess,
  mirror: string,
  wanted: WantedCommit,
  signal: AbortSignal,
): Promise<void> {
  const isThere = await hasCommit(access, mirror, wanted.commit, signal);
  if (isThere && !(wanted.withHistory && (await isShallow(access, mirror, signal)))) {
    return;
  }
  await fetchInto(access, mirror, wanted, signal);
  if (!(await hasCommit(access, mirror, wanted.commit, signal))) {
    throw new Failure({
      code: 'source-not-found',
      message: `${access.location} does not hand out commit ${wanted.commit}.`,
      retry: wanted.refName === undefined ? 'later' : 'now',
      remedy: 'Resolve the branch or tag again; it moved, or the commit was removed.',
    });
  }
}

/** Just that commit and its tree; a server that hands out only what its refs name is asked for the ref instead. */
async function fetchInto(
  access: RemoteAccess,
  mirror: string,
  wanted: WantedCommit,
  signal: AbortSignal,
): Promise<void> {
  const kept = `refs/metalwave/${createHash('sha256')
    .update(wanted.refName ?? wanted.commit)
    .digest('hex')
    .slice(0, 20)}`;
  const depth = [`--depth=${wanted.withHistory ? infiniteDepth : '1'}`];
  try {
    await fetchRefs(access, mirror, depth, [`+${wanted.commit}:${kept}`], signal);
  } catch (error) {
    if (!isFailure(error, 'source-not-found') || !(await access.isReachable(signal))) {
      throw error;
    }
    await (wanted.refName === undefined
      ? fetchRefs(access, mirror, wanted.withHistory ? depth : [], ['+refs/heads/*:refs/metalwave/all/*'], signal)
      : fetchRefs(access, mirror, depth, [`+${wanted.refName}:${kept}`], signal));
  }
}

async function fetchRefs(
  access: RemoteAccess,
  mirror: string,
  options: readonly string[],
  refspecs: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const tooBig = new AbortController();
  const watch = setInterval(() => {
    folderBytes(mirror).then(
      (bytes) => bytes > access.limits.mirrorBytes && tooBig.abort(),
      () => undefined,
    );
  }, sizeCheckMs);
  const args = [
    'fetch',
    '--no-tags',
    '--no-write-fetch-head',
    '--no-auto-maintenance',
    '--no-progress',
    '--update-shallow',
  ];
  try {
    await access.remote(
      {
        args: [...args, ...options, '--', access.target, ...refspecs],
        gitDir: mirror,
        timeoutMs: access.fetchTimeoutMs,
      },
      AbortSignal.any([signal, tooBig.signal]),
    );
  } catch (error) {
    signal.throwIfAborted();
    throw tooBig.signal.aborted ? mirrorLimit(access) : error;
  } finally {
    clearInterval(watch);
  }
  if ((await folderBytes(mirror)) > access.limits.mirrorBytes) {
    throw mirrorLimit(access);
  }
}

function mirrorLimit(access: RemoteAccess): Failure {
  return overLimit(`the mirror of ${access.location} takes more than ${String(access.limits.mirrorBytes)} bytes`);
}

async function hasCommit(access: RemoteAccess, mirror: string, commit: string, signal: AbortSignal): Promise<boolean> {
  const answer = await access.local(['cat-file', '--batch-check'], signal, { gitDir: mirror, input: `${commit}\n` });
  return answer.toString('latin1').startsWith(`${commit} commit `);
}

async function isShallow(access: RemoteAccess, mirror: string, signal: AbortSignal): Promise<boolean> {
  const answer = await access.local(['rev-parse', '--is-shallow-repository'], signal, { gitDir: mirror });
  return answer.toString('latin1').trim() === 'true';
}

async function isFolder(folder: string): Promise<boolean> {
  await mkdir(path.dirname(folder), { recursive: true, mode: 0o700 });
  const seen = await stat(folder).catch(() => undefined);
  return seen?.isDirectory() ?? false;
}

async function folderBytes(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(
    names.map(async (name) => {
      const seen = await stat(path.join(folder, name)).catch(() => undefined);
      return seen?.isFile() === true ? seen.size : 0;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

import { randomUUID } from 'node:crypto';
import { open, readFile, readlink, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../domain/failure.ts';

const beatMs = 5_000;
const staleMs = 60_000;
const pollMs = 50;

/**
 * Runs `work` while this process alone holds the lock file. Its holder touches it every few seconds; one that is left
 * untouched for a minute, or whose process is known to be gone, is taken over. Waiting ends with the signal or after
 * `waitMs`.
 */
export async function withLock<T>(
  file: string,
  waitMs: number,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const token = `${String(process.pid)} ${await ownPlace()} ${randomUUID()}`;
  await acquire(file, token, waitMs, signal);
  const beat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => undefined);
  }, beatMs);
  beat.unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if ((await readFile(file, 'utf8').catch(() => '')) === token) {
      await rm(file, { force: true });
    }
  }
}

async function acquire(file: string, token: string, waitMs: number, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    signal.throwIfAborted();
    if (await create(file, token)) {
      return;
    }
    await removeStale(file);
    if (performance.now() > deadline) {
      throw new Failure({
        code: 'source-unreachable',
        message: `Another process has held the mirror's lock ${file} for ${String(waitMs)} ms.`,
        retry: 'now',
        remedy: 'Let it finish, or give each process a cache folder of its own.',
      });
    }
    await sleep(pollMs, undefined, { signal }).catch(() => undefined);
  }
}

async function create(file: string, token: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    try {
      await handle.writeFile(token);
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

/** Removing takes a guard of its own, so that of two waiters none removes the lock that the other has just made. */
async function removeStale(file: string): Promise<void> {
  if (!(await isStale(file))) {
    return;
  }
  const guard = `${file}.takeover`;
  if (!(await create(guard, `${String(process.pid)} ${await ownPlace()}`))) {
    if (await isStale(guard)) {
      await rm(guard, { force: true });
    }
    return;
  }
  try {
    if (await isStale(file)) {
      await rename(file, `${file}.gone`).catch(() => undefined);
    }
  } finally {
    await rm(guard, { force: true });
  }
}

/** Where process ids mean the same as here: this machine and this container. */
async function ownPlace(): Promise<string> {
  return `${hostname()}/${await readlink('/proc/self/ns/pid').catch(() => 'any')}`;
}

/** Untouched for a minute, or made by a process of this machine and container that is gone. */
async function isStale(file: string): Promise<boolean> {
  const seen = await stat(file).catch(() => undefined);
  if (seen === undefined) {
    return false;
  }
  const [pid, place] = (await readFile(file, 'utf8').catch(() => '')).split(' ');
  const dead = place === (await ownPlace()) && !isRunning(Number(pid));
  return dead || Date.now() - seen.mtimeMs > staleMs;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

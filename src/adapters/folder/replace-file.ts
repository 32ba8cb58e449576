import { randomBytes } from 'node:crypto';
import { lstat, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../domain/failure.ts';

function refused(message: string): Failure {
  return new Failure({ code: 'source-refused', retry: 'later', message, remedy: 'Run it again.' });
}

async function writeWhole(file: string, mode: number, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', mode);
  try {
    await handle.chmod(mode);
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Puts new contents in the place of a file's, wholly or not at all: a neighbour is written and renamed over it. A file that
 * no longer holds what was read, or is a link, is left alone.
 */
export async function replaceFile(file: string, before: Uint8Array, after: Uint8Array): Promise<void> {
  const seen = await lstat(file).catch(() => undefined);
  if (seen?.isFile() !== true || !(await readFile(file)).equals(before)) {
    throw refused(`${file} changed while it was read; nothing was written to it.`);
  }
  const beside = path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(6).toString('hex')}`);
  try {
    await writeWhole(beside, seen.mode % 0o1000, after);
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    const message = `${file} cannot be written (${code}).`;
    throw new Failure({
      code: 'output-failed',
      retry: 'later',
      message,
      remedy: 'Check the rights on its folder.',
      cause: error,
    });
  }
}

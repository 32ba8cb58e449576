import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../domain/failure.ts';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';

/** Writes a file that is not there yet, with the folders above it. Whatever has its name, be it a link, stays. */
export async function writeNewFile(file: string, bytes: Uint8Array): Promise<void> {
  let made = false;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    const handle = await open(file, 'wx');
    made = true;
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (made) {
      await rm(file, { force: true });
    }
    const isThere = codeOf(cause) === 'EEXIST';
    throw new Failure({
      code: 'output-failed',
      retry: 'never',
      message: isThere ? `${file} is there already` : `${file} cannot be written (${codeOf(cause)})`,
      remedy: isThere ? '--force puts the new contents in its place.' : 'Check the rights on its folder.',
      cause,
    });
  }
}

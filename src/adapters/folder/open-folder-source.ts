import { constants, existsSync } from 'node:fs';
import { lstat, open, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../domain/failure.ts';
import { parseConfigPath } from '../../domain/source/config-path.ts';
import { overLimit, selectFiles, type ListedEntry } from '../../domain/source/select-files.ts';
import { defaultSourceLimits, type SourceLimits } from '../../domain/source/source-limits.ts';
import type { Revision, Source, SourceFile } from '../../ports/source.ts';
import { walkFolder } from './folder-walk.ts';
import { blobId } from './blob-id.ts';
import { unversioned } from './unversioned.ts';

export interface FolderSourceOptions {
  /** A plain folder or the working tree of a repository. */
  readonly folder: string;
  /** The folder in it that paths count from; also what `dirty` is about. Without it the whole folder. */
  readonly path?: string | undefined;
  /** The one folder below `path` in which anything is wanted: only there files are listed and compared with the commit. */
  readonly only?: string | undefined;
  /** false: Git isn't asked, and the revision is `unversioned`. For reading that has no use for it. */
  readonly versioned?: boolean | undefined;
  readonly limits?: Partial<SourceLimits>;
}

/**
 * A folder as it stands now. The revision is the commit that it grew from, `+dirty` where files under the path differ
 * from it or are new, `unversioned` outside a repository; `read` gives the revision of what it found, whichever it was
 * asked for. Folders `.git` and `node_modules` are passed over.
 */
export function openFolderSource(options: FolderSourceOptions): Source {
  const accepted = parseConfigPath(options.path ?? '');
  if (!accepted.ok) {
    const message = `The path ${JSON.stringify(options.path)} ${accepted.reason}.`;
    throw new Failure({ code: 'source-refused', message, retry: 'never' });
  }
  const limits = { ...defaultSourceLimits, ...options.limits };
  const folder = path.resolve(options.folder);
  const findRoot = async (): Promise<string> => rootFolder(folder, accepted.value);
  const revisionOf = async (root: string, ref: string, signal: AbortSignal): Promise<Revision> => {
    if (options.versioned === false || !isInRepository(root)) {
      return unversioned(ref);
    }
    // Starting git costs more than all the rest of a read, so its code is loaded only when it is asked.
    const { workTreeRevision } = await import('./work-tree-state.ts');
    return workTreeRevision(lookedAt(root, options.only), ref, signal);
  };
  return {
    description: folder,
    resolve: async (signal) => {
      signal.throwIfAborted();
      return revisionOf(await findRoot(), 'working tree', signal);
    },
    read: async (revision, wanted, signal) => {
      signal.throwIfAborted();
      const root = await findRoot();
      try {
        const listed = await listFiles(root, options.only, limits, signal);
        const files = await readFiles(root, selectFiles(listed, wanted, limits), limits, signal);
        return { revision: await revisionOf(root, revision.ref, signal), files };
      } catch (error) {
        signal.throwIfAborted();
        throw error instanceof Failure ? error : unreadable(root, error);
      }
    },
  };
}

/** The real folder of the configuration; links on the way to `folder` are its owner's choice, links below it are not. */
/** Whether git could find a repository from there: it looks for `.git` in each folder above, or for a bare one's parts. */
function isInRepository(folder: string): boolean {
  const isRepository = existsSync(path.join(folder, '.git')) || existsSync(path.join(folder, 'objects'));
  const above = path.dirname(folder);
  return isRepository || (above !== folder && isInRepository(above));
}

async function rootFolder(folder: string, below: string): Promise<string> {
  const top = await realpath(folder).catch((error: unknown) => {
    throw unreadable(folder, error);
  });
  const wanted = path.join(top, below);
  const root = await realpath(wanted).catch((error: unknown) => {
    throw unreadable(wanted, error);
  });
  if (root !== wanted) {
    throw new Failure({
      code: 'source-refused',
      message: `The path ${JSON.stringify(below)} leads over a symbolic link, which is never followed.`,
      retry: 'later',
      remedy: 'Name the folder that the link points to.',
    });
  }
  if (!(await stat(root)).isDirectory()) {
    throw new Failure({ code: 'source-not-found', message: `${root} is a file, not a folder.`, retry: 'later' });
  }
  return root;
}

/** The folder that is looked into: the narrower one where it is there. */
function lookedAt(root: string, only: string | undefined): string {
  const narrow = path.join(root, only ?? '');
  return existsSync(narrow) ? narrow : root;
}

async function listFiles(
  root: string,
  only: string | undefined,
  limits: SourceLimits,
  signal: AbortSignal,
): Promise<readonly ListedEntry[]> {
  if (only === undefined) {
    return walkFolder(root, limits.listedEntries, signal);
  }
  const folder = path.join(root, only);
  const there = await lstat(folder).catch(() => undefined);
  if (there === undefined) {
    return [];
  }
  if (!there.isDirectory()) {
    throw new Failure({
      code: 'source-refused',
      message: `${folder} is no folder (a symbolic link is never followed).`,
      retry: 'later',
    });
  }
  const entries = await walkFolder(folder, limits.listedEntries, signal);
  return entries.map((entry) => ({ ...entry, path: `${only}/${entry.path}` }));
}

async function readFiles(
  root: string,
  chosen: readonly ListedEntry[],
  limits: SourceLimits,
  signal: AbortSignal,
): Promise<readonly SourceFile[]> {
  const files: SourceFile[] = [];
  for (const entry of chosen) {
    signal.throwIfAborted();
    const bytes = await readPlainFile(path.join(root, entry.path), limits.fileBytes);
    files.push({ path: entry.path, id: blobId(bytes), bytes });
  }
  return files;
}

/** Opens without following a link and without waiting for a pipe: the entry may have changed since it was listed. */
async function readPlainFile(file: string, maxBytes: number): Promise<Uint8Array> {
  // oxlint-disable-next-line no-bitwise
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const seen = await handle.stat();
    if (!seen.isFile()) {
      throw new Failure({ code: 'source-refused', message: `${file} is no regular file.`, retry: 'later' });
    }
    const buffer = Buffer.alloc(Math.min(seen.size, maxBytes) + 1);
    let length = 0;
    for (let count = -1; count !== 0 && length < buffer.length; length += count) {
      count = (await handle.read(buffer, length, buffer.length - length, null)).bytesRead;
    }
    if (length === buffer.length) {
      throw overLimit(`${file} grew beyond ${String(buffer.length - 1)} bytes while it was read`);
    }
    return buffer.subarray(0, length);
  } finally {
    await handle.close();
  }
}

function unreadable(place: string, cause: unknown): Failure {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new Failure({
      code: 'source-not-found',
      message: `There is no folder ${place}, or a file in it vanished while it was read.`,
      retry: 'later',
      remedy: 'Check the path.',
      cause,
    });
  }
  return new Failure({
    code: code === 'EACCES' || code === 'EPERM' ? 'source-credentials' : 'source-unreachable',
    message: `${place} cannot be read (${code}).`,
    retry: 'later',
    remedy: 'Check the rights of this user on the folder and its files.',
    cause,
  });
}

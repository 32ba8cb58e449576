import { Failure } from '../failure.ts';
import { refusedPath } from './config-path.ts';
import type { SourceLimits } from './source-limits.ts';

/** What stands at a path. Only a `file` can be read; the others are refused by name where they are wanted. */
export type EntryKind = 'file' | 'symlink' | 'submodule' | 'other';

export interface ListedEntry {
  readonly path: string;
  readonly kind: EntryKind;
  readonly size: number;
}

/**
 * The entries to read, sorted by path. Throws `source-refused` for a wanted entry that is a link, a submodule or
 * badly named, `source-limit` for too many or too big ones. What is not wanted cannot fail.
 */
export function selectFiles<Entry extends ListedEntry>(
  entries: readonly Entry[],
  wanted: (path: string) => boolean,
  limits: SourceLimits,
): readonly Entry[] {
  const chosen = entries.filter((entry) => wanted(entry.path));
  for (const entry of chosen) {
    checkEntry(entry, limits);
  }
  if (chosen.length > limits.files) {
    throw overLimit(`${String(chosen.length)} files are asked for and at most ${String(limits.files)} are read`);
  }
  const total = chosen.reduce((sum, entry) => sum + entry.size, 0);
  if (total > limits.totalBytes) {
    throw overLimit(`the files hold ${String(total)} bytes and at most ${String(limits.totalBytes)} are read`);
  }
  return chosen.toSorted((left, right) => compareText(left.path, right.path));
}

const refusedKinds: Readonly<Record<Exclude<EntryKind, 'file'>, string>> = {
  symlink: 'is a symbolic link, which is never followed',
  submodule: 'is a submodule, which is never fetched',
  other: 'is no regular file',
};

function checkEntry(entry: ListedEntry, limits: SourceLimits): void {
  const reason = refusedPath(entry.path) ?? (entry.kind === 'file' ? undefined : refusedKinds[entry.kind]);
  if (reason !== undefined) {
    throw new Failure({
      code: 'source-refused',
      message: `${JSON.stringify(entry.path)} ${reason}.`,
      retry: 'later',
      remedy: 'Put a regular file with a plain name in its place.',
    });
  }
  if (entry.path.split('/').length > limits.depth) {
    throw overLimit(`${entry.path} lies deeper than ${String(limits.depth)} folders`);
  }
  if (entry.size > limits.fileBytes) {
    throw overLimit(
      `${entry.path} holds ${String(entry.size)} bytes and at most ${String(limits.fileBytes)} are read of a file`,
    );
  }
}

/** The failure for a bound that the source goes beyond. */
export function overLimit(what: string): Failure {
  return new Failure({
    code: 'source-limit',
    message: `The source is too big: ${what}.`,
    retry: 'later',
    remedy: 'Keep the configuration in a folder of its own and name that folder as the path.',
  });
}

function compareText(left: string, right: string): number {
  if (left === right) {
    return 0;
  }
  return left < right ? -1 : 1;
}

import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { overLimit, type EntryKind, type ListedEntry } from '../../domain/source/select-files.ts';

/** Never configuration, and big: Git's own data and installed packages. */
const passedOver = new Set(['.git', 'node_modules']);
const maxFolderDepth = 64;

/** Everything below a folder; no link is followed, none is left out. Paths count from `root`, with `/`. */
export async function walkFolder(
  root: string,
  maxEntries: number,
  signal: AbortSignal,
): Promise<readonly ListedEntry[]> {
  const entries: ListedEntry[] = [];
  const waiting = [''];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    signal.throwIfAborted();
    const found = await readdir(path.join(root, folder), { withFileTypes: true });
    for (const item of found) {
      const name = folder === '' ? item.name : `${folder}/${item.name}`;
      if (!item.isDirectory()) {
        entries.push(await entryOf(root, name, item));
      } else if (!passedOver.has(item.name) && name.split('/').length < maxFolderDepth) {
        waiting.push(name);
      }
    }
    if (entries.length > maxEntries) {
      throw overLimit(`the folder holds more than ${String(maxEntries)} files`);
    }
  }
  return entries;
}

async function entryOf(root: string, name: string, item: Dirent): Promise<ListedEntry> {
  const size = item.isFile() ? (await lstat(path.join(root, name))).size : 0;
  return { path: name, kind: kindOf(item), size };
}

function kindOf(item: Dirent): EntryKind {
  if (item.isFile()) {
    return 'file';
  }
  return item.isSymbolicLink() ? 'symlink' : 'other';
}

import { createHash } from 'node:crypto';
import { Failure } from '../../domain/failure.ts';
import { overLimit, selectFiles, type EntryKind, type ListedEntry } from '../../domain/source/select-files.ts';
import type { SourceFile } from '../../ports/source.ts';
import type { RemoteAccess } from './remote-access.ts';

interface TreeEntry extends ListedEntry {
  readonly id: string;
}

/** A tree inside the mirror: the commit and the folder in it that is the configuration root (`''` for the top). */
export interface TreePlace {
  readonly mirror: string;
  readonly commit: string;
  readonly root: string;
}

const listingBytesPerEntry = 400;
const kinds: Readonly<Record<string, EntryKind>> = {
  '100644': 'file',
  '100755': 'file',
  '100664': 'file',
  '120000': 'symlink',
  '160000': 'submodule',
};

/** Reads the wanted files of one tree without a checkout: one listing, then one process for all contents. */
export async function readTree(
  access: RemoteAccess,
  place: TreePlace,
  wanted: (path: string) => boolean,
  signal: AbortSignal,
): Promise<readonly SourceFile[]> {
  await checkRoot(access, place, signal);
  const listing = await access.local(['ls-tree', '-r', '-z', '-l', '--full-tree', treeName(place)], signal, {
    gitDir: place.mirror,
    maxOutputBytes: access.limits.listedEntries * listingBytesPerEntry,
  });
  const entries = parseListing(listing, access.limits.listedEntries);
  const chosen = selectFiles(entries, wanted, access.limits);
  if (chosen.length === 0) {
    return [];
  }
  const total = chosen.reduce((sum, entry) => sum + entry.size + 100, 0);
  const contents = await access.local(['cat-file', '--batch', '--buffer'], signal, {
    gitDir: place.mirror,
    input: chosen.map((entry) => `${entry.id}\n`).join(''),
    maxOutputBytes: total,
  });
  return splitContents(contents, chosen);
}

function treeName(place: TreePlace): string {
  return place.root === '' ? place.commit : `${place.commit}:${place.root}`;
}

async function checkRoot(access: RemoteAccess, place: TreePlace, signal: AbortSignal): Promise<void> {
  if (place.root === '') {
    return;
  }
  const answer = await access.local(['cat-file', '--batch-check=%(objecttype)'], signal, {
    gitDir: place.mirror,
    input: `${treeName(place)}\n`,
  });
  const type = answer.toString('utf8').trim();
  if (type !== 'tree') {
    throw new Failure({
      code: 'source-not-found',
      message: `${access.location} has no folder ${JSON.stringify(place.root)} at commit ${place.commit}${type === 'blob' ? '; what stands there is a file or a link' : ''}.`,
      retry: 'later',
      remedy: 'Check the path of the configuration and the branch, tag or commit.',
    });
  }
}

/** `<mode> SP <type> SP <id> SP+ <size> TAB <path> NUL`, git-ls-tree(1). Names that are not UTF-8 get U+FFFD. */
export function parseListing(listing: Buffer, limit: number): readonly TreeEntry[] {
  const entries: TreeEntry[] = [];
  let start = 0;
  for (let end = listing.indexOf(0, start); end !== -1; end = listing.indexOf(0, start)) {
    const match = /^([0-7]{6}) [a-z]+ ([0-9a-f]+) +(-|[0-9]+)\t(.*)$/su.exec(listing.toString('utf8', start, end));
    if (match === null) {
      throw corrupt('a listing that git did not finish');
    }
    const size = match[3] === '-' ? 0 : Number(match[3]);
    entries.push({ path: match[4] ?? '', kind: kinds[match[1] ?? ''] ?? 'other', size, id: match[2] ?? '' });
    if (entries.length > limit) {
      throw overLimit(`the tree lists more than ${String(limit)} entries`);
    }
    start = end + 1;
  }
  return entries;
}

/** `<id> blob <size> LF <bytes> LF` for each, in the order asked for, git-cat-file(1). Every content is checked against its id. */
function splitContents(contents: Buffer, entries: readonly TreeEntry[]): readonly SourceFile[] {
  let at = 0;
  return entries.map((entry) => {
    const head = Buffer.from(`${entry.id} blob ${String(entry.size)}\n`);
    const end = at + head.length + entry.size;
    const bytes = contents.subarray(at + head.length, end);
    if (
      !contents.subarray(at, at + head.length).equals(head) ||
      contents[end] !== 0x0a ||
      !matchesId(bytes, entry.id)
    ) {
      throw corrupt(entry.path);
    }
    at = end + 1;
    return { path: entry.path, id: entry.id, bytes };
  });
}

function matchesId(bytes: Buffer, id: string): boolean {
  const algorithm = id.length === 64 ? 'sha256' : 'sha1';
  const hash = createHash(algorithm).update(`blob ${String(bytes.length)}\0`);
  return hash.update(bytes).digest('hex') === id;
}

function corrupt(what: string): Failure {
  return new Failure({
    code: 'source-corrupt',
    message: `The mirror gave broken content for ${JSON.stringify(what)}.`,
    retry: 'now',
    remedy: 'Run `git fsck` on the repository that the URL names.',
  });
}

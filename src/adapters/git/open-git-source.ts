import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '../../domain/failure.ts';
import type { Accepted } from '../../domain/source/accepted.ts';
import { parseConfigPath } from '../../domain/source/config-path.ts';
import { parseRef, type RefQuery } from '../../domain/source/ref-name.ts';
import { defaultSourceLimits, type SourceLimits } from '../../domain/source/source-limits.ts';
import { parseSourceUrl } from '../../domain/source/source-url.ts';
import type { CommitSha, Revision, Source, SourceTree } from '../../ports/source.ts';
import type { GitCredentials, Variables } from './credentials.ts';
import { withLock } from './mirror-lock.ts';
import { withMirror } from './mirror.ts';
import { defaultGitTimeouts, openRemoteAccess, type GitTimeouts, type RemoteAccess } from './remote-access.ts';
import { noSuchRef, pickRef, refPatterns } from './remote-refs.ts';
import { checkSignatures, type SignatureCheck } from './signature-check.ts';
import { readTree } from './tree-reader.ts';

export interface GitSourceOptions {
  /** https, http, ssh, `user@host:path`, file or a path. Without credentials in it. */
  readonly url: string;
  /** Branch, tag, full ref or commit. A branch wins over a tag of the same name. Without it the remote's HEAD. */
  readonly ref?: string | undefined;
  /** The folder in the repository that paths count from. Without it the top. */
  readonly path?: string | undefined;
  /** Mirrors are kept here, one folder a repository; it may be deleted at any time and shared by processes. */
  readonly cacheDir: string;
  readonly credentials?: GitCredentials | undefined;
  readonly limits?: Partial<SourceLimits>;
  readonly timeouts?: Partial<GitTimeouts>;
  /** Reading fails unless the commit, or all commits since one, are signed by given keys. Without it nothing is checked. */
  readonly signatures?: SignatureCheck | undefined;
  /** Where PATH, proxy settings and secrets in variables are looked up. */
  readonly variables?: Variables;
}

interface OpenSource {
  readonly access: RemoteAccess;
  readonly query: RefQuery;
  readonly refText: string;
  readonly root: string;
  readonly timeouts: GitTimeouts;
  readonly signatures: SignatureCheck | undefined;
  readonly variables: Variables;
}

/** Ref names by commit, as `resolve` saw them: servers that hand out only refs need the name again in `read`. */
type SeenRefs = Map<string, string>;

const maxSeenRefs = 100;

/**
 * A Git repository as a source, over a bare mirror and never a checkout. Bad input is refused here, before anything
 * runs; git and simple-git are started by the first call.
 */
export function openGitSource(options: GitSourceOptions): Source {
  const source = openParts(options);
  const seen: SeenRefs = new Map();
  return {
    description: source.access.location,
    resolve: async (signal) => resolveRevision(source, seen, signal),
    read: async (revision, wanted, signal) => readRevision(source, seen, { revision, wanted }, signal),
  };
}

function openParts(options: GitSourceOptions): OpenSource {
  const url = acceptOrThrow(parseSourceUrl(options.url), 'The repository URL');
  const refText = options.ref ?? 'HEAD';
  const query = acceptOrThrow(parseRef(refText), `The ref ${JSON.stringify(refText)}`);
  const root = acceptOrThrow(parseConfigPath(options.path ?? ''), `The path ${JSON.stringify(options.path)}`);
  checkBase(options.signatures?.since);
  const timeouts = { ...defaultGitTimeouts, ...options.timeouts };
  const digest = createHash('sha256')
    .update(url.isPath ? path.resolve(url.text) : url.text)
    .digest('hex');
  const variables = options.variables ?? process.env;
  const access = openRemoteAccess({
    url,
    folder: path.resolve(options.cacheDir, digest.slice(0, 32)),
    credentials: options.credentials ?? {},
    limits: { ...defaultSourceLimits, ...options.limits },
    timeouts,
    variables,
  });
  return { access, query, refText, root, timeouts, signatures: options.signatures, variables };
}

function checkBase(since: string | undefined): void {
  if (since !== undefined && !isCommitSha(since)) {
    const message = `The commit ${JSON.stringify(since)} since which signatures are checked is no full commit id.`;
    throw new Failure({
      code: 'source-refused',
      message,
      retry: 'never',
      remedy: 'Give 40 or 64 lower-case hex digits.',
    });
  }
}

/** The refused text itself is not repeated: a URL may hold a password. */
function acceptOrThrow<T>(accepted: Accepted<T>, what: string): T {
  if (accepted.ok) {
    return accepted.value;
  }
  throw new Failure({ code: 'source-refused', message: `${what} ${accepted.reason}.`, retry: 'never' });
}

/** A commit needs no asking: it is what it is, and whether it can be had shows in reading it. */
async function resolveRevision(source: OpenSource, seen: SeenRefs, signal: AbortSignal): Promise<Revision> {
  const { access, query } = source;
  signal.throwIfAborted();
  if (query.kind === 'commit') {
    return revisionOf(query.id, source.refText);
  }
  await makeFolder(access);
  const args = ['ls-remote', '--', access.target, ...refPatterns(query)];
  const output = await access.remote({ args, timeoutMs: source.timeouts.askMs }, signal);
  const ref = pickRef(output.toString('utf8'), query);
  if (ref === undefined) {
    throw noSuchRef(query, access.location);
  }
  if (seen.size >= maxSeenRefs) {
    seen.clear();
  }
  seen.set(ref.commit, ref.name);
  return revisionOf(ref.commit, source.refText);
}

function revisionOf(commit: string, ref: string): Revision {
  return { id: commit, sha: checkedSha(commit), dirty: false, ref };
}

function checkedSha(text: string): CommitSha {
  if (!isCommitSha(text)) {
    throw new Error(`not a commit id: ${text}`);
  }
  return text;
}

function isCommitSha(text: string): text is CommitSha {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u.test(text);
}

interface ReadRequest {
  readonly revision: Revision;
  readonly wanted: (path: string) => boolean;
}

async function readRevision(
  source: OpenSource,
  seen: SeenRefs,
  request: ReadRequest,
  signal: AbortSignal,
): Promise<SourceTree> {
  const { access, root, timeouts, signatures, variables } = source;
  const commit = request.revision.sha;
  if (commit === undefined) {
    throw new Error('a Git source reads commits only');
  }
  await makeFolder(access);
  const waitMs = timeouts.fetchMs + timeouts.readMs;
  return withLock(path.join(access.folder, 'lock'), waitMs, signal, async () => {
    const wantedCommit = { commit, refName: seen.get(commit), withHistory: signatures?.scope === 'all' };
    return withMirror(access, wantedCommit, signal, async (mirror) => {
      const signed = signatures && { check: signatures, variables };
      const signer = signed && (await checkSignatures(access, { mirror, commit }, signed, signal));
      const files = await readTree(access, { mirror, commit, root }, request.wanted, signal);
      return { revision: { ...request.revision, ...(signer && { signer }) }, files };
    });
  });
}

async function makeFolder(access: RemoteAccess): Promise<void> {
  try {
    await mkdir(access.folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new Failure({
      code: 'source-refused',
      message: `The cache folder ${access.folder} cannot be made.`,
      retry: 'later',
      remedy: 'Name a cache folder that this user may write to.',
      cause: error,
    });
  }
}

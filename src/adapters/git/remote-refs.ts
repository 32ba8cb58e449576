import { Failure } from '../../domain/failure.ts';
import type { RefQuery } from '../../domain/source/ref-name.ts';

/** A ref of the remote: the name to fetch it by and the commit that it means (annotated tags peeled). */
export interface RemoteRef {
  readonly name: string;
  readonly commit: string;
}

/** The ref names to ask the remote for. */
export function refPatterns(query: RefQuery): readonly string[] {
  if (query.kind === 'full') {
    return [query.name, `${query.name}^{}`];
  }
  return query.kind === 'name'
    ? [`refs/heads/${query.name}`, `refs/tags/${query.name}`, `refs/tags/${query.name}^{}`]
    : ['HEAD'];
}

/** Picks from `git ls-remote` output; undefined where the remote has no such ref. A branch wins over a tag of the same name. */
export function pickRef(output: string, query: RefQuery): RemoteRef | undefined {
  const found = new Map<string, string>();
  for (const line of output.split('\n')) {
    const match = /^([0-9a-f]{40}|[0-9a-f]{64})\t(\S+)$/u.exec(line);
    if (match !== null) {
      found.set(match[2] ?? '', match[1] ?? '');
    }
  }
  const names = refPatterns(query).filter((name) => !name.endsWith('^{}'));
  for (const name of names) {
    const commit = found.get(`${name}^{}`) ?? found.get(name);
    if (commit !== undefined) {
      return { name, commit };
    }
  }
  return undefined;
}

/** The failure for a ref that the remote does not have. */
export function noSuchRef(query: RefQuery, location: string): Failure {
  if (query.kind === 'head' || query.kind === 'commit') {
    return new Failure({
      code: 'source-not-found',
      message: `${location} has no commit at its HEAD: it is empty, or its default branch does not exist.`,
      retry: 'later',
      remedy: 'Push a first commit, or name a branch, tag or commit.',
    });
  }
  const abbreviated = /^[0-9a-f]{4,39}$/u.test(query.name);
  return new Failure({
    code: 'source-not-found',
    message: `${location} has no branch or tag ${JSON.stringify(query.name)}.`,
    retry: 'later',
    remedy: abbreviated
      ? 'Name a commit by all of its hex digits.'
      : 'Check the name; branches are looked for first, then tags.',
  });
}

import { overLimit } from '../../domain/source/select-files.ts';
import {
  parseReports,
  reportFormat,
  requireSignatures,
  signatureFailure,
  type SignatureReport,
  type SignatureScope,
} from '../../domain/source/signature.ts';
import type { CommitSigner } from '../../ports/source.ts';
import type { Variables } from './credentials.ts';
import type { RemoteAccess } from './remote-access.ts';
import { withKeys, type KeyRoom, type TrustedKeys } from './signature-keys.ts';

export interface SignatureCheck extends TrustedKeys {
  readonly scope: Exclude<SignatureScope, 'none'>;
  /** With `all`: this commit and what lies behind it count as checked. Without it the whole history is checked. */
  readonly since?: string | undefined;
}

/** A commit in the mirror. */
export interface CommitPlace {
  readonly mirror: string;
  readonly commit: string;
}

const mostCommits = 5_000;
/** Commits that one git process checks: each takes some processes of ssh-keygen or gpg, and a call has a time limit. */
const batchSize = 100;

/** The signer of the commit. Throws `source-signature` for any commit in scope that none of the keys signed. */
export async function checkSignatures(
  access: RemoteAccess,
  place: CommitPlace,
  { check, variables }: { readonly check: SignatureCheck; readonly variables: Variables },
  signal: AbortSignal,
): Promise<CommitSigner> {
  const commits = check.scope === 'head' ? [place.commit] : await listCommits(access, place, check.since, signal);
  return withKeys(check, variables, signal, async (room) => {
    const reports: SignatureReport[] = [];
    for (let at = 0; at < commits.length; at += batchSize) {
      reports.push(
        ...(await reportOn(access, place.mirror, { room, commits: commits.slice(at, at + batchSize) }, signal)),
      );
    }
    requireSignatures(reports);
    const head = reports.find((report) => report.commit === place.commit);
    if (head === undefined || reports.length !== commits.length) {
      throw signatureFailure(
        'git gave no verdict on some of the commits.',
        'Run it again; if it lasts, check the version of git.',
      );
    }
    return { name: head.signer, key: head.key };
  });
}

/** The commit and, behind it, all that the base does not hold. A base that the history does not know excludes nothing. */
async function listCommits(
  access: RemoteAccess,
  { mirror, commit }: CommitPlace,
  since: string | undefined,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const shallow = await access.local(['rev-parse', '--is-shallow-repository'], signal, { gitDir: mirror });
  if (shallow.toString('latin1').trim() !== 'false') {
    throw signatureFailure(
      `${access.location} holds only a part of its history, so the commits behind ${commit} cannot be checked.`,
      'Fetch it whole where it was cloned (git fetch --unshallow), or check only the head.',
    );
  }
  const known = since !== undefined && (await isCommit(access, mirror, since, signal));
  const range = known ? [commit, `^${since}`] : [commit];
  const args = ['rev-list', `--max-count=${String(mostCommits + 1)}`, ...range, '--'];
  const listed = (await access.local(args, signal, { gitDir: mirror })).toString('latin1').split('\n').filter(Boolean);
  if (listed.length > mostCommits) {
    throw overLimit(`more than ${String(mostCommits)} commits are to be checked for signatures`);
  }
  return listed.includes(commit) ? listed : [commit, ...listed];
}

async function isCommit(access: RemoteAccess, mirror: string, id: string, signal: AbortSignal): Promise<boolean> {
  const answer = await access.local(['cat-file', '--batch-check'], signal, { gitDir: mirror, input: `${id}\n` });
  return answer.toString('latin1').startsWith(`${id} commit `);
}

async function reportOn(
  access: RemoteAccess,
  mirror: string,
  { room, commits }: { readonly room: KeyRoom; readonly commits: readonly string[] },
  signal: AbortSignal,
): Promise<readonly SignatureReport[]> {
  const args = ['log', '--no-walk=unsorted', '--no-show-signature', '--no-color', '--no-mailmap', '--encoding=UTF-8'];
  const output = await access.local([...args, `--format=${reportFormat}`, '--stdin'], signal, {
    gitDir: mirror,
    input: `${commits.join('\n')}\n`,
    ...room,
  });
  const reports = parseReports(output.toString('utf8'));
  if (reports === undefined) {
    throw signatureFailure(
      'git gave no whole verdict on the signatures.',
      'Check the version of git; 2.34 or newer is needed.',
    );
  }
  return reports;
}

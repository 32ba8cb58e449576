import { Failure } from '../failure.ts';
import { visibleText } from '../finding/terminal-text.ts';

/** Which commits must carry a good signature: none, the one that is read, or also all behind it. */
export type SignatureScope = 'none' | 'head' | 'all';

/** What git found out about one commit. */
export interface SignatureReport {
  readonly commit: string;
  readonly author: string;
  /** The letter of `%G?` (git-log(1)). */
  readonly state: string;
  /** Empty where the key is none of those given. */
  readonly signer: string;
  readonly key: string;
}

/** Fields of one report, each ended by NUL, in the order in which `parseReports` takes them (git-log(1), pretty formats). */
export const reportFormat = 'tformat:%H%x00%an <%ae>%x00%G?%x00%GS%x00%GF%x00';

const fieldsOfReport = 5;

/** Reads what git printed with `reportFormat`; undefined where that is not whole. */
export function parseReports(text: string): readonly SignatureReport[] | undefined {
  const fields = text.split('\0');
  if (fields.pop()?.trim() !== '' || fields.length % fieldsOfReport !== 0) {
    return undefined;
  }
  const reports: SignatureReport[] = [];
  for (let at = 0; at < fields.length; at += fieldsOfReport) {
    const [commit = '', author = '', state = '', signer = '', key = ''] = fields.slice(at, at + fieldsOfReport);
    reports.push({ commit: commit.trim(), author, state, signer, key });
  }
  return reports;
}

const faults: Readonly<Record<string, string>> = {
  N: 'is not signed',
  B: 'has a bad signature: what it signs is not this commit',
  X: 'has a signature that has expired',
  Y: 'is signed with a key that has expired',
  R: 'is signed with a key that was revoked',
  E: 'is signed with a key that is not among those given, or the signature cannot be read',
};

/**
 * What is wrong with a signature, or undefined for a good one. `G` and `U` differ only in how far GPG trusts the owner; the
 * keys given are the trust here. For SSH a key without a principal is `U` with no signer.
 */
export function signatureFault({ state, signer }: SignatureReport): string | undefined {
  if (state === 'G' || state === 'U') {
    return signer === '' ? 'is signed with a key that is not among those given' : undefined;
  }
  return faults[state] ?? 'has a signature that git cannot judge';
}

/** Throws `source-signature` for the first commit without a good signature, with the count of the others. */
export function requireSignatures(reports: readonly SignatureReport[]): void {
  const faulty = reports.filter((report) => signatureFault(report) !== undefined);
  const [first, ...more] = faulty;
  if (first === undefined) {
    return;
  }
  const key = first.key === '' ? '' : ` (${first.key})`;
  const others = more.length === 0 ? '' : ` So it is with ${String(more.length)} more of the commits checked.`;
  throw signatureFailure(
    `Commit ${first.commit} by ${visibleText(first.author)} ${signatureFault(first) ?? ''}${visibleText(key)}.${others}`,
    'Sign the commit with a key that the allowed signers or the keyring hold, or add the key there if its owner may deploy.',
  );
}

/** The failure for signatures that are missing or cannot be checked. */
export function signatureFailure(message: string, remedy: string): Failure {
  return new Failure({ code: 'source-signature', message, retry: 'later', remedy });
}

import type { Digest } from '../../digest.ts';
import type { LocatedFinding, Severity } from '../finding.ts';

/** What a validation has to tell: the files it read and what it found in them. */
export interface FindingsReport {
  readonly files: readonly string[];
  readonly findings: readonly LocatedFinding[];
  /** How many more comments of the files allow. */
  readonly silenced?: number;
}

const order: { readonly [S in Severity]: number } = { error: 0, warning: 1, info: 2 };

/** The most severe first; findings of one severity keep their order. */
export function mostSevereFirst(findings: readonly LocatedFinding[]): readonly LocatedFinding[] {
  return findings.toSorted((left, right) => order[left.severity] - order[right.severity]);
}

/** Cause and repair in one text. */
export function fullMessage({ message, remedy }: LocatedFinding): string {
  return `${message} ${remedy}`;
}

/** A lone surrogate has no UTF-8 form, so no program could write or read it. */
export function wellFormed(text: string): string {
  return text.replaceAll(/\p{Cs}/gu, '\uFFFD');
}

/**
 * An id for each finding, in their order, that stays the same while lines move: file, code and message without its line
 * numbers. Findings that are alike in all of these are numbered. The source line is no part of it: it may hold a secret.
 */
export function fingerprints(findings: readonly LocatedFinding[], digest: Digest): readonly string[] {
  const seen = new Map<string, number>();
  return findings.map(({ code, message, place }) => {
    const identity = JSON.stringify([place.file, code, message.replaceAll(/\bline \d+/gu, 'line')]);
    const before = seen.get(identity) ?? 0;
    seen.set(identity, before + 1);
    return digest(`${identity}#${String(before)}`);
  });
}

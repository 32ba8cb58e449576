import type { Finding, Severity } from './finding.ts';

export type FindingCounts = { readonly [S in Severity]: number };

/** At most this many findings are shown; more would bury the first ones, which explain the rest. */
export const mostFindingsShown = 1000;

/** How many there are of each severity. */
export function countFindings(findings: readonly Finding<unknown>[]): FindingCounts {
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  return { error: count('error'), warning: count('warning'), info: count('info') };
}

function plural(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** The counts for people: `2 errors, 1 warning`. Severities without findings are left out. */
export function describeCounts(counts: FindingCounts): string {
  const parts = [
    ...(counts.error > 0 ? [plural(counts.error, 'error')] : []),
    ...(counts.warning > 0 ? [plural(counts.warning, 'warning')] : []),
    ...(counts.info > 0 ? [plural(counts.info, 'note')] : []),
  ];
  return parts.length === 0 ? 'no findings' : parts.join(', ');
}

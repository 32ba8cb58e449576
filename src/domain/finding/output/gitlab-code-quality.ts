import type { Digest } from '../../digest.ts';
import type { Severity } from '../finding.ts';
import { fingerprints, type FindingsReport, fullMessage, mostSevereFirst, wellFormed } from './findings-report.ts';

/** GitLab's degrees are info, minor, major, critical and blocker. */
const degrees: { readonly [S in Severity]: string } = { error: 'critical', warning: 'minor', info: 'info' };

/** A Code Quality report (GitLab, "Code Quality report format"): merge requests show it as a widget and in the diff. */
export function gitlabCodeQuality({ findings }: FindingsReport, digest: Digest): string {
  const sorted = mostSevereFirst(findings);
  const ids = fingerprints(sorted, digest);
  const entries = sorted.map((finding, index) => ({
    description: wellFormed(fullMessage(finding)),
    check_name: finding.code,
    fingerprint: ids[index],
    severity: degrees[finding.severity],
    location: { path: wellFormed(finding.place.file), lines: { begin: finding.place.line } },
  }));
  return `${JSON.stringify(entries, undefined, 2)}\n`;
}

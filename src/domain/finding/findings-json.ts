import { countFindings, mostFindingsShown } from './count-findings.ts';
import type { FindingCounts } from './count-findings.ts';
import type { FindingCode } from './finding-codes.ts';
import type { LocatedFinding, Severity } from './finding.ts';

/** One finding as schemas/findings.schema.json has it. */
export interface FindingEntry {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly message: string;
  readonly remedy: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Exclusive. */
  readonly endColumn: number;
}

/** The findings of a run for machines: schemas/findings.schema.json. */
export interface FindingsDocument {
  readonly formatVersion: 1;
  readonly findings: readonly FindingEntry[];
  readonly counts: FindingCounts;
  /** Findings beyond the limit; the counts include them. */
  readonly omitted: number;
  /** Findings that comments of the files allow; they are neither listed nor counted. */
  readonly silenced: number;
}

/** The findings as one JSON document of a published format. */
export function findingsDocument(findings: readonly LocatedFinding[], silenced = 0): FindingsDocument {
  const shown = findings.slice(0, mostFindingsShown);
  return {
    formatVersion: 1,
    findings: shown.map(({ code, severity, message, remedy, place }) => ({
      code,
      severity,
      message,
      remedy,
      file: place.file,
      line: place.line,
      column: place.column,
      endColumn: place.endColumn,
    })),
    counts: countFindings(findings),
    omitted: findings.length - shown.length,
    silenced,
  };
}

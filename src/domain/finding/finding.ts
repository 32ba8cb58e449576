import type { FindingCode, Severity } from './finding-codes.ts';

export type { Severity };

/** Where in a file: a JSON pointer (RFC 6901) into the document, and whether the key or the value is meant. */
export interface DocumentPlace {
  readonly file: string;
  readonly pointer: string;
  readonly part: 'key' | 'value';
  /** Which document of the file, from 0, as parsing numbers them; absent: the first that holds anything. */
  readonly document?: number;
  /** Where the value at `pointer` is itself YAML text, such as a ConfigMap's: the pointer inside that text. */
  readonly inner?: string;
}

/** Line and column count from 1, columns in UTF-16 units, as editors count. `text` is the whole source line. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  readonly text: string;
}

/**
 * A mistake in what the user wrote. Findings are collected, never thrown: a run shows all of them. Rules give a
 * `DocumentPlace`; a syntax error gives a `SourcePosition` at once; `locateFindings` turns the former into the latter.
 */
export interface Finding<P = DocumentPlace | SourcePosition> {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** One sentence of cause. */
  readonly message: string;
  /** One sentence of repair. */
  readonly remedy: string;
  readonly place: P;
}

export type LocatedFinding = Finding<SourcePosition>;

/** True where a run may not go on. */
export function hasErrors(findings: readonly Finding<unknown>[]): boolean {
  return findings.some((finding) => finding.severity === 'error');
}

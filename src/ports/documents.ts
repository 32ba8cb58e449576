import type { DocumentPlace, Finding, LocatedFinding, SourcePosition } from '../domain/finding/finding.ts';
import type { Json } from '../domain/json.ts';
import type { SourceFile } from './source.ts';

/** One YAML document as Kubernetes' own parser would read it (YAML 1.1 scalars: `yes` is true, `0777` is 511). */
export interface ParsedDocument {
  readonly file: string;
  /** Position of the document in its file, from 0. */
  readonly index: number;
  /** Line, from 1, on which the document starts. */
  readonly line: number;
  readonly value: Json;
}

export interface ParsedFile {
  readonly documents: readonly ParsedDocument[];
  /** Syntax errors, limits, ambiguous scalars. With an error among them `documents` may be incomplete. */
  readonly findings: readonly LocatedFinding[];
}

/**
 * Text to values. Values come from a fast parser; positions are worked out only when a finding needs them.
 * Never throws for what a file holds.
 */
export interface Documents {
  parse(file: SourceFile): ParsedFile;
  /** Where a place stands in its file. A missing key falls back to the nearest parent that is there. */
  locate(file: SourceFile, place: DocumentPlace): SourcePosition;
}

/** Gives every finding its line and column. Files are those that the findings name. */
export function locateFindings(
  documents: Documents,
  files: readonly SourceFile[],
  findings: readonly Finding[],
): readonly LocatedFinding[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return findings.map((finding) => {
    if ('line' in finding.place) {
      return { ...finding, place: finding.place };
    }
    const file = byPath.get(finding.place.file);
    const place =
      file === undefined
        ? { file: finding.place.file, line: 1, column: 1, endColumn: 1, text: '' }
        : documents.locate(file, finding.place);
    return { ...finding, place };
  });
}

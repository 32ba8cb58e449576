import { type FindingCode, findingCodes, type Severity } from '../finding/finding-codes.ts';
import type { DocumentPlace, Finding } from '../finding/finding.ts';
import { type DocumentPath, pointerOf } from '../finding/place-finding.ts';

/** Where a value was read: file, document and path; `inner` goes on inside a YAML text that stands there. */
export interface Origin {
  readonly file: string;
  readonly document: number;
  readonly path: DocumentPath;
  readonly inner?: DocumentPath;
}

/** What is read from one place, further down. */
export function originBelow(origin: Origin, ...steps: DocumentPath): Origin {
  return origin.inner === undefined
    ? { ...origin, path: [...origin.path, ...steps] }
    : { ...origin, inner: [...origin.inner, ...steps] };
}

/** The origin as the place of a finding. */
export function placeOf(origin: Origin, part: DocumentPlace['part']): DocumentPlace {
  const { file, document, path, inner } = origin;
  const place = { file, document, pointer: pointerOf(path), part };
  return inner === undefined ? place : { ...place, inner: pointerOf(inner) };
}

/** What there is to say about a manifest, apart from the place. */
export interface ManifestRemark {
  readonly code: FindingCode;
  /** The value, unless said otherwise. */
  readonly part?: DocumentPlace['part'];
  /** That of the code, unless what was given does not suffice to be sure. */
  readonly severity?: Severity;
  readonly message: string;
  readonly remedy: string;
}

/** A remark as a finding at its place. */
export function findingAt(origin: Origin, remark: ManifestRemark): Finding<DocumentPlace> {
  const { code, part = 'value', severity = findingCodes[code].severity, message, remedy } = remark;
  return { code, severity, message, remedy, place: placeOf(origin, part) };
}

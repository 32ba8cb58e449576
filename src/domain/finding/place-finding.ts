import { type FindingCode, findingCodes } from './finding-codes.ts';
import type { DocumentPlace, Finding } from './finding.ts';

/** Keys and indexes from the root of a document. */
export type DocumentPath = readonly (string | number)[];

/** What a check of a document has to say, before its file is known. */
export interface Remark {
  readonly code: FindingCode;
  readonly path: DocumentPath;
  /** The value, unless said otherwise. */
  readonly part?: 'key' | 'value';
  readonly message: string;
  readonly remedy: string;
}

/** The path as a JSON pointer (RFC 6901, section 3). */
export function pointerOf(path: DocumentPath): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** A remark as a finding of its file, with the severity of its code. */
export function placeFinding(file: string, remark: Remark): Finding<DocumentPlace> {
  const { code, path, part = 'value', message, remedy } = remark;
  const place = { file, pointer: pointerOf(path), part };
  return { code, severity: findingCodes[code].severity, message, remedy, place };
}

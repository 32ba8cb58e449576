import { type FindingCode, findingCodes } from '../finding/finding-codes.ts';
import type { DocumentPlace, Finding } from '../finding/finding.ts';

/** What a check of the config has to say, before its file is known. */
export interface ConfigRemark {
  readonly code: FindingCode;
  /** Keys and indexes from the root. */
  readonly path: readonly (string | number)[];
  readonly part: 'key' | 'value';
  readonly message: string;
  readonly remedy: string;
}

/** A remark as a finding of its file. */
export function configFinding(file: string, remark: ConfigRemark): Finding<DocumentPlace> {
  const { code, path, part, message, remedy } = remark;
  const pointer = path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return { code, severity: findingCodes[code].severity, message, remedy, place: { file, pointer, part } };
}

import { sha256 } from '../../../adapters/system/digest.ts';
import type { LocatedFinding } from '../../../domain/finding/finding.ts';
import { repairText } from '../../../domain/repair/repair-finding.ts';
import { applyEdits } from '../../../domain/repair/text-edit.ts';
import type { SourceFile } from '../../../ports/source.ts';

/** Repairs may bring to light what they hid; a file is gone over this often. */
const mostRounds = 5;
const byteOrderMark = '\uFEFF';

/** Files with the judgement of their contents. */
export interface Judged {
  readonly files: readonly SourceFile[];
  readonly findings: readonly LocatedFinding[];
  /** How many more comments of the files allow. */
  readonly silenced: number;
}

/** What is to be said of files. */
export type Judge = (files: readonly SourceFile[]) => Omit<Judged, 'files'>;

/** Positions count behind a byte order mark, so the mark is kept apart. */
function textOf(file: SourceFile): { readonly mark: string; readonly text: string } | undefined {
  try {
    const whole = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file.bytes);
    const mark = whole.startsWith(byteOrderMark) ? byteOrderMark : '';
    return { mark, text: whole.slice(mark.length) };
  } catch {
    return undefined;
  }
}

function repairFile(file: SourceFile, findings: readonly LocatedFinding[]): SourceFile {
  const own = findings.filter(({ place }) => place.file === file.path);
  const read = own.length === 0 ? undefined : textOf(file);
  const edits = read === undefined ? [] : repairText(read.text, own);
  if (read === undefined || edits.length === 0) {
    return file;
  }
  const text = read.mark + applyEdits(read.text, edits);
  return { path: file.path, id: sha256(text), bytes: new TextEncoder().encode(text) };
}

/** Two keys that mean the same may both be there: then which of them stays is not for a program to say. */
function countDuplicates(findings: readonly LocatedFinding[]): number {
  return findings.filter(({ code }) => code === 'yaml-duplicate-key').length;
}

/** Makes every mechanical repair, in memory. The findings that come back are those that remain. */
export function repairAll(start: Judged, judge: Judge): Judged {
  let judged = start;
  for (let round = 0; round < mostRounds; round += 1) {
    const { files, findings } = judged;
    const repaired = files.map((file) => repairFile(file, findings));
    if (repaired.every((file, index) => file === files[index])) {
      break;
    }
    const left = judge(repaired);
    if (countDuplicates(left.findings) > countDuplicates(findings)) {
      break;
    }
    judged = { files: repaired, findings: left.findings, silenced: left.silenced };
  }
  return judged;
}

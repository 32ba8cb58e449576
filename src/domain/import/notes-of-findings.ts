import type { FindingCode } from '../finding/finding-codes.ts';
import type { DocumentPlace, Finding } from '../finding/finding.ts';
import type { ImportNote } from './imported.ts';
import type { Origin } from '../plain-manifests/origin.ts';

/** What reading a manifest says and an import does something about: it writes the form of today. */
const answered: ReadonlySet<FindingCode> = new Set<FindingCode>(['legacy-format', 'api-version-deprecated']);

/** What was found while something was read, as far as it is lost by being read. */
export function notesOf(findings: readonly Finding<DocumentPlace>[]): readonly ImportNote[] {
  return findings
    .filter(({ code }) => !answered.has(code))
    .map(({ place, message, remedy }) => ({ origin: originOf(place), message, remedy }));
}

const stepsOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));

function originOf({ file, document, pointer, inner }: DocumentPlace): Origin {
  const origin = { file, document: document ?? 0, path: stepsOf(pointer) };
  return inner === undefined ? origin : { ...origin, inner: stepsOf(inner) };
}

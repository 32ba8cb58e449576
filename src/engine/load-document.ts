import type { Finding, LocatedFinding } from '../domain/finding/finding.ts';
import { isJsonObject } from '../domain/json.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import type { Documents, ParsedDocument } from '../ports/documents.ts';
import type { SourceFile } from '../ports/source.ts';

/** The one mapping a file holds, or what keeps it from being one. */
export interface LoadedDocument {
  readonly value: JsonObject | undefined;
  readonly findings: readonly LocatedFinding[];
}

const smallestFile = 'The smallest one holds metallb, ipAddressPool and one pool with a name and addresses.';

function describeKind(value: Json): string {
  if (typeof value === 'object') {
    return 'a list';
  }
  return typeof value === 'string' ? 'a text' : `a ${typeof value}`;
}

/** At the start of a document; the text of the line is not known here and is not needed to find it. */
function atLine(file: SourceFile, line: number, facts: Omit<Finding, 'severity' | 'place'>): LocatedFinding {
  return { ...facts, severity: 'error', place: { file: file.path, line, column: 1, endColumn: 1, text: '' } };
}

function judge(file: SourceFile, documents: readonly ParsedDocument[]): LoadedDocument {
  const [only, second] = documents;
  if (only === undefined) {
    const message = file.bytes.length === 0 ? 'The file is empty.' : 'The file holds only comments or nothing.';
    return {
      value: undefined,
      findings: [
        atLine(file, 1, { code: 'document-missing', message, remedy: `Write the configuration. ${smallestFile}` }),
      ],
    };
  }
  if (second !== undefined) {
    const message = `The file holds ${String(documents.length)} documents; an environment is one.`;
    const remedy = 'Remove the --- line and join the documents.';
    return { value: undefined, findings: [atLine(file, second.line, { code: 'document-count', message, remedy })] };
  }
  if (!isJsonObject(only.value)) {
    const message = `The document is ${describeKind(only.value)}; a mapping is needed.`;
    const remedy = `Write keys with values. ${smallestFile}`;
    return { value: undefined, findings: [atLine(file, only.line, { code: 'document-type', message, remedy })] };
  }
  return { value: only.value, findings: [] };
}

/** Reads a file that is to hold exactly one mapping. Documents without content, as behind a last `---`, count for nothing. */
export function loadDocument(documents: Documents, file: SourceFile): LoadedDocument {
  const parsed = documents.parse(file);
  const present = parsed.documents.filter((document) => document.value !== null);
  const broken = parsed.findings.some((finding) => finding.severity === 'error');
  if (present.length === 0 && broken) {
    return { value: undefined, findings: parsed.findings };
  }
  const judged = judge(file, present);
  return { value: judged.value, findings: [...parsed.findings, ...judged.findings] };
}

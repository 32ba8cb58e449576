import type { Document } from 'yaml';
import type { DocumentPlace, LocatedFinding, SourcePosition } from '../../domain/finding/finding.ts';
import type { Documents, ParsedDocument, ParsedFile } from '../../ports/documents.ts';
import type { SourceFile } from '../../ports/source.ts';
import { checkText, findingAt } from './check-text.ts';
import { decodeText } from './decode-text.ts';
import { locatePlace, type Stretch } from './locate-place.ts';
import { locateInText } from './locate-in-text.ts';
import { parseTree } from './node-tree.ts';
import { readDocument } from './read-document.ts';
import { splitDocuments } from './split-documents.ts';
import type { DocumentText } from './split-documents.ts';
import { lineNumber, positionAt, textLines } from './text-lines.ts';
import type { TextLines } from './text-lines.ts';

const largestFile = 2 * 1024 * 1024;
const mostFilesKept = 4;
const mostTreesKept = 64;

function refused(file: SourceFile, finding: Omit<LocatedFinding, 'severity' | 'place'>, offset: number): ParsedFile {
  const before = new TextDecoder('latin1').decode(file.bytes.subarray(Math.max(0, offset - largestFile), offset));
  const lines = textLines(file.path, before);
  const place = { start: before.length, end: before.length };
  return { documents: [], findings: [findingAt(lines, place, finding)] };
}

function parseText(lines: TextLines): ParsedFile {
  const split = splitDocuments(lines.text);
  const findings = [...checkText(lines)];
  for (const { offset, length } of split.badMarkers) {
    const message = 'Kubernetes refuses a document marker with text beside it.';
    const remedy = 'Put the text on the next line.';
    findings.push(
      findingAt(lines, { start: offset, end: offset + length }, { code: 'yaml-document-marker', message, remedy }),
    );
  }
  const hasDirective = findings.some((finding) => finding.code === 'yaml-directive');
  const documents: ParsedDocument[] = [];
  for (const [index, document] of split.documents.entries()) {
    if (hasDirective && index === 0 && /^%/m.test(document.text)) {
      continue;
    }
    const read = readDocument(lines, document);
    findings.push(...read.findings);
    if (read.value !== undefined) {
      const line = lineNumber(lines, document.offset);
      documents.push({ file: lines.file, index, line, value: read.value });
    }
  }
  return { documents, findings };
}

function parse(file: SourceFile): ParsedFile {
  if (file.bytes.length > largestFile) {
    const message = `The file has ${String(file.bytes.length)} bytes; at most ${String(largestFile)} are read.`;
    return refused(file, { code: 'yaml-limit', message, remedy: 'Split the file.' }, 0);
  }
  const decoded = decodeText(file.bytes);
  if ('text' in decoded) {
    return parseText(textLines(file.path, decoded.text));
  }
  return refused(file, { code: 'yaml-encoding', message: decoded.message, remedy: decoded.remedy }, decoded.offset);
}

interface SplitFile {
  readonly lines: TextLines;
  readonly documents: readonly DocumentText[];
}

interface PlacedTree {
  readonly lines: TextLines;
  readonly offset: number;
  readonly tree: ReturnType<typeof parseTree>;
}

function splitFile(file: SourceFile): SplitFile {
  const decoded = file.bytes.length > largestFile ? { text: '' } : decodeText(file.bytes);
  const lines = textLines(file.path, 'text' in decoded ? decoded.text : '');
  return { lines, documents: splitDocuments(lines.text).documents };
}

/** One document, or the first that holds anything, with the offsets of its nodes. */
function placeTree({ lines, documents }: SplitFile, index: number | undefined): PlacedTree {
  const document = index === undefined ? documents.find(({ text }) => /^\s*[^\s#]/m.test(text)) : documents[index];
  const { offset, text } = document ?? { offset: 0, text: '' };
  return { lines, offset, tree: parseTree(text) };
}

/** Keeps what was made last, up to a number. */
function keeping<Value>(most: number): (key: string, make: () => Value) => Value {
  const kept = new Map<string, Value>();
  return (key, make) => {
    const value = kept.get(key) ?? make();
    kept.delete(key);
    kept.set(key, value);
    const [oldest] = kept.keys();
    if (oldest !== undefined && kept.size > most) {
      kept.delete(oldest);
    }
    return value;
  };
}

function stretchOf(place: DocumentPlace, tree: Document, text: string): Stretch {
  const within = place.inner === undefined ? undefined : locateInText(tree, text, { ...place, inner: place.inner });
  return within ?? locatePlace(tree, place.pointer, place.part);
}

/** YAML files as Kubernetes reads them. Trees with positions are kept for the last files asked about, by their content's id. */
export function openYamlDocuments(): Documents {
  const files = keeping<SplitFile>(mostFilesKept);
  const trees = keeping<PlacedTree>(mostTreesKept);

  function treeOf(file: SourceFile, index: number | undefined): PlacedTree {
    const key = `${file.id}\n${file.path}`;
    return trees(`${key}\n${String(index)}`, () =>
      placeTree(
        files(key, () => splitFile(file)),
        index,
      ),
    );
  }

  function locate(file: SourceFile, place: DocumentPlace): SourcePosition {
    const { lines, offset, tree } = treeOf(file, place.document);
    const found = tree === undefined ? { start: 0, end: 0 } : stretchOf(place, tree, lines.text.slice(offset));
    return positionAt(lines, offset + found.start, offset + found.end);
  }

  return { parse, locate };
}

/** The documents of this process. */
export const yamlDocuments: Documents = openYamlDocuments();

import type { Document } from 'yaml';
import type { DocumentPlace, LocatedFinding, SourcePosition } from '../../domain/finding/finding.ts';
import { pointerOf } from '../../domain/finding/place-finding.ts';
import type { Documents, ParsedDocument, ParsedFile } from '../../ports/documents.ts';
import type { SourceFile } from '../../ports/source.ts';
import { BlockOutline, isHeavy } from './block-outline.ts';
import { checkText, findingAt } from './check-text.ts';
import { decodeText } from './decode-text.ts';
import { locatePlace, pointerTokens, type Stretch } from './locate-place.ts';
import { locateInText } from './locate-in-text.ts';
import { parseTree } from './node-tree.ts';
import { readDocument } from './read-document.ts';
import { splitDocuments } from './split-documents.ts';
import type { DocumentText } from './split-documents.ts';
import { lineNumber, positionAt, textLines } from './text-lines.ts';
import type { TextLines } from './text-lines.ts';

const largestFile = 8 * 1024 * 1024;
const mostFilesKept = 4;
const mostTreesKept = 64;
/** Parts of a heavy document that are made trees of; of further ones the first line is told. */
const mostParts = 2_000;
const smallPart = 64 * 1024;

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
  /** Of the text in its file. */
  readonly offset: number;
  readonly text: string;
  /** Undefined where the library gives up, or the text is too heavy for it. */
  readonly tree: Document.Parsed | undefined;
}

interface KeptFile extends SplitFile {
  /** By the offset of the document, once it was looked at. */
  readonly outlines: Map<number, BlockOutline | undefined>;
  /** How many parts of heavy documents were asked for. */
  parts: number;
}

function splitFile(file: SourceFile): KeptFile {
  const decoded = file.bytes.length > largestFile ? { text: '' } : decodeText(file.bytes);
  const lines = textLines(file.path, 'text' in decoded ? decoded.text : '');
  return { lines, documents: splitDocuments(lines.text).documents, outlines: new Map(), parts: 0 };
}

/** One document, or the first that holds anything. */
function documentOf({ documents }: SplitFile, index: number | undefined): DocumentText {
  const document = index === undefined ? documents.find(({ text }) => /^\s*[^\s#]/m.test(text)) : documents[index];
  return document ?? { offset: 0, text: '' };
}

/** For a heavy document alone. */
function outlineOf({ outlines }: KeptFile, { offset, text }: DocumentText): BlockOutline | undefined {
  if (!outlines.has(offset)) {
    outlines.set(offset, isHeavy(text) ? new BlockOutline(text) : undefined);
  }
  return outlines.get(offset);
}

/** The part of a document in which a place is to be looked for, and the pointer within: all of it, unless it is heavy. */
function partFor(file: KeptFile, place: DocumentPlace): DocumentText & { readonly pointer: string } {
  const document = documentOf(file, place.document);
  const outline = outlineOf(file, document);
  if (outline === undefined) {
    return { ...document, pointer: place.pointer };
  }
  file.parts += 1;
  const narrowed = outline.narrow(pointerTokens(place.pointer), file.parts > mostParts ? 0 : smallPart);
  return narrowed === undefined
    ? { ...document, pointer: place.pointer }
    : { text: narrowed.text, offset: document.offset + narrowed.offset, pointer: pointerOf(narrowed.tokens) };
}

/** Where a text is too heavy for positions: its first line. */
function firstLine(text: string): Stretch {
  const start = /\S/.exec(text)?.index ?? 0;
  const end = text.indexOf('\n', start);
  return { start, end: end === -1 ? text.length : end };
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
  const files = keeping<KeptFile>(mostFilesKept);
  const trees = keeping<PlacedTree>(mostTreesKept);

  function locate(file: SourceFile, place: DocumentPlace): SourcePosition {
    const key = `${file.id}\n${file.path}`;
    const kept = files(key, () => splitFile(file));
    const { offset, text, pointer } = partFor(kept, place);
    const { tree } = trees(`${key}\n${String(offset)}\n${String(text.length)}`, () => ({
      offset,
      text,
      tree: kept.parts > mostParts || isHeavy(text) ? undefined : parseTree(text),
    }));
    const found = tree === undefined ? firstLine(text) : stretchOf({ ...place, pointer }, tree, text);
    return positionAt(kept.lines, offset + found.start, offset + found.end);
  }

  return { parse, locate };
}

/** The documents of this process. */
export const yamlDocuments: Documents = openYamlDocuments();

import { loadAll, YAMLException } from 'js-yaml';
import type { State } from 'js-yaml';
import type { LocatedFinding } from '../../domain/finding/finding.ts';
import type { Json } from '../../domain/json.ts';
import { scalarDoubt } from '../../domain/yaml-scalar/scalar-doubt.ts';
import { findingAt } from './check-text.ts';
import { measureExpansion } from './expansion.ts';
import { inspectDocument, needsInspection } from './inspect-document.ts';
import { kubernetesSchema } from './kubernetes-schema.ts';
import type { DocumentText } from './split-documents.ts';
import { wordSyntaxError } from './syntax-wording.ts';
import type { TextLines } from './text-lines.ts';

const deepest = 100;
const mostMergedKeys = 10_000;
const mostScalars = 200_000;
const mostExpandedNodes = 100_000;
const mostDoubts = 100;

class TooManyScalars extends Error {}

/** What one document gave. `value` is undefined where nothing could be read. */
export interface ReadDocument {
  readonly value: Json | undefined;
  readonly findings: readonly LocatedFinding[];
}

interface Doubt {
  readonly scalar: string;
  readonly start: number;
}

/** The fast parser, told to read as Kubernetes does. Not re-entrant; parsing is synchronous. */
class FastParser {
  private state: State | undefined;
  private scalars = 0;
  private doubts = new Map<number, Doubt>();
  private readonly schema = kubernetesSchema({
    seen: () => {
      this.scalars += 1;
      if (this.scalars > mostScalars) {
        throw new TooManyScalars();
      }
    },
    note: (scalar) => {
      this.note(scalar);
    },
  });

  /** The scalar ends at or before the parser's position; it holds no blank, so the last occurrence is it. */
  private note(scalar: string): void {
    if (this.state === undefined || this.doubts.size >= mostDoubts || scalarDoubt(scalar) === undefined) {
      return;
    }
    const start = this.state.input.lastIndexOf(scalar, this.state.position - scalar.length);
    this.doubts.set(start, { scalar, start });
  }

  read(text: string, duplicates: boolean): { readonly values: readonly Json[]; readonly doubts: readonly Doubt[] } {
    this.state = undefined;
    this.scalars = 0;
    this.doubts = new Map();
    const keep = (state: State): void => {
      this.state = state;
    };
    const limits = { maxDepth: deepest, maxTotalMergeKeys: mostMergedKeys };
    const values = loadAll(text, null, {
      ...limits,
      schema: this.schema,
      json: duplicates,
      listener: (_event, state) => {
        keep(state);
      },
    });
    return { values: values as readonly Json[], doubts: [...this.doubts.values()] };
  }
}

const fastParser = new FastParser();

function doubtFindings(lines: TextLines, offset: number, doubts: readonly Doubt[]): readonly LocatedFinding[] {
  return doubts.flatMap(({ scalar, start }) => {
    const doubt = scalarDoubt(scalar);
    const place = { start: offset + start, end: offset + start + scalar.length };
    return doubt === undefined ? [] : [findingAt(lines, place, doubt)];
  });
}

function aliasFindings(lines: TextLines, document: DocumentText, value: Json): readonly LocatedFinding[] {
  const alias = /(?:^|[\s[{,])\*[^\s,\]}]+/m.exec(document.text);
  if (alias === null) {
    return [];
  }
  const start = document.offset + alias.index + alias[0].indexOf('*');
  const place = { start, end: document.offset + alias.index + alias[0].length };
  const size = measureExpansion(value);
  if (size === 'cyclic') {
    const message = 'An alias stands inside the value of its own anchor.';
    return [findingAt(lines, place, { code: 'yaml-alias', message, remedy: 'Write the value out.' })];
  }
  if (size.nodes > mostExpandedNodes || size.depth > deepest) {
    const message = `Written out, the aliases of this document make more than ${String(mostExpandedNodes)} values or ${String(deepest)} levels.`;
    return [
      findingAt(lines, place, { code: 'yaml-limit', message, remedy: 'Write the values out where they are needed.' }),
    ];
  }
  return [];
}

function failedReading(lines: TextLines, document: DocumentText, error: unknown): ReadDocument {
  if (error instanceof TooManyScalars) {
    const message = `One document holds more than ${String(mostScalars)} values.`;
    const place = { start: document.offset, end: document.offset };
    return {
      value: undefined,
      findings: [findingAt(lines, place, { code: 'yaml-limit', message, remedy: 'Split the file.' })],
    };
  }
  if (!(error instanceof YAMLException)) {
    throw error;
  }
  const start = document.offset + Math.min(error.mark.position, document.text.length);
  return { value: undefined, findings: [findingAt(lines, { start, end: start + 1 }, wordSyntaxError(error.reason))] };
}

function readValues(lines: TextLines, document: DocumentText, duplicates: boolean): ReadDocument {
  const { values, doubts } = fastParser.read(document.text, duplicates);
  const findings = [...doubtFindings(lines, document.offset, doubts)];
  const [value, ...more] = values;
  const unsafe = value === undefined ? [] : aliasFindings(lines, document, value);
  findings.push(...unsafe);
  if (duplicates || needsInspection(document.text)) {
    findings.push(...inspectDocument(lines, document));
  }
  if (more.length > 0) {
    const end = /^\.\.\.(?=\s|$)/m.exec(document.text)?.index ?? 0;
    const place = { start: document.offset + end, end: document.offset + end + 3 };
    const message = 'Kubernetes reads nothing of what follows `...`.';
    findings.push(
      findingAt(lines, place, { code: 'yaml-document-marker', message, remedy: 'Start the next document with ---.' }),
    );
  }
  return { value: unsafe.length > 0 ? undefined : (value ?? null), findings };
}

/** Reads one document. Mistakes are findings; the value is that of Kubernetes' own parser. */
export function readDocument(lines: TextLines, document: DocumentText): ReadDocument {
  try {
    return readValues(lines, document, false);
  } catch (error) {
    if (!(error instanceof YAMLException) || error.reason !== 'duplicated mapping key') {
      return failedReading(lines, document, error);
    }
  }
  try {
    return readValues(lines, document, true);
  } catch (error) {
    const failed = failedReading(lines, document, error);
    return { value: undefined, findings: [...failed.findings, ...inspectDocument(lines, document)] };
  }
}

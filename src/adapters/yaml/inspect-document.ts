import type { Document, Pair, YAMLMap } from 'yaml';
import type { LocatedFinding } from '../../domain/finding/finding.ts';
import { readPlainScalar } from '../../domain/yaml-scalar/plain-scalar.ts';
import { isHeavy } from './block-outline.ts';
import { findingAt } from './check-text.ts';
import { isMergeKey, keyText, mergedMaps, parseTree, yamlLibrary } from './node-tree.ts';
import type { DocumentText } from './split-documents.ts';
import { lineNumber } from './text-lines.ts';
import type { TextLines } from './text-lines.ts';

/** Signs of what the fast parser takes in another way than Kubernetes: odd keys, merge keys, the tag `!`. Rather once too often. */
const oddKey =
  /(?:^|[\s{,[-])(?:\?(?:\s|$)|!\s|<<\s*:|\*[^\s,[\]{}]{1,200}\s+:|(?:~|null|Null|NULL|[-+]?[0-9][0-9_]*(?:\.|[eE])[^\s,[\]{}]{0,200}|[-+]?\.[0-9][^\s,[\]{}]{0,200})\s*:(?:\s|$))|[\]}]\s*:|(?:^|[{,\s]):\s/m;
/** The words above are bounded, else a text without blanks would be searched to its end from each of them. Longer ones are looked at. */
const longWord = /[*.0-9][^\s,[\]{}]{200}/;
/** Looked for first, from the start of each word alone: what is above starts anew at every digit. */
const anyLongWord = /(?:^|[\s,[\]{}])[^\s,[\]{}]{201}/;

/** True where the fast parser's value must not be trusted without a closer look. */
export function needsInspection(text: string): boolean {
  return oddKey.test(text) || (anyLongWord.test(text) && longWord.test(text));
}

interface Inspection {
  readonly lines: TextLines;
  readonly offset: number;
  readonly document: Document;
  readonly findings: LocatedFinding[];
}

type Words = Parameters<typeof findingAt>[2];

function report(inspection: Inspection, node: unknown, words: Words): void {
  const range = yamlLibrary().isNode(node) ? node.range : undefined;
  const start = inspection.offset + (range?.[0] ?? 0);
  inspection.findings.push(findingAt(inspection.lines, { start, end: inspection.offset + (range?.[1] ?? 0) }, words));
}

function lineOfKey(inspection: Inspection, pair: Pair): string {
  const range = yamlLibrary().isNode(pair.key) ? pair.key.range : undefined;
  return String(lineNumber(inspection.lines, inspection.offset + (range?.[0] ?? 0)));
}

function checkKeyKind(inspection: Inspection, key: unknown): void {
  const yaml = yamlLibrary();
  const written = yaml.isScalar(key) && key.type === 'PLAIN' && typeof key.value === 'string' ? key.value : undefined;
  const reading = written === undefined ? undefined : readPlainScalar(written);
  const fraction = reading?.kind === 'number' && !/^[-+]?\w+$/.test(written ?? '');
  if (keyText(inspection.document, key) === undefined || fraction) {
    const shown = written === undefined ? 'A list, a mapping or nothing' : `\`${written}\``;
    report(inspection, key, {
      code: 'yaml-key',
      message: `${shown} is used as a key, which must be text.`,
      remedy: written === undefined ? 'Use a text as the key.' : `Write ${JSON.stringify(written)} in quotes.`,
    });
  }
}

function checkMergeOrder(inspection: Inspection, merge: Pair, above: ReadonlyMap<string, Pair>): void {
  const brought = mergedMaps(inspection.document, merge).flatMap((map) =>
    map.items.map((pair) => keyText(inspection.document, pair.key)),
  );
  const replaced = brought.find((key) => key !== undefined && above.has(key));
  if (replaced !== undefined) {
    report(inspection, merge.key, {
      code: 'yaml-merge-order',
      message: `The merge key replaces \`${replaced}\` above it when Kubernetes reads the file; other readers keep it.`,
      remedy: 'Put << first in its mapping.',
    });
  }
}

/** Manifests that are pasted below each other without a line between become one. */
function duplicateRemedy(key: string, atTop: boolean): string {
  return atTop && key === 'apiVersion'
    ? 'If another document starts here, put a line of three dashes above it: ---'
    : 'Remove one of them, or join their values.';
}

function checkMap(inspection: Inspection, map: YAMLMap): void {
  const first = new Map<string, Pair>();
  for (const pair of map.items) {
    const merge = isMergeKey(pair.key);
    if (merge) {
      checkMergeOrder(inspection, pair, first);
    } else {
      checkKeyKind(inspection, pair.key);
    }
    const key = keyText(inspection.document, pair.key);
    const before = key === undefined ? undefined : first.get(key);
    if (key !== undefined && before !== undefined) {
      report(inspection, pair.key, {
        code: 'yaml-duplicate-key',
        message: `The key \`${key}\` stands in line ${lineOfKey(inspection, before)} already; Kubernetes reads only the last one.`,
        remedy: duplicateRemedy(key, map === inspection.document.contents),
      });
    } else if (key !== undefined) {
      first.set(key, pair);
    }
  }
}

/** A second, slower look at one document: duplicate and odd keys, merge order, the tag `!`; all of them, each with its place. */
export function inspectDocument(lines: TextLines, { offset, text }: DocumentText): readonly LocatedFinding[] {
  if (isHeavy(text)) {
    const message =
      'The document is too large to tell what its duplicate keys, merge keys or keys that are no text mean.';
    const remedy = 'Write every key once and as text, or split the file.';
    return [findingAt(lines, { start: offset, end: offset }, { code: 'yaml-limit', message, remedy })];
  }
  const document = parseTree(text);
  if (document === undefined) {
    return [];
  }
  const inspection: Inspection = { lines, offset, document, findings: [] };
  yamlLibrary().visit(document, {
    Map: (_key, map) => {
      checkMap(inspection, map);
    },
    Node: (_key, node) => {
      if ('tag' in node && node.tag === '!') {
        report(inspection, node, {
          code: 'yaml-tag',
          message: 'The tag `!` makes a text of the value for some readers and nothing for others.',
          remedy: 'Put the value in quotes where it is text.',
        });
      }
    },
  });
  return inspection.findings;
}

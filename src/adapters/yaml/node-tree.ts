import { createRequire } from 'node:module';
import type * as yaml from 'yaml';
import type { Document, Node, Pair, YAMLMap } from 'yaml';
import { readPlainScalar } from '../../domain/yaml-scalar/plain-scalar.ts';

export type YamlLibrary = typeof yaml;

let loaded: YamlLibrary | undefined;

/** The library that knows positions. It is loaded when the first position is asked for: clean files never pay for it. */
export function yamlLibrary(): YamlLibrary {
  loaded ??= createRequire(import.meta.url)('yaml') as YamlLibrary;
  return loaded;
}

/** A document with the offsets of its nodes; undefined where the library gives up on it. Scalars are kept as written. */
export function parseTree(text: string): Document.Parsed | undefined {
  try {
    const [document] = yamlLibrary().parseAllDocuments(text, {
      schema: 'failsafe',
      uniqueKeys: false,
      strict: false,
      logLevel: 'silent',
      prettyErrors: false,
    });
    return document;
  } catch {
    return undefined;
  }
}

const aliasTargets = new WeakMap<Document, ReadonlyMap<Node, Node | undefined>>();

/** What each alias of a document stands for, from one walk: the library's own look-up walks anew for every alias. */
function targetsIn(document: Document): ReadonlyMap<Node, Node | undefined> {
  const known = aliasTargets.get(document);
  if (known !== undefined) {
    return known;
  }
  const library = yamlLibrary();
  const anchors = new Map<string, Node>();
  const targets = new Map<Node, Node | undefined>();
  library.visit(document, {
    Node: (_key, node) => {
      if (library.isAlias(node)) {
        targets.set(node, anchors.get(node.source));
      } else if (node.anchor !== undefined) {
        anchors.set(node.anchor, node);
      }
    },
  });
  aliasTargets.set(document, targets);
  return targets;
}

/** The node itself, or the one its alias stands for. */
export function resolveNode(document: Document, node: unknown): Node | undefined {
  const library = yamlLibrary();
  if (library.isAlias(node)) {
    return targetsIn(document).get(node);
  }
  return library.isNode(node) ? node : undefined;
}

/** The key as text, as Kubernetes reads it, or undefined where it is none. */
export function keyText(document: Document, key: unknown): string | undefined {
  const node = resolveNode(document, key);
  if (!yamlLibrary().isScalar(node)) {
    return undefined;
  }
  const written = typeof node.value === 'string' ? node.value : '';
  if (node.type !== 'PLAIN') {
    return written;
  }
  const reading = readPlainScalar(written);
  if (reading.kind === 'null') {
    return undefined;
  }
  return reading.kind === 'text' ? written : String(reading.value);
}

/** True for the unquoted key `<<`. */
export function isMergeKey(key: unknown): boolean {
  const library = yamlLibrary();
  return library.isScalar(key) && key.type === 'PLAIN' && key.value === '<<';
}

/** The mappings that a merge key names, in their order. */
export function mergedMaps(document: Document, pair: Pair): readonly YAMLMap[] {
  const library = yamlLibrary();
  const value = resolveNode(document, pair.value);
  const sources = library.isSeq(value) ? value.items.map((item) => resolveNode(document, item)) : [value];
  return sources.filter((source) => library.isMap(source));
}

interface KeyedPairs {
  /** The last pair of each key. */
  readonly own: ReadonlyMap<string, Pair>;
  readonly merges: readonly Pair[];
}

const keyedPairs = new WeakMap<readonly Pair[], KeyedPairs>();

/** The pairs of a mapping by their key, worked out once a mapping: it may have as many keys as there are findings about it. */
export function pairsByKey(document: Document, pairs: readonly Pair[]): KeyedPairs {
  const known = keyedPairs.get(pairs);
  if (known !== undefined) {
    return known;
  }
  const own = new Map<string, Pair>();
  for (const pair of pairs) {
    const text = isMergeKey(pair.key) ? undefined : keyText(document, pair.key);
    if (text !== undefined) {
      own.set(text, pair);
    }
  }
  const keyed = { own, merges: pairs.filter((pair) => isMergeKey(pair.key)) };
  keyedPairs.set(pairs, keyed);
  return keyed;
}

import type { Document, Node, Pair } from 'yaml';
import { mergedMaps, pairsByKey, resolveNode, yamlLibrary } from './node-tree.ts';

/** A stretch of the document's text; `end` is exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A node on the way, with the key that leads to it. */
interface Step {
  readonly key: Node | undefined;
  readonly value: Node | undefined;
}

/** The tokens of a JSON pointer (RFC 6901, section 4). */
export function pointerTokens(pointer: string): readonly string[] {
  return pointer === ''
    ? []
    : pointer
        .split('/')
        .slice(1)
        .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The last pair of that key counts, as it does for the parser; then what merge keys bring. */
function findPair(document: Document, pairs: readonly Pair[], token: string, depth: number): Pair | undefined {
  const { own, merges } = pairsByKey(document, pairs);
  const found = own.get(token);
  if (found !== undefined || depth > 20) {
    return found;
  }
  return merges
    .flatMap((pair) => mergedMaps(document, pair))
    .map((map) => findPair(document, map.items, token, depth + 1))
    .find((brought) => brought !== undefined);
}

function stepInto(document: Document, value: Node | undefined, token: string): Step | undefined {
  const yaml = yamlLibrary();
  if (yaml.isMap(value)) {
    const pair = findPair(document, value.items, token, 0);
    return pair === undefined
      ? undefined
      : { key: resolveNode(document, pair.key), value: resolveNode(document, pair.value) };
  }
  const index = /^(?:0|[1-9][0-9]*)$/.test(token) ? Number(token) : -1;
  if (yaml.isSeq(value) && index >= 0 && index < value.items.length) {
    return { key: undefined, value: resolveNode(document, value.items[index]) };
  }
  return undefined;
}

/** The node at a pointer, or undefined where a step is not there. */
export function nodeAt(document: Document, pointer: string): Node | undefined {
  let here = resolveNode(document, document.contents);
  for (const token of pointerTokens(pointer)) {
    here = stepInto(document, here, token)?.value;
  }
  return here;
}

function stretchOf(node: Node | undefined): Stretch | undefined {
  const range = node?.range;
  return range === undefined || range === null ? undefined : { start: range[0], end: range[1] };
}

const isEmpty = (stretch: Stretch | undefined): boolean => stretch === undefined || stretch.end <= stretch.start;

/**
 * The stretch of a place in a document. A step that is not there ends the way at its parent, which is then shown by its
 * key; so is a value that is left empty.
 */
export function locatePlace(document: Document, pointer: string, part: 'key' | 'value'): Stretch {
  const root = resolveNode(document, document.contents);
  let here: Step = { key: undefined, value: root };
  let lastKey: Node | undefined;
  let whole = true;
  for (const token of pointerTokens(pointer)) {
    const next = stepInto(document, here.value, token);
    if (next === undefined) {
      whole = false;
      break;
    }
    here = next;
    lastKey = here.key ?? lastKey;
  }
  const value = stretchOf(here.value);
  const key = stretchOf(here.key);
  const preferred = whole && part === 'value' ? value : key;
  const fallback = [preferred, key, value, stretchOf(lastKey)].find((stretch) => !isEmpty(stretch));
  return fallback ?? { start: 0, end: 0 };
}

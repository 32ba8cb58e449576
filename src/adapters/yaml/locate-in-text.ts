import type { Document } from 'yaml';
import { locatePlace, nodeAt, type Stretch } from './locate-place.ts';
import { parseTree, yamlLibrary } from './node-tree.ts';

/**
 * The stretch of a place in YAML that stands as a literal block (`|`) inside the document. Its lines are indented evenly,
 * so they are YAML as they stand and their offsets are the document's own. Undefined for any other way to write a text.
 */
export function locateInText(
  tree: Document,
  text: string,
  place: { readonly pointer: string; readonly inner: string; readonly part: 'key' | 'value' },
): Stretch | undefined {
  const node = nodeAt(tree, place.pointer);
  const library = yamlLibrary();
  if (!library.isScalar(node) || node.type !== 'BLOCK_LITERAL' || node.range === undefined || node.range === null) {
    return undefined;
  }
  const [header, , end] = node.range;
  const start = text.indexOf('\n', header) + 1;
  const block = start === 0 ? undefined : parseTree(text.slice(start, end));
  if (block === undefined) {
    return undefined;
  }
  const found = locatePlace(block, place.inner, place.part);
  return found.end > found.start ? { start: start + found.start, end: start + found.end } : undefined;
}

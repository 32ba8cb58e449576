import { isJsonArray, isJsonObject } from '../../domain/json.ts';
import type { Json } from '../../domain/json.ts';

/** How many nodes and levels a value has once its aliases are written out; `cyclic` where that has no end. */
export type Expansion = 'cyclic' | { readonly nodes: number; readonly depth: number };

interface Size {
  readonly nodes: number;
  readonly depth: number;
}

const endless: Size = { nodes: Infinity, depth: Infinity };

/** Levels that are followed; no document that may pass is deeper. */
const deepest = 1000;

/**
 * Measures a value whose parts are shared, without writing it out: every shared part is measured once, so that a few
 * hundred bytes that stand for billions of nodes cost nothing.
 */
export function measureExpansion(root: Json): Expansion {
  const known = new Map<object, Size>();
  const open = new Set<object>();
  const found = { cycle: false };

  function measure(value: Json, level: number): Size {
    if (!isJsonArray(value) && !isJsonObject(value)) {
      return { nodes: 1, depth: 0 };
    }
    const before = known.get(value);
    if (before !== undefined) {
      return before;
    }
    if (open.has(value)) {
      found.cycle = true;
      return endless;
    }
    if (level > deepest) {
      return endless;
    }
    open.add(value);
    let nodes = 1;
    let depth = 0;
    for (const child of Object.values(value)) {
      const size = measure(child, level + 1);
      nodes += size.nodes;
      depth = Math.max(depth, size.depth);
    }
    open.delete(value);
    const size = { nodes, depth: depth + 1 };
    known.set(value, size);
    return size;
  }

  const size = measure(root, 0);
  return found.cycle ? 'cyclic' : size;
}

import { isJsonArray } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';

/** About the bytes that a value takes in memory: its texts, and something for each value. */
const bytesAValue = 16;

export function roughSize(value: Json): number {
  if (typeof value === 'string') {
    return bytesAValue + value.length;
  }
  if (typeof value !== 'object' || value === null) {
    return bytesAValue;
  }
  let size = bytesAValue;
  for (const below of isJsonArray(value) ? value : Object.values(value)) {
    size += roughSize(below);
  }
  return size;
}

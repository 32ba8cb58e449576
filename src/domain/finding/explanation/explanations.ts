import type { FindingCode } from '../finding-codes.ts';
import type { Explanation } from './explanation.ts';

const explanations: ReadonlyMap<string, Explanation> = new Map<FindingCode, Explanation>();

/** What a code means at length; undefined for one that has no explanation yet. */
export function explanationOf(code: FindingCode): Explanation | undefined {
  return explanations.get(code);
}

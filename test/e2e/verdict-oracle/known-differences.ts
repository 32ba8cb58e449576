import type { FindingCode } from '../../../src/domain/finding/finding-codes.ts';
import type { JsonObject } from '../../../src/domain/json.ts';

/** Errors of ours on what MetalLB's programs take, each with the reason. */
export const stricter: ReadonlyMap<FindingCode, string> = new Map<FindingCode, string>([
  ['range-mixed-families', 'MetalLB takes such a range for an empty set, which nobody means'],
  ['address-ipv4-mapped', 'MetalLB takes it, and no Service can ever have such an address'],
  ['address-unusable', 'MetalLB hands such addresses out, and no client can reach them'],
  ['text-pattern', 'a name or value that other objects, or the speakers at their next start, cannot read'],
  ['out-of-range', 'aggregationLengthV6 below 1, which MetalLB takes until a pool has IPv6, and then refuses'],
]);

/**
 * What MetalLB refuses, by its words, and we let pass. It knows the nodes' labels, a file does not: of two unequal selectors
 * nothing says whether they select a node in common.
 */
const ofNodes = /peers selecting the same node|local prefer/u;

/** True where the refusal comes of selectors that are not equal and still select one node. */
export function isKnownOnlyOnNodes(words: readonly string[], objects: readonly JsonObject[]): boolean {
  return words.every((each) => ofNodes.test(each)) && JSON.stringify(objects).includes('matchExpressions');
}

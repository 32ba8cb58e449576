import { canonicalJson, isJsonObject, type Json, listAt, valueAt } from '../../json.ts';
import type { NamedItem } from './rule.ts';

/**
 * The nodes a resource selects, as far as a file tells: the nodes themselves and their labels are not in it. `selectors` are
 * texts that are equal for equal selectors.
 */
export interface NodeReach {
  readonly everywhere: boolean;
  readonly selectors: readonly string[];
}

/** Without node selectors, or with an empty one among them, every node is selected. */
export function nodeReach(item: NamedItem): NodeReach {
  const selectors = listAt(item.value, 'nodeSelectors');
  return {
    everywhere: selectors.length === 0 || selectors.some((selector) => isEmptySelector(selector)),
    selectors: selectors.map((selector) => canonicalJson(selector)),
  };
}

/** True where both are known to select a node in common, provided that either selects any. */
export function surelyMeet(left: NodeReach, right: NodeReach): boolean {
  return left.everywhere || right.everywhere || left.selectors.some((each) => right.selectors.includes(each));
}

function isEmptySelector(selector: Json): boolean {
  const labels = valueAt(selector, 'matchLabels');
  return (
    isJsonObject(selector) &&
    (!isJsonObject(labels) || Object.keys(labels).length === 0) &&
    listAt(selector, 'matchExpressions').length === 0
  );
}

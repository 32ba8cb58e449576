import { isUnique, where } from './cel.ts';
import type { AdmissionRule } from './admission-policy.ts';

const condition = [
  "(c.operator in ['In', 'NotIn'] ? has(c.values) && c.values.size() > 0",
  "c.operator in ['Exists', 'DoesNotExist'] && (!has(c.values) || c.values.size() == 0))",
].join(' : ');

/** What Kubernetes asks of the conditions of a selector, and that none of their values stands twice. */
const conditions = `s.matchExpressions.all(c, ${condition} && (${where('c.values', isUnique('c.values'))}))`;

/** Rules on a list of label selectors: each can be read, and none stands twice. `words` names the list. */
export function selectorRules(field: string, words: string): readonly AdmissionRule[] {
  return [
    {
      expression: where(field, `${field}.all(s, ${where('s.matchExpressions', conditions)})`),
      message: `a condition of ${words} cannot be read: In and NotIn need values, each once, Exists and DoesNotExist take none`,
    },
    { expression: where(field, isUnique(field)), message: `one of ${words} stands there twice` },
  ];
}

/** A rule on a list of texts: none stands twice. */
export function listRule(field: string, words: string): AdmissionRule {
  return { expression: where(field, isUnique(field)), message: `${words} names one twice` };
}

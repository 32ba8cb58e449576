import { decodeSelector, labelsAt, selectorMatches } from '../allocation/label-selector.ts';
import { type Json, jsonEqual, listAt } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';

/**
 * The rules of a ClusterRole that joins those of others by their labels, as `aggregationRule` says: by the names of the others,
 * each rule once. undefined of a role that has its own.
 */
export function aggregatedRules(role: KubeObject, roles: readonly KubeObject[]): readonly Json[] | undefined {
  const selectors = listAt(asJson(role), 'aggregationRule', 'clusterRoleSelectors').flatMap(
    (selector) => decodeSelector(selector) ?? [],
  );
  if (selectors.length === 0) {
    return undefined;
  }
  const joined = roles
    .filter((other) => other.metadata.name !== role.metadata.name)
    .filter((other) => {
      const labels = labelsAt(asJson(other), 'metadata', 'labels');
      return selectors.some((selector) => selectorMatches(selector, labels));
    })
    .toSorted((left, right) => (left.metadata.name < right.metadata.name ? -1 : 1));
  const rules: Json[] = [];
  for (const rule of joined.flatMap((other) => listAt(asJson(other), 'rules'))) {
    if (!rules.some((known) => jsonEqual(known, rule))) {
      rules.push(rule);
    }
  }
  return rules;
}

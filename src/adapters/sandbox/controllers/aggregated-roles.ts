import { jsonEqual, listAt } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import { aggregatedRules } from '../../../domain/rbac/aggregated-rules.ts';
import { type ClusterState, controllerManager } from './cluster-state.ts';

/** Gives ClusterRoles that join others the rules of these; a role that joins such a role has its turn when that one changed. */
export function joinRoles(state: ClusterState): void {
  const roles = state.list('rbac.authorization.k8s.io', 'ClusterRole');
  for (const role of roles) {
    const rules = aggregatedRules(role, roles);
    if (rules !== undefined && !jsonEqual(rules, listAt(asJson(role), 'rules'))) {
      state.change(role, controllerManager, (live) => ({ ...live, rules }));
    }
  }
}

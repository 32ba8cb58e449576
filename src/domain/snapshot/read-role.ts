import { groupOf } from '../manifest/object-id.ts';
import { observedKinds } from './observed-kinds.ts';
import { pluralOf } from './plural.ts';

interface RoleKind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** One line for people: `ipaddresspools.metallb.io`, as `kubectl auth can-i list` takes it. */
export function resourceOf({ apiVersion, kind }: RoleKind): string {
  const group = groupOf(apiVersion);
  return group === '' ? pluralOf(kind) : `${pluralOf(kind)}.${group}`;
}

/**
 * The smallest ClusterRole that may take a snapshot, as YAML to apply: nothing but lists, and no Secrets. `more` are the kinds
 * that a snapshot for an environment reads beside.
 */
export function readRole(more: readonly RoleKind[] = []): string {
  const groups = new Map<string, Set<string>>();
  for (const { apiVersion, kind } of [...observedKinds, ...more]) {
    const group = groupOf(apiVersion);
    groups.set(group, (groups.get(group) ?? new Set<string>()).add(pluralOf(kind)));
  }
  const rules = [...groups].map(
    ([group, resources]) =>
      `  - apiGroups: [${JSON.stringify(group)}]\n    resources: [${[...resources].join(', ')}]\n    verbs: [list]\n`,
  );
  const head = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: metalwave-snapshot\n';
  return `${head}rules:\n${rules.join('')}`;
}

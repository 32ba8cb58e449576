import type { Environment } from '../environment/environment.ts';
import type { JsonObject } from '../json.ts';
import { objectMetadata, podLabels, type Component } from './object-labels.ts';
import type { RenderUnit } from './render-unit.ts';

/** One rule of a Role or ClusterRole, of one API group: what may be done to what. */
export type AccessRule = {
  readonly apiGroups: readonly [string];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
};

/** The rights of one component, split by where they hold. */
export interface ComponentAccess {
  /** In every namespace. */
  readonly cluster: readonly AccessRule[];
  /** In MetalLB's own namespace. */
  readonly namespace: readonly AccessRule[];
}

/** Reading through a cache: one list and a watch. Nothing is ever fetched singly. */
export const cached = ['list', 'watch'] as const;

/** A rule for resources of one group. */
export function allow(
  group: string,
  resources: readonly string[],
  verbs: readonly string[],
  resourceNames?: readonly string[],
): AccessRule {
  const rule = { apiGroups: [group], resources, verbs } as const;
  return resourceNames === undefined ? rule : { ...rule, resourceNames };
}

function bindingValues(role: JsonObject, component: Component, namespace: string): JsonObject {
  return {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', ...role },
    subjects: [{ kind: 'ServiceAccount', name: component, namespace }],
  };
}

/**
 * A component's ServiceAccount and exactly its rights. Names of cluster scope carry the namespace, so that two
 * installations never share a role.
 */
export function accessUnits(
  environment: Environment,
  component: Component,
  access: ComponentAccess,
): readonly RenderUnit[] {
  const { namespace } = environment.metallb;
  const labels = podLabels(component);
  const clusterWide = `${namespace}:${component}`;
  const inNamespace = objectMetadata(environment, component, { namespace, labels });
  const inCluster = objectMetadata(environment, clusterWide, { labels });
  return [
    { step: 'access', template: 'service-account', values: { metadata: inNamespace } },
    { step: 'access', template: 'cluster-role', values: { metadata: inCluster, rules: access.cluster } },
    {
      step: 'access',
      template: 'cluster-role-binding',
      values: {
        metadata: inCluster,
        ...bindingValues({ kind: 'ClusterRole', name: clusterWide }, component, namespace),
      },
    },
    { step: 'access', template: 'role', values: { metadata: inNamespace, rules: access.namespace } },
    {
      step: 'access',
      template: 'role-binding',
      values: { metadata: inNamespace, ...bindingValues({ kind: 'Role', name: component }, component, namespace) },
    },
  ];
}

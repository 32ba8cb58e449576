import type { KubeObject } from '../manifest/kube-object.ts';
import type { Json } from '../json.ts';

const read = 'get list watch';
const write = 'create delete deletecollection patch update';
const all = 'create delete deletecollection get list patch update watch';

type RuleRow = readonly [groups: string, resources: string, verbs: string];

/** Rules of Kubernetes 1.35's default roles: groups (`core` for the one without a name), resources or paths, verbs. */
const rows: { readonly [role: string]: readonly RuleRow[] } = {
  'cluster-admin': [
    ['*', '*', '*'],
    ['', '*', '*'],
  ],
  'system:aggregate-to-admin': [
    ['authorization.k8s.io', 'localsubjectaccessreviews', 'create'],
    ['rbac.authorization.k8s.io', 'rolebindings roles', all],
  ],
  'system:aggregate-to-edit': [
    ['core', 'pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy', read],
    ['core', 'serviceaccounts', 'impersonate'],
    ['core', 'pods pods/attach pods/exec pods/portforward pods/proxy', write],
    ['core', 'pods/eviction', 'create'],
    [
      'core',
      'configmaps persistentvolumeclaims replicationcontrollers replicationcontrollers/scale secrets serviceaccounts services services/proxy',
      write,
    ],
    ['core', 'serviceaccounts/token', 'create'],
    ['core events.k8s.io', 'events', write],
    [
      'apps',
      'daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale statefulsets statefulsets/scale',
      write,
    ],
    ['autoscaling', 'horizontalpodautoscalers', write],
    ['batch', 'cronjobs jobs', write],
    [
      'extensions',
      'daemonsets deployments deployments/rollback deployments/scale ingresses networkpolicies replicasets replicasets/scale replicationcontrollers/scale',
      write,
    ],
    ['policy', 'poddisruptionbudgets', write],
    ['networking.k8s.io', 'ingresses networkpolicies', write],
    ['coordination.k8s.io', 'leases', all],
    ['resource.k8s.io', 'resourceclaims resourceclaimtemplates', write],
  ],
  'system:aggregate-to-view': [
    [
      'core',
      'configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods replicationcontrollers replicationcontrollers/scale serviceaccounts services services/status',
      read,
    ],
    [
      'core',
      'bindings limitranges namespaces/status pods/log pods/status replicationcontrollers/status resourcequotas resourcequotas/status',
      read,
    ],
    ['core', 'namespaces', read],
    ['core events.k8s.io', 'events', read],
    ['discovery.k8s.io', 'endpointslices', read],
    [
      'apps',
      'controllerrevisions daemonsets daemonsets/status deployments deployments/scale deployments/status replicasets replicasets/scale replicasets/status statefulsets statefulsets/scale statefulsets/status',
      read,
    ],
    ['autoscaling', 'horizontalpodautoscalers horizontalpodautoscalers/status', read],
    ['batch', 'cronjobs cronjobs/status jobs jobs/status', read],
    [
      'extensions',
      'daemonsets daemonsets/status deployments deployments/scale deployments/status ingresses ingresses/status networkpolicies replicasets replicasets/scale replicasets/status replicationcontrollers/scale',
      read,
    ],
    ['policy', 'poddisruptionbudgets poddisruptionbudgets/status', read],
    ['networking.k8s.io', 'ingresses ingresses/status networkpolicies', read],
    ['resource.k8s.io', 'resourceclaims resourceclaims/status resourceclaimtemplates', read],
  ],
  'system:auth-delegator': [
    ['authentication.k8s.io', 'tokenreviews', 'create'],
    ['authorization.k8s.io', 'subjectaccessreviews', 'create'],
  ],
  'system:basic-user': [
    ['authorization.k8s.io', 'selfsubjectaccessreviews selfsubjectrulesreviews', 'create'],
    ['authentication.k8s.io', 'selfsubjectreviews', 'create'],
  ],
  'system:discovery': [
    ['', '/api /api/* /apis /apis/* /healthz /livez /openapi /openapi/* /readyz /version /version/', 'get'],
  ],
  'system:monitoring': [
    ['', '/healthz /healthz/* /livez /livez/* /metrics /metrics/slis /readyz /readyz/*', 'get'],
    ['core', 'nodes/metrics', 'get'],
  ],
  'system:public-info-viewer': [['', '/healthz /livez /readyz /version /version/', 'get']],
};

/** Roles that join the rules of others: the name, the role they are part of themselves, and what they join. */
const aggregates: readonly (readonly [name: string, below: string | undefined, joined: readonly string[]])[] = [
  ['admin', undefined, ['edit', 'view', 'admin']],
  ['edit', 'admin', ['edit', 'view']],
  ['view', 'edit', ['view']],
];

const bindings: readonly (readonly [role: string, groups: string])[] = [
  ['cluster-admin', 'system:masters'],
  ['system:basic-user', 'system:authenticated'],
  ['system:discovery', 'system:authenticated'],
  ['system:monitoring', 'system:monitoring'],
  ['system:public-info-viewer', 'system:authenticated system:unauthenticated'],
];

const apiVersion = 'rbac.authorization.k8s.io/v1';
const apiGroup = 'rbac.authorization.k8s.io';

/** The roles for users, and their bindings, that every cluster has from its start. Those of Kubernetes' own programs are not among them. */
export function defaultRoles(): readonly KubeObject[] {
  const plain = Object.entries(rows).map(([name, rules]) => clusterRole(name, { rules: rules.map(ruleOf) }));
  const joined = aggregates.map(([name, below, parts]) => {
    const rules = parts.flatMap((part) => rows[`system:aggregate-to-${part}`] ?? []).map(ruleOf);
    return clusterRole(name, { ...aggregation(name), rules }, below);
  });
  return [...plain, ...joined, ...bindings.map(([role, groups]) => binding(role, groups.split(' ')))];
}

function metadataOf(name: string, below: string | undefined): KubeObject['metadata'] {
  const aggregated = below === undefined ? {} : { [aggregationLabel(below)]: 'true' };
  return {
    name,
    labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults', ...aggregated },
    annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
  };
}

const aggregationLabel = (name: string): string => `rbac.authorization.k8s.io/aggregate-to-${name}`;

function aggregation(name: string): { readonly [field: string]: Json } {
  return { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [aggregationLabel(name)]: 'true' } }] } };
}

function clusterRole(name: string, more: { readonly [field: string]: Json }, below?: string): KubeObject {
  const [, own] = /^system:aggregate-to-(.+)$/u.exec(name) ?? [];
  return { apiVersion, kind: 'ClusterRole', metadata: metadataOf(name, below ?? own), ...more };
}

function ruleOf([groups, resources, verbs]: RuleRow): Json {
  const list = { verbs: verbs.split(' ') };
  const apiGroups = groups.split(' ').map((group) => (group === 'core' ? '' : group));
  const below = resources.split(' ');
  return groups === '' ? { nonResourceURLs: below, ...list } : { apiGroups, resources: below, ...list };
}

function binding(role: string, groups: readonly string[]): KubeObject {
  return {
    apiVersion,
    kind: 'ClusterRoleBinding',
    metadata: metadataOf(role, undefined),
    roleRef: { apiGroup, kind: 'ClusterRole', name: role },
    subjects: groups.map((name) => ({ apiGroup, kind: 'Group', name })),
  };
}

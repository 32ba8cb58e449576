import { builtInSchema } from '../../../domain/crd/built-in-schemas.ts';
import type { JsonObject } from '../../../domain/json.ts';
import type { MergeSchema } from '../../../domain/merge/merge-schema.ts';
import { mergeSchemaOf } from '../../../domain/merge/structural-merge-schema.ts';
import type { ServedKind } from './served-kind.ts';

/** Kind, plural, short names; `cluster` for cluster scope, `status` for a status subresource, `generation` for a counted spec. */
const rows: readonly (readonly [apiVersion: string, kind: string, resource: string, short: string, marks: string])[] = [
  ['v1', 'Namespace', 'namespaces', 'ns', 'cluster status'],
  ['v1', 'Node', 'nodes', 'no', 'cluster status'],
  ['v1', 'Pod', 'pods', 'po', 'status generation'],
  ['v1', 'Service', 'services', 'svc', 'status'],
  ['v1', 'ServiceAccount', 'serviceaccounts', 'sa', ''],
  ['v1', 'ConfigMap', 'configmaps', 'cm', ''],
  ['v1', 'Secret', 'secrets', '', ''],
  ['v1', 'Event', 'events', 'ev', ''],
  ['apps/v1', 'Deployment', 'deployments', 'deploy', 'status generation'],
  ['apps/v1', 'DaemonSet', 'daemonsets', 'ds', 'status generation'],
  ['apps/v1', 'ReplicaSet', 'replicasets', 'rs', 'status generation'],
  ['discovery.k8s.io/v1', 'EndpointSlice', 'endpointslices', '', 'generation'],
  ['coordination.k8s.io/v1', 'Lease', 'leases', '', ''],
  ['rbac.authorization.k8s.io/v1', 'Role', 'roles', '', ''],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding', 'rolebindings', '', ''],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole', 'clusterroles', '', 'cluster'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'clusterrolebindings', '', 'cluster'],
  ['authentication.k8s.io/v1', 'TokenReview', 'tokenreviews', '', 'cluster review'],
  ['authentication.k8s.io/v1', 'SelfSubjectReview', 'selfsubjectreviews', '', 'cluster review'],
  ['authorization.k8s.io/v1', 'LocalSubjectAccessReview', 'localsubjectaccessreviews', '', 'review'],
  ['authorization.k8s.io/v1', 'SelfSubjectAccessReview', 'selfsubjectaccessreviews', '', 'cluster review'],
  ['authorization.k8s.io/v1', 'SelfSubjectRulesReview', 'selfsubjectrulesreviews', '', 'cluster review'],
  ['authorization.k8s.io/v1', 'SubjectAccessReview', 'subjectaccessreviews', '', 'cluster review'],
  ['policy/v1', 'PodDisruptionBudget', 'poddisruptionbudgets', 'pdb', 'status generation'],
  [
    'admissionregistration.k8s.io/v1',
    'ValidatingAdmissionPolicy',
    'validatingadmissionpolicies',
    '',
    'cluster status generation',
  ],
  [
    'admissionregistration.k8s.io/v1',
    'ValidatingAdmissionPolicyBinding',
    'validatingadmissionpolicybindings',
    '',
    'cluster generation',
  ],
  [
    'admissionregistration.k8s.io/v1',
    'ValidatingWebhookConfiguration',
    'validatingwebhookconfigurations',
    '',
    'cluster generation',
  ],
  [
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    'customresourcedefinitions',
    'crd crds',
    'cluster status generation',
  ],
];

let known: readonly ServedKind[] | undefined;

/** Every kind that is served without a definition. */
export function builtInKinds(): readonly ServedKind[] {
  // Kinds share the types of their parts, which are translated once.
  const parts = new Map<JsonObject, MergeSchema>();
  known ??= rows.map(([apiVersion, kind, resource, short, marks]) => {
    const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
    const schema = builtInSchema(apiVersion, kind);
    if (schema === undefined) {
      throw new Error(`bug: no schema for ${kind}`);
    }
    return {
      group: group ?? '',
      version: version ?? '',
      kind,
      listKind: `${kind}List`,
      resource,
      singular: kind.toLowerCase(),
      shortNames: short === '' ? [] : short.split(' '),
      namespaced: !marks.includes('cluster'),
      custom: false,
      hasStatus: marks.includes('status'),
      hasGeneration: marks.includes('generation'),
      schema,
      mergeSchema: mergeSchemaOf(schema, parts),
      columns: [],
      ...(marks.includes('review') ? { isReview: true } : {}),
    };
  });
  return known;
}

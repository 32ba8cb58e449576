import type { Json, JsonObject } from '../json.ts';

const podTemplate: JsonObject = { metadata: {}, spec: { containers: null } };
const nodeInfo: JsonObject = Object.fromEntries(
  [
    'machineID',
    'systemUUID',
    'bootID',
    'kernelVersion',
    'osImage',
    'containerRuntimeVersion',
    'kubeletVersion',
    'kubeProxyVersion',
    'operatingSystem',
    'architecture',
  ].map((name) => [name, '']),
);
const event: JsonObject = {
  involvedObject: {},
  source: {},
  firstTimestamp: null,
  lastTimestamp: null,
  eventTime: null,
  reportingComponent: '',
  reportingInstance: '',
};
const definitionNames: JsonObject = { plural: '', kind: '' };
const roleRef: JsonObject = { roleRef: { apiGroup: '', kind: '', name: '' } };

const emptyBodies: { readonly [kind: string]: JsonObject } = {
  'v1 Namespace': { spec: {}, status: {} },
  'v1 Node': { spec: {}, status: { daemonEndpoints: { kubeletEndpoint: { Port: 0 } }, nodeInfo } },
  'v1 Pod': { spec: { containers: null }, status: {} },
  'v1 Service': { spec: {}, status: { loadBalancer: {} } },
  'v1 Event': event,
  'apps/v1 Deployment': { spec: { selector: null, template: podTemplate, strategy: {} }, status: {} },
  'apps/v1 ReplicaSet': { spec: { selector: null, template: podTemplate }, status: { replicas: 0 } },
  'apps/v1 DaemonSet': {
    spec: { selector: null, template: podTemplate, updateStrategy: {} },
    status: { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 },
  },
  'discovery.k8s.io/v1 EndpointSlice': { addressType: '', endpoints: null, ports: null },
  'coordination.k8s.io/v1 Lease': { spec: {} },
  'rbac.authorization.k8s.io/v1 Role': { rules: null },
  'rbac.authorization.k8s.io/v1 ClusterRole': { rules: null },
  'rbac.authorization.k8s.io/v1 RoleBinding': roleRef,
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding': roleRef,
  'policy/v1 PodDisruptionBudget': {
    spec: {},
    status: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
  },
  'admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy': { spec: {}, status: {} },
  'admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding': { spec: {} },
  'apiextensions.k8s.io/v1 CustomResourceDefinition': {
    spec: { group: '', names: definitionNames, scope: '', versions: null },
    status: { conditions: null, acceptedNames: definitionNames, storedVersions: null },
  },
};

/**
 * The object that a creation is compared with to tell what it sets: a built-in kind has the fields that its type always
 * writes, any other kind nothing but its identity.
 */
export function emptyObject(apiVersion: string, kind: string, name: string): { readonly [field: string]: Json } {
  return { apiVersion, kind, metadata: { name }, ...emptyBodies[`${apiVersion} ${kind}`] };
}

import type { Json } from '../json.ts';

/**
 * How lists and mappings of the built-in kinds merge under a strategic merge patch (Kubernetes 1.35), one field a line: its
 * place, the strategies, and the key by which elements are told apart (a list without one holds scalars).
 */
const table = `
ObjectMeta.ownerReferences merge uid
ObjectMeta.finalizers merge
NamespaceStatus.conditions merge type
NodeSpec.podCIDRs merge
NodeStatus.conditions merge type
NodeStatus.addresses merge type
PodSpec.volumes merge,retainKeys name
PodSpec.initContainers merge name
PodSpec.containers merge name
PodSpec.ephemeralContainers merge name
PodSpec.imagePullSecrets merge name
PodSpec.hostAliases merge ip
PodSpec.topologySpreadConstraints merge topologyKey
PodSpec.schedulingGates merge name
PodSpec.resourceClaims merge,retainKeys name
PodStatus.conditions merge type
PodStatus.hostIPs merge ip
PodStatus.podIPs merge ip
PodStatus.resourceClaimStatuses merge,retainKeys name
Container.ports merge containerPort
Container.env merge name
Container.volumeMounts merge mountPath
Container.volumeDevices merge devicePath
EphemeralContainer.ports merge containerPort
EphemeralContainer.env merge name
EphemeralContainer.volumeMounts merge mountPath
EphemeralContainer.volumeDevices merge devicePath
ContainerStatus.volumeMounts merge mountPath
ContainerStatus.allocatedResourcesStatus merge name
ServiceAccount.secrets merge name
ServiceSpec.ports merge port
ServiceStatus.conditions merge type
DeploymentSpec.strategy retainKeys
DeploymentStatus.conditions merge type
DaemonSetStatus.conditions merge type
ReplicaSetStatus.conditions merge type
PodDisruptionBudgetSpec.selector replace
PodDisruptionBudgetStatus.conditions merge type
ValidatingAdmissionPolicySpec.matchConditions merge name
ValidatingAdmissionPolicySpec.variables merge name
ValidatingWebhook.matchConditions merge name
ValidatingWebhookConfiguration.webhooks merge name
JSONSchemaProps.x-kubernetes-validations merge rule
`;

interface MutableSchema {
  [keyword: string]: Json;
}

/** Marks the fields of the table with `x-kubernetes-patch-strategy` and `x-kubernetes-patch-merge-key`. */
export function markPatchKeys(types: ReadonlyMap<string, MutableSchema>): void {
  for (const line of table.split('\n').filter((one) => one !== '')) {
    const [place = '', strategy = '', key] = line.split(' ');
    const [type = '', field = ''] = place.split('.');
    const properties = types.get(type)?.['properties'] as MutableSchema | undefined;
    const schema = properties?.[field] as MutableSchema | undefined;
    if (properties !== undefined && schema !== undefined) {
      const marks = { 'x-kubernetes-patch-strategy': strategy };
      properties[field] = {
        ...schema,
        ...marks,
        ...(key === undefined ? {} : { 'x-kubernetes-patch-merge-key': key }),
      };
    }
  }
}

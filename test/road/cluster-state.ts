import { findAccess } from '../../src/adapters/kube/find-access.ts';
import { KubeCluster } from '../../src/adapters/kube/kube-cluster.ts';
import { isFailure } from '../../src/domain/failure.ts';
import { decodeInventory } from '../../src/domain/inventory/decode-inventory.ts';
import { inventorySelector } from '../../src/domain/inventory/encode-inventory.ts';
import type { Inventory } from '../../src/domain/inventory/inventory.ts';
import { fieldManager, stateNamespace } from '../../src/domain/identity.ts';
import { asJson, type KubeObject } from '../../src/domain/manifest/kube-object.ts';
import { isJsonArray, isJsonObject, type Json } from '../../src/domain/json.ts';
import { keyOf, type ObjectKey } from '../../src/domain/manifest/object-id.ts';

/** Every kind that a sync writes, state included. */
const kinds: readonly (readonly [apiVersion: string, kind: string])[] = [
  ['v1', 'Namespace'],
  ['v1', 'ConfigMap'],
  ['v1', 'Secret'],
  ['v1', 'Service'],
  ['v1', 'ServiceAccount'],
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'DaemonSet'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'],
  ['rbac.authorization.k8s.io/v1', 'Role'],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
  ['metallb.io/v1beta1', 'IPAddressPool'],
  ['metallb.io/v1beta1', 'L2Advertisement'],
  ['metallb.io/v1beta1', 'BGPAdvertisement'],
  ['metallb.io/v1beta2', 'BGPPeer'],
  ['metallb.io/v1beta1', 'BFDProfile'],
  ['metallb.io/v1beta1', 'Community'],
  ['monitoring.coreos.com/v1', 'ServiceMonitor'],
  ['monitoring.coreos.com/v1', 'PrometheusRule'],
];

const { signal } = new AbortController();

/** Reads a cluster for judging what a run has left in it. */
export class ClusterState {
  private readonly cluster: KubeCluster;

  constructor(kubeconfig: string) {
    this.cluster = new KubeCluster(findAccess({ kubeconfig, context: undefined, inCluster: false, env: {} }));
  }

  close(): void {
    this.cluster.close();
  }

  /** Every object of the kinds that a sync writes. */
  async objects(): Promise<ReadonlyMap<ObjectKey, KubeObject>> {
    const lists = await Promise.all(kinds.map(([apiVersion, kind]) => this.list(apiVersion, kind)));
    return new Map(lists.flat().map((object) => [keyOf(object), object]));
  }

  async list(apiVersion: string, kind: string, namespace?: string): Promise<readonly KubeObject[]> {
    if ((await this.cluster.findKind(apiVersion, kind, signal)) === undefined) {
      return [];
    }
    try {
      const options = namespace === undefined ? {} : { namespace };
      return (await this.cluster.list(apiVersion, kind, options, signal)).items;
    } catch (error) {
      if (isFailure(error, 'kind-missing')) {
        return [];
      }
      throw error;
    }
  }

  /** uid and resourceVersion of everything that carries our field set: equal before and after means that nothing moved. */
  async versions(): Promise<ReadonlyMap<ObjectKey, string>> {
    const mine = [...(await this.objects())].filter(([, object]) => isOurs(object));
    return new Map(mine.map(([key, { metadata }]) => [key, `${metadata.uid ?? ''} ${metadata.resourceVersion ?? ''}`]));
  }

  /** What an environment's stored inventory says. */
  async inventory(environment: string): Promise<Inventory> {
    const options = { namespace: stateNamespace, labelSelector: inventorySelector(environment) };
    const decoded = decodeInventory(environment, (await this.cluster.list('v1', 'ConfigMap', options, signal)).items);
    if (decoded.state !== 'usable') {
      throw new Error(`the inventory of ${environment} cannot be used: ${decoded.reason}`);
    }
    return decoded.inventory;
  }

  /**
   * What a sync answers for, in a form that two runs can be compared by: objects that carry our field set, without what
   * differs from object to object (uids, times, versions, status, addresses that the server gives). The inventory is
   * left to `inventory`.
   */
  async ours(): Promise<ReadonlyMap<ObjectKey, Json>> {
    const mine = [...(await this.objects())].filter(([, object]) => isOurs(object));
    const rendered = mine.filter(([, { metadata }]) => metadata.labels?.['metalwave.io/state'] === undefined);
    return new Map(rendered.map(([key, object]) => [key, comparable(object)]));
  }
}

function isOurs(object: KubeObject): boolean {
  return object.metadata.managedFields?.some(({ manager }) => manager === fieldManager) === true;
}

const givenByServer = new Set(['clusterIP', 'clusterIPs', 'nodePort', 'caBundle', 'status', 'metadata']);

function withoutGiven(value: Json): Json {
  if (isJsonArray(value)) {
    return value.map((element) => withoutGiven(element));
  }
  return isJsonObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([name]) => !givenByServer.has(name))
          .map(([name, inner]) => [name, withoutGiven(inner)]),
      )
    : value;
}

function comparable(object: KubeObject): Json {
  const { name, namespace = '', labels, annotations } = object.metadata;
  const metadata = { name, namespace, labels: { ...labels }, annotations: { ...annotations } };
  return [metadata, withoutGiven(asJson(object))];
}

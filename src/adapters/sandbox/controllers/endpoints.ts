import { isJsonObject, listAt, numberAt, textAt, valueAt } from '../../../domain/json.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { serviceFamilies, type ServiceFamily } from '../../../domain/object-rules/service/service-families.ts';
import { type ClusterState, controllerManager } from './cluster-state.ts';
import { podAddresses } from './pod-addresses.ts';
import type { RecentChanges } from './recent-changes.ts';
import { isReady } from './pod-state.ts';

const serviceLabel = 'kubernetes.io/service-name';
const managedByLabel = 'endpointslice.kubernetes.io/managed-by';
const managedByValue = 'endpointslice-controller.k8s.io';

/** Keeps an EndpointSlice for every family of every Service with a selector: the pods it selects, ready or not. */
export function keepEndpoints(state: ClusterState, changes: RecentChanges | undefined): void {
  for (const service of concerned(state, changes)) {
    const selector = valueAt(asJson(service), 'spec', 'selector');
    if (isJsonObject(selector) && service.metadata.deletionTimestamp === undefined) {
      const pods = state.list('', 'Pod', service.metadata.namespace).filter((pod) => isSelected(pod, selector));
      keepSlices(state, service, pods);
    }
  }
}

function keepSlices(state: ClusterState, service: KubeObject, pods: readonly KubeObject[]): void {
  const { name, namespace = '' } = service.metadata;
  const families = familiesOf(service);
  for (const family of families) {
    state.ensure(sliceOf(service, pods, family), controllerManager);
  }
  for (const family of serviceFamilies.filter((each) => !families.includes(each))) {
    const stale = state.get('discovery.k8s.io', 'EndpointSlice', namespace, sliceName(name, family));
    if (stale?.metadata.labels?.[managedByLabel] === managedByValue) {
      state.remove(stale);
    }
  }
}

function familiesOf(service: KubeObject): readonly ServiceFamily[] {
  const named = listAt(asJson(service), 'spec', 'ipFamilies');
  const families = serviceFamilies.filter((family) => named.includes(family));
  return families.length === 0 ? ['IPv4'] : families;
}

function sliceName(service: string, family: ServiceFamily): string {
  return family === 'IPv4' ? `${service}-slice` : `${service}-slice-ipv6`;
}

/** Services that were changed; those of a namespace whose pods were; all where nothing is known. */
function concerned(state: ClusterState, changes: RecentChanges | undefined): readonly KubeObject[] {
  if (changes === undefined) {
    return state.list('', 'Service');
  }
  const moved = new Set(changes.of('Pod').map((pod) => pod.metadata.namespace ?? ''));
  const besides = changes
    .of('EndpointSlice')
    .flatMap(
      (slice) =>
        state.get('', 'Service', slice.metadata.namespace ?? '', slice.metadata.labels?.[serviceLabel] ?? '') ?? [],
    );
  return [
    ...[...moved].flatMap((namespace) => state.list('', 'Service', namespace)),
    ...besides,
    ...changes.of('Service').flatMap((service) => state.current(service) ?? []),
  ];
}

function isSelected(pod: KubeObject, selector: JsonObject): boolean {
  const hasAddress = textAt(asJson(pod), 'status', 'podIP') !== undefined;
  return hasAddress && Object.entries(selector).every(([key, value]) => pod.metadata.labels?.[key] === value);
}

function sliceOf(service: KubeObject, pods: readonly KubeObject[], family: ServiceFamily): KubeObject {
  const { name, namespace = '', uid = '' } = service.metadata;
  const owner = { apiVersion: 'v1', kind: 'Service', name, uid, controller: true, blockOwnerDeletion: true };
  const metadata = {
    name: sliceName(name, family),
    namespace,
    labels: {
      [serviceLabel]: name,
      [managedByLabel]: managedByValue,
    },
    ownerReferences: [owner],
  };
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata,
    addressType: family,
    endpoints: pods.flatMap((pod) => endpointsOf(pod, family)),
    ports: listAt(asJson(service), 'spec', 'ports').map((port) => portOf(port, pods)),
  };
}

/** One, or none where the pod has no address of that family. */
function endpointsOf(pod: KubeObject, family: ServiceFamily): readonly JsonObject[] {
  const address = podAddresses(pod).find((one) => one.includes(':') === (family === 'IPv6'));
  return address === undefined ? [] : [endpointAt(address, pod)];
}

function endpointAt(address: string, pod: KubeObject): JsonObject {
  const ready = isReady(pod);
  const isEnding = pod.metadata.deletionTimestamp !== undefined;
  return {
    addresses: [address],
    conditions: { ready: ready && !isEnding, serving: ready, terminating: isEnding },
    nodeName: textAt(asJson(pod), 'spec', 'nodeName') ?? '',
    targetRef: {
      kind: 'Pod',
      name: pod.metadata.name,
      namespace: pod.metadata.namespace ?? '',
      uid: pod.metadata.uid ?? '',
    },
  };
}

/** The port the pods listen on: a target by name is looked up in the first of them. */
function portOf(port: Json, pods: readonly KubeObject[]): JsonObject {
  const target = valueAt(port, 'targetPort');
  const named = pods
    .flatMap((pod) => listAt(asJson(pod), 'spec', 'containers'))
    .flatMap((container) => listAt(container, 'ports'))
    .find((one) => textAt(one, 'name') === target);
  const number =
    typeof target === 'number' ? target : (numberAt(named, 'containerPort') ?? numberAt(port, 'port') ?? 0);
  return { name: textAt(port, 'name') ?? '', port: number, protocol: textAt(port, 'protocol') ?? 'TCP' };
}

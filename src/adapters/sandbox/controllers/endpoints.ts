import { isJsonObject, listAt, numberAt, textAt, valueAt } from '../../../domain/json.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import type { ClusterState } from './cluster-state.ts';
import type { RecentChanges } from './recent-changes.ts';
import { isReady } from './pod-state.ts';

const serviceLabel = 'kubernetes.io/service-name';

/** Keeps one EndpointSlice for every Service with a selector: the pods it selects, ready or not. */
export function keepEndpoints(state: ClusterState, changes: RecentChanges | undefined): void {
  for (const service of concerned(state, changes)) {
    const selector = valueAt(asJson(service), 'spec', 'selector');
    if (isJsonObject(selector) && service.metadata.deletionTimestamp === undefined) {
      const pods = state.list('', 'Pod', service.metadata.namespace).filter((pod) => isSelected(pod, selector));
      state.ensure(sliceOf(service, pods), 'kube-controller-manager');
    }
  }
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

function sliceOf(service: KubeObject, pods: readonly KubeObject[]): KubeObject {
  const { name, namespace = '', uid = '' } = service.metadata;
  const owner = { apiVersion: 'v1', kind: 'Service', name, uid, controller: true, blockOwnerDeletion: true };
  const metadata = {
    name: `${name}-slice`,
    namespace,
    labels: {
      [serviceLabel]: name,
      'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
    },
    ownerReferences: [owner],
  };
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata,
    addressType: 'IPv4',
    endpoints: pods.map((pod) => endpointOf(pod)),
    ports: listAt(asJson(service), 'spec', 'ports').map((port) => portOf(port, pods)),
  };
}

function endpointOf(pod: KubeObject): JsonObject {
  const ready = isReady(pod);
  const isEnding = pod.metadata.deletionTimestamp !== undefined;
  return {
    addresses: [textAt(asJson(pod), 'status', 'podIP') ?? ''],
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

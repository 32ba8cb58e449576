import { decodeService, type ServiceView } from '../allocation/service-view.ts';
import type { Labels } from '../allocation/label-selector.ts';
import type { RulesProfile } from '../allocation/rules-profile.ts';
import { isJsonObject, listAt, textAt, valueAt } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import type { MetallbObjects } from './metallb-objects.ts';

/** A namespace: pools select by its labels. */
export interface NamespaceView {
  readonly name: string;
  readonly labels: Labels;
}

/** A node that may advertise addresses. */
export interface NodeView {
  readonly name: string;
  readonly labels: Labels;
  /** Its condition NetworkUnavailable is True: it advertises nothing. Readiness and cordons count for nothing. */
  readonly networkUnavailable: boolean;
}

/** Nodes that hold a serving endpoint of a Service. */
export interface EndpointsView {
  readonly namespace: string;
  readonly name: string;
  readonly nodes: readonly string[];
}

/**
 * How a change reaches the cluster. `grow-first`: pools are made and grown before any is cut or deleted, as a sync does it
 * without MetalLB's webhook. `any-order`: object by object in no particular order, as kubectl and others do it.
 */
export type WriteOrder = 'grow-first' | 'any-order';

export interface AddressPlanInput {
  readonly before: MetallbObjects;
  readonly after: MetallbObjects;
  readonly services: readonly ServiceView[];
  /** Where the change is one of Services too: all of them afterwards; what they hold is taken from `services`. */
  readonly servicesAfter?: readonly ServiceView[];
  readonly namespaces: readonly NamespaceView[];
  readonly namespacesAfter?: readonly NamespaceView[];
  readonly nodes: readonly NodeView[];
  /** Absent: every Service is taken to have serving endpoints on every node. */
  readonly endpoints?: readonly EndpointsView[];
  readonly profile: RulesProfile;
  /** The class the controller serves; absent: Services without a class. */
  readonly loadBalancerClass?: string;
  /** `grow-first` unless given. */
  readonly writes?: WriteOrder;
  /** The controller is started anew with the change. */
  readonly restart?: boolean;
}

/** Everything of a cluster that the plan reads beside MetalLB's configuration. */
export interface ClusterViews {
  readonly services: readonly ServiceView[];
  readonly namespaces: readonly NamespaceView[];
  readonly nodes: readonly NodeView[];
  readonly endpoints: readonly EndpointsView[];
}

/** Reads core/v1 Services, Namespaces and Nodes and discovery.k8s.io/v1 EndpointSlices; other kinds are passed over. Never throws. */
export function decodeClusterViews(objects: readonly KubeObject[]): ClusterViews {
  const ofKind = (kind: string): readonly KubeObject[] => objects.filter((object) => object.kind === kind);
  return {
    services: ofKind('Service').map((object) => decodeService(object)),
    namespaces: ofKind('Namespace').map(({ metadata }) => ({ name: metadata.name, labels: metadata.labels ?? {} })),
    nodes: ofKind('Node').map((object) => decodeNode(object)),
    endpoints: mergedEndpoints(ofKind('EndpointSlice')),
  };
}

function decodeNode(object: KubeObject): NodeView {
  const conditions = listAt(asJson(object), 'status', 'conditions');
  return {
    name: object.metadata.name,
    labels: object.metadata.labels ?? {},
    networkUnavailable: conditions.some(
      (each) => textAt(each, 'type') === 'NetworkUnavailable' && textAt(each, 'status') === 'True',
    ),
  };
}

/** An endpoint can serve where it is ready, not known to be unready, or serving while it ends. */
function mergedEndpoints(slices: readonly KubeObject[]): readonly EndpointsView[] {
  const found = new Map<string, { readonly namespace: string; readonly name: string; readonly nodes: Set<string> }>();
  for (const slice of slices) {
    const name = slice.metadata.labels?.['kubernetes.io/service-name'] ?? '';
    const namespace = slice.metadata.namespace ?? 'default';
    const key = `${namespace}/${name}`;
    const entry = found.get(key) ?? { namespace, name, nodes: new Set<string>() };
    found.set(key, entry);
    for (const endpoint of listAt(asJson(slice), 'endpoints')) {
      const conditions = valueAt(endpoint, 'conditions');
      const unready = isJsonObject(conditions) && conditions['ready'] === false && conditions['serving'] !== true;
      if (!unready) {
        entry.nodes.add(textAt(endpoint, 'nodeName') ?? '');
      }
    }
  }
  return [...found.values()].map(({ namespace, name, nodes }) => ({ namespace, name, nodes: [...nodes].toSorted() }));
}

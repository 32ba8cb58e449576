import { Failure } from '../domain/failure.ts';
import { stateNamespace } from '../domain/identity.ts';
import { textAt } from '../domain/json.ts';
import { asJson, type KubeObject } from '../domain/manifest/kube-object.ts';
import { groupOf, keyOf, objectKey, type ObjectId, type ObjectKey } from '../domain/manifest/object-id.ts';
import { detectMetalLb } from '../domain/metallb/detect.ts';
import { keptParts, wholeObject } from '../domain/snapshot/kept-parts.ts';
import { observedKinds } from '../domain/snapshot/observed-kinds.ts';
import { resourceOf } from '../domain/snapshot/read-role.ts';
import type { Snapshot, SnapshotMetalLb } from '../domain/snapshot/snapshot.ts';
import type { ObservedWorld, Wanted } from './observe.ts';
import { type ReadList, readLists, type WantedList, wantedList } from './read-lists.ts';

export interface SnapshotRequest extends ObservedWorld {
  /** Now, as RFC 3339 has it. */
  readonly takenAt: string;
  /** MetalLB's. */
  readonly namespace: string;
  /** What a plan of an environment compares field by field; empty: only what plans of addresses need. */
  readonly compared: readonly Wanted[];
}

/** Secrets are never read. */
const neverTaken: ReadonlySet<string> = new Set(['Secret']);

/** The lists beyond those of every snapshot that a plan of the compared objects reads; the inventory's is among them. */
export function comparedLists(compared: readonly Wanted[], namespace: string): readonly WantedList[] {
  const known = observedKinds.map((kind) => wantedList(kind, namespace));
  const wanted = new Map<string, WantedList>();
  for (const { apiVersion, id } of compared) {
    const covered = known.some(
      (list) =>
        groupOf(list.apiVersion) === id.group &&
        list.kind === id.kind &&
        (list.namespace === '' || list.namespace === id.namespace),
    );
    if (!covered && !neverTaken.has(id.kind)) {
      wanted.set(`${id.group} ${id.kind} ${id.namespace}`, { apiVersion, kind: id.kind, namespace: id.namespace });
    }
  }
  const state = { apiVersion: 'v1', kind: 'ConfigMap', namespace: stateNamespace };
  return compared.length === 0 ? [] : [...wanted.values(), state];
}

function refuseForbidden(lists: readonly ReadList[], description: string): void {
  const refused = [...new Set(lists.flatMap((list) => (list.state === 'forbidden' ? [resourceOf(list)] : [])))];
  if (refused.length > 0) {
    throw new Failure({
      code: 'cluster-forbidden',
      retry: 'later',
      message: `The credentials for ${description} do not allow to list ${refused.join(', ')}`,
      remedy: 'Bind the ClusterRole that `metalwave snapshot --role` prints to whoever takes the snapshot.',
    });
  }
}

function itemsOf(lists: readonly ReadList[], kind: string, namespace: string): readonly KubeObject[] {
  return lists.flatMap((list) =>
    list.state === 'listed' && list.kind === kind && list.namespace === namespace ? list.items : [],
  );
}

function metalLbIn(lists: readonly ReadList[], namespace: string): SnapshotMetalLb | undefined {
  const found = detectMetalLb(itemsOf(lists, 'Deployment', namespace), itemsOf(lists, 'DaemonSet', namespace));
  if (found === undefined) {
    return undefined;
  }
  const { version, backend, loadBalancerClass } = found;
  return { namespace, engine: 'upstream', version, backend, loadBalancerClass };
}

/** An endpoint slice says on which nodes a Service can be served, which matters for those of type LoadBalancer alone. */
function isOfLoadBalancer(slice: KubeObject, services: ReadonlySet<string>): boolean {
  return services.has(
    `${slice.metadata.namespace ?? ''}/${slice.metadata.labels?.['kubernetes.io/service-name'] ?? ''}`,
  );
}

function keptOf(list: ReadList, services: ReadonlySet<string>, whole: ReadonlySet<ObjectKey>): readonly KubeObject[] {
  const items = list.state === 'listed' ? list.items : [];
  const wanted = list.kind === 'EndpointSlice' ? items.filter((slice) => isOfLoadBalancer(slice, services)) : items;
  return wanted.map((object) =>
    whole.has(keyOf(object)) || list.namespace === stateNamespace ? wholeObject(object) : keptParts(object),
  );
}

function loadBalancers(services: readonly KubeObject[]): ReadonlySet<string> {
  return new Set(
    services
      .filter((service) => textAt(asJson(service), 'spec', 'type') === 'LoadBalancer')
      .map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`),
  );
}

/**
 * Takes from a cluster what plans need, by lists alone. All of it or a Failure: one kind that may not be listed is one that
 * would read as empty. Changes nothing.
 */
export async function takeSnapshot(request: SnapshotRequest): Promise<Snapshot> {
  const { reader, signal, namespace, compared } = request;
  const wanted = [...observedKinds.map((kind) => wantedList(kind, namespace)), ...comparedLists(compared, namespace)];
  const [serverVersion, lists] = await Promise.all([reader.serverVersion(signal), readLists(request, wanted)]);
  refuseForbidden(lists, reader.description);
  const whole = new Set(compared.map(({ id }: { readonly id: ObjectId }) => objectKey(id)));
  const services = loadBalancers(itemsOf(lists, 'Service', ''));
  const kept = lists.map((list) => ({ list, objects: keptOf(list, services, whole) }));
  return {
    takenAt: request.takenAt,
    cluster: reader.description,
    serverVersion,
    metallb: metalLbIn(lists, namespace),
    lists: kept.map(({ list: { apiVersion, kind, namespace: where, state }, objects }) => ({
      apiVersion,
      kind,
      namespace: where,
      served: state === 'listed',
      items: objects.length,
    })),
    objects: kept.flatMap(({ objects }) => objects),
  };
}

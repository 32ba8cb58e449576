import { isJsonObject, listAt, numberAt, textAt } from '../../../domain/json.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import type { ObjectStore } from './object-store.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';

/** Gives out what is free among the Services that exist: cluster addresses of 10.96.0.0/16 and node ports from 30000. */
export interface ServiceRanges {
  freeClusterAddress(): string;
  freeNodePort(taken: readonly number[]): number;
}

export function serviceRanges(store: ObjectStore): ServiceRanges {
  const services = (): readonly Json[] => store.all('services').map((service) => asJson(service));
  return {
    freeClusterAddress() {
      const used = new Set(services().map((service) => textAt(service, 'spec', 'clusterIP')));
      return firstFree(1, 65_534, (n) => `10.96.${n >> 8}.${n & 255}`, used);
    },
    freeNodePort(taken) {
      const used = services().flatMap((service) =>
        listAt(service, 'spec', 'ports').map((port) => numberAt(port, 'nodePort')),
      );
      return firstFree(30_000, 32_767, (n) => n, new Set([...used, ...taken]));
    },
  };
}

function firstFree<T>(from: number, to: number, name: (n: number) => T, used: ReadonlySet<T | undefined>): T {
  for (let n = from; n <= to; n += 1) {
    if (!used.has(name(n))) {
      return name(n);
    }
  }
  throw new Error('the range of the sandbox is exhausted');
}

/** Fills in what the API server gives a Service: addresses, families, policies and node ports, by its type. */
export function admitService(object: JsonObject, live: JsonObject | undefined, ranges: ServiceRanges): JsonObject {
  const spec = isJsonObject(object['spec']) ? object['spec'] : {};
  const before = isJsonObject(live?.['spec']) ? live['spec'] : {};
  const type = textAt(spec, 'type') ?? 'ClusterIP';
  if (type === 'ExternalName') {
    return object;
  }
  const address = textAt(spec, 'clusterIP') ?? textAt(before, 'clusterIP') ?? ranges.freeClusterAddress();
  const filled: JsonObject = {
    clusterIP: address,
    clusterIPs: [address],
    internalTrafficPolicy: 'Cluster',
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    ...externalDefaults(type),
    ...spec,
  };
  const status = type === 'LoadBalancer' ? (object['status'] ?? emptyStatus) : emptyStatus;
  if (spec['ports'] === undefined) {
    return { ...object, spec: filled, status };
  }
  const hasNodePorts = isExternal(type) && spec['allocateLoadBalancerNodePorts'] !== false;
  const ports = admitPorts(spec, before, hasNodePorts ? ranges : undefined);
  return { ...object, spec: { ...filled, ports }, status };
}

function isExternal(type: string): boolean {
  return type === 'NodePort' || type === 'LoadBalancer';
}

function externalDefaults(type: string): JsonObject {
  const balanced = type === 'LoadBalancer' ? { allocateLoadBalancerNodePorts: true } : {};
  return isExternal(type) ? { externalTrafficPolicy: 'Cluster', ...balanced } : {};
}

// Only a load balancer has an address of one: a Service that stops being one loses it.
const emptyStatus: JsonObject = { loadBalancer: {} };

function admitPorts(spec: JsonObject, before: JsonObject, ranges: ServiceRanges | undefined): readonly Json[] {
  const taken: number[] = [];
  return listAt(spec, 'ports').map((port) => {
    if (!isJsonObject(port)) {
      return port;
    }
    const target = { targetPort: port['port'] ?? null };
    if (ranges === undefined) {
      const { nodePort: _, ...rest } = port;
      return { ...target, ...rest };
    }
    const known = listAt(before, 'ports').find((old) => isSamePort(old, port));
    const nodePort = numberAt(port, 'nodePort') ?? numberAt(known, 'nodePort') ?? ranges.freeNodePort(taken);
    taken.push(nodePort);
    return { ...target, ...port, nodePort };
  });
}

function isSamePort(left: Json, right: Json): boolean {
  return numberAt(left, 'port') === numberAt(right, 'port') && textAt(left, 'protocol') === textAt(right, 'protocol');
}

import { isJsonObject, listAt, numberAt, textAt } from '../../../domain/json.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import type { ServiceRanges } from './service-ranges.ts';

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

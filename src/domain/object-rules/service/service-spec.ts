import { isJsonObject, listAt, numberAt, textAt, valueAt } from '../../json.ts';
import type { Json, JsonObject } from '../../json.ts';

export const none = 'None';

export function specOf(object: JsonObject | undefined): JsonObject {
  const spec = object?.['spec'];
  return isJsonObject(spec) ? spec : {};
}

export function typeOf(spec: JsonObject): string {
  return textAt(spec, 'type') ?? 'ClusterIP';
}

/** Types whose Services have an address inside the cluster. */
export function needsClusterAddress(spec: JsonObject): boolean {
  return ['ClusterIP', 'NodePort', 'LoadBalancer'].includes(typeOf(spec));
}

/** Whether every port gets a node port, asked for or not. */
export function needsNodePorts(spec: JsonObject): boolean {
  const type = typeOf(spec);
  return type === 'NodePort' || (type === 'LoadBalancer' && spec['allocateLoadBalancerNodePorts'] !== false);
}

export function needsHealthCheck(spec: JsonObject): boolean {
  return typeOf(spec) === 'LoadBalancer' && spec['externalTrafficPolicy'] === 'Local';
}

/** Reached from outside by node ports, a load balancer or external addresses. */
export function isExternal(spec: JsonObject): boolean {
  const type = typeOf(spec);
  return (
    ['NodePort', 'LoadBalancer'].includes(type) || (type === 'ClusterIP' && listAt(spec, 'externalIPs').length > 0)
  );
}

export function isHeadless(spec: JsonObject): boolean {
  return valueAt(spec, 'clusterIPs', 0) === none;
}

/** Headless, and its endpoints are somebody else's: it may have families that the cluster does not. */
export function isSelectorless(spec: JsonObject): boolean {
  const selector = spec['selector'];
  return spec['clusterIP'] === none && (!isJsonObject(selector) || Object.keys(selector).length === 0);
}

export function textsAt(spec: JsonObject, name: string): readonly string[] {
  return listAt(spec, name).filter((one) => typeof one === 'string');
}

export function portsOf(spec: JsonObject): readonly JsonObject[] {
  return listAt(spec, 'ports').filter((port) => isJsonObject(port));
}

export function nodePortOf(port: Json): number {
  return numberAt(port, 'nodePort') ?? 0;
}

import { isJsonObject, listAt, numberAt, valueAt } from '../../json.ts';
import type { Json, JsonObject } from '../../json.ts';
import { isExternal, portsOf, specOf, typeOf } from './service-spec.ts';

const affinitySeconds = 10_800;

/** A Service with what it says by saying nothing; nothing is allocated yet. */
export function defaultedService(object: JsonObject): JsonObject {
  const { ports: _, ...spec } = specOf(object);
  const ports = portsOf(specOf(object)).map((port) => defaultedPort(port));
  const policies = defaultedPolicies(defaultedAffinity(spec));
  return { ...object, spec: { ...policies, ...(ports.length === 0 ? {} : { ports }) }, ...defaultedStatus(object) };
}

function defaultedPort(port: JsonObject): JsonObject {
  const target = port['targetPort'];
  const isGiven = target !== undefined && target !== '' && target !== 0;
  return { ...port, targetPort: isGiven ? target : (port['port'] ?? 0) };
}

function defaultedAffinity(spec: JsonObject): JsonObject {
  const { sessionAffinityConfig, ...rest } = spec;
  if (spec['sessionAffinity'] === 'None') {
    return rest;
  }
  const isTimed = numberAt(sessionAffinityConfig, 'clientIP', 'timeoutSeconds') !== undefined;
  return spec['sessionAffinity'] !== 'ClientIP' || isTimed
    ? spec
    : { ...rest, sessionAffinityConfig: { clientIP: { timeoutSeconds: affinitySeconds } } };
}

function defaultedPolicies(spec: JsonObject): JsonObject {
  const type = typeOf(spec);
  return {
    ...(['ClusterIP', 'NodePort', 'LoadBalancer'].includes(type) ? { internalTrafficPolicy: 'Cluster' } : {}),
    ...(isExternal(spec) ? { externalTrafficPolicy: 'Cluster' } : {}),
    ...(type === 'LoadBalancer' ? { allocateLoadBalancerNodePorts: true } : {}),
    ...spec,
  };
}

/** An address of a load balancer is one of the node's own unless something else is said. */
function defaultedStatus(object: JsonObject): JsonObject {
  const status = isJsonObject(object['status']) ? object['status'] : {};
  const ingress = listAt(status, 'loadBalancer', 'ingress').map((one) => defaultedIngress(one));
  const balancer = valueAt(status, 'loadBalancer');
  const loadBalancer = { ...(isJsonObject(balancer) ? balancer : {}), ...(ingress.length === 0 ? {} : { ingress }) };
  return { status: { ...status, loadBalancer } };
}

function defaultedIngress(ingress: Json): Json {
  const isOfMode = !isJsonObject(ingress) || ingress['ip'] === undefined || ingress['ipMode'] !== undefined;
  return isOfMode ? ingress : { ...ingress, ipMode: 'VIP' };
}

import { jsonEqual } from '../../json.ts';
import type { Json, JsonObject } from '../../json.ts';
import {
  isExternal,
  needsClusterAddress,
  needsHealthCheck,
  needsNodePorts,
  nodePortOf,
  portsOf,
  textsAt,
  typeOf,
} from './service-spec.ts';

type Fields = { readonly [name: string]: Json | undefined };

function without(spec: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(spec).filter(([name]) => !names.includes(name)));
}

function withFields(spec: JsonObject, fields: Fields): JsonObject {
  const given = Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return { ...spec, ...Object.fromEntries(given) };
}

/** What was allocated before and is not spoken of now stays. */
export function keptAllocations(spec: JsonObject, before: JsonObject): JsonObject {
  const hasAddress = needsClusterAddress(before) && needsClusterAddress(spec);
  const addressed = hasAddress
    ? withFields(spec, {
        clusterIP: (spec['clusterIP'] ?? '') === '' ? before['clusterIP'] : undefined,
        clusterIPs: textsAt(spec, 'clusterIPs').length === 0 ? before['clusterIPs'] : undefined,
      })
    : spec;
  const isChecked = needsHealthCheck(before) && needsHealthCheck(spec) && spec['healthCheckNodePort'] === undefined;
  const checked = isChecked ? withFields(addressed, { healthCheckNodePort: before['healthCheckNodePort'] }) : addressed;
  return needsNodePorts(before) && needsNodePorts(spec) ? keptNodePorts(checked, before) : checked;
}

/** Ports keep the node port that one of the same name had, unless another took it. */
function keptNodePorts(spec: JsonObject, before: JsonObject): JsonObject {
  const now = new Set(portsOf(spec).map((port) => nodePortOf(port)));
  const held = new Map(portsOf(before).map((port) => [port['name'], nodePortOf(port)]));
  const ports = portsOf(spec).map((port) => {
    const old = held.get(port['name']) ?? 0;
    return nodePortOf(port) !== 0 || old === 0 || now.has(old) ? port : { ...port, nodePort: old };
  });
  return ports.length === 0 ? spec : { ...spec, ports };
}

/** The single address and the list of them follow each other when a client knows but one of both. */
export function alignedAddresses(spec: JsonObject, before: JsonObject | undefined): JsonObject {
  const single = spec['clusterIP'] ?? '';
  if (before === undefined) {
    return single !== '' && textsAt(spec, 'clusterIPs').length === 0 ? { ...spec, clusterIPs: [single] } : spec;
  }
  const old = before['clusterIP'] ?? '';
  const isCleared = textsAt(before, 'clusterIPs').length > 0 && textsAt(spec, 'clusterIPs').length === 0;
  if (old === single) {
    return isCleared ? withFields(spec, { clusterIPs: before['clusterIPs'] }) : spec;
  }
  if (!jsonEqual(before['clusterIPs'], spec['clusterIPs'])) {
    return spec;
  }
  return single === '' ? without(spec, 'clusterIPs') : { ...spec, clusterIPs: [single] };
}

function isSame(spec: JsonObject, before: JsonObject, name: string): boolean {
  return jsonEqual(spec[name], before[name]);
}

function isBalancer(spec: JsonObject): boolean {
  return typeOf(spec) === 'LoadBalancer';
}

/** Fields that only the former type had go with it, unless the write changes them too, which is then judged. */
export function withoutFormerType(spec: JsonObject, before: JsonObject): JsonObject {
  const dropped = (needs: (one: JsonObject) => boolean, ...names: readonly string[]): readonly string[] =>
    needs(before) && !needs(spec) ? names.filter((name) => isSame(spec, before, name)) : [];
  const addresses = isSame(spec, before, 'clusterIPs') ? dropped(needsClusterAddress, 'clusterIPs') : [];
  const left = without(
    spec,
    ...(addresses.length > 0 ? ['clusterIP', 'clusterIPs'] : []),
    ...dropped(needsClusterAddress, 'ipFamilies', 'ipFamilyPolicy'),
    ...dropped(needsHealthCheck, 'healthCheckNodePort'),
    ...dropped(isBalancer, 'allocateLoadBalancerNodePorts', 'loadBalancerClass'),
    ...dropped(isExternal, 'externalTrafficPolicy'),
  );
  const held = new Set(portsOf(before).map((port) => nodePortOf(port)));
  const hasNewOnes = portsOf(spec).some((port) => nodePortOf(port) !== 0 && !held.has(nodePortOf(port)));
  return needsNodePorts(before) && !needsNodePorts(spec) && !hasNewOnes ? withoutNodePorts(left) : left;
}

function withoutNodePorts(spec: JsonObject): JsonObject {
  const ports = portsOf(spec).map((port) => without(port, 'nodePort'));
  return ports.length === 0 ? spec : { ...spec, ports };
}

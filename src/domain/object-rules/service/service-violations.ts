import { labelPairViolations } from '../../crd/metadata-rules.ts';
import { labelName, qualifiedName, subdomainName } from '../../crd/name-rules.ts';
import type { Violation } from '../../crd/violation.ts';
import { numberAt, textAt, valueAt } from '../../json.ts';
import type { JsonObject } from '../../json.ts';
import { prefixViolations, reachableAddress } from '../address-rules.ts';
import { duplicate, forbidden, invalidValue, named, notSupported, oneOf, required } from '../field-errors.ts';
import { portNumber, portNumberOrName, protocols } from '../port-rules.ts';
import { clusterAddressViolations } from './service-families.ts';
import { isExternal, isHeadless, needsHealthCheck, nodePortOf, portsOf, textsAt, typeOf } from './service-spec.ts';

const longestAffinity = 86_400;
const kubeletPort = 10_250;
const types: readonly string[] = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const distributions: readonly string[] = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];
const trafficPolicies: readonly string[] = ['Cluster', 'Local'];
const balancersOnly = "may only be used when `type` is 'LoadBalancer'";

/** What the API server has against the spec of a Service that has its defaults and allocations. */
export function serviceViolations(spec: JsonObject): readonly Violation[] {
  return [
    ...ofType(spec),
    ...portViolations(spec),
    ...labelPairViolations('spec.selector', spec['selector']),
    ...affinityViolations(spec),
    ...clusterAddressViolations(spec),
    ...textsAt(spec, 'externalIPs').flatMap((ip, index) => reachableAddress(`spec.externalIPs[${index}]`, ip)),
    ...oneOf('spec.type', textAt(spec, 'type'), types),
    ...repeatedPorts(spec),
    ...balancerViolations(spec),
    ...balancerClass(spec),
    ...trafficViolations(spec),
  ];
}

function ofType(spec: JsonObject): readonly Violation[] {
  const type = typeOf(spec);
  const isPortless = portsOf(spec).length === 0 && !isHeadless(spec) && type !== 'ExternalName';
  const found = isPortless ? [required('spec.ports')] : [];
  if (type === 'ExternalName') {
    return [...found, ...externalName(spec)];
  }
  const isOutside = ['LoadBalancer', 'NodePort'].includes(type);
  const exposed = type === 'LoadBalancer' ? portsOf(spec) : [];
  return [
    ...found,
    ...exposed.flatMap((port, index) =>
      port['port'] === kubeletPort
        ? [
            invalidValue(
              `spec.ports[${index}]`,
              kubeletPort,
              `may not expose port ${kubeletPort} externally since it is used by kubelet`,
            ),
          ]
        : [],
    ),
    ...(isOutside && isHeadless(spec)
      ? [invalidValue('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${type} services`)]
      : []),
  ];
}

function externalName(spec: JsonObject): readonly Violation[] {
  const name = (textAt(spec, 'externalName') ?? '').replace(/\.$/u, '');
  const field = 'spec.externalName';
  return [
    ...['clusterIPs', 'ipFamilies', 'ipFamilyPolicy']
      .filter((one) => textsAt(spec, one).length > 0 || textAt(spec, one) !== undefined)
      .map((one) => forbidden(`spec.${one}`, 'may not be set for ExternalName services')),
    ...(name === '' ? [required(field)] : named(field, name, subdomainName)),
  ];
}

function portViolations(spec: JsonObject): readonly Violation[] {
  const ports = portsOf(spec);
  const names = ports.map((port) => textAt(port, 'name') ?? '');
  return ports.flatMap((port, index) => {
    const field = `spec.ports[${index}]`;
    const name = names[index] ?? '';
    const isTaken = name !== '' && names.indexOf(name) < index;
    return [
      ...(name === '' && ports.length > 1 ? [required(`${field}.name`)] : []),
      ...(name === '' ? [] : named(`${field}.name`, name, labelName)),
      ...(isTaken ? [duplicate(`${field}.name`, name)] : []),
      ...portNumber(`${field}.port`, numberAt(port, 'port') ?? 0),
      ...oneOf(`${field}.protocol`, textAt(port, 'protocol'), protocols),
      ...portNumberOrName(`${field}.targetPort`, port['targetPort']),
      ...(port['appProtocol'] === undefined
        ? []
        : named(`${field}.appProtocol`, textAt(port, 'appProtocol') ?? '', qualifiedName)),
    ];
  });
}

function affinityViolations(spec: JsonObject): readonly Violation[] {
  const field = 'spec.sessionAffinity';
  const seconds = numberAt(spec, 'sessionAffinityConfig', 'clientIP', 'timeoutSeconds') ?? 0;
  const isTimed = spec['sessionAffinity'] !== 'ClientIP' || (seconds > 0 && seconds <= longestAffinity);
  return [
    ...oneOf(field, textAt(spec, 'sessionAffinity'), ['ClientIP', 'None']),
    ...(isTimed
      ? []
      : [
          invalidValue(
            `${field}Config.clientIP.timeoutSeconds`,
            seconds,
            `must be greater than 0 and less than ${longestAffinity}`,
          ),
        ]),
  ];
}

function repeatedPorts(spec: JsonObject): readonly Violation[] {
  const ports = portsOf(spec);
  const isClusterIp = typeOf(spec) === 'ClusterIP';
  const places = ports.map((port) => [textAt(port, 'protocol') ?? '', port['port'] ?? 0] as const);
  const nodes = ports.map((port) => `${textAt(port, 'protocol') ?? ''} ${nodePortOf(port)}`);
  const forbiddenPorts = ports.flatMap((port, index) =>
    isClusterIp && nodePortOf(port) !== 0
      ? [forbidden(`spec.ports[${index}].nodePort`, "may not be used when `type` is 'ClusterIP'")]
      : [],
  );
  const repeatedNodes = ports.flatMap((port, index) =>
    nodePortOf(port) !== 0 && nodes.indexOf(nodes[index] ?? '') < index
      ? [duplicate(`spec.ports[${index}].nodePort`, nodePortOf(port))]
      : [],
  );
  const repeated = places.flatMap(([protocol, port], index) => {
    const isSecond = places.findIndex((one) => one[0] === protocol && one[1] === port) < index;
    // The server shows the key it compares: a port with nothing else in it.
    const key = { Name: '', Protocol: protocol, AppProtocol: null, Port: port, TargetPort: 0, NodePort: 0 };
    return isSecond ? [duplicate(`spec.ports[${index}]`, key)] : [];
  });
  return [...forbiddenPorts, ...repeatedNodes, ...repeated];
}

function balancerViolations(spec: JsonObject): readonly Violation[] {
  const isBalancer = typeOf(spec) === 'LoadBalancer';
  const ranges = textsAt(spec, 'loadBalancerSourceRanges');
  const field = 'spec.LoadBalancerSourceRanges';
  return [
    ...(ranges.length > 0 && !isBalancer ? [forbidden(field, balancersOnly)] : []),
    ...ranges.flatMap((range, index) => prefixViolations(`${field}[${index}]`, range.trim())),
    ...(spec['allocateLoadBalancerNodePorts'] !== undefined && !isBalancer
      ? [forbidden('spec.allocateLoadBalancerNodePorts', balancersOnly)]
      : []),
  ];
}

function balancerClass(spec: JsonObject): readonly Violation[] {
  const field = 'spec.loadBalancerClass';
  const name = textAt(spec, 'loadBalancerClass');
  if (name === undefined) {
    return [];
  }
  return typeOf(spec) === 'LoadBalancer' ? named(field, name, qualifiedName) : [forbidden(field, balancersOnly)];
}

function trafficViolations(spec: JsonObject): readonly Violation[] {
  const external = 'spec.externalTrafficPolicy';
  const policy = textAt(spec, 'externalTrafficPolicy') ?? '';
  const unwanted = 'may only be set for externally-accessible services';
  const distribution = textAt(spec, 'trafficDistribution');
  const internal = textAt(spec, 'internalTrafficPolicy');
  const hasInternal = ['ClusterIP', 'NodePort', 'LoadBalancer'].includes(typeOf(spec));
  const outside = policy === '' ? [] : [invalidValue(external, policy, unwanted)];
  return [
    ...(isExternal(spec) ? oneOf(external, policy, trafficPolicies) : outside),
    ...healthCheck(spec),
    ...(internal !== undefined || hasInternal ? oneOf('spec.internalTrafficPolicy', internal, trafficPolicies) : []),
    ...(distribution === undefined || distributions.includes(distribution)
      ? []
      : [notSupported('spec.trafficDistribution', distribution, distributions)]),
  ];
}

function healthCheck(spec: JsonObject): readonly Violation[] {
  const field = 'spec.healthCheckNodePort';
  const port = numberAt(spec, 'healthCheckNodePort') ?? 0;
  if (needsHealthCheck(spec)) {
    return port === 0 ? [required(field)] : portNumber(field, port);
  }
  const rule = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
  return port === 0 ? [] : [invalidValue(field, port, rule)];
}

/** What may not become of a Service that is there. */
export function serviceChangeViolations(spec: JsonObject, before: JsonObject): readonly Violation[] {
  const isNamed = [spec, before].some((one) => typeOf(one) === 'ExternalName');
  const isBalancer = [spec, before].every((one) => typeOf(one) === 'LoadBalancer');
  const isFree = isNamed || (isHeadless(spec) && isHeadless(before));
  return [
    ...(isFree ? [] : [...unchanged(spec, before, 'clusterIPs'), ...unchanged(spec, before, 'ipFamilies')]),
    ...(isBalancer && valueAt(spec, 'loadBalancerClass') !== valueAt(before, 'loadBalancerClass')
      ? [
          invalidValue('spec.loadBalancerClass', spec['loadBalancerClass'], 'may not change once set'),
          ...balancerClass(spec),
        ]
      : []),
    ...([spec, before].every((one) => needsHealthCheck(one)) &&
    spec['healthCheckNodePort'] !== before['healthCheckNodePort']
      ? [forbidden('spec.healthCheckNodePort', 'field is immutable')]
      : []),
  ];
}

/** The first of a list stays for ever, the second may come and go. */
function unchanged(spec: JsonObject, before: JsonObject, name: string): readonly Violation[] {
  const now = textsAt(spec, name);
  const isAlike = now.length === textsAt(before, name).length;
  return textsAt(before, name).flatMap((one, index) => {
    const isJudged = index === 0 || isAlike;
    return !isJudged || now[index] === one
      ? []
      : [invalidValue(`spec.${name}[${index}]`, spec[name], 'may not change once set')];
  });
}

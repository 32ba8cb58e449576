import { numberAt } from '../../../domain/json.ts';
import type { JsonObject } from '../../../domain/json.ts';
import { invalidValue } from '../../../domain/object-rules/field-errors.ts';
import {
  alignedAddresses,
  keptAllocations,
  withoutFormerType,
} from '../../../domain/object-rules/service/service-change.ts';
import { stackedService } from '../../../domain/object-rules/service/service-families.ts';
import {
  needsClusterAddress,
  isHeadless,
  needsHealthCheck,
  specOf,
  textsAt,
  typeOf,
} from '../../../domain/object-rules/service/service-spec.ts';
import { StatusError } from '../answers/status-error.ts';
import { admitNodePorts, nodePortsOf } from './node-ports.ts';
import { RefusedFields } from './refused-fields.ts';
import type { ServiceRanges } from './service-ranges.ts';

/** A Service whose defaults are in place with what the API server gives it: addresses, families and node ports, by its type. */
export function admitService(object: JsonObject, live: JsonObject | undefined, ranges: ServiceRanges): JsonObject {
  const before = live === undefined ? undefined : specOf(live);
  const spec = specOf(object);
  const kept = before === undefined ? spec : keptAllocations(spec, before);
  const { spec: stacked, violations } = stackedService(alignedAddresses(kept, before), before, ranges.families);
  if (violations.length > 0) {
    throw new RefusedFields(violations);
  }
  const addressed = admitAddresses(stacked, before, ranges);
  const checked = admitHealthCheck(admitNodePorts(addressed, before, ranges), before, ranges);
  const left = withoutPolicy(before === undefined ? checked : withoutFormerType(checked, before));
  // Only a load balancer has an address of one: a Service that stops being one loses it.
  const isChanged = before !== undefined && typeOf(before) !== typeOf(left) && typeOf(left) !== 'LoadBalancer';
  return { ...object, spec: left, ...(isChanged ? { status: { loadBalancer: {} } } : {}) };
}

/** A name outside the cluster has no traffic inside. */
function withoutPolicy(spec: JsonObject): JsonObject {
  const { internalTrafficPolicy: _, ...rest } = spec;
  return typeOf(spec) === 'ExternalName' ? rest : spec;
}

/** An address of each of its families; those that it had are judged where changes are. */
function admitAddresses(spec: JsonObject, before: JsonObject | undefined, ranges: ServiceRanges): JsonObject {
  const had = before !== undefined && needsClusterAddress(before) ? textsAt(before, 'clusterIPs').length : 0;
  const families = textsAt(spec, 'ipFamilies');
  if (!needsClusterAddress(spec) || isHeadless(spec) || had >= families.length) {
    return spec;
  }
  const given = textsAt(spec, 'clusterIPs');
  const wanted = families.map((_, index) => given[index] ?? '');
  const refused = wanted.slice(had).flatMap((address) => {
    const why = address === '' ? undefined : ranges.whyNotAddress(address);
    return why === undefined ? [] : [`failed to allocate IP ${address}: ${why}`];
  });
  if (refused[0] !== undefined) {
    throw new RefusedFields([invalidValue('spec.clusterIPs', wanted, refused[0])]);
  }
  const clusterIPs = wanted.map((address, index) =>
    address === '' ? ranges.freeClusterAddress(families[index] === 'IPv6' ? 'IPv6' : 'IPv4') : address,
  );
  return { ...spec, clusterIP: clusterIPs[0] ?? '', clusterIPs };
}

/** Load balancers ask a port of their own which nodes have endpoints. */
function admitHealthCheck(spec: JsonObject, before: JsonObject | undefined, ranges: ServiceRanges): JsonObject {
  if (!needsHealthCheck(spec) || (before !== undefined && needsHealthCheck(before))) {
    return spec;
  }
  const wanted = numberAt(spec, 'healthCheckNodePort') ?? 0;
  const taken = nodePortsOf(spec);
  if (wanted === 0) {
    return { ...spec, healthCheckNodePort: ranges.freeNodePort(taken) };
  }
  const why = ranges.whyNotNodePort(wanted, taken);
  if (why !== undefined) {
    const message = `Internal error occurred: failed to allocate requested HealthCheck NodePort ${wanted}: ${why}`;
    throw new StatusError(500, 'InternalError', message, {
      causes: [{ message: message.slice('Internal error occurred: '.length) }],
    });
  }
  return spec;
}

import { subdomainName } from '../../crd/name-rules.ts';
import type { Violation } from '../../crd/violation.ts';
import { listAt, textAt } from '../../json.ts';
import type { Json, JsonObject } from '../../json.ts';
import { addressViolations, legacyAddress } from '../address-rules.ts';
import { forbidden, invalidValue, named, notSupported } from '../field-errors.ts';
import { specOf, typeOf } from './service-spec.ts';

const modes: readonly string[] = ['Proxy', 'VIP'];

/** What the API server has against the status of a Service: where a load balancer can be reached. */
export function serviceStatusViolations(service: JsonObject): readonly Violation[] {
  const field = 'status.loadBalancer.ingress';
  const ingress = listAt(service, 'status', 'loadBalancer', 'ingress');
  if (ingress.length > 0 && typeOf(specOf(service)) !== 'LoadBalancer') {
    return [forbidden(field, "may only be used when `spec.type` is 'LoadBalancer'")];
  }
  return ingress.flatMap((one, index) => ingressViolations(`${field}[${index}]`, one));
}

function ingressViolations(field: string, ingress: Json): readonly Violation[] {
  const ip = textAt(ingress, 'ip') ?? '';
  const hostname = textAt(ingress, 'hostname') ?? '';
  const isAddress = hostname !== '' && legacyAddress(hostname) !== undefined;
  return [
    ...(ip === '' ? [] : addressViolations(`${field}.ip`, ip)),
    ...modeViolations(`${field}.ipMode`, textAt(ingress, 'ipMode'), ip),
    ...(hostname === '' ? [] : named(`${field}.hostname`, hostname, subdomainName)),
    ...(isAddress ? [invalidValue(`${field}.hostname`, hostname, 'must be a DNS name, not an IP address')] : []),
  ];
}

function modeViolations(field: string, mode: string | undefined, ip: string): readonly Violation[] {
  if (mode === undefined) {
    return [];
  }
  if (ip === '') {
    return [forbidden(field, 'may not be specified when `ip` is not set')];
  }
  return modes.includes(mode) ? [] : [notSupported(field, mode, modes)];
}

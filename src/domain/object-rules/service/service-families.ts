import type { Violation } from '../../crd/violation.ts';
import { jsonEqual } from '../../json.ts';
import type { JsonObject } from '../../json.ts';
import { addressViolations, legacyAddress } from '../address-rules.ts';
import { duplicate, invalidValue, notSupported, required } from '../field-errors.ts';
import { isHeadless, isSelectorless, none, textsAt, typeOf } from './service-spec.ts';

export type ServiceFamily = 'IPv4' | 'IPv6';

/** In the order in which a cluster of both gives them. */
export const serviceFamilies: readonly ServiceFamily[] = ['IPv4', 'IPv6'];
const families: readonly string[] = serviceFamilies;
const policies: readonly string[] = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];
const most = 2;
const single = 'SingleStack';

export interface Stacked {
  readonly spec: JsonObject;
  readonly violations: readonly Violation[];
}

/** Families and their policy as a cluster of these families, the first of which is preset, fills them in or refuses them. */
export function stackedService(
  given: JsonObject,
  before: JsonObject | undefined,
  cluster: readonly ServiceFamily[],
): Stacked {
  if (typeOf(given) === 'ExternalName' || isKept(given, before)) {
    return { spec: given, violations: [] };
  }
  const preset = before?.['ipFamilyPolicy'] ?? (isSelectorless(given) ? 'RequireDualStack' : single);
  const spec = { ipFamilyPolicy: preset, ...given };
  const malformed = clusterAddressViolations(spec);
  if (malformed.length > 0) {
    return { spec, violations: malformed };
  }
  const reduced = before === undefined ? spec : asSingleStack(spec, before);
  const inferred = inferredFamilies(reduced, cluster);
  const violations = [...policyViolations(reduced, before), ...inferred.violations];
  if (violations.length > 0) {
    return { spec, violations };
  }
  return isSelectorless(spec)
    ? { spec: withFamilies(inferred.spec, cluster, families), violations: [] }
    : onCluster(inferred.spec, cluster);
}

function familiesOf(spec: JsonObject): readonly string[] {
  return textsAt(spec, 'ipFamilies');
}

function isKept(spec: JsonObject, before: JsonObject | undefined): boolean {
  return (
    before !== undefined &&
    typeOf(before) === typeOf(spec) &&
    spec['ipFamilyPolicy'] === 'PreferDualStack' &&
    before['ipFamilyPolicy'] === 'PreferDualStack' &&
    jsonEqual(spec['clusterIPs'], before['clusterIPs']) &&
    jsonEqual(spec['ipFamilies'], before['ipFamilies'])
  );
}

/** A policy of one family is clear enough to give up the second one. */
function asSingleStack(spec: JsonObject, before: JsonObject): JsonObject {
  if (spec['ipFamilyPolicy'] !== single) {
    return spec;
  }
  const names = ['clusterIPs', 'ipFamilies'].filter(
    (name) => textsAt(spec, name).length > 1 && jsonEqual(spec[name], before[name]),
  );
  return { ...spec, ...Object.fromEntries(names.map((name) => [name, textsAt(spec, name).slice(0, 1)])) };
}

function policyViolations(spec: JsonObject, before: JsonObject | undefined): readonly Violation[] {
  const field = 'spec.ipFamilyPolicy';
  const policy = spec['ipFamilyPolicy'];
  const isReduced = (name: string): boolean =>
    before !== undefined && textsAt(spec, name).length > 0 && textsAt(spec, name).length < textsAt(before, name).length;
  if (policy !== single) {
    return [
      ...(isReduced('clusterIPs') ? ["must be 'SingleStack' to release the secondary cluster IP"] : []),
      ...(isReduced('ipFamilies') ? ["must be 'SingleStack' to release the secondary IP family"] : []),
    ].map((rule) => invalidValue(field, policy, rule));
  }
  const choice = "must be 'RequireDualStack' or 'PreferDualStack' when multiple";
  return [
    ...(textsAt(spec, 'clusterIPs').length === most ? [`${choice} cluster IPs are specified`] : []),
    ...(familiesOf(spec).length === most ? [`${choice} IP families are specified`] : []),
  ].map((rule) => invalidValue(field, policy, rule));
}

function familyOf(address: string): string {
  return legacyAddress(address)?.family === 'ipv6' ? 'IPv6' : 'IPv4';
}

function inferredFamilies(spec: JsonObject, cluster: readonly string[]): Stacked {
  const addresses = isHeadless(spec) ? [] : textsAt(spec, 'clusterIPs');
  const more = addresses.map((address) => familyOf(address)).slice(familiesOf(spec).length);
  const first = familiesOf(spec).length;
  const violations = more.flatMap((family, index) =>
    cluster.includes(family)
      ? []
      : [
          invalidValue(
            `spec.clusterIPs[${first + index}]`,
            spec['clusterIPs'],
            `${family} is not configured on this cluster`,
          ),
        ],
  );
  return { spec: more.length === 0 ? spec : { ...spec, ipFamilies: [...familiesOf(spec), ...more] }, violations };
}

/** The first family of the cluster where none is named, and with a policy of both the other of the possible ones. */
function withFamilies(spec: JsonObject, cluster: readonly string[], possible: readonly string[]): JsonObject {
  const known = familiesOf(spec).length === 0 ? cluster.slice(0, 1) : familiesOf(spec);
  const isComplete = spec['ipFamilyPolicy'] === single || known.length > 1;
  const others = isComplete ? [] : possible.filter((family) => !known.includes(family));
  return { ...spec, ipFamilies: [...known, ...others] };
}

function onCluster(spec: JsonObject, cluster: readonly string[]): Stacked {
  const policy = spec['ipFamilyPolicy'];
  const violations = [
    ...(policy === 'RequireDualStack' && cluster.length < most
      ? [invalidValue('spec.ipFamilyPolicy', policy, 'this cluster is not configured for dual-stack services')]
      : []),
    ...familiesOf(spec).flatMap((family, index) =>
      cluster.includes(family)
        ? []
        : [invalidValue(`spec.ipFamilies[${index}]`, family, 'not configured on this cluster')],
    ),
  ];
  return { spec: withFamilies(spec, cluster, cluster), violations };
}

/** Whether the addresses of a Service, its families and their policy are well-formed and fit one another. */
export function clusterAddressViolations(spec: JsonObject): readonly Violation[] {
  if (typeOf(spec) === 'ExternalName') {
    return [];
  }
  const policy = spec['ipFamilyPolicy'];
  const malformed = malformedAddresses(spec);
  return [
    ...unalignedAddresses(spec),
    ...familiesOf(spec).flatMap((family, index, all) => [
      ...(families.includes(family) ? [] : [notSupported(`spec.ipFamilies[${index}]`, family, families)]),
      ...(all.indexOf(family) < index ? [duplicate(`spec.ipFamilies[${index}]`, family)] : []),
    ]),
    ...(policy === undefined || policies.some((one) => one === policy)
      ? []
      : [notSupported('spec.ipFamilyPolicy', policy, policies)]),
    ...malformed,
    ...(malformed.length > 0 ? [] : unmatchedAddresses(spec)),
  ];
}

function unalignedAddresses(spec: JsonObject): readonly Violation[] {
  const addresses = textsAt(spec, 'clusterIPs');
  const address = spec['clusterIP'] ?? '';
  const field = 'spec.clusterIPs';
  if (address === '') {
    const rule = 'must be empty when `clusterIP` is not specified';
    return addresses.length === 0 ? [] : [invalidValue(field, addresses, rule)];
  }
  if (addresses.length === 0) {
    return [required(field)];
  }
  return addresses[0] === address ? [] : [invalidValue(field, addresses, 'first value must match `clusterIP`')];
}

function malformedAddresses(spec: JsonObject): readonly Violation[] {
  const addresses = textsAt(spec, 'clusterIPs');
  return addresses.flatMap((address, index) => {
    if (index > 0 || address !== none) {
      return addressViolations(`spec.clusterIPs[${index}]`, address);
    }
    const rule = "'None' must be the first and only value";
    return addresses.length > 1 ? [invalidValue('spec.clusterIPs', addresses, rule)] : [];
  });
}

function unmatchedAddresses(spec: JsonObject): readonly Violation[] {
  const addresses = textsAt(spec, 'clusterIPs');
  const field = 'spec.clusterIPs';
  const kinds = new Set(addresses.map((address) => familyOf(address)));
  const perFamily = 'may specify no more than one IP for each IP family';
  const unmatched = isHeadless(spec)
    ? []
    : addresses.flatMap((address, index) => {
        const family = familiesOf(spec)[index];
        const isRight = family === undefined || !families.includes(family) || family === familyOf(address);
        const rule = `expected an ${family ?? ''} value as indicated by \`ipFamilies[${index}]\``;
        return isRight ? [] : [invalidValue(`${field}[${index}]`, address, rule)];
      });
  return [
    ...(addresses.length > most ? [invalidValue(field, addresses, 'may only hold up to 2 values')] : []),
    ...(addresses.length > 1 && kinds.size < addresses.length ? [invalidValue(field, addresses, perFamily)] : []),
    ...unmatched,
  ];
}

import { formatAddress, type IpAddress, type IpFamily } from '../address/ip-address.ts';
import { parseAddress } from '../address/parse-address.ts';
import { canonicalJson, type Json, listAt, numberAt, textAt } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import { type Labels, labelsAt } from './label-selector.ts';

/** The addresses a Service asks for: none, the ones it names, or a text that MetalLB cannot use, with the reason. */
export type AddressRequest =
  | { readonly kind: 'none' }
  | { readonly kind: 'addresses'; readonly addresses: readonly IpAddress[] }
  | { readonly kind: 'unusable'; readonly reason: string };

export type IpFamilyPolicy = 'SingleStack' | 'PreferDualStack' | 'RequireDualStack';

/** What the allocation reads of a Service. */
export interface ServiceView {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly isLoadBalancer: boolean;
  readonly loadBalancerClass: string | undefined;
  /** Families of its cluster addresses. */
  readonly clusterFamilies: readonly IpFamily[];
  readonly policy: IpFamilyPolicy;
  /** The family that counts where only one can be served. */
  readonly primaryFamily: IpFamily;
  readonly request: AddressRequest;
  /** The pool it asks for. */
  readonly pool: string | undefined;
  readonly sharingKey: string;
  /** Services that share an address need the same: the selector where traffic stays on the node, else nothing. */
  readonly backendKey: string;
  /** `TCP/80` and so on. */
  readonly ports: readonly string[];
  readonly trafficStaysLocal: boolean;
  /** Addresses in its status, in their order; host names are left out. */
  readonly held: readonly IpAddress[];
  /** The pool that an annotation of the controller's own says its addresses are from. */
  readonly allocatedFrom: string | undefined;
  /** Some annotation of it has the older of MetalLB's prefixes. */
  readonly usesOldPrefix: boolean;
  /** Parts that could not be read; the outcome is a guess then. */
  readonly problems: readonly string[];
}

/** The prefixes of MetalLB's annotations, the one that counts first. */
const annotationPrefixes = ['metallb.io/', 'metallb.universe.tf/'] as const;

/** The newer prefix wins, even if it is empty. */
function annotation(labels: Labels, name: string): string | undefined {
  const found = annotationPrefixes.find((prefix) => Object.hasOwn(labels, `${prefix}${name}`));
  return found === undefined ? undefined : labels[`${found}${name}`];
}

/** Reads a core/v1 Service. Never throws: what cannot be read is left out and named in `problems`. */
export function decodeService(object: KubeObject): ServiceView {
  const json = asJson(object);
  const annotations = object.metadata.annotations ?? {};
  const pool = annotation(annotations, 'address-pool') ?? '';
  const local = textAt(json, 'spec', 'externalTrafficPolicy') === 'Local';
  const clusterIps = familiesAt(json);
  const families = clusterIps.families;
  const held = addressesOfStatus(json);
  return {
    namespace: object.metadata.namespace ?? 'default',
    name: object.metadata.name,
    labels: object.metadata.labels ?? {},
    isLoadBalancer: textAt(json, 'spec', 'type') === 'LoadBalancer',
    loadBalancerClass: textAt(json, 'spec', 'loadBalancerClass'),
    clusterFamilies: families,
    policy: policyOf(textAt(json, 'spec', 'ipFamilyPolicy')),
    primaryFamily: textAt(json, 'spec', 'ipFamilies', 0) === 'IPv6' ? 'ipv6' : 'ipv4',
    request: requestOf(annotation(annotations, 'loadBalancerIPs') ?? '', textAt(json, 'spec', 'loadBalancerIP') ?? ''),
    pool: pool === '' ? undefined : pool,
    sharingKey: annotation(annotations, 'allow-shared-ip') ?? '',
    backendKey: local ? canonicalJson(labelsAt(json, 'spec', 'selector')) : '',
    ports: listAt(json, 'spec', 'ports').map(
      (port) => `${textAt(port, 'protocol') ?? 'TCP'}/${String(numberAt(port, 'port') ?? '')}`,
    ),
    trafficStaysLocal: local,
    held: held.addresses,
    allocatedFrom: annotations[`${annotationPrefixes[0]}ip-allocated-from-pool`],
    usesOldPrefix: Object.keys(annotations).some((name) => name.startsWith(annotationPrefixes[1])),
    problems: [...clusterIps.problems, ...held.problems],
  };
}

function policyOf(text: string | undefined): IpFamilyPolicy {
  return text === 'PreferDualStack' || text === 'RequireDualStack' ? text : 'SingleStack';
}

/** A manifest that was never applied has no cluster addresses: its `ipFamilies` tell, else IPv4 is taken. */
function familiesAt(json: Json): { readonly families: readonly IpFamily[]; readonly problems: readonly string[] } {
  const given = listAt(json, 'spec', 'clusterIPs');
  const single = textAt(json, 'spec', 'clusterIP') ?? '';
  const texts = given.length > 0 ? given : [single].filter((text) => text !== '');
  if (texts.length > 0) {
    const read = texts.map((text) => parseAddress(typeof text === 'string' ? text : ''));
    return { families: read.flatMap((each) => (each.ok ? [each.value.family] : [])), problems: [] };
  }
  const named = listAt(json, 'spec', 'ipFamilies').flatMap((family): readonly IpFamily[] => {
    if (family === 'IPv4' || family === 'IPv6') {
      return [family === 'IPv4' ? 'ipv4' : 'ipv6'];
    }
    return [];
  });
  return named.length > 0
    ? { families: named, problems: [] }
    : { families: ['ipv4'], problems: ['it has no cluster address yet, so its families are not known'] };
}

function addressesOfStatus(json: Json): {
  readonly addresses: readonly IpAddress[];
  readonly problems: readonly string[];
} {
  const texts = listAt(json, 'status', 'loadBalancer', 'ingress').flatMap((each) => textAt(each, 'ip') ?? []);
  const read = texts.map((text) => ({ text, parsed: parseAddress(text) }));
  return {
    addresses: read.flatMap(({ parsed }) => (parsed.ok ? [parsed.value] : [])),
    problems: read.flatMap(({ text, parsed }) => (parsed.ok ? [] : [`its status holds ${text}, which is no address`])),
  };
}

function requestOf(annotated: string, single: string): AddressRequest {
  if (annotated !== '' && single !== '') {
    return { kind: 'unusable', reason: 'it sets both spec.loadBalancerIP and metallb.io/loadBalancerIPs' };
  }
  if (annotated === '' && single === '') {
    return { kind: 'none' };
  }
  const texts = single === '' ? annotated.split(',').map((text) => text.trim()) : [single];
  const addresses: IpAddress[] = [];
  for (const text of texts) {
    const read = parseAddress(text);
    if (!read.ok) {
      return { kind: 'unusable', reason: `the address it asks for, ${JSON.stringify(text.slice(0, 60))}, is none` };
    }
    addresses.push(read.value);
  }
  const [first, second, third] = addresses;
  if (third !== undefined || (second !== undefined && second.family === first?.family)) {
    return { kind: 'unusable', reason: `it asks for ${addresses.map((each) => formatAddress(each)).join(' and ')}` };
  }
  return { kind: 'addresses', addresses };
}

/** `namespace/name`. */
export function serviceKey(service: { readonly namespace: string; readonly name: string }): string {
  return `${service.namespace}/${service.name}`;
}

/** Whether the controller looks at the Service: without a class of its own at those without, else at those of its class. */
export function isServedBy(service: ServiceView, loadBalancerClass: string | undefined): boolean {
  return (service.loadBalancerClass ?? '') === (loadBalancerClass ?? '');
}

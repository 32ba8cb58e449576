import { formatAddress, type IpAddress } from '../../address/ip-address.ts';
import { parseAddress } from '../../address/parse-address.ts';
import { canonicalJson, isJsonObject, type JsonObject, listAt, numberAt, textAt, valueAt } from '../../json.ts';
import type { FoundService } from '../contribution.ts';
import { type Origin, originBelow } from '../origin.ts';
import { isPlaceholder } from '../placeholders.ts';

/** The prefixes of MetalLB's annotations, the one that counts first. */
export const annotationPrefixes = ['metallb.io/', 'metallb.universe.tf/'] as const;

/** What follows the prefix of the annotations that people write. */
export const annotationNames = ['address-pool', 'loadBalancerIPs', 'allow-shared-ip'] as const;

type AnnotationName = (typeof annotationNames)[number];

/** A text with its place. */
export interface PlacedText {
  readonly text: string;
  readonly origin: Origin;
}

/** An address a Service asks for. */
export interface AskedAddress extends PlacedText {
  readonly address: IpAddress;
}

/** What MetalLB reads of a Service. */
export interface ServiceFacts {
  readonly service: FoundService;
  /** `namespace/name`, as MetalLB's own messages have it. */
  readonly name: string;
  /** MetalLB looks at it: of type LoadBalancer, of no other class. */
  readonly isServed: boolean;
  readonly pool: PlacedText | undefined;
  /** The texts of `loadBalancerIPs`, else of `spec.loadBalancerIP`. */
  readonly asked: readonly PlacedText[];
  readonly addresses: readonly AskedAddress[];
  readonly sharingKey: string;
  /** Services that share an address need the same: the selector where traffic stays on the node, else nothing. */
  readonly backendKey: string;
  /** `TCP 80`, in the order of the Service. */
  readonly ports: readonly string[];
}

/** The type that MetalLB serves, in other letter cases or with a dash: the API server refuses it. */
export function isTypeMisspelt(value: JsonObject): boolean {
  const type = textAt(value, 'spec', 'type') ?? '';
  return type !== 'LoadBalancer' && /^load[-_ ]?balancer$/i.test(type);
}

/** True for a Service that has to do with load balancing: by type, by address or by an annotation of MetalLB. */
export function isBesideMetalLb(value: JsonObject): boolean {
  const keys = (path: 'annotations' | 'labels'): readonly string[] => {
    const entries = valueAt(value, 'metadata', path);
    return isJsonObject(entries) ? Object.keys(entries) : [];
  };
  return (
    textAt(value, 'spec', 'type') === 'LoadBalancer' ||
    isTypeMisspelt(value) ||
    [...keys('annotations'), ...keys('labels')].some((key) =>
      annotationPrefixes.some((prefix) => key.startsWith(prefix)),
    )
  );
}

/** The annotation with the newer prefix wins, even if it is empty. */
function annotation({ origin, value }: FoundService, name: AnnotationName): PlacedText | undefined {
  for (const prefix of annotationPrefixes) {
    const text = textAt(value, 'metadata', 'annotations', `${prefix}${name}`);
    if (text !== undefined) {
      return { text, origin: originBelow(origin, 'metadata', 'annotations', `${prefix}${name}`) };
    }
  }
  return undefined;
}

/** `spec.loadBalancerIP`, where it is set. */
export function specAddress({ origin, value }: FoundService): PlacedText | undefined {
  const text = textAt(value, 'spec', 'loadBalancerIP') ?? '';
  return text === '' ? undefined : { text, origin: originBelow(origin, 'spec', 'loadBalancerIP') };
}

/** `loadBalancerIPs`, where it is set. */
export function annotatedAddresses(service: FoundService): PlacedText | undefined {
  const found = annotation(service, 'loadBalancerIPs');
  return found?.text === '' ? undefined : found;
}

function given(text: PlacedText | undefined): PlacedText | undefined {
  return text === undefined || isPlaceholder(text.text) ? undefined : text;
}

/** Reads a Service. What is a placeholder is as if it were not there. */
export function serviceFacts(service: FoundService): ServiceFacts {
  const { value } = service;
  const annotated = given(annotatedAddresses(service));
  const single = given(specAddress(service));
  const asked =
    annotated === undefined
      ? [single].filter((text) => text !== undefined)
      : annotated.text.split(',').map((text) => ({ text: text.trim(), origin: annotated.origin }));
  const className = textAt(value, 'spec', 'loadBalancerClass') ?? '';
  const local = textAt(value, 'spec', 'externalTrafficPolicy') === 'Local';
  return {
    service,
    name: `${textAt(value, 'metadata', 'namespace') ?? 'default'}/${textAt(value, 'metadata', 'name') ?? ''}`,
    isServed: textAt(value, 'spec', 'type') === 'LoadBalancer' && (className === '' || /metallb/i.test(className)),
    pool: given(annotation(service, 'address-pool')),
    asked,
    addresses: asked.flatMap((each) => {
      const parsed = parseAddress(each.text);
      return parsed.ok ? [{ ...each, address: parsed.value }] : [];
    }),
    sharingKey: given(annotation(service, 'allow-shared-ip'))?.text ?? '',
    backendKey: local ? canonicalJson(valueAt(value, 'spec', 'selector') ?? {}) : '',
    ports: listAt(value, 'spec', 'ports').map(
      (port) => `${textAt(port, 'protocol') ?? 'TCP'} ${String(numberAt(port, 'port') ?? '')}`,
    ),
  };
}

/** An address in the form by which equal ones are equal texts. */
export function addressKey({ address }: AskedAddress): string {
  return formatAddress(address);
}

import { type IpAddress, compareAddresses } from '../address/ip-address.ts';
import type { ServiceView } from '../allocation/service-view.ts';

/** By what several Services may hold one address together. */
export interface Share {
  /** The sharing key, never empty. */
  readonly key: string;
  /** What their traffic goes to, where that must be the same; else empty. */
  readonly backend: string;
  /** `TCP/80` and so on. */
  readonly ports: readonly string[];
}

/** A durable record: this address is for this Service, as it was at this version. */
export interface Claim {
  readonly address: IpAddress;
  readonly uid: string;
  /** The Service's resourceVersion by which it was decided, and the only one at which the address may be published. */
  readonly ticket: string;
  /** `namespace/name`, for people. */
  readonly service: string;
  /** Absent: the Service shares with nobody. */
  readonly share?: Share;
}

/** What a Service brings to share an address, as its claims record it. */
export function shareOf(service: ServiceView): Share | undefined {
  const { sharingKey, backendKey, ports } = service;
  return sharingKey === '' ? undefined : { key: sharingKey, backend: backendKey, ports: ports.toSorted() };
}

/** Whether two Services may have one address at the same time. */
export function mayShare(left: Share | undefined, right: Share | undefined): boolean {
  return (
    left !== undefined &&
    right !== undefined &&
    left.key === right.key &&
    left.backend === right.backend &&
    !left.ports.some((port) => right.ports.includes(port))
  );
}

/** Whether two claims let the Service share with the same others. The order of ports does not matter. */
export function sameShare(left: Share | undefined, right: Share | undefined): boolean {
  if (left === undefined || right === undefined) {
    return left === right;
  }
  const ports = new Set(left.ports);
  return (
    left.key === right.key &&
    left.backend === right.backend &&
    ports.size === new Set(right.ports).size &&
    right.ports.every((port) => ports.has(port))
  );
}

/**
 * Whether a Service needs the claim written before its status may say (or go on saying) the address. `stored` is its claim
 * of that address; `isPublished` tells whether its status holds the address at the version of the ticket. A published
 * address keeps the claim it has, whatever its ticket: a restart writes nothing.
 */
export function isClaimNeeded(wanted: Claim, stored: Claim | undefined, isPublished: boolean): boolean {
  if (stored === undefined || !sameShare(wanted.share, stored.share)) {
    return true;
  }
  return !isPublished && stored.ticket !== wanted.ticket;
}

/** By address, then uid. */
export function compareClaims(left: Claim, right: Claim): number {
  return compareAddresses(left.address, right.address) || (left.uid < right.uid ? -1 : Number(left.uid > right.uid));
}

import type { IpAddress } from '../address/ip-address.ts';
import { isOlderVersion } from '../manifest/resource-version.ts';
import type { Claim } from './claim.ts';

/**
 * What is known of a Service (one uid). Each is a fact that never ceases to be true, however old the cache is that it was
 * found in.
 */
export type Sighting =
  /** It is gone: a watch told so, or a read from the server's latest state that began after its claim was seen lacks it. */
  | { readonly kind: 'gone' }
  /** A complete list, perhaps an old one, lacks it. */
  | { readonly kind: 'absent'; readonly listVersion: string }
  /** It had this version, and its status held these addresses then. */
  | {
      readonly kind: 'seen';
      readonly version: string;
      readonly holds: readonly IpAddress[];
      /** Known of the answer to a write: the version that the write was fenced by. */
      readonly follows?: string;
    };

/** A Service as it was read. */
export interface PublishTarget {
  readonly uid: string;
  /** The version by which the write will be fenced. */
  readonly version: string;
  /** Addresses in its status at that version. */
  readonly holds: readonly IpAddress[];
}

function includesAddress(addresses: readonly IpAddress[], address: IpAddress): boolean {
  return addresses.some(({ family, value }) => family === address.family && value === address.value);
}

/**
 * Whether a status that says the claim's address may be written to the Service. The write must carry the target's uid and
 * version as preconditions. An address that the status holds already is not published anew, so any claim of it will do.
 */
export function mayPublish(claim: Claim, target: PublishTarget): boolean {
  if (claim.uid !== target.uid) {
    return false;
  }
  return claim.ticket === target.version || includesAddress(target.holds, claim.address);
}

/**
 * Whether the claim can be removed: nobody can publish by it any more, and its address is not published. That is so where
 * the Service is gone, or was seen past the ticket without the address. Where versions have no order, only the answer to
 * a write that was fenced by the ticket shows that the Service is past it.
 */
export function mayRelease(claim: Claim, sighting: Sighting): boolean {
  switch (sighting.kind) {
    case 'gone':
      return true;
    case 'absent':
      return isOlderVersion(claim.ticket, sighting.listVersion);
    case 'seen': {
      const { version, holds, follows } = sighting;
      const isPast = isOlderVersion(claim.ticket, version) || follows === claim.ticket;
      return isPast && !includesAddress(holds, claim.address);
    }
  }
}

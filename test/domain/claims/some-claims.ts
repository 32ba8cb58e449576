import type { IpAddress } from '../../../src/domain/address/ip-address.ts';
import { parseAddress } from '../../../src/domain/address/parse-address.ts';
import type { Claim, Share } from '../../../src/domain/claims/claim.ts';

/** An address of a text that is one. */
export function address(text: string): IpAddress {
  const read = parseAddress(text);
  if (!read.ok) {
    throw new Error(`${text} is no address`);
  }
  return read.value;
}

export function claim(text: string, uid: string, ticket: string, share?: Share): Claim {
  const own = { address: address(text), uid, ticket, service: `default/${uid}` };
  return share === undefined ? own : { ...own, share };
}

export function share(key: string, ...ports: readonly string[]): Share {
  return { key, backend: '', ports };
}

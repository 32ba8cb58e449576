import { bitsOf, type IpAddress } from './ip-address.ts';
import { type IpPrefix, prefixAround } from './ip-range.ts';
import { type AddressReason, parseAddress } from './parse-address.ts';
import { parsed, type Parsed, refused } from './parsed.ts';

/** A CIDR text: the address as it was written and the block it names. They differ where host bits were set. */
export interface WrittenPrefix {
  readonly address: IpAddress;
  readonly prefix: IpPrefix;
}

/** `length` is the text after the slash where that is at fault; `bits` is the highest length of the family. */
export type PrefixReason =
  | { readonly kind: 'no-length'; readonly address: IpAddress }
  | { readonly kind: 'bad-length'; readonly length: string; readonly bits: 32 | 128 }
  | { readonly kind: 'bad-address'; readonly address: AddressReason };

/**
 * Reads `address/length` as Go's net.ParseCIDR does: host bits may be set, the length is decimal digits (leading zeros
 * count for nothing), nothing is trimmed.
 */
export function parsePrefix(text: string): Parsed<WrittenPrefix, PrefixReason> {
  const slash = text.indexOf('/');
  const address = parseAddress(slash === -1 ? text : text.slice(0, slash));
  if (!address.ok) {
    return refused({ kind: 'bad-address', address: address.reason });
  }
  if (slash === -1) {
    return refused({ kind: 'no-length', address: address.value });
  }
  const length = text.slice(slash + 1);
  const bits = bitsOf(address.value.family);
  if (!/^0*[0-9]{1,3}$/u.test(length) || Number(length) > bits) {
    return refused({ kind: 'bad-length', length, bits });
  }
  return parsed({ address: address.value, prefix: prefixAround(address.value, Number(length)) });
}

/** True where the text named an address inside the block rather than the block itself. */
export function hasHostBits(written: WrittenPrefix): boolean {
  return written.address.value !== written.prefix.first;
}

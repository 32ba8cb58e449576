import { formatAddress, type IpAddress } from '../address/ip-address.ts';

/** One text for one list of addresses. */
export function textOf(addresses: readonly IpAddress[]): string {
  const [only, second] = addresses;
  return only !== undefined && second === undefined
    ? formatAddress(only)
    : addresses.map((address) => formatAddress(address)).join(' ');
}

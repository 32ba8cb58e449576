import { ipAddress, type IpAddress } from './ip-address.ts';

/** One value for one address of either family, as keys of maps want it: numbers are IPv4, big integers IPv6. */
export type AddressKey = number | bigint;

export function addressKey(address: IpAddress): AddressKey {
  return address.family === 'ipv4' ? Number(address.value) : address.value;
}

export function addressOfKey(key: AddressKey): IpAddress {
  return typeof key === 'number' ? ipAddress('ipv4', BigInt(key)) : ipAddress('ipv6', key);
}

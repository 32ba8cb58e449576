declare const ipAddressBrand: unique symbol;

export type IpFamily = 'ipv4' | 'ipv6';

/** Both families, in the order in which everything here sorts. */
export const ipFamilies: readonly IpFamily[] = ['ipv4', 'ipv6'];

/**
 * One address: its family and its bits as a number, first octet highest. Made only by `ipAddress` and the parser, so that
 * `value` always lies within the family. An IPv4-mapped IPv6 address stays IPv6.
 */
export interface IpAddress {
  readonly family: IpFamily;
  readonly value: bigint;
  readonly [ipAddressBrand]: true;
}

/** Bits of an address of the family. */
export function bitsOf(family: IpFamily): 32 | 128 {
  return family === 'ipv4' ? 32 : 128;
}

const highestIpv4 = (1n << 32n) - 1n;
const highestIpv6 = (1n << 128n) - 1n;

/** The highest value of the family; the lowest is 0. */
export function highestOf(family: IpFamily): bigint {
  return family === 'ipv4' ? highestIpv4 : highestIpv6;
}

/** The address with these bits. A value outside the family is a bug of the caller. */
export function ipAddress(family: IpFamily, value: bigint): IpAddress {
  if (value < 0n || value > highestOf(family)) {
    throw new Error(`bug: ${value.toString()} is no ${family} address`);
  }
  return { family, value } as IpAddress;
}

/** Order of families: IPv4 first. */
export function compareFamilies(left: IpFamily, right: IpFamily): number {
  if (left === right) {
    return 0;
  }
  return left === 'ipv4' ? -1 : 1;
}

/** Order of addresses: IPv4 before IPv6, then by value. */
export function compareAddresses(left: IpAddress, right: IpAddress): number {
  return compareFamilies(left.family, right.family) || compareValues(left.value, right.value);
}

export function sameAddress(left: IpAddress, right: IpAddress): boolean {
  return left.value === right.value && left.family === right.family;
}

export function holdsAddress(list: readonly IpAddress[], address: IpAddress): boolean {
  for (const each of list) {
    if (sameAddress(each, address)) {
      return true;
    }
  }
  return false;
}

/** Order of numbers of any size. */
export function compareValues(left: bigint, right: bigint): number {
  if (left === right) {
    return 0;
  }
  return left < right ? -1 : 1;
}

/** The canonical text: dotted decimal, and RFC 5952 for IPv6 (as Go, and so Kubernetes, writes it). */
export function formatAddress(address: IpAddress): string {
  return address.family === 'ipv4' ? formatIpv4(Number(address.value)) : formatIpv6(address.value);
}

/** The name of a family as people write it. */
export function familyName(family: IpFamily): string {
  return family === 'ipv4' ? 'IPv4' : 'IPv6';
}

/** `::ffff:0:0/96`, RFC 4291 section 2.5.5.2. */
export function isIpv4Mapped(address: IpAddress): boolean {
  return address.family === 'ipv6' && address.value >> 32n === 0xffffn;
}

function formatIpv4(bits: number): string {
  return `${bits >>> 24}.${(bits >>> 16) & 255}.${(bits >>> 8) & 255}.${bits & 255}`;
}

function formatIpv6(value: bigint): string {
  if (value >> 32n === 0xffffn) {
    return `::ffff:${formatIpv4(Number(value & highestIpv4))}`;
  }
  const digits = value.toString(16).padStart(32, '0');
  const groups = Array.from({ length: 8 }, (_, index) =>
    Number.parseInt(digits.slice(index * 4, index * 4 + 4), 16).toString(16),
  );
  const { start, length } = longestZeroRun(groups);
  if (length < 2) {
    return groups.join(':');
  }
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`;
}

/** RFC 5952 section 4.2: the longest run of zero groups, the first of equals. */
function longestZeroRun(groups: readonly string[]): { readonly start: number; readonly length: number } {
  let longest = { start: 0, length: 0 };
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== '0') {
      start = index + 1;
    } else if (index + 1 - start > longest.length) {
      longest = { start, length: index + 1 - start };
    }
  }
  return longest;
}

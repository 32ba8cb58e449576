import {
  bitsOf,
  compareFamilies,
  compareValues,
  formatAddress,
  ipAddress,
  type IpAddress,
  type IpFamily,
} from './ip-address.ts';

declare const ipRangeBrand: unique symbol;

/** All addresses of one family from `first` to `last`, both included. Never empty; made only by the functions here. */
export interface IpRange {
  readonly family: IpFamily;
  readonly first: bigint;
  readonly last: bigint;
  readonly [ipRangeBrand]: true;
}

declare const ipPrefixBrand: unique symbol;

/** A CIDR block. Its host bits are zero. */
export interface IpPrefix {
  readonly family: IpFamily;
  readonly first: bigint;
  readonly length: number;
  readonly [ipPrefixBrand]: true;
}

/** The range between two addresses of one family; other ends are a bug of the caller. */
export function rangeBetween(first: IpAddress, last: IpAddress): IpRange {
  if (first.family !== last.family || first.value > last.value) {
    throw new Error(`bug: ${formatAddress(first)}-${formatAddress(last)} is no range`);
  }
  return { family: first.family, first: first.value, last: last.value } as IpRange;
}

/** The range of one address. */
export function rangeOfAddress(address: IpAddress): IpRange {
  return rangeBetween(address, address);
}

/** The range of these values; values outside the family, or in the wrong order, are a bug of the caller. */
export function rangeOf(family: IpFamily, first: bigint, last: bigint): IpRange {
  return rangeBetween(ipAddress(family, first), ipAddress(family, last));
}

/** The block of that length around an address: its host bits are masked away. */
export function prefixAround(address: IpAddress, length: number): IpPrefix {
  const bits = bitsOf(address.family);
  if (!Number.isInteger(length) || length < 0 || length > bits) {
    throw new Error(`bug: /${String(length)} is no length for ${address.family}`);
  }
  const hostBits = BigInt(bits - length);
  return { family: address.family, first: (address.value >> hostBits) << hostBits, length } as IpPrefix;
}

/** The addresses of a block. */
export function rangeOfPrefix(prefix: IpPrefix): IpRange {
  const size = 1n << BigInt(bitsOf(prefix.family) - prefix.length);
  return rangeOf(prefix.family, prefix.first, prefix.first + size - 1n);
}

/** How many addresses. */
export function rangeSize(range: IpRange): bigint {
  return range.last - range.first + 1n;
}

export function rangeContains(range: IpRange, address: IpAddress): boolean {
  return range.family === address.family && range.first <= address.value && address.value <= range.last;
}

/** The addresses in both, or undefined where there are none. */
export function sharedRange(left: IpRange, right: IpRange): IpRange | undefined {
  if (left.family !== right.family) {
    return undefined;
  }
  const first = left.first > right.first ? left.first : right.first;
  const last = left.last < right.last ? left.last : right.last;
  return first > last ? undefined : rangeOf(left.family, first, last);
}

/** Order of ranges: IPv4 before IPv6, then by first, then by last address. */
export function compareRanges(left: IpRange, right: IpRange): number {
  return (
    compareFamilies(left.family, right.family) ||
    compareValues(left.first, right.first) ||
    compareValues(left.last, right.last)
  );
}

/** The fewest blocks that together are exactly the range, in order. At most two a bit of the family. */
export function coverRange(range: IpRange): readonly IpPrefix[] {
  const bits = bitsOf(range.family);
  const blocks: IpPrefix[] = [];
  let next = range.first;
  while (next <= range.last) {
    const aligned = next === 0n ? bits : trailingZeros(next);
    const fitting = bitLength(range.last - next + 1n) - 1;
    const hostBits = Math.min(aligned, fitting);
    blocks.push({ family: range.family, first: next, length: bits - hostBits } as IpPrefix);
    next += 1n << BigInt(hostBits);
  }
  return blocks;
}

/** The block that is exactly the range, or undefined where none is. */
export function prefixOfRange(range: IpRange): IpPrefix | undefined {
  const size = rangeSize(range);
  const hostBits = bitLength(size) - 1;
  if (size !== 1n << BigInt(hostBits) || range.first % size !== 0n) {
    return undefined;
  }
  return { family: range.family, first: range.first, length: bitsOf(range.family) - hostBits } as IpPrefix;
}

export function formatPrefix(prefix: IpPrefix): string {
  return `${formatAddress(ipAddress(prefix.family, prefix.first))}/${String(prefix.length)}`;
}

/** The shortest text for people: one address, a CIDR block where it is one, else `first-last`. */
export function formatRange(range: IpRange): string {
  const first = formatAddress(ipAddress(range.family, range.first));
  if (range.first === range.last) {
    return first;
  }
  const prefix = prefixOfRange(range);
  return prefix === undefined ? `${first}-${formatAddress(ipAddress(range.family, range.last))}` : formatPrefix(prefix);
}

function bitLength(value: bigint): number {
  return value.toString(2).length;
}

function trailingZeros(value: bigint): number {
  return bitLength(value & -value) - 1;
}

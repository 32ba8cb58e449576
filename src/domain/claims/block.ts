import { bitsOf, ipAddress, type IpAddress } from '../address/ip-address.ts';
import { type IpPrefix, type IpRange, prefixAround, rangeOfAddress, rangeOfPrefix } from '../address/ip-range.ts';
import type { Claim } from './claim.ts';

/** The claims of one address, with the text that stands for them. */
export interface BlockEntry {
  readonly text: string;
  readonly claims: readonly Claim[];
  /** Why the text cannot be read. Nobody is given such an address, and its text is kept as it is. */
  readonly problem?: string;
}

/**
 * The claims of 64 neighbouring addresses: one record in the cluster, changed as a whole by compare-and-swap. A value;
 * steps make new ones and give the same one back where nothing changes.
 */
export interface Block {
  readonly prefix: IpPrefix;
  /** By the address' last six bits. An address without entry is nobody's. */
  readonly entries: ReadonlyMap<number, BlockEntry>;
  /** UTF-16 units of all keys and texts. */
  readonly size: number;
  /** Why nothing in it can be relied on. Such a block is never written, and none of its addresses is given. */
  readonly problem?: string;
}

/**
 * An IPv4 /26 or an IPv6 /122. Each change writes the whole record: one of 256 costs the API server twice the time, and one
 * of 16 saves little more while many claims at once take four times the writes.
 */
const blockBits = 6;
export const blockSize: number = 1 << blockBits;
const namePrefix = 'metalwave-claims-';

/** The block that an address' claims stand in. */
export function blockOf(address: IpAddress): IpPrefix {
  return prefixAround(address, bitsOf(address.family) - blockBits);
}

/** A block that is not stored: it holds nothing. */
export function emptyBlock(prefix: IpPrefix): Block {
  return { prefix, entries: new Map(), size: 0 };
}

/** The name of a block's ConfigMap: its first address in hex, eight digits for IPv4 and 32 for IPv6. */
export function blockName({ family, first }: IpPrefix): string {
  return `${namePrefix}${first.toString(16).padStart(bitsOf(family) / 4, '0')}`;
}

/** The block of that name, or undefined where no block has such a name. */
export function blockOfName(name: string): IpPrefix | undefined {
  const digits = name.startsWith(namePrefix) ? name.slice(namePrefix.length) : '';
  if (!/^(?:[0-9a-f]{6}|[0-9a-f]{30})[048c]0$/u.test(digits)) {
    return undefined;
  }
  return blockOf(ipAddress(digits.length === 8 ? 'ipv4' : 'ipv6', BigInt(`0x${digits}`)));
}

/** The place of an address in its block. An address of another block is a bug of the caller. */
export function offsetIn(prefix: IpPrefix, address: IpAddress): number {
  const offset = Number(address.value - prefix.first);
  if (address.family !== prefix.family || offset < 0 || offset >= blockSize) {
    throw new Error(`bug: the address has no place in ${blockName(prefix)}`);
  }
  return offset;
}

export function addressAt(prefix: IpPrefix, offset: number): IpAddress {
  return ipAddress(prefix.family, prefix.first + BigInt(offset));
}

/** The key of an entry in the ConfigMap: two hex digits. */
export function entryKey(offset: number): string {
  return offset.toString(16).padStart(2, '0');
}

/** How much of a block's size an entry takes. */
export function entrySize(entry: BlockEntry | undefined): number {
  return entry === undefined ? 0 : entry.text.length + 2;
}

/** The claims of one address. */
export function claimsAt(block: Block, address: IpAddress): readonly Claim[] {
  return block.entries.get(offsetIn(block.prefix, address))?.claims ?? [];
}

/** The addresses of a block of which nobody can tell whose they are, because what stands about them cannot be read. */
export function withheldRanges(block: Block): readonly IpRange[] {
  if (block.problem !== undefined) {
    return [rangeOfPrefix(block.prefix)];
  }
  const withheld: IpRange[] = [];
  for (const [offset, { problem }] of block.entries) {
    if (problem !== undefined) {
      withheld.push(rangeOfAddress(addressAt(block.prefix, offset)));
    }
  }
  return withheld;
}

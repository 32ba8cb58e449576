import { type IpAddress, isIpv4Mapped } from '../address/ip-address.ts';
import { type IpPrefix, type IpRange, rangeBetween, rangeOfPrefix } from '../address/ip-range.ts';
import { parseAddress } from '../address/parse-address.ts';
import { parsePrefix } from '../address/parse-prefix.ts';
import { parsed, type Parsed, refused } from '../address/parsed.ts';
import { blockProblem, type EntryProblem, entryProblems, rangeProblem } from './entry-problem.ts';

/** One text of a pool's `addresses`, read. */
export interface AddressEntry {
  readonly range: IpRange;
  /** The block of a CIDR text; undefined for `start-end`. */
  readonly prefix: IpPrefix | undefined;
  /** The address of a CIDR text that had host bits set: MetalLB takes the whole block, `prefix`, all the same. */
  readonly hostBitsOf: IpAddress | undefined;
}

/** Two addresses of 45 letters, a dash and the blanks of a folded line leave much room below this. */
const longestEntry = 512;

/**
 * Reads one entry as MetalLB does: a CIDR block, in which nothing is trimmed and host bits are masked away, or
 * `start-end`, in which blanks and line breaks around both ends count for nothing. A bare address is no entry.
 */
export function parseAddressEntry(text: string): Parsed<AddressEntry, EntryProblem> {
  if (text.length > longestEntry) {
    return refused(entryProblems.tooLong(text.length));
  }
  if (text.trim() === '') {
    return refused(entryProblems.empty());
  }
  const dash = text.indexOf('-');
  return dash === -1 ? parseBlock(text) : parseRange(text.slice(0, dash).trim(), text.slice(dash + 1).trim());
}

function parseBlock(text: string): Parsed<AddressEntry, EntryProblem> {
  const block = parsePrefix(text);
  if (!block.ok) {
    return refused(blockProblem(text, block.reason));
  }
  const { address, prefix } = block.value;
  if (isIpv4Mapped(address)) {
    return refused(entryProblems.ipv4Mapped(address));
  }
  const hostBitsOf = address.value === prefix.first ? undefined : address;
  return parsed({ range: rangeOfPrefix(prefix), prefix, hostBitsOf });
}

function parseRange(start: string, end: string): Parsed<AddressEntry, EntryProblem> {
  const first = parseAddress(start);
  const last = parseAddress(end);
  if (!first.ok || !last.ok) {
    return refused(rangeProblem(start, end));
  }
  const mapped = [first.value, last.value].find((address) => isIpv4Mapped(address));
  if (mapped !== undefined) {
    return refused(entryProblems.ipv4Mapped(mapped));
  }
  if (first.value.family !== last.value.family) {
    return refused(entryProblems.mixedFamilies(first.value, last.value));
  }
  if (first.value.value > last.value.value) {
    return refused(entryProblems.reversed(first.value, last.value));
  }
  return parsed({ range: rangeBetween(first.value, last.value), prefix: undefined, hostBitsOf: undefined });
}

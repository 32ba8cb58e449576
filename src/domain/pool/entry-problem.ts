import { familyName, formatAddress, ipAddress, type IpAddress } from '../address/ip-address.ts';
import { type AddressReason, explainAddressReason, parseAddress } from '../address/parse-address.ts';
import { parsePrefix, type PrefixReason } from '../address/parse-prefix.ts';

/**
 * Why a text is no entry of a pool. MetalLB refuses all of these but two, which it takes and cannot use: a range from IPv4
 * to IPv6, an empty set to it, and IPv4-mapped addresses, which no Kubernetes Service can hold.
 */
export interface EntryProblem {
  readonly code:
    | 'address-empty'
    | 'address-syntax'
    | 'address-blank'
    | 'address-without-length'
    | 'address-length'
    | 'address-ipv4-mapped'
    | 'range-dash'
    | 'range-end-incomplete'
    | 'range-of-blocks'
    | 'range-reversed'
    | 'range-mixed-families';
  /** The end of a sentence that begins with the text. */
  readonly cause: string;
  /** A sentence: what to write. */
  readonly remedy: string;
}

/** Dashes that text processors put in the place of a hyphen-minus. */
const wrongDash = /[‐-―−]/gu;

/** What people write between two addresses where a hyphen belongs; the addresses are checked by themselves. */
const otherSeparator = /^([^\s~>_]+?)(?:\.{2,3}|\s+(?:to|bis|until)\s+|\s*(?:~|->|_|\/)\s*)([^\s~>_]+)$/iu;

const eitherForm =
  'Write a CIDR block such as 192.168.1.0/28, or first and last address with a hyphen between: 192.168.1.220-192.168.1.250.';

/** Every problem in words. */
export const entryProblems = {
  empty: (): EntryProblem => ({ code: 'address-empty', cause: 'is empty', remedy: eitherForm }),
  tooLong: (length: number): EntryProblem => ({
    code: 'address-syntax',
    cause: `has ${String(length)} characters`,
    remedy: eitherForm,
  }),
  ipv4Mapped: (address: IpAddress): EntryProblem => ({
    code: 'address-ipv4-mapped',
    cause: `holds the IPv4-mapped address ${formatAddress(address)}, which no Service can have`,
    remedy: `Write the IPv4 address itself: ${formatAddress(ipAddress('ipv4', address.value & 0xffffffffn))}.`,
  }),
  mixedFamilies: (first: IpAddress, last: IpAddress): EntryProblem => ({
    code: 'range-mixed-families',
    cause: `starts with ${familyName(first.family)} and ends with ${familyName(last.family)}`,
    remedy: 'Write one range for IPv4 and one for IPv6.',
  }),
  reversed: (first: IpAddress, last: IpAddress): EntryProblem => ({
    code: 'range-reversed',
    cause: 'ends before it starts',
    remedy: `Write ${formatAddress(last)}-${formatAddress(first)}.`,
  }),
};

/** What is wrong with a text without a hyphen, which is no CIDR block. */
export function blockProblem(text: string, reason: PrefixReason): EntryProblem {
  const withoutBlanks = text.replaceAll(/\s/gu, '');
  if (withoutBlanks !== text && parsePrefix(withoutBlanks).ok) {
    return { code: 'address-blank', cause: 'has a blank in a CIDR block', remedy: `Write ${withoutBlanks}.` };
  }
  const hyphenated = text.replaceAll(wrongDash, '-');
  if (hyphenated !== text) {
    return {
      code: 'range-dash',
      cause: 'has a typographic dash where a hyphen belongs',
      remedy: `Write ${hyphenated}, with the hyphen of the keyboard.`,
    };
  }
  const range = oddRange(text);
  if (range !== undefined) {
    return range;
  }
  switch (reason.kind) {
    case 'no-length':
      return {
        code: 'address-without-length',
        cause: 'is a bare address, which MetalLB does not take',
        remedy: `Write ${text}/${reason.address.family === 'ipv4' ? '32' : '128'} for this one address.`,
      };
    case 'bad-length':
      return {
        code: 'address-length',
        cause: reason.length === '' ? 'has no length after the slash' : `has the length /${reason.length}`,
        remedy: blockOfMask(text) ?? `Write a length from /0 to /${String(reason.bits)}.`,
      };
    case 'bad-address':
      return severalEntries(text) ?? syntaxProblem(withoutLength(text), reason.address);
  }
}

/** What is wrong with a range of which at least one end is no address. */
export function rangeProblem(start: string, end: string): EntryProblem {
  const [from, to] = [withoutLength(start), withoutLength(end)];
  if (parseAddress(from).ok && parseAddress(to).ok) {
    return {
      code: 'range-of-blocks',
      cause: 'has a length in a range, which is made of addresses',
      remedy: `Write ${from}-${to}.`,
    };
  }
  const several = severalEntries(`${start}-${end}`);
  if (several !== undefined) {
    return several;
  }
  const whole = completedEnd(start, end);
  if (whole !== undefined) {
    return {
      code: 'range-end-incomplete',
      cause: 'has only the tail of its last address',
      remedy: `Write ${start}-${whole}.`,
    };
  }
  const first = parseAddress(start);
  if (!first.ok) {
    return syntaxProblem(start, first.reason);
  }
  const last = parseAddress(end);
  return last.ok ? entryProblems.empty() : syntaxProblem(end, last.reason);
}

function syntaxProblem(text: string, reason: AddressReason): EntryProblem {
  const cause =
    reason.kind === 'empty' || reason.kind === 'not-an-address'
      ? `is no block and no range: ${explainAddressReason(reason)}`
      : `holds ${text}, which is no IP address: ${explainAddressReason(reason)}`;
  return { code: 'address-syntax', cause, remedy: eitherForm };
}

/** Two addresses with something else than a hyphen between: `192.168.1.240..192.168.1.250`, or with one dot alone. */
function oddRange(text: string): EntryProblem | undefined {
  const octets = text.split('.');
  const dotted = octets.length === 8 ? [octets.slice(0, 4).join('.'), octets.slice(4).join('.')] : undefined;
  const [start = '', end = ''] = dotted ?? otherSeparator.exec(text)?.slice(1) ?? [];
  const [first, last] = [parseAddress(start), parseAddress(end)];
  if (!first.ok || !last.ok || blockOfMask(text) !== undefined) {
    return undefined;
  }
  const cause = `has ${dotted === undefined ? 'something else' : 'a dot'} where a hyphen belongs`;
  return { code: 'range-dash', cause, remedy: `Write ${start}-${end}.` };
}

/** `192.168.1.0/255.255.255.0`, with the mask as older tools have it: what to write. */
function blockOfMask(text: string): string | undefined {
  const [start = '', maskText = ''] = text.split('/');
  const [address, mask] = [parseAddress(start), parseAddress(maskText)];
  if (!address.ok || !mask.ok || address.value.family !== 'ipv4' || mask.value.family !== 'ipv4') {
    return undefined;
  }
  const ones = /^(1+)0*$/u.exec(mask.value.value.toString(2).padStart(32, '0'))?.[1];
  return ones === undefined ? undefined : `Write ${start}/${String(ones.length)}.`;
}

/** One text with several entries in it, as command lines take them. */
function severalEntries(text: string): EntryProblem | undefined {
  const parts = text.split(/[,;]/u).map((part) => part.trim());
  const addresses = parts.flatMap((part) => part.split('-')).map((part) => withoutLength(part.trim()));
  return parts.length < 2 || addresses.some((address) => !parseAddress(address).ok)
    ? undefined
    : {
        code: 'address-syntax',
        cause: `has ${String(parts.length)} entries in one text`,
        remedy: 'Write each of them as an item of its own.',
      };
}

/** `10.0.0.100` and `200` give `10.0.0.200`; undefined where the end is no tail of an IPv4 address. */
function completedEnd(start: string, end: string): string | undefined {
  if (!parseAddress(start).ok || start.includes(':') || !/^[0-9]{1,3}(?:\.[0-9]{1,3}){0,2}$/u.test(end)) {
    return undefined;
  }
  const tail = end.split('.');
  const whole = [...start.split('.').slice(0, 4 - tail.length), ...tail].join('.');
  return parseAddress(whole).ok ? whole : undefined;
}

function withoutLength(text: string): string {
  const slash = text.indexOf('/');
  return slash === -1 ? text : text.slice(0, slash);
}

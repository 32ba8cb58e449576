import { type IpAddress, ipAddress } from './ip-address.ts';
import { parsed, type Parsed, refused } from './parsed.ts';

/** Why a text is no address. `detail` is the offending part of it. */
export interface AddressReason {
  readonly kind:
    | 'empty'
    | 'blank'
    | 'zone'
    | 'octet-count'
    | 'octet-syntax'
    | 'octet-too-large'
    | 'leading-zero'
    | 'group-count'
    | 'group-syntax'
    | 'double-colon'
    | 'not-an-address';
  readonly detail: string;
}

/** No valid text is longer; a longer one is cut in messages and not looked at further. */
const longestAddress = 45;

/**
 * Reads one address as Go's net.ParseIP does: four decimal octets without leading zeros, or RFC 4291 section 2.2 with at
 * most one `::` (standing for at least one group) and an optional IPv4 tail. Nothing is trimmed, zones are refused.
 */
export function parseAddress(text: string): Parsed<IpAddress, AddressReason> {
  const dotted = dottedBits(text);
  if (dotted !== undefined) {
    return parsed(ipAddress('ipv4', BigInt(dotted)));
  }
  if (text === '') {
    return refused({ kind: 'empty', detail: '' });
  }
  if (text.length > longestAddress) {
    return refused({ kind: 'not-an-address', detail: `${text.slice(0, longestAddress)}…` });
  }
  if (/\s/u.test(text)) {
    return refused({ kind: 'blank', detail: text });
  }
  if (text.includes('%')) {
    return refused({ kind: 'zone', detail: text.slice(text.indexOf('%')) });
  }
  if (text.includes(':')) {
    return parseIpv6(text);
  }
  if (!/^[0-9.]+$/u.test(text)) {
    return refused({ kind: 'not-an-address', detail: text });
  }
  const bits = parseOctets(text);
  return bits.ok ? parsed(ipAddress('ipv4', bits.value)) : bits;
}

const zero = 0x30;
const dot = 0x2e;

/**
 * The bits of a well-formed IPv4 address, in one pass; undefined for anything else, which is then looked at for its
 * reason. Large configurations are little but such texts.
 */
function dottedBits(text: string): number | undefined {
  let bits = 0;
  let octet = 0;
  let digits = 0;
  let dots = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const digit = code - zero;
    if (digit >= 0 && digit <= 9 && !(digits > 0 && octet === 0)) {
      octet = octet * 10 + digit;
      digits += 1;
    } else if (code === dot && digits > 0 && dots < 3) {
      bits = bits * 256 + octet;
      octet = 0;
      digits = 0;
      dots += 1;
    } else {
      return undefined;
    }
    if (octet > 255) {
      return undefined;
    }
  }
  return dots === 3 && digits > 0 ? bits * 256 + octet : undefined;
}

function parseOctets(text: string): Parsed<bigint, AddressReason> {
  const octets = text.split('.');
  if (octets.length !== 4) {
    return refused({ kind: 'octet-count', detail: text });
  }
  let bits = 0;
  for (const octet of octets) {
    const kind = octetProblem(octet);
    if (kind !== undefined) {
      return refused({ kind, detail: octet });
    }
    bits = bits * 256 + Number(octet);
  }
  return parsed(BigInt(bits));
}

function octetProblem(octet: string): AddressReason['kind'] | undefined {
  if (!/^[0-9]+$/u.test(octet)) {
    return 'octet-syntax';
  }
  if (octet.length > 1 && octet.startsWith('0')) {
    return 'leading-zero';
  }
  return octet.length > 3 || Number(octet) > 255 ? 'octet-too-large' : undefined;
}

function parseIpv6(text: string): Parsed<IpAddress, AddressReason> {
  const halves = text.split('::');
  if (halves.length > 2 || text.includes(':::')) {
    return refused({ kind: 'double-colon', detail: text });
  }
  const [head = '', tail] = halves;
  const high = parseGroups(head, tail === undefined);
  if (!high.ok) {
    return high;
  }
  const low = parseGroups(tail ?? '', true);
  if (!low.ok) {
    return low;
  }
  const given = high.value.length + low.value.length;
  if (tail === undefined ? given !== 8 : given > 7) {
    return refused({ kind: 'group-count', detail: text });
  }
  const groups = [...high.value, ...Array.from({ length: 8 - given }, () => '0000'), ...low.value];
  return parsed(ipAddress('ipv6', BigInt(`0x${groups.join('')}`)));
}

/** The groups of one side of a `::`, each as four hex digits. Only the last may be an IPv4 tail. */
function parseGroups(text: string, mayEndInIpv4: boolean): Parsed<readonly string[], AddressReason> {
  if (text === '') {
    return parsed([]);
  }
  const parts = text.split(':');
  const groups: string[] = [];
  for (const [index, part] of parts.entries()) {
    if (part.includes('.') && mayEndInIpv4 && index === parts.length - 1) {
      const bits = parseOctets(part);
      if (!bits.ok) {
        return bits;
      }
      const digits = bits.value.toString(16).padStart(8, '0');
      groups.push(digits.slice(0, 4), digits.slice(4));
    } else if (/^[0-9a-f]{1,4}$/iu.test(part)) {
      groups.push(part.padStart(4, '0'));
    } else {
      return refused({ kind: 'group-syntax', detail: part });
    }
  }
  return parsed(groups);
}

const explanations: { readonly [Kind in AddressReason['kind']]: (detail: string) => string } = {
  empty: () => 'the text is empty',
  blank: () => 'it has a blank in it',
  zone: (zone) => `a zone (${zone}) has no meaning here`,
  'octet-count': (text) => `${text} has ${counted(text.split('.').length, 'octet')}, an IPv4 address has 4`,
  'octet-syntax': (octet) => (octet === '' ? 'an octet is missing' : `${octet} is no octet`),
  'octet-too-large': (octet) => `octet ${octet} is larger than 255`,
  'leading-zero': (octet) => `octet ${octet} has a leading zero, which some programs read as octal`,
  'group-count': () => 'an IPv6 address has 8 groups, or fewer and one ::',
  'group-syntax': (group) => (group === '' ? 'a group is missing' : `${group} is no group of 1 to 4 hex digits`),
  'double-colon': () => ':: may stand only once',
  'not-an-address': (text) => `${text} is neither IPv4 nor IPv6`,
};

/** The reason as the end of a sentence: "octet 259 is larger than 255". */
export function explainAddressReason(reason: AddressReason): string {
  return explanations[reason.kind](reason.detail);
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

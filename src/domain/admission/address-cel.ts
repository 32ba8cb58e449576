import { bind, literal, matches } from './cel.ts';

const octet = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const isIpv4 = (text: string): string => matches(text, `^(${octet}[.]){3}${octet}$`);

/** The groups of an IPv6 text on each side of `::`. */
const sides = (text: string): string => `${text}.split('::').map(side, side == '' ? [] : side.split(':'))`;

/** RFC 4291 section 2.2, forms 1 and 2: eight groups, or fewer around one `::`. */
function isPlainIpv6(text: string): string {
  const groups = `h.all(side, side.all(g, ${matches('g', '^[0-9a-fA-F]{1,4}$')}))`;
  const count = 'h.size() == 1 ? h[0].size() == 8 : h.size() == 2 && h[0].size() + h[1].size() <= 7';
  return bind('h', sides(text), `${groups} && (${count})`);
}

/** The same with form 3, in which the last two groups are written as IPv4. */
function isIpv6(text: string): string {
  const start = `${text}.lastIndexOf(':') + 1`;
  const tailed = `${isIpv4(`${text}.substring(${start})`)} && ${isPlainIpv6(`(${text}.substring(0, ${start}) + '0:0')`)}`;
  return `(${text}.contains('.') ? ${tailed} : ${isPlainIpv6(text)})`;
}

/** True in CEL where the text is one address of either family. */
export function isAddress(text: string): string {
  return `(${text}.contains(':') ? ${isIpv6(text)} : ${isIpv4(text)})`;
}

/** True in CEL where the text is an entry of a pool: a prefix, or a range of one family with blanks around its ends. */
export function isPoolEntry(text: string): string {
  const sameFamily = "p[0].contains(':') == p[1].contains(':')";
  const ends = `p.size() == 2 && p.all(t, ${isAddress('t')}) && ${sameFamily}`;
  const range = bind('p', `${text}.split('-').map(t, t.trim())`, ends);
  const length = `${matches('p[1]', '^0*[0-9]{1,3}$')} && int(p[1]) <= (p[0].contains(':') ? 128 : 32)`;
  const prefix = bind('p', `${text}.split('/')`, `p.size() == 2 && ${isAddress('p[0]')} && ${length}`);
  return `(${text}.contains('-') ? ${range} : ${prefix})`;
}

/** An IPv4 address as a number. */
function number4(text: string): string {
  const octets = `${text}.split('.').map(o, int(o))`;
  return bind('n', octets, 'n[0] * 16777216 + n[1] * 65536 + n[2] * 256 + n[3]');
}

const blockSizes = `[${Array.from({ length: 33 }, (_, length) => String(2 ** (32 - length))).join(', ')}]`;

function block4(entry: string): string {
  const size = `${blockSizes}[int(p[1])]`;
  const first = 'a - a % s';
  return bind('p', `${entry}.split('/')`, bind('a', number4('p[0]'), bind('s', size, `[${first}, ${first} + s - 1]`)));
}

/** The two ends of a range, each read by `read`. */
function ends(entry: string, read: (text: string) => string): string {
  return bind('e', `${entry}.split('-')`, `[${read('e[0].trim()')}, ${read('e[1].trim()')}]`);
}

/** In CEL: first and last address of each of these IPv4 entries, as numbers. */
export function ipv4Ranges(entries: string): string {
  return `${entries}.map(entry, entry.contains('/') ? ${block4('entry')} : ${ends('entry', number4)})`;
}

const digits = literal('0123456789abcdef');
const zeros = literal('0'.repeat(32));
const highest = literal('f'.repeat(32));

/** An IPv6 address as 32 hexadecimal digits, which sort as addresses do. */
function digits6(text: string): string {
  const padded = "side.map(g, ('000' + g).substring(g.size() - 1)).join('')";
  const fill = `${zeros}.substring(0, 32 - h[0].size() - h[1].size())`;
  const whole = bind('h', `h.map(side, ${padded})`, `h.size() == 1 ? h[0] : h[0] + ${fill} + h[1]`);
  return bind('h', sides(`${text}.lowerAscii()`), whole);
}

/** The block around `a`: the digit in which the prefix ends is cut, those after it are all 0 and all f. */
function block6(entry: string): string {
  const part = `${digits}.indexOf(a.charAt(l / 4))`;
  const size = '[16, 8, 4, 2][l % 4]';
  const end = (digit: string, rest: string): string =>
    `a.substring(0, l / 4) + ${digits}.charAt(${digit}) + ${rest}.substring(0, 31 - l / 4)`;
  const cut = bind('d', part, bind('s', size, `[${end('d - d % s', zeros)}, ${end('d - d % s + s - 1', highest)}]`));
  const block = bind('a', digits6('p[0]'), bind('l', 'int(p[1])', `l == 128 ? [a, a] : ${cut}`));
  return bind('p', `${entry}.split('/')`, block);
}

/** In CEL: first and last address of each of these IPv6 entries (without an IPv4 tail), as digits that sort. */
export function ipv6Ranges(entries: string): string {
  return `${entries}.map(entry, entry.contains('/') ? ${block6('entry')} : ${ends('entry', digits6)})`;
}

/** True in CEL where every range ends at or after its start. */
export function areOrdered(ranges: string): string {
  return `${ranges}.all(range, range[0] <= range[1])`;
}

/** True in CEL where no two ranges have an address in common. */
export function areApart(ranges: string): string {
  return `${ranges}.all(one, ${ranges}.filter(other, one[0] <= other[1] && other[0] <= one[1]).size() <= 1)`;
}

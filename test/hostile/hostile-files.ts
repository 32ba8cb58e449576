import { manyRanges, poolsText } from './hostile-pools.ts';

/** A configuration file and the codes that must be among its findings, or that of the failure to read it. */
export interface HostileFile {
  readonly name: string;
  readonly content: () => string | Uint8Array;
  readonly codes: readonly string[];
}

function hostile(name: string, content: () => string | Uint8Array, ...codes: readonly string[]): HostileFile {
  return { name, content, codes };
}

const good = 'metallb:\n  ipAddressPool:\n    - name: lan\n      addresses:\n        - 192.168.1.0/28\n';
const withName = (name: string): string => good.replace('lan', name);
const withAddress = (address: string): string => good.replace('192.168.1.0/28', address);
const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));
const nested = (levels: number, open: string, close: string): string => open.repeat(levels) + close.repeat(levels);
const many = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('');

/** Ten anchors, each a list of ten of the one before: `levels` of them stand for 10^levels values. */
function bomb(levels: number): string {
  const first = 'a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n';
  const rest = many(
    levels,
    (index) => `a${index + 1}: &a${index + 1} [${Array.from({ length: 10 }, () => `*a${index}`).join(', ')}]\n`,
  );
  return `${good}labels:\n  x: y\n${first}${rest}`;
}

export const hostileTexts: readonly HostileFile[] = [
  hostile('bytes that are no UTF-8', () => bytes(withName('l'), [0xff, 0xc0, 0x80, 0x0a]), 'yaml-encoding'),
  hostile('an overlong encoding of a slash', () => bytes('a: ', [0xc0, 0xaf, 0x0a]), 'yaml-encoding'),
  hostile('a surrogate encoded as UTF-8', () => bytes('a: ', [0xed, 0xa0, 0x80, 0x0a]), 'yaml-encoding'),
  hostile('a cut multi-byte character at the end', () => bytes(good, '# ', [0xe2, 0x82]), 'yaml-encoding'),
  hostile('a byte order mark before a good file', () => bytes([0xef, 0xbb, 0xbf], good)),
  hostile(
    'a byte order mark in the middle',
    () => good.replace('    - name', '\uFEFF    - name'),
    'yaml-blank',
    'yaml-syntax',
  ),
  hostile('UTF-16, little end first', () => bytes([0xff, 0xfe], [...Buffer.from(good, 'utf16le')]), 'yaml-encoding'),
  hostile(
    'UTF-16, big end first',
    () => bytes([0xfe, 0xff], [...Buffer.from(good, 'utf16le').swap16()]),
    'yaml-encoding',
  ),
  hostile('UTF-16 without a mark', () => Buffer.from(good, 'utf16le'), 'yaml-encoding'),
  hostile('zero bytes', () => good.replace('lan', 'l\0n'), 'yaml-encoding'),
  hostile('a program', () => bytes([0x7f], 'ELF', [2, 1, 1, 0, 0, 0]), 'yaml-encoding'),
  hostile('nothing but blanks', () => ' \n'.repeat(100_000), 'document-missing'),
  hostile('a megabyte of comment', () => `# ${'x'.repeat(900_000)}\n${good}`),
  hostile('a million empty lines', () => '\n'.repeat(1_000_000), 'document-missing'),
  hostile('more than eight megabytes', () => `${good}# ${'x'.repeat(8 * 1024 * 1024)}\n`, 'source-limit'),
  hostile('tabs for indentation', () => good.replaceAll('    -', '\t-'), 'yaml-syntax'),
  hostile(
    'no-break spaces for indentation',
    () => good.replace('      addresses', '\u00A0\u00A0\u00A0\u00A0\u00A0\u00A0addresses'),
    'missing-key',
    'unknown-key',
    'yaml-blank',
  ),
  hostile('no-break spaces behind a colon', () => good.replace('name: ', 'name:\u00A0'), 'yaml-blank', 'yaml-syntax'),
  hostile(
    'a line of two hundred thousand no-break spaces',
    () => `x: ${'a:\u00A0'.repeat(200_000)}\n`,
    'missing-key',
    'unknown-key',
    'yaml-blank',
  ),
  hostile('two hundred thousand numbers without a blank', () => `x: [${'1.5,'.repeat(200_000)}]\n`, 'yaml-limit'),
  hostile('a word of two hundred thousand signs', () => `x: ${'-1.'.repeat(200_000)}\n`, 'missing-key', 'unknown-key'),
  hostile('a line separator that only some readers see', () => withName('l\u2028an'), 'text-pattern', 'yaml-blank'),
  hostile('carriage returns alone as line ends', () => good.replaceAll('\n', '\r')),
  hostile('carriage returns and line feeds', () => good.replaceAll('\n', '\r\n')),
  hostile('ANSI escapes in a name', () => withName('"\\e[2J\\e[31mlan"'), 'text-pattern'),
  hostile('a raw escape in a name', () => withName('"\u001B[2Jlan"'), 'yaml-syntax'),
  hostile('an escape in a key', () => `${good}"\\e]0;owned\\a": 1\n`, 'unknown-key'),
  hostile('a right-to-left override in a name', () => withName('"lan\u202Egnp"'), 'text-pattern'),
  hostile('a workflow command in a name', () => withName('"%0A::error::owned"'), 'text-pattern'),
  hostile('markup in a name', () => withName('"<script>alert(1)</script>"'), 'text-pattern'),
  hostile('a template in a name', () => withName('"{{constructor.constructor}}"'), 'text-pattern'),
  hostile('a shell in a name', () => withName('"$(touch /tmp/x)`id`;|"'), 'text-pattern'),
  hostile('a path in a name', () => withName('"../../etc/passwd"'), 'text-pattern'),
];

export const hostileStructures: readonly HostileFile[] = [
  hostile('aliases that stand for a thousand million values', () => bomb(9), 'yaml-ambiguous-scalar', 'yaml-limit'),
  hostile('aliases that stand for ten thousand values', () => bomb(3), 'unknown-key', 'yaml-ambiguous-scalar'),
  hostile('an alias inside its own anchor', () => `${good}labels: &a\n  self: *a\n`, 'yaml-alias'),
  hostile('an alias of nothing', () => `${good}labels: *nobody\n`, 'yaml-syntax'),
  hostile(
    'a hundred thousand aliases of one anchor',
    () => `${good}labels: &a {}\nx: [${many(100_000, () => '*a,')}]\n`,
    'yaml-limit',
  ),
  hostile(
    'five thousand keys that are aliases',
    () => `y: &a k\n${many(5_000, (index) => `m${index}: { *a : 1 }\n`)}`,
    'missing-key',
    'unknown-key',
    'yaml-ambiguous-scalar',
  ),
  hostile('ten thousand anchors', () => `${good}x:\n${many(10_000, (index) => `  - &n${index} v\n`)}`, 'unknown-key'),
  hostile('lists ten thousand deep', () => `${good}x: ${nested(10_000, '[', ']')}\n`, 'yaml-limit'),
  hostile('lists ten thousand deep that do not end', () => `${good}x: ${'['.repeat(10_000)}\n`, 'yaml-limit'),
  hostile(
    'mappings ten thousand deep',
    () => `${good}x: ${'{a: '.repeat(10_000)}1${'}'.repeat(10_000)}\n`,
    'yaml-limit',
  ),
  hostile('mappings five hundred deep, indented', () => many(500, (index) => `${' '.repeat(index)}a:\n`), 'yaml-limit'),
  hostile('a line of a hundred thousand list dashes', () => `${good}x:\n  ${'- '.repeat(100_000)}a\n`, 'yaml-limit'),
  hostile('a key twice', () => `${good}metallb: {}\n`, 'yaml-duplicate-key'),
  hostile('a key twice, deep inside', () => `${good}      addresses: [10.0.0.0/24]\n`, 'yaml-duplicate-key'),
  hostile(
    'one key ten thousand times',
    () => `${good}labels:\n${many(10_000, () => '  a: b\n')}`,
    'unknown-key',
    'yaml-duplicate-key',
  ),
  hostile(
    'merge keys',
    () => 'x: &x\n  name: lan\nmetallb:\n  ipAddressPool:\n    - <<: *x\n      addresses: [192.168.1.0/28]\n',
    'unknown-key',
  ),
  hostile('a merge key of a text', () => `${good}labels:\n  <<: text\n`, 'yaml-syntax'),
  hostile(
    'merge keys that multiply',
    () => `${good}x: &x {${many(200, (index) => `k${index}: 1, `)}}\ny:\n${many(200, () => '  - <<: *x\n')}`,
    'yaml-limit',
  ),
  hostile('a tag of JavaScript', () => withName('!!js/function "function () { throw 1 }"'), 'yaml-tag'),
  hostile('a tag of Python', () => withName('!!python/object/apply:os.system ["id"]'), 'yaml-tag'),
  hostile('a tag of CloudFormation', () => withName('!Ref lan'), 'yaml-tag'),
  hostile('a tag of binary', () => withName('!!binary bGFu'), 'yaml-tag'),
  hostile('a tag directive', () => `%TAG ! tag:evil.example,2000:\n---\n${good}`, 'yaml-directive'),
  hostile('a YAML version of the future', () => `%YAML 9.9\n---\n${good}`, 'yaml-directive'),
  hostile('the key __proto__', () => `${good}__proto__:\n  install: false\n`, 'unknown-key'),
  hostile('the key __proto__ in a pool', () => `${good}      __proto__: {autoAssign: false}\n`, 'unknown-key'),
  hostile('the keys constructor and prototype', () => `${good}constructor: {prototype: {a: 1}}\n`, 'unknown-key'),
  hostile('keys named like methods', () => `${good}toString: 1\nhasOwnProperty: 2\nvalueOf: 3\n`, 'unknown-key'),
  hostile(
    'keys that are no text',
    () => `${good}[1, 2]: x\n{a: 1}: y\n~: z\n`,
    'unknown-key',
    'yaml-ambiguous-scalar',
    'yaml-key',
  ),
  hostile('a thousand documents', () => many(1_000, () => `---\n${good}`), 'document-count'),
  hostile('a document marker with text beside it', () => `--- metallb\n${good}`, 'yaml-document-marker'),
  hostile('a text that never ends', () => withName('"lan'), 'yaml-syntax'),
  hostile('a block text that swallows the file', () => `metallb: |\n${good}`, 'yaml-duplicate-key'),
  hostile('a list for a mapping', () => '- metallb\n', 'document-type'),
  hostile('a number for a mapping', () => '42\n', 'document-type'),
];

export const hostileValues: readonly HostileFile[] = [
  hostile('ten thousand pools', () => poolsText(10_000)),
  hostile(
    'ten thousand pools that are all misspelt, of ten ranges each',
    () => manyRanges(10_000).replaceAll('addresses', 'adresses'),
    'unknown-key',
  ),
  hostile(
    'ten thousand pools of ten ranges, and one key twice',
    () => `${manyRanges(10_000)}metallb: 1\n`,
    'yaml-limit',
  ),
  hostile('ten thousand pools that all overlap', () => poolsText(10_000, () => '10.0.0.0/8'), 'pool-overlap'),
  hostile('ten thousand pools of one name', () => poolsText(10_000).replaceAll(/p\d{5}/gu, 'same'), 'name-duplicate'),
  hostile('a pool of all of IPv6', () => withAddress('"::/0"'), 'address-unusable'),
  hostile(
    'a range of 2^128 addresses',
    () => withAddress('"::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"'),
    'address-unusable',
  ),
  hostile('a pool of all of IPv4', () => withAddress('0.0.0.0/0'), 'address-unusable'),
  hostile('a range that ends before it starts', () => withAddress('10.0.0.9-10.0.0.1'), 'range-reversed'),
  hostile('a range of two families', () => withAddress('"10.0.0.1-fd00::1"'), 'range-mixed-families'),
  hostile('a block of length 129', () => withAddress('"fd00::/129"'), 'address-length'),
  hostile('a block of length 10^30', () => withAddress(`"10.0.0.0/1${'0'.repeat(30)}"`), 'address-length'),
  hostile('octets with leading zeros', () => withAddress('010.000.000.001/32'), 'address-syntax'),
  hostile('an address in hexadecimal', () => withAddress('0x0a000001/32'), 'address-syntax'),
  hostile('full-width digits in an address', () => withAddress('"１９２.168.1.0/24"'), 'address-syntax'),
  hostile('an address with a zone', () => withAddress('"fe80::1%eth0/128"'), 'address-syntax'),
  hostile(
    'an address of a hundred thousand characters',
    () => withAddress(`"${'1.'.repeat(50_000)}"`),
    'address-syntax',
  ),
  hostile('a range with a hundred thousand hyphens', () => withAddress(`"${'-'.repeat(100_000)}"`), 'address-syntax'),
  hostile('a name of nearly a megabyte', () => withName('x'.repeat(900_000)), 'text-length'),
  hostile(
    'a name that makes patterns backtrack',
    () => withName(`${'a-'.repeat(50_000)}!`),
    'text-length',
    'text-pattern',
  ),
  hostile('twenty thousand wrong keys', () => `${good}${many(20_000, (index) => `k${index}: 1\n`)}`, 'unknown-key'),
  hostile(
    'forty thousand wrong addresses',
    () => `${good}${many(40_000, (index) => `        - x${index}\n`)}`,
    'address-syntax',
  ),
  hostile('a number beyond all numbers', () => `${good}sync:\n  waveTimeoutMs: 1e999\n`, 'unknown-key'),
  hostile('a number of a hundred thousand digits', () => `${good}x: ${'9'.repeat(100_000)}\n`, 'unknown-key'),
  hostile(
    'not a number',
    () => `${good}x: .nan\ny: -.inf\n`,
    'unknown-key',
    'yaml-ambiguous-scalar',
    'yaml-number-range',
  ),
  hostile(
    'numbers in sixties, octal and with underscores',
    () => `${good}x: [190:20:30, 0777, 0o17, 1_000]\n`,
    'unknown-key',
    'yaml-ambiguous-scalar',
  ),
  hostile('a date for a name', () => withName('2024-01-01')),
  hostile('no for a name', () => withName('no'), 'wrong-type', 'yaml-ambiguous-scalar'),
  hostile('nothing for a list', () => 'metallb:\n  ipAddressPool:\n', 'wrong-type'),
  hostile('a mapping for a list', () => 'metallb:\n  ipAddressPool: {length: 4294967295}\n', 'wrong-type'),
];

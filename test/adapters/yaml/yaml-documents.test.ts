import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { openYamlDocuments } from '../../../src/adapters/yaml/yaml-documents.ts';
import type { ParsedFile } from '../../../src/ports/documents.ts';
import type { SourceFile } from '../../../src/ports/source.ts';

const documents = openYamlDocuments();
let made = 0;

function file(content: string | Uint8Array): SourceFile {
  made += 1;
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { path: 'a.yaml', id: String(made), bytes };
}

const parse = (content: string | Uint8Array): ParsedFile => documents.parse(file(content));
const told = (parsed: ParsedFile): readonly string[] =>
  parsed.findings.map(({ code, place }) => `${String(place.line)}:${String(place.column)} ${code}`);
const valuesOf = (parsed: ParsedFile): readonly unknown[] => parsed.documents.map((document) => document.value);

function aliasBomb(): string {
  const names = 'abcdefghij'.split('');
  const rows = names.map((name, index) => {
    const item = index === 0 ? 'x' : `*${names[index - 1] ?? ''}`;
    return `${name}: &${name} [${Array.from({ length: 9 }, () => item).join(', ')}]\n`;
  });
  return rows.join('');
}

/** Each link nests the one before it: shallow as text, deep once written out. */
function aliasTower(): string {
  const links = Array.from({ length: 500 }, (_, index) => {
    const inner = index === 0 ? 'x' : `*a${String(index - 1)}`;
    return `a${String(index)}: &a${String(index)} [${inner}]\n`;
  });
  return links.join('');
}

const manyKeys = (count: number): string =>
  Array.from({ length: count }, (_, index) => `k${String(index)}: 1\n`).join('');

const hostile: readonly (readonly [string, string | Uint8Array, readonly string[]])[] = [
  ['an alias bomb', aliasBomb(), ['2:8 yaml-limit']],
  ['a tower of aliases', aliasTower(), ['2:10 yaml-limit']],
  [
    'a bomb of merge keys',
    `a: &a {${Array.from({ length: 200 }, (_, i) => `k${String(i)}: 1`).join(', ')}}\nb:\n${Array.from({ length: 200 }, () => '- {<<: *a}\n').join('')}`,
    ['52:10 yaml-limit'],
  ],
  ['an alias within its own anchor', 'a: &a [*a]\n', ['1:8 yaml-alias']],
  ['100,000 levels of flow lists', '['.repeat(100_000), ['1:100 yaml-limit']],
  ['100,000 levels of block lists', '- '.repeat(100_000), ['1:201 yaml-limit']],
  ['100,000 levels of flow mappings', '{a: '.repeat(100_000), ['1:394 yaml-limit']],
  ['a million keys', manyKeys(1_000_000), ['1:1 yaml-limit']],
  ['200,000 keys in one document', manyKeys(200_000), ['1:1 yaml-limit']],
  ['fifty million bytes', new Uint8Array(50_000_000), ['1:1 yaml-limit']],
  ['UTF-16 with a byte order mark', new Uint8Array([0xff, 0xfe, 0x61, 0x00]), ['1:1 yaml-encoding']],
  ['big-endian UTF-16', new Uint8Array([0xfe, 0xff, 0x00, 0x61]), ['1:1 yaml-encoding']],
  ['UTF-16 without a mark', new Uint8Array([0x61, 0x00, 0x3a, 0x00]), ['1:2 yaml-encoding']],
  ['a byte that is not UTF-8', new Uint8Array([0x61, 0x3a, 0x0a, 0x62, 0xff]), ['2:2 yaml-encoding']],
  ['an overlong sequence', new Uint8Array([0x61, 0xc0, 0xaf]), ['1:2 yaml-encoding']],
  ['a surrogate in UTF-8', new Uint8Array([0x61, 0xed, 0xa0, 0x80]), ['1:2 yaml-encoding']],
  ['a sequence that breaks off', new Uint8Array([0x61, 0xe2, 0x82]), ['1:2 yaml-encoding']],
  ['a zero byte', 'a: 1\nb: \0', ['2:4 yaml-encoding']],
  ['a control character', 'a: \u0001\n', ['1:5 yaml-syntax']],
  ['a tab in the indentation', 'a:\n\tb: 1\n', ['2:1 yaml-syntax']],
  ['no-break spaces in the indentation', 'a:\n\u00a0\u00a0b: 1\n', ['2:1 yaml-blank']],
  ['a no-break space behind a colon', 'a:\u00a01\n', ['1:3 yaml-blank']],
  ['a line separator in a comment', '# a\u2028b: 1\n', ['1:4 yaml-blank']],
  ['a %YAML directive', '%YAML 1.2\n---\na: 1\n', ['1:1 yaml-directive']],
  ['a %TAG directive', '%TAG ! tag:x,2000:\n---\na: 1\n', ['1:1 yaml-directive']],
  ['a tag of its own', 'a: !secret x\n', ['1:13 yaml-tag']],
  ['a tag that would run code elsewhere', 'a: !!python/object:os.system x\n', ['1:31 yaml-tag']],
  ['the tag !', 'a: ! yes\n', ['1:6 yaml-tag']],
  ['an open quote', 'a: "x\n', ['2:1 yaml-syntax']],
  ['an open bracket', 'a: [1, 2\n', ['2:1 yaml-syntax']],
  ['a colon in a value', 'a: b: c\n', ['1:5 yaml-syntax']],
  ['an address with a colon and a blank', 'a: fd46:: - fd46::9\n', ['1:9 yaml-syntax']],
  ['an alias without an anchor', 'a: *b\n', ['1:6 yaml-syntax']],
  ['keys that stand twice', 'a: 1\nb:\n  c: 1\n  c: 2\na: 3\n', ['5:1 yaml-duplicate-key', '4:3 yaml-duplicate-key']],
  ['two spellings of one key', 'y: 1\n"true": 2\n', ['1:1 yaml-ambiguous-scalar', '2:1 yaml-duplicate-key']],
  ['a null key', '~: 1\n', ['1:1 yaml-key']],
  ['a list as a key', '? [a]\n: 1\n', ['1:3 yaml-key']],
  ['a fraction as a key', '1.50: 1\n', ['1:1 yaml-key']],
  ['a merge key below what it replaces', 'a: &a {p: 1}\nb:\n  p: 2\n  <<: *a\n', ['4:3 yaml-merge-order']],
  ['text beside a document marker', '--- {a: 1}\n', ['1:1 yaml-document-marker']],
  ['text behind the end of a document', 'a: 1\n...\nb: 2\n', ['2:1 yaml-document-marker']],
  ['infinity', 'a: -.inf\n', ['1:4 yaml-number-range']],
  ['a number of too many digits', 'a: 12345678901234567\n', ['1:4 yaml-number-range']],
];

describe('hostile and mistaken files', () => {
  it.each(hostile)('%s gives its finding and no value that could harm', (_name, content, expected) => {
    expect(told(parse(content))).toEqual(expected);
  });

  it('names both lines of a key that stands twice, and reads the last', () => {
    const parsed = parse('a: 1\nb: 2\na: 3\n');
    expect(parsed.findings[0]?.message).toContain('`a` stands in line 1');
    expect(valuesOf(parsed)).toEqual([{ a: 3, b: 2 }]);
  });

  it('keeps __proto__ and constructor as keys of their own', () => {
    const [value] = valuesOf(parse('__proto__: {polluted: true}\nconstructor: 1\n'));
    expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('keeps the readable documents of a file with a broken one', () => {
    const parsed = parse('a: 1\n---\nb: [\n---\nc: 3\n');
    expect(valuesOf(parsed)).toEqual([{ a: 1 }, { c: 3 }]);
    expect(parsed.documents.map(({ index, line }) => [index, line])).toEqual([
      [0, 1],
      [2, 5],
    ]);
    expect(told(parsed)).toEqual(['4:1 yaml-syntax']);
  });
});

describe('good files', () => {
  it.each([
    ['a byte order mark', '\uFEFFa: 1\n', [{ a: 1 }]],
    ['CR LF', 'a: 1\r\nb:\r\n  - x\r\n', [{ a: 1, b: ['x'] }]],
    ['anchors and merge keys in their places', 'a: &a {p: 1}\nb: {<<: *a, p: 2}\n', [{ a: { p: 1 }, b: { p: 2 } }]],
    ['standard tags', 'a: !!str 0777\nb: !!int "5"\n', [{ a: '0777', b: 5 }]],
    ['quoted words', 'a: "yes"\nb: \'0777\'\n', [{ a: 'yes', b: '0777' }]],
    ['nothing', '', [null]],
    ['comments alone', '# a\n', [null]],
    ['a marker at the end', 'a: 1\n---\n', [{ a: 1 }, null]],
    ['a comment beside a marker', '--- # first\na: 1\n', [null, { a: 1 }]],
    ['no-break spaces in quotes and comments', 'a: "x\u00a0y" # \u00a0\n', [{ a: 'x\u00a0y' }]],
    ['a million characters in one scalar', `a: ${'x'.repeat(1_000_000)}\n`, [{ a: 'x'.repeat(1_000_000) }]],
  ])('with %s are read without a finding', (_name, content, expected) => {
    const parsed = parse(content);
    expect(told(parsed)).toEqual([]);
    expect(valuesOf(parsed)).toEqual(expected);
  });

  it('do not load the library that knows positions', () => {
    const script = `
      import { yamlDocuments } from './src/adapters/yaml/yaml-documents.ts';
      import { createRequire } from 'node:module';
      const loaded = () => Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes('/node_modules/yaml/'));
      const file = { path: 'a', id: '1', bytes: new TextEncoder().encode('metallb: {a: [1, "x"]}\\n') };
      yamlDocuments.parse(file);
      const before = loaded();
      yamlDocuments.locate(file, { file: 'a', pointer: '/metallb', part: 'key' });
      console.log(before, loaded());
    `;
    const printed = execFileSync('node', ['--import', 'tsx', '--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    expect(printed.trim()).toBe('false true');
  });
});

describe('places', () => {
  const text = [
    'base: &base',
    '  name: shared',
    'metallb:',
    '  ipAddressPool:',
    '    - name: default # the pool',
    '      addresses: [192.168.1.220-192.168.1.250]',
    '    - <<: *base',
    '  empty:',
    '  "a/b~c": 1',
    '  y: 2',
    '',
  ].join('\n');
  const held = file(text);
  const marked = (pointer: string, part: 'key' | 'value' = 'value'): string => {
    const place = documents.locate(held, { file: 'a.yaml', pointer, part });
    return `${String(place.line)} ${place.text.slice(place.column - 1, place.endColumn - 1)}`;
  };

  it.each([
    ['/metallb/ipAddressPool/0/name', 'value', '5 default'],
    ['/metallb/ipAddressPool/0/name', 'key', '5 name'],
    ['/metallb/ipAddressPool/0/addresses/0', 'value', '6 192.168.1.220-192.168.1.250'],
    ['/metallb/ipAddressPool/0', 'value', '5 name: default # the pool'],
    ['/metallb/a~1b~0c', 'value', '9 1'],
    ['/metallb/true', 'value', '10 2'],
    ['/metallb/ipAddressPool/1/name', 'value', '2 shared'],
    ['/metallb/empty', 'value', '8 empty'],
  ] as const)('%s, its %s, is found', (pointer, part, expected) => {
    expect(marked(pointer, part)).toBe(expected);
  });

  it.each([
    ['/metallb/missing', '3 metallb'],
    ['/metallb/empty/deeper/still', '8 empty'],
    ['/metallb/ipAddressPool/7/name', '4 ipAddressPool'],
  ])('%s, which is not there, falls back to the nearest parent', (pointer, expected) => {
    expect(marked(pointer)).toBe(expected);
  });

  it('of a file that is no text is its beginning', () => {
    const place = documents.locate(file(new Uint8Array([0xff])), { file: 'a.yaml', pointer: '/a', part: 'value' });
    expect([place.line, place.column]).toEqual([1, 1]);
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printYaml } from '../../../src/adapters/yaml/print-yaml.ts';
import { openYamlDocuments } from '../../../src/adapters/yaml/yaml-documents.ts';
import type { Json } from '../../../src/domain/json.ts';
import { findKubectl, readWithKubectl } from './kubectl.ts';

const kubectl = findKubectl() ?? '';
const documents = openYamlDocuments();

const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  annotations: {read: "1"}\n';

function ours(text: string): readonly unknown[] {
  const parsed = documents.parse({ path: 'a', id: text, bytes: new TextEncoder().encode(text) });
  return parsed.documents.map((document) => document.value).filter((value) => value !== null);
}

function theirs(text: string): readonly unknown[] {
  const reading = readWithKubectl(kubectl, text);
  if ('refused' in reading) {
    throw new Error(`kubectl refused the text: ${reading.refused}`);
  }
  return reading.values;
}

describe.skipIf(kubectl === '')('files against kubectl (needs kubectl)', () => {
  it.each([
    ['keys of every kind', 'y: 1\n0777: 2\nno: 3\n12: 4\n"on": 5\n'],
    ['block texts', 'a: |\n  x\n   y\n\nb: >-\n  x\n  y\n\n  z\nc: |+\n  x\n\n'],
    ['flow forms', 'a: {b: [1, "x", \'y\', {c: d}], e: , "f":1}\n'],
    ['folded plain text', 'a: one\n  two\n\n  three\nb: x#y # comment\n'],
    ['escapes', "a: \"\\t\\x41\\u00e9\\U0001F600\\\n  joined\"\nb: 'it''s'\n"],
    ['anchors and merges', 'a: &a {p: 1, q: &q [1]}\nb: {<<: *a, p: 2}\nc: {<<: [{p: 5}, *a]}\nd: *q\n'],
    ['standard tags', 'a: !!str 0777\nb: !!float 1\nc: !!bool "yes"\nd: !!null ""\ne: !!map {}\nf: !!int "0x10"\n'],
    ['empty values', 'a:\nb: ~\nc: ""\nd: []\ne: {}\n'],
    ['lists at the level of their key', 'a:\n- 1\n- b: 2\n  c:\n  - 3\n'],
    ['CR LF', 'a: 1\r\nb: |\r\n  x\r\n  y\r\n'],
    ['keys that stand twice', 'a: 1\na: 2\n'],
    ['addresses', 'a: [192.168.1.0/24, fd00::1-fd00::9, 10.0.0.1 - 10.0.0.9]\nb: 65535:10\nc: 1.2.3.4\n'],
  ])('%s are read alike', (_name, body) => {
    expect(ours(head + body)).toEqual(theirs(head + body));
  });

  it('several documents are read alike', () => {
    const text = `# first\n${head}a: 1\n--- # second\n${head}b: yes\n---\n---\n${head}`;
    expect(ours(text)).toEqual(theirs(text));
  });

  it.each([
    ['a directive', `%YAML 1.1\n---\n${head}`],
    ['text beside a marker', `${head}--- {a: 1}\n`],
    ['a null key', `${head}~: 1\n`],
    ['a list as a key', `${head}? [a]\n: 1\n`],
    ['an endless alias', `${head}a: &a [*a]\n`],
    ['a tag that the value does not fit', `${head}a: !!int x\n`],
    ['a merge of a number', `${head}a: {<<: 5}\n`],
    ['an open quote', `${head}a: "x\n`],
    ['a tab in the indentation', `${head}a:\n\tb: 1\n`],
  ])('%s is refused by both', (_name, text) => {
    const parsed = documents.parse({ path: 'a', id: text, bytes: new TextEncoder().encode(text) });
    expect(parsed.findings.some((finding) => finding.severity === 'error')).toBe(true);
    expect(readWithKubectl(kubectl, text)).toHaveProperty('refused');
  });

  it('any value that is printed is read back by both', () => {
    const word = fc.constantFrom(
      'yes',
      'on',
      'y',
      '0777',
      '1_000',
      '~',
      'null',
      '12:30',
      '0x1F',
      '.5_0',
      '1e3',
      '- a',
      'a: b',
      '#',
      '<<',
    );
    const text = fc.oneof(word, fc.string({ unit: 'grapheme', maxLength: 12 }), fc.string({ unit: 'grapheme-ascii' }));
    const { value } = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 50, maxLength: 100 }), (values) => {
        const printed = head + printYaml({ values });
        expect(ours(printed)).toEqual([expect.objectContaining({ values })]);
        expect(theirs(printed)).toEqual([expect.objectContaining({ values })]);
      }),
      { numRuns: 10 },
    );
  });
});

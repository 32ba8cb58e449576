import { expect, it } from 'vitest';
import { labelName, labelValue, qualifiedName, subdomainName } from '../../../src/domain/crd/name-rules.ts';

it.each([
  ['web', 0],
  ['a'.repeat(63), 0],
  ['a'.repeat(64), 1],
  ['Web', 1],
  ['-web', 1],
  ['', 1],
  ['A'.repeat(64), 2],
] as const)('a label %s is met with %d objections', (text, count) => {
  expect(labelName(text)).toHaveLength(count);
});

it('tells dots alone of a label that is good but for them', () => {
  expect(labelName('a.b')).toEqual(['must not contain dots']);
  expect(labelName('a..b')).toEqual([expect.stringContaining('a lowercase RFC 1123 label must consist')]);
});

it('takes names with dots, and keys with a domain before the slash', () => {
  expect(subdomainName('a.b-c.d')).toEqual([]);
  expect(subdomainName('a_b')).toHaveLength(1);
  expect(qualifiedName('example.com/Some_Name.1')).toEqual([]);
  expect(qualifiedName('example_com/name')).toEqual([expect.stringContaining('prefix part')]);
  expect(qualifiedName('/name')).toEqual([expect.stringContaining('prefix part must be non-empty')]);
  expect(qualifiedName('')).toHaveLength(2);
  expect(labelValue('')).toEqual([]);
  expect(labelValue('a b')).toHaveLength(1);
});

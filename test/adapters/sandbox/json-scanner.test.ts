import { assert, constantFrom, array, jsonValue, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BrokenJson, scanJson } from '../../../src/adapters/sandbox/bodies/json-scanner.ts';

describe('the scanner of JSON bodies', () => {
  it.each([
    ['{', 'unexpected end of JSON input'],
    ['nope', "invalid character 'o' in literal null (expecting 'u')"],
    ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
    ['{"a":1 "b":2}', "invalid character '\"' after object key:value pair"],
    ['{} x', "invalid character 'x' after top-level value"],
    ['[1 2]', "invalid character '2' after array element"],
    ['"a', 'unexpected end of JSON input'],
    ['"\t"', 'invalid character in string literal'],
    ['[1,?]', "invalid character '?' looking for beginning of value"],
    [`${'['.repeat(5000)}${']'.repeat(5000)}`, 'exceeded max depth'],
  ])('says of %s what is wrong', (text, message) => {
    expect(() => scanJson(text)).toThrow(new BrokenJson(message));
  });

  it('tells the fields that are there twice by their paths', () => {
    expect(scanJson('{"a":1,"b":{"c":[{"d":1,"d":2}],"c":1},"a":2}')).toEqual([
      'duplicate field "b.c[0].d"',
      'duplicate field "b.c"',
      'duplicate field "a"',
    ]);
  });

  it('takes every text that is JSON and no other', () => {
    assert(
      property(jsonValue(), (value) => {
        expect(scanJson(JSON.stringify(value))).toEqual([]);
      }),
    );
    const pieces = constantFrom('{', '}', '[', ']', '"a"', ':', ',', '1', '-', '0', '.', 'e', 'null', ' ', '\\', '"');
    assert(
      property(array(pieces, { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        expect(accepts(() => scanJson(text))).toBe(accepts(() => JSON.parse(text) as unknown));
      }),
    );
  });
});

function accepts(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlainScalar } from '../../../src/domain/yaml-scalar/plain-scalar.ts';
import type { Json } from '../../../src/domain/json.ts';
import { valueAt } from '../../../src/domain/json.ts';
import { findKubectl, readWithKubectl } from './kubectl.ts';

const kubectl = findKubectl();

function ourValue(scalar: string): Json {
  const reading = readPlainScalar(scalar);
  switch (reading.kind) {
    case 'null':
      return null;
    case 'boolean':
    case 'number':
      return reading.value;
    case 'text':
      return scalar;
  }
}

/** The scalars' values by the real parser, in the place where a configuration has its values. */
function theirValues(command: string, scalars: readonly string[]): readonly Json[] {
  const items = scalars.map((scalar) => `- ${scalar}\n`).join('');
  const reading = readWithKubectl(command, `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\nscalars:\n${items}`);
  if ('refused' in reading) {
    throw new Error(`kubectl refused the list: ${reading.refused}`);
  }
  const found = valueAt(reading.values[0] as Json, 'scalars');
  return found as readonly Json[];
}

const finite = (scalar: string): boolean => {
  const reading = readPlainScalar(scalar);
  return reading.kind !== 'number' || Number.isFinite(reading.value);
};
/** A text that YAML takes as one plain scalar in a list. */
const plain = (scalar: string): boolean => !/^[-?:](?:\s|$)|:$|^---$|^\.\.\.$/.test(scalar);

const words =
  'y Y yes Yes YES yEs n N no No NO nO on On ON oN off Off OFF oFF true True TRUE tRUE false False FALSE ~ null Null NULL nULL';
const numbers =
  '0 -0 +0 00 01 010 08 -08 09.5 0777 0o777 0O777 0o8 0b1 0B1 0b2 0b-1 0b+1 -0b1 +0b1 0x 0x1F 0X1f -0x1F 0x_1 1_000 1__0 1_ -_1 _1 1_000.5 ' +
  '.5 -.5 +.5 .5_0 5. 1.e5 1e3 1E+3 1e-3 1e 1e999 -1e999 1e-999 .5e999 .inf_ .infinity . .. -. + 1.2.3 1-2 12:30:45 190:20:30.15 2026-01-01 2026-1-1 ' +
  '2026-01-01T10:00:00Z 9007199254740993 9223372036854775807 9223372036854775808 -9223372036854775808 -9223372036854775809 18446744073709551615 ' +
  '18446744073709551616 +18446744073709551615 0xffffffffffffffff 0xfffffffffffffffff 0777777777777777777777777 0b11111111111111111111111111111111111111111111111111111111111111111 ' +
  '0o7777777777777777777777777 -0.0 0.1 1e21 123456789012345678901234567890 << = ::1 fd00::/64 10.0.0.0/8';

describe.skipIf(kubectl === undefined)('scalars against kubectl (needs kubectl)', () => {
  it.each([words, numbers])('gives every scalar of a list the value that kubectl gives it', (list) => {
    const scalars = list.split(' ').filter((scalar) => finite(scalar));
    expect(scalars.map((scalar) => [scalar, ourValue(scalar)])).toEqual(
      theirValues(kubectl ?? '', scalars).map((value, index) => [scalars[index], value]),
    );
  });

  it('gives arbitrary short scalars the value that kubectl gives them', () => {
    const character = fc.constantFrom(...'00112789abefxXoOyYnNtrueslinTRUENOFfI.-+_~:eE'.split(''));
    const scalar = fc
      .array(character, { minLength: 1, maxLength: 7 })
      .map((characters) => characters.join(''))
      .filter((candidate) => plain(candidate) && finite(candidate));
    fc.assert(
      fc.property(fc.array(scalar, { minLength: 300, maxLength: 600 }), (scalars) => {
        expect(scalars.map((one) => [one, ourValue(one)])).toEqual(
          theirValues(kubectl ?? '', scalars).map((value, index) => [scalars[index], value]),
        );
      }),
      { numRuns: 12, endOnFailure: true },
    );
  });

  it.each(['.inf', '-.Inf', '+.INF', '.nan', '.NaN'])('refuses %s as kubectl does', (scalar) => {
    const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\nscalars: [${scalar}]\n`;
    expect(readWithKubectl(kubectl ?? '', text)).toHaveProperty('refused');
    expect(finite(scalar)).toBe(false);
  });
});

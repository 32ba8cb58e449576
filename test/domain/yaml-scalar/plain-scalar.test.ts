import { describe, expect, it } from 'vitest';
import { readPlainScalar } from '../../../src/domain/yaml-scalar/plain-scalar.ts';
import { scalarDoubt } from '../../../src/domain/yaml-scalar/scalar-doubt.ts';

const asNumber = (value: number): unknown => expect.objectContaining({ kind: 'number', value });
const truth = { kind: 'boolean', value: true };
const falsehood = { kind: 'boolean', value: false };

describe('an unquoted scalar as Kubernetes reads it', () => {
  it.each('y Y yes Yes YES true True TRUE on On ON'.split(' '))('%s is true', (scalar) => {
    expect(readPlainScalar(scalar)).toEqual(truth);
  });

  it.each('n N no No NO false False FALSE off Off OFF'.split(' '))('%s is false', (scalar) => {
    expect(readPlainScalar(scalar)).toEqual(falsehood);
  });

  it.each(['', '~', 'null', 'Null', 'NULL'])('"%s" is null', (scalar) => {
    expect(readPlainScalar(scalar)).toEqual({ kind: 'null' });
  });

  it.each([
    ['0777', 511],
    ['0o777', 511],
    ['010', 8],
    ['08', 8],
    ['1_000', 1000],
    ['0b101', 5],
    ['0x1F', 31],
    ['-0x1F', -31],
    ['+5', 5],
    ['1e3', 1000],
    ['.5', 0.5],
    ['1.', 1],
    ['0777777777777777777777777', Number('777777777777777777777777')],
  ])('%s is the number %d', (scalar, value) => {
    expect(readPlainScalar(scalar)).toEqual(asNumber(value));
  });

  it.each([
    '12:30:45',
    '65535:10',
    '2026-01-01',
    '2026-01-01T10:00:00Z',
    'yEs',
    'oN',
    'nULL',
    '192.168.1.220-192.168.1.250',
    '10.0.0.0/8',
    'fd00::1',
    '0x',
    '0xfffffffffffffffff',
    '1e999',
    '1.2.3',
    '-',
    '.',
    '_1',
    '<<',
    'default',
    '.infinity',
  ])('%s is text', (scalar) => {
    expect(readPlainScalar(scalar)).toEqual({ kind: 'text' });
  });

  it('knows when a double cannot hold an integer', () => {
    expect(readPlainScalar('9007199254740992')).toMatchObject({ exact: true });
    expect(readPlainScalar('9007199254740993')).toMatchObject({ exact: false });
    expect(readPlainScalar('123456789012345678901234567890')).toMatchObject({ exact: false });
  });
});

describe('the doubt about an unquoted scalar', () => {
  it.each(['yes', 'off', 'y', '0777', '1_000', '0b1', '-0x1F', '0O17'])('names both readings of %s', (scalar) => {
    const doubt = scalarDoubt(scalar);
    expect(doubt?.code).toBe('yaml-ambiguous-scalar');
    expect(doubt?.remedy).toContain(JSON.stringify(scalar));
  });

  it('gives the spelling that every reader takes alike', () => {
    expect(scalarDoubt('yes')).toEqual({
      code: 'yaml-ambiguous-scalar',
      message: 'Without quotes Kubernetes reads `yes` as true, readers of YAML 1.2 as text.',
      remedy: 'Write true where that is meant, or "yes" in quotes where text is meant.',
    });
  });

  it.each(['true', 'null', '', '64512', '0x1F', '0o17', '08', '1e3', '12:30:45', '2026-01-01', 'default', '::1'])(
    'is none for "%s"',
    (scalar) => {
      expect(scalarDoubt(scalar)).toBeUndefined();
    },
  );

  it.each(['.inf', '-.INF', '.nan', '9007199254740993', '-9223372036854775809'])(
    'says that %s cannot be kept as a number',
    (scalar) => {
      expect(scalarDoubt(scalar)?.code).toBe('yaml-number-range');
    },
  );
});

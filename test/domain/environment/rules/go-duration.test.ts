import { describe, expect, it } from 'vitest';
import { parseGoDuration } from '../../../../src/domain/environment/rules/go-duration.ts';

describe('parseGoDuration', () => {
  it.each([
    ['0', 0n],
    ['90s', 90_000_000_000n],
    ['1m30s', 90_000_000_000n],
    ['1.5h', 5_400_000_000_000n],
    ['2.9999999999s', 2_999_999_999n],
    ['1µs1ns', 1_001n],
    ['10ms', 10_000_000n],
  ])('reads %s', (text, nanoseconds) => {
    expect(parseGoDuration(text)).toBe(nanoseconds);
  });

  it.each([[''], ['90'], ['90sec'], ['-5s'], ['s'], ['1 s'], ['1d'], ['1'.repeat(100) + 's']])('refuses %j', (text) => {
    expect(parseGoDuration(text)).toBeUndefined();
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffPause, grownPause } from '../../../src/domain/time/backoff.ts';

const growth = { firstMs: 10, factor: 2, longestMs: 30_000 };

describe('the pause between attempts', () => {
  it('grows by its factor up to the longest', () => {
    expect([1, 2, 3, 12, 13].map((attempt) => grownPause(growth, attempt))).toEqual([10, 20, 40, 20_480, 30_000]);
  });

  it('is a number after any number of attempts', () => {
    expect(grownPause(growth, 1_000_000)).toBe(30_000);
    expect(grownPause({ firstMs: 0, factor: 2, longestMs: 0 }, 1_000_000)).toBe(0);
  });

  it('is left to chance by half, and never longer than it has grown', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const pause = backoffPause(growth, attempt, random);
        expect(pause).toBeGreaterThanOrEqual(grownPause(growth, attempt) / 2);
        expect(pause).toBeLessThanOrEqual(grownPause(growth, attempt));
      }),
    );
  });
});

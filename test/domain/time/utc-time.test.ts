import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatUtc, parseUtc } from '../../../src/domain/time/utc-time.ts';

const times = fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 });

describe('a time in UTC', () => {
  it("is written as the machine's own calendar writes it", () => {
    fc.assert(
      fc.property(times, (ms) => {
        expect(formatUtc(ms, 3)).toBe(new Date(ms).toISOString());
      }),
    );
  });

  it('is read back to the millisecond', () => {
    fc.assert(
      fc.property(times, (ms) => {
        expect(parseUtc(formatUtc(ms, 6))).toBe(ms);
      }),
    );
  });

  it.each(['', 'yesterday', '2026-13-01T00:00:00Z', '2026-01-01T24:00:00Z', '2026-01-01T00:00:00+01:00'])(
    'is no time where it is written %j',
    (text) => {
      expect(parseUtc(text)).toBeUndefined();
    },
  );

  it('is short for people and long for Kubernetes', () => {
    expect(formatUtc(1_795_271_405_678)).toBe('2026-11-21T14:30:05Z');
    expect(formatUtc(1_795_271_405_678, 6)).toBe('2026-11-21T14:30:05.678000Z');
  });
});

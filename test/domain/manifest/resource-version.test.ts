import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOlderVersion } from '../../../src/domain/manifest/resource-version.ts';

describe('the age of a resource version', () => {
  it('is that of the numbers, of any length', () => {
    const version = fc.bigInt({ min: 0n, max: 10n ** 30n });
    fc.assert(
      fc.property(version, version, (left, right) => {
        expect(isOlderVersion(String(left), String(right))).toBe(left < right);
      }),
    );
  });

  it.each(['', '-1', '1.5', '01', '1e3', 'abc', ' 1'])('is unknown for %j, which no server gives', (odd) => {
    expect([isOlderVersion(odd, '5'), isOlderVersion('5', odd)]).toEqual([false, false]);
  });
});

import { describe, expect, it } from 'vitest';
import { isSince, lineOf, releaseOf } from '../../../src/domain/metallb/release.ts';

describe('a MetalLB version', () => {
  it.each([
    ['0.15.2', '0.15'],
    ['v0.14.9', '0.14'],
    ['0.16', '0.16'],
    ['0.16.0-rc1', '0.16'],
  ])('%s belongs to line %s', (version, line) => {
    expect(lineOf(version)).toBe(line);
  });

  it.each(['0.13.12', '0.17.0', '1.15.2', '0.15.2.1', 'latest', '', '0.15.x', '00.15.2'])(
    '%j belongs to no line that is known',
    (version) => {
      expect(lineOf(version)).toBeUndefined();
    },
  );

  it('is compared number by number, not letter by letter', () => {
    expect(isSince('0.16.10', '0.16.2')).toBe(true);
    expect(isSince('0.15.9', '0.16.0')).toBe(false);
    expect(isSince('0.16.0', '0.16.0')).toBe(true);
    expect(isSince('0.14.0', undefined)).toBe(true);
  });

  it('names a release, a line its tested one', () => {
    expect(releaseOf('v0.15.3')).toBe('0.15.3');
    expect(releaseOf('0.14')).toBe('0.14.9');
    expect(() => releaseOf('latest')).toThrow(/bug/);
  });
});

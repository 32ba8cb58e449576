import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestName } from '../../../src/domain/finding/nearest-name.ts';

/** Optimal string alignment by its recursive definition. */
function distance(from: string, to: string): number {
  if (from === '' || to === '') {
    return from.length + to.length;
  }
  const rest = from.slice(1);
  const toRest = to.slice(1);
  const options = [
    distance(rest, to) + 1,
    distance(from, toRest) + 1,
    distance(rest, toRest) + (from[0] === to[0] ? 0 : 1),
  ];
  if (from.length > 1 && to.length > 1 && from[0] === to[1] && from[1] === to[0]) {
    options.push(distance(from.slice(2), to.slice(2)) + 1);
  }
  return Math.min(...options);
}

describe('nearestName', () => {
  it.each([
    ['mgnt-subnet', ['default', 'mgmt-subnet'], 'mgmt-subnet'],
    ['nodeSelector', ['nodeSelectors', 'interfaces'], 'nodeSelectors'],
    ['adresses', ['autoAssign', 'addresses'], 'addresses'],
    ['ipaddresspool', ['ipAddressPool', 'l2Advertisement'], 'ipAddressPool'],
    ['bgpPere', ['bgpPeer'], 'bgpPeer'],
    ['community', ['communities'], 'communities'],
    ['ab', ['ba'], 'ba'],
  ])('proposes for %s among %j the name %s', (name, candidates, expected) => {
    expect(nearestName(name, candidates)).toBe(expected);
  });

  it.each([
    ['default', ['bgp-pool']],
    ['x', ['yz']],
    ['', ['a']],
    ['pool', []],
    ['p'.repeat(500), ['p'.repeat(500)]],
  ])('proposes nothing for %s among %j', (name, candidates) => {
    expect(nearestName(name, candidates)).toBeUndefined();
  });

  it('takes the first of equally near names', () => {
    expect(nearestName('pool-x', ['pool-a', 'pool-b'])).toBe('pool-a');
  });

  it('finds what the definition of the distance finds', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(name, fc.array(name, { maxLength: 4 }), (wanted, candidates) => {
        const allowed = Math.max(1, Math.floor(wanted.length / 3));
        const best = candidates
          .map((candidate) => ({ candidate, far: distance(wanted, candidate) }))
          .filter((entry) => entry.far <= allowed)
          .toSorted((a, b) => a.far - b.far)[0];
        expect(nearestName(wanted, candidates)).toBe(best?.candidate);
      }),
    );
  });
});

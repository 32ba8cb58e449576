import { array, assert, constantFrom, option, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rangeOf } from '../../../src/domain/address/ip-range.ts';
import { rangeSetOf, type RangeSet } from '../../../src/domain/address/range-set.ts';
import type { ObjectKey } from '../../../src/domain/manifest/object-id.ts';
import { type PoolChange, poolMoves } from '../../../src/domain/transition/pool-moves.ts';

/** The single addresses 10.0.0.N. */
function addresses(...numbers: readonly number[]): RangeSet {
  return rangeSetOf(
    numbers.map((number) => rangeOf('ipv4', 0x0a000000n + BigInt(number), 0x0a000000n + BigInt(number))),
  );
}

function change(name: string, before: readonly number[], after: readonly number[]): PoolChange {
  return { key: name as ObjectKey, name, before: addresses(...before), after: addresses(...after) };
}

function held(owners: readonly (string | null)[], name: string): readonly number[] {
  return owners.flatMap((each, index) => (each === name ? [index + 1] : []));
}

describe('addresses that go from one pool to another', () => {
  it.each<[string, readonly PoolChange[], readonly string[], readonly string[]]>([
    ['none where pools only grow', [change('a', [1], [1, 2]), change('b', [], [3])], [], []],
    ['none where addresses go out of use', [change('a', [1, 2], [1]), change('b', [], [3])], [], []],
    ['a renamed pool', [change('a', [1, 2], []), change('z', [], [1, 2])], ['a>z 10.0.0.1-10.0.0.2'], ['z', 'a']],
    ['a split', [change('a', [1, 2], [1]), change('b', [], [2])], ['a>b 10.0.0.2'], ['b', 'a']],
    ['a merge', [change('a', [1], [1, 2]), change('b', [2], [])], ['b>a 10.0.0.2'], ['a', 'b']],
    [
      'a chain',
      [change('a', [1], [9]), change('b', [2], [1]), change('c', [3], [2])],
      ['a>b 10.0.0.1', 'b>c 10.0.0.2'],
      ['c', 'b', 'a'],
    ],
    ['an exchange', [change('a', [1], [2]), change('b', [2], [1])], ['a>b 10.0.0.1', 'b>a 10.0.0.2'], ['a', 'b']],
    [
      'a renamed pool whose new name an earlier run has written',
      [change('a', [1, 2], []), change('z', [1, 2], [1, 2])],
      ['a>z 10.0.0.1-10.0.0.2'],
      ['z', 'a'],
    ],
    [
      'a pool that has no part in it is left out',
      [change('a', [1], []), change('b', [], [1]), change('c', [5], [6])],
      ['a>b 10.0.0.1'],
      ['b', 'a'],
    ],
  ])('%s', (_case, changes, moves, order) => {
    const found = poolMoves(changes);
    expect(found.moves.map(({ from, to, ranges }) => `${from}>${to} ${ranges}`)).toEqual(moves);
    expect(found.order).toEqual(order);
  });

  /** Each of eight addresses belongs to one pool or none, before and after; so both configurations are valid. */
  const owners = array(option(constantFrom('a', 'b', 'c', 'd', 'e')), { minLength: 8, maxLength: 8 });

  it('are at every moment held by a pool, or two pools overlap and MetalLB keeps what it has', () => {
    assert(
      property(owners, owners, (before, after) => {
        const names = ['a', 'b', 'c', 'd', 'e'];
        const { order } = poolMoves(names.map((name) => change(name, held(before, name), held(after, name))));
        const stays = before.flatMap((owner, index) => (owner !== null && after[index] !== null ? [index + 1] : []));
        const now = new Map(names.map((name) => [name, held(before, name)]));
        for (const name of order) {
          now.set(name, held(after, name));
          const all = [...now.values()].flat();
          const overlap = new Set(all).size < all.length;
          const lost = stays.filter((address) => !all.includes(address));
          expect(overlap ? [] : lost).toEqual([]);
        }
        for (const name of names) {
          now.set(name, held(after, name));
        }
        const untouched = names.filter((name) => !order.includes(name as ObjectKey));
        const moved = before.some((owner, index) => owner !== null && after[index] !== null && after[index] !== owner);
        expect(order.length > 0).toBe(moved);
        for (const name of untouched) {
          const gained = held(after, name).filter((address) => !held(before, name).includes(address));
          expect(gained.filter((address) => before[address - 1] !== null)).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });
});

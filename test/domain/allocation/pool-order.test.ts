import { describe, expect, it } from 'vitest';
import { compilePools } from '../../../src/domain/allocation/pool-config.ts';
import { type PoolOrder, poolOrder } from '../../../src/domain/allocation/pool-order.ts';
import type { RulesProfile } from '../../../src/domain/allocation/rules-profile.ts';
import type { Json } from '../../../src/domain/json.ts';
import { objects, pool, service } from '../address-plan/plan-fixture.ts';

const tier = { labels: { tier: 'gold' } };
const bySelector = { serviceSelectors: [{ matchLabels: { tier: 'gold' } }] };

/** The order of pools with these allocations for a Service with the label tier=gold in the namespace `default`. */
function orderOf(allocations: { readonly [name: string]: Json }, profile: RulesProfile = 'metallb-0.15'): PoolOrder {
  const pools = Object.entries(allocations).map(([name, serviceAllocation], index) =>
    pool(name, [`10.0.${String(index)}.0/24`], serviceAllocation === null ? {} : { serviceAllocation }),
  );
  const config = compilePools(objects(...pools).pools, [], profile);
  return poolOrder(config, service('web', [], tier), new Map());
}

function names(tiers: PoolOrder['pinned']): readonly (readonly string[])[] {
  return tiers.map((each) => each.map(({ name }) => name));
}

describe('the order in which pools are tried', () => {
  it.each<[string, { readonly [name: string]: Json }, readonly (readonly string[])[]]>([
    [
      'lower priorities first, 0 last',
      { a: { priority: 0, ...bySelector }, b: { priority: 9, ...bySelector }, c: { priority: 2, ...bySelector } },
      [['c'], ['b'], ['a']],
    ],
    [
      'equal priorities by name',
      { b: { priority: 5, ...bySelector }, a: { priority: 5, ...bySelector } },
      [['a'], ['b']],
    ],
    ['equals without priority from the last name', { a: { ...bySelector }, b: { ...bySelector } }, [['b'], ['a']]],
    [
      'pools of the namespace before those by selector',
      { a: { priority: 5, ...bySelector }, b: { priority: 5, namespaces: ['default'] } },
      [['b'], ['a']],
    ],
    [
      'without priority those by selector before pools of the namespace',
      { a: { namespaces: ['default'] }, b: { ...bySelector } },
      [['b'], ['a']],
    ],
    [
      'two pools of the namespace in any order',
      { a: { priority: 5, namespaces: ['default'] }, b: { priority: 5, namespaces: ['default'] } },
      [['a', 'b']],
    ],
    [
      'not those of other namespaces or labels',
      { a: { namespaces: ['other'] }, b: { serviceSelectors: [{ matchLabels: { tier: 'tin' } }] } },
      [],
    ],
    ['not those whose selectors match no namespace', { a: { namespaceSelectors: [{ matchLabels: { x: 'y' } }] } }, []],
  ])('%s', (_, allocations, pinned) => {
    expect(names(orderOf(allocations).pinned)).toEqual(pinned);
  });

  it('ends with pools that are open to all, in any order', () => {
    expect(names(orderOf({ a: null, b: null, c: bySelector }).open)).toEqual([['a', 'b']]);
  });

  it('offers an allocation that limits nothing to everyone, and in 0.14 to nobody', () => {
    expect(names(orderOf({ a: { priority: 3 }, b: null }).pinned)).toEqual([['a']]);
    expect(orderOf({ a: { priority: 3 }, b: null }, 'metallb-0.14').pinned).toEqual([]);
  });

  it.each<[RulesProfile, readonly (readonly string[])[]]>([
    ['metallb-0.14', [['a']]],
    ['metallb-0.15', [['a']]],
    ['metallb-0.16', [['a']]],
    ['native', []],
  ])('offers a pool for no namespace to those whom it selects by their labels, %s: %j', (profile, pinned) => {
    const closed = { namespaceSelectors: [{ matchLabels: { x: 'y' } }] };
    expect(names(orderOf({ a: { ...closed, ...bySelector }, b: closed }, profile).pinned)).toEqual(pinned);
  });

  it('is determined where Metalwave decides', () => {
    const order = orderOf({ b: null, a: null, d: { namespaces: ['default'] }, c: bySelector }, 'native');
    expect(names(order.pinned)).toEqual([['c'], ['d']]);
    expect(names(order.open)).toEqual([['a'], ['b']]);
  });
});

import { describe, expect, it } from 'vitest';
import { pool, type ServiceFields } from '../../../address-plan/plan-fixture.ts';
import { annotated, type Case, clusterIn, expectOutcome, outcomeOf, putAll } from './cases.ts';

const open = pool('open', ['10.0.9.0/29']);
const gold: ServiceFields = { labels: { tier: 'gold' } };
const namespaces = [
  { name: 'default', labels: { team: 'red' } },
  { name: 'other', labels: { team: 'blue' } },
];

type Spec = NonNullable<Parameters<typeof pool>[2]>;

function scoped(name: string, third: number, allocation: Spec, spec: Spec = {}): ReturnType<typeof pool> {
  return pool(name, [`10.0.${third}.0/31`], { serviceAllocation: allocation, ...spec });
}
const forGold = { serviceSelectors: [{ matchLabels: { tier: 'gold' } }] };
const forTeams = { namespaceSelectors: [{ matchLabels: { team: 'red' } }] };
const elsewhere: ServiceFields = { namespace: 'other' };

const cases: readonly Case[] = [
  [
    'a pool for a namespace serves it before open pools',
    { pools: [open, scoped('p', 0, { namespaces: ['default'] })] },
    { a: {} },
    { a: '10.0.0.0' },
  ],
  [
    'a pool for a namespace serves no other',
    { pools: [scoped('p', 0, { namespaces: ['default'] })] },
    { a: elsewhere },
    { a: '' },
  ],
  [
    'others get an address from an open pool',
    { pools: [open, scoped('p', 0, { namespaces: ['default'] })] },
    { a: elsewhere },
    { a: '10.0.9.0' },
  ],
  [
    'when the pools for it are full, an open one serves',
    { pools: [open, scoped('p', 0, { namespaces: ['default'] })] },
    { a: {}, b: {}, c: {} },
    { a: '10.0.0.0', b: '10.0.0.1', c: '10.0.9.0' },
  ],
  [
    'a pool for another namespace is refused also to who names it',
    { pools: [open, scoped('p', 0, { namespaces: ['other'] })] },
    { a: annotated({ 'address-pool': 'p' }) },
    { a: '' },
  ],
  [
    'and to who names one of its addresses',
    { pools: [open, scoped('p', 0, { namespaces: ['other'] })] },
    { a: annotated({ loadBalancerIPs: '10.0.0.1' }) },
    { a: '' },
  ],
  [
    'namespaces are selected by their labels',
    { pools: [scoped('p', 0, forTeams)], namespaces },
    { a: {}, b: elsewhere },
    { a: '10.0.0.0', b: '' },
  ],
  [
    'one of several namespace selectors is enough',
    {
      pools: [
        scoped('p', 0, { namespaceSelectors: [{ matchLabels: { team: 'x' } }, { matchLabels: { team: 'blue' } }] }),
      ],
      namespaces,
    },
    { a: {}, b: elsewhere },
    { a: '', b: '10.0.0.0' },
  ],
  [
    'namespaces and their selectors add up',
    { pools: [scoped('p', 0, { namespaces: ['other'], ...forTeams })], namespaces },
    { a: {}, b: elsewhere },
    { a: '10.0.0.0', b: '10.0.0.1' },
  ],
  [
    'all labels of one selector must match',
    { pools: [scoped('p', 0, { namespaceSelectors: [{ matchLabels: { team: 'red', zone: 'x' } }] })], namespaces },
    { a: {} },
    { a: '' },
  ],
  [
    'selectors take expressions',
    {
      pools: [
        scoped('p', 0, {
          namespaceSelectors: [{ matchExpressions: [{ key: 'team', operator: 'In', values: ['blue', 'green'] }] }],
        }),
      ],
      namespaces,
    },
    { a: {}, b: elsewhere },
    { a: '', b: '10.0.0.0' },
  ],
  [
    'NotIn matches also where the label is missing',
    {
      pools: [
        scoped('p', 0, {
          serviceSelectors: [{ matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['gold'] }] }],
        }),
      ],
    },
    { a: gold, b: {} },
    { a: '', b: '10.0.0.0' },
  ],
  [
    'Exists and DoesNotExist look at the key alone',
    {
      pools: [
        scoped('p', 0, { serviceSelectors: [{ matchExpressions: [{ key: 'tier', operator: 'Exists' }] }] }),
        scoped('q', 1, { serviceSelectors: [{ matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }] }),
      ],
    },
    { a: gold, b: {} },
    { a: '10.0.0.0', b: '10.0.1.0' },
  ],
  [
    'Services are selected by their labels',
    { pools: [scoped('p', 0, forGold)] },
    { a: gold, b: {} },
    { a: '10.0.0.0', b: '' },
  ],
  [
    'one of several Service selectors is enough',
    {
      pools: [
        scoped('p', 0, { serviceSelectors: [{ matchLabels: { tier: 'tin' } }, { matchLabels: { tier: 'gold' } }] }),
      ],
    },
    { a: gold },
    { a: '10.0.0.0' },
  ],
  [
    'namespace and Service must both be selected',
    { pools: [scoped('p', 0, { namespaces: ['default'], ...forGold })] },
    { a: gold, b: {}, c: { ...gold, namespace: 'other' } },
    { a: '10.0.0.0', b: '', c: '' },
  ],
  [
    'the lower number is the higher priority',
    {
      pools: [
        scoped('p', 0, { priority: 50, namespaces: ['default'] }),
        scoped('q', 1, { priority: 20, namespaces: ['default'] }),
      ],
    },
    { a: {} },
    { a: '10.0.1.0' },
  ],
  [
    'the next priority serves when the first is full',
    {
      pools: [
        scoped('p', 0, { priority: 50, namespaces: ['default'] }),
        scoped('q', 1, { priority: 20, namespaces: ['default'] }),
      ],
    },
    { a: {}, b: {}, c: {} },
    { a: '10.0.1.0', b: '10.0.1.1', c: '10.0.0.0' },
  ],
  [
    'priority 0 is the lowest',
    {
      pools: [
        scoped('p', 0, { priority: 0, namespaces: ['default'] }),
        scoped('q', 1, { priority: 20, namespaces: ['default'] }),
      ],
    },
    { a: {} },
    { a: '10.0.1.0' },
  ],
  [
    'so is no priority',
    { pools: [scoped('p', 0, { namespaces: ['default'] }), scoped('q', 1, { priority: 20, namespaces: ['default'] })] },
    { a: {} },
    { a: '10.0.1.0' },
  ],
  [
    'priorities count for Service selectors as well',
    { pools: [scoped('p', 0, { priority: 50, ...forGold }), scoped('q', 1, { priority: 20, ...forGold })] },
    { a: gold },
    { a: '10.0.1.0' },
  ],
  [
    'a pool for some with autoAssign: false gives only to who names it',
    { pools: [scoped('p', 0, { namespaces: ['default'] }, { autoAssign: false }), open] },
    { a: {}, b: annotated({ 'address-pool': 'p' }) },
    { a: '10.0.9.0', b: '10.0.0.0' },
  ],
  [
    'a pool that is named goes before priorities',
    {
      pools: [
        scoped('p', 0, { priority: 50, namespaces: ['default'] }),
        scoped('q', 1, { priority: 20, namespaces: ['default'] }),
      ],
    },
    { a: annotated({ 'address-pool': 'p' }) },
    { a: '10.0.0.0' },
  ],
  [
    '[pool-order] 13.4: pools of one priority serve by name',
    { pools: [scoped('q', 1, { priority: 5, namespaces: ['default'] }), scoped('p', 0, { priority: 5, ...forGold })] },
    { a: gold, b: {} },
    { a: '10.0.0.0', b: '10.0.1.0' },
  ],
  [
    '[pool-order] 13.4: so do pools without priority',
    { pools: [scoped('q', 1, { namespaces: ['default'] }), scoped('p', 0, { namespaces: ['default'] })] },
    { a: {} },
    { a: '10.0.0.0' },
  ],
  [
    '[unlimited-scope] 13.3: an allocation that limits nothing is for everybody',
    { pools: [scoped('p', 0, {})] },
    { a: {}, b: elsewhere },
    { a: '10.0.0.0', b: '10.0.0.1' },
  ],
  [
    '[unlimited-scope] 13.3: and is tried before pools without one',
    { pools: [pool('a-first', ['10.0.8.0/30']), scoped('p', 0, { priority: 3 })] },
    { a: {}, b: {}, c: {} },
    { a: '10.0.0.0', b: '10.0.0.1', c: '10.0.8.0' },
  ],
  [
    '[unlimited-scope] 13.3: among pools for some by its priority',
    { pools: [scoped('p', 0, { priority: 9, namespaces: ['default'] }), scoped('q', 1, { priority: 3 })] },
    { a: {} },
    { a: '10.0.1.0' },
  ],
  [
    '[fail-closed] a pool whose selectors match no namespace admits nobody',
    { pools: [scoped('p', 0, { namespaceSelectors: [{ matchLabels: { team: 'none' } }] })], namespaces },
    { a: {}, b: annotated({ 'address-pool': 'p' }), c: annotated({ loadBalancerIPs: '10.0.0.0' }) },
    { a: '', b: '', c: '' },
  ],
];

describe('who may use a pool, as MetalLB documents it', () => {
  it.each(cases)('%s', (_, setting, services, outcome) => {
    expectOutcome(setting, services, outcome);
  });

  it('[fail-closed] 13.12: evicts the holders where the last namespace loses its label, and serves again where one has it', () => {
    const cluster = clusterIn({ pools: [scoped('p', 0, forTeams)], namespaces });
    putAll(cluster, { a: {} });
    cluster.pools([scoped('p', 0, forTeams)], [{ name: 'default', labels: {} }]).settle();
    expect(outcomeOf(cluster)).toEqual({ a: '' });
    cluster.pools([scoped('p', 0, forTeams)], namespaces).settle();
    expect(outcomeOf(cluster)).toEqual({ a: '10.0.0.0' });
  });

  it('evicts a Service whose labels match no longer, and serves it from a pool that is open to it', () => {
    const cluster = clusterIn({ pools: [scoped('p', 0, forGold), open] });
    putAll(cluster, { a: gold });
    putAll(cluster, { a: {} });
    expect(outcomeOf(cluster)).toEqual({ a: '10.0.9.0' });
  });

  it('moves nobody to a pool that comes to be meant for it', () => {
    const cluster = clusterIn({ pools: [scoped('p', 0, forGold), open] });
    putAll(cluster, { a: {} });
    putAll(cluster, { a: gold });
    expect(outcomeOf(cluster)).toEqual({ a: '10.0.9.0' });
  });
});

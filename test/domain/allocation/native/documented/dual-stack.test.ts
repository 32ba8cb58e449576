import { describe, expect, it } from 'vitest';
import { dualStack, pool, type ServiceFields } from '../../../address-plan/plan-fixture.ts';
import { annotated, type Case, clusterIn, expectOutcome, outcomeOf, putAll } from './cases.ts';

const v4 = pool('v4', ['10.0.0.0/30']);
const v6 = pool('v6', ['fd00::/126']);
const both = pool('both', ['10.0.1.0/30', 'fd00:1::/126']);
const single = { clusterIPs: ['10.96.0.1'], ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' };
const ipv6 = { clusterIPs: ['fd00:96::1'], ipFamilies: ['IPv6'], ipFamilyPolicy: 'SingleStack' };
const sixFirst = { clusterIPs: ['fd00:96::1', '10.96.0.1'], ipFamilies: ['IPv6', 'IPv4'] };
const [prefer, require] = [dualStack('PreferDualStack'), dualStack('RequireDualStack')];

function of(spec: NonNullable<ServiceFields['spec']>): ServiceFields {
  return { spec };
}

const cases: readonly Case[] = [
  ['an IPv4 Service gets an IPv4 address', { pools: [v6, v4] }, { a: of(single) }, { a: '10.0.0.0' }],
  ['an IPv6 Service gets an IPv6 address', { pools: [v4, v6] }, { a: of(ipv6) }, { a: 'fd00::' }],
  ['without a pool of its family it gets none', { pools: [v4] }, { a: of(ipv6) }, { a: '' }],
  ['an IPv4 Service gets one address of a pool of both', { pools: [both] }, { a: of(single) }, { a: '10.0.1.0' }],
  ['RequireDualStack gets both from one pool', { pools: [both] }, { a: of(require) }, { a: '10.0.1.0 fd00:1::' }],
  ['PreferDualStack gets both from one pool', { pools: [both] }, { a: of(prefer) }, { a: '10.0.1.0 fd00:1::' }],
  ['RequireDualStack gets none from two pools', { pools: [v4, v6] }, { a: of(require) }, { a: '' }],
  [
    'RequireDualStack passes over pools of one family',
    { pools: [v4, v6, both] },
    { a: of(require) },
    { a: '10.0.1.0 fd00:1::' },
  ],
  [
    'PreferDualStack passes over pools of one family where one has both',
    { pools: [v4, pool('w', ['10.0.1.0/30', 'fd00:1::/126'])] },
    { a: of(prefer) },
    { a: '10.0.1.0 fd00:1::' },
  ],
  ['PreferDualStack is content with IPv4', { pools: [v4] }, { a: of(prefer) }, { a: '10.0.0.0' }],
  ['PreferDualStack is content with IPv6', { pools: [v6] }, { a: of(prefer) }, { a: 'fd00::' }],
  [
    'PreferDualStack gets one family where it must choose, its first',
    { pools: [v4, v6] },
    { a: of(prefer), b: of({ ...sixFirst, ipFamilyPolicy: 'PreferDualStack' }) },
    { a: '10.0.0.0', b: 'fd00::' },
  ],
  [
    'RequireDualStack with one cluster address gets none',
    { pools: [both] },
    { a: of({ ...single, ipFamilyPolicy: 'RequireDualStack' }) },
    { a: '' },
  ],
  [
    'RequireDualStack gets none where one family of its pool is full',
    { pools: [pool('p', ['10.0.1.0/30', 'fd00:1::/128'])] },
    { a: of(require), b: of(require) },
    { a: '10.0.1.0 fd00:1::', b: '' },
  ],
  [
    'PreferDualStack gets the family that has room',
    { pools: [pool('p', ['10.0.1.0/30', 'fd00:1::/128'])] },
    { a: of(require), b: of(prefer) },
    { a: '10.0.1.0 fd00:1::', b: '10.0.1.1' },
  ],
  [
    '13.7: IPv4 comes first, whatever the order of the families is',
    { pools: [both] },
    { a: of({ ...sixFirst, ipFamilyPolicy: 'RequireDualStack' }) },
    { a: '10.0.1.0 fd00:1::' },
  ],
  [
    'a pool by name serves both families',
    { pools: [v4, both] },
    { a: annotated({ 'address-pool': 'both' }, of(require)) },
    { a: '10.0.1.0 fd00:1::' },
  ],
  [
    'RequireDualStack of a pool of one family fails',
    { pools: [v4, both] },
    { a: annotated({ 'address-pool': 'v4' }, of(require)) },
    { a: '' },
  ],
  [
    'PreferDualStack of a pool of one family gets that',
    { pools: [v4, both] },
    { a: annotated({ 'address-pool': 'v4' }, of(prefer)) },
    { a: '10.0.0.0' },
  ],
  [
    'two addresses are shared as one is',
    { pools: [pool('p', ['10.0.1.0/32', 'fd00:1::/128'])] },
    {
      a: annotated({ 'allow-shared-ip': 'k' }, { ports: [80], spec: require }),
      b: annotated({ 'allow-shared-ip': 'k' }, { ports: [81], spec: require }),
    },
    { a: '10.0.1.0 fd00:1::', b: '10.0.1.0 fd00:1::' },
  ],
];

describe('Services of two families, as MetalLB documents it', () => {
  it.each(cases)('%s', (_, setting, services, outcome) => {
    expectOutcome(setting, services, outcome);
  });

  it('adds the second address where a Service comes to prefer two, and keeps the first', () => {
    const cluster = clusterIn({ pools: [both] });
    putAll(cluster, { a: of(single) });
    putAll(cluster, { a: of(prefer) });
    expect(outcomeOf(cluster)).toEqual({ a: '10.0.1.0 fd00:1::' });
  });

  it('adds the second address where the pool of one that prefers two gets the other family', () => {
    const cluster = clusterIn({ pools: [pool('p', ['10.0.1.0/30'])] });
    putAll(cluster, { a: of(prefer) });
    cluster.pools([pool('p', ['10.0.1.0/30', 'fd00:1::/126'])]).settle();
    expect(outcomeOf(cluster)).toEqual({ a: '10.0.1.0 fd00:1::' });
  });

  it('adds no second address from another pool', () => {
    const cluster = clusterIn({ pools: [v4] });
    putAll(cluster, { a: of(prefer) });
    cluster.pools([v4, v6]).settle();
    expect(outcomeOf(cluster)).toEqual({ a: '10.0.0.0' });
  });

  it('[keep-family] 13.7: keeps the address of the family that stays', () => {
    const cluster = clusterIn({ pools: [both] });
    putAll(cluster, { first: of(single), a: of(require) });
    cluster.delete('first').settle();
    putAll(cluster, { a: of(single) });
    expect(outcomeOf(cluster)).toEqual({ a: '10.0.1.1' });
  });
});

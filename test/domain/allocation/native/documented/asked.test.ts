import { describe, expect, it } from 'vitest';
import { dualStack, pool } from '../../../address-plan/plan-fixture.ts';
import { annotated, type Case, clusterIn, deprecated, expectOutcome, putAll } from './cases.ts';

const p = pool('p', ['10.0.0.0/29']);
const q = pool('q', ['10.0.1.0/29'], { autoAssign: false });
const six = pool('six', ['fd00::/126']);
const dual = pool('dual', ['10.0.2.0/29', 'fd00:2::/125']);
const pools = { pools: [p, q] };
const ipv6 = { spec: { clusterIPs: ['fd00:96::1'], ipFamilies: ['IPv6'] } };

const cases: readonly Case[] = [
  ['a Service of type LoadBalancer gets an address', pools, { a: {} }, { a: '10.0.0.0' }],
  ['a Service of another type gets none', pools, { a: { spec: { type: 'NodePort' } } }, { a: '' }],
  ['without pools nobody gets one', { pools: [] }, { a: {} }, { a: '' }],
  ['spec.loadBalancerIP is respected', pools, { a: { spec: { loadBalancerIP: '10.0.0.5' } } }, { a: '10.0.0.5' }],
  [
    'spec.loadBalancerIP may be of a pool that gives none unasked',
    pools,
    { a: { spec: { loadBalancerIP: '10.0.1.3' } } },
    { a: '10.0.1.3' },
  ],
  [
    'spec.loadBalancerIP outside of all pools fails',
    pools,
    { a: { spec: { loadBalancerIP: '192.0.2.1' } } },
    { a: '' },
  ],
  [
    'spec.loadBalancerIP of a Service that holds it fails',
    pools,
    { a: { spec: { loadBalancerIP: '10.0.0.5' } }, b: { spec: { loadBalancerIP: '10.0.0.5' } } },
    { a: '10.0.0.5', b: '' },
  ],
  ['an unreadable spec.loadBalancerIP fails', pools, { a: { spec: { loadBalancerIP: 'web' } } }, { a: '' }],
  [
    'the annotation loadBalancerIPs is respected',
    pools,
    { a: annotated({ loadBalancerIPs: '10.0.0.4' }) },
    { a: '10.0.0.4' },
  ],
  ['so is its deprecated form', pools, { a: deprecated({ loadBalancerIPs: '10.0.0.4' }) }, { a: '10.0.0.4' }],
  [
    'the present prefix goes before the deprecated one',
    pools,
    {
      a: {
        annotations: {
          'metallb.io/loadBalancerIPs': '10.0.0.4',
          'metallb.universe.tf/loadBalancerIPs': '10.0.0.6',
        },
      },
    },
    { a: '10.0.0.4' },
  ],
  [
    'the present prefix goes before the deprecated one even where it is empty',
    pools,
    { a: { annotations: { 'metallb.io/address-pool': '', 'metallb.universe.tf/address-pool': 'q' } } },
    { a: '10.0.0.0' },
  ],
  ['an address outside of all pools fails', pools, { a: annotated({ loadBalancerIPs: '192.0.2.1' }) }, { a: '' }],
  [
    'an address that is in use fails',
    pools,
    { a: {}, b: annotated({ loadBalancerIPs: '10.0.0.0' }) },
    { a: '10.0.0.0', b: '' },
  ],
  [
    'blanks around an address are no matter',
    pools,
    { a: annotated({ loadBalancerIPs: ' 10.0.0.4 ' }) },
    { a: '10.0.0.4' },
  ],
  ['a comma at the end is an error', pools, { a: annotated({ loadBalancerIPs: '10.0.0.4,' }) }, { a: '' }],
  [
    'two addresses of one family are an error',
    pools,
    { a: annotated({ loadBalancerIPs: '10.0.0.4,10.0.0.5' }) },
    { a: '' },
  ],
  [
    'the field and the annotation together are an error',
    pools,
    { a: annotated({ loadBalancerIPs: '10.0.0.4' }, { spec: { loadBalancerIP: '10.0.0.4' } }) },
    { a: '' },
  ],
  [
    'an IPv6 address is for an IPv6 Service',
    { pools: [p, six] },
    { a: annotated({ loadBalancerIPs: 'fd00::2' }, ipv6), b: annotated({ loadBalancerIPs: 'fd00::3' }) },
    { a: 'fd00::2', b: '' },
  ],
  [
    'an IPv6 address may be written in any way',
    { pools: [six] },
    { a: annotated({ loadBalancerIPs: 'FD00:0:0:0::0002' }, ipv6) },
    { a: 'fd00::2' },
  ],
  [
    'a dual-stack Service asks for both by the annotation, and has them in the order of the text',
    { pools: [dual] },
    {
      a: annotated({ loadBalancerIPs: '10.0.2.4,fd00:2::4' }, { spec: dualStack('RequireDualStack') }),
      b: annotated({ loadBalancerIPs: 'fd00:2::5,10.0.2.5' }, { spec: dualStack('PreferDualStack') }),
    },
    { a: '10.0.2.4 fd00:2::4', b: 'fd00:2::5 10.0.2.5' },
  ],
  [
    'a dual-stack Service cannot ask for one address, neither by the field nor by the annotation',
    { pools: [dual] },
    {
      a: { spec: { ...dualStack('RequireDualStack'), loadBalancerIP: '10.0.2.4' } },
      b: annotated({ loadBalancerIPs: '10.0.2.4' }, { spec: dualStack('PreferDualStack') }),
    },
    { a: '', b: '' },
  ],
  [
    'two addresses of two pools fail',
    { pools: [p, six] },
    { a: annotated({ loadBalancerIPs: '10.0.0.4,fd00::2' }, { spec: dualStack('RequireDualStack') }) },
    { a: '' },
  ],
  [
    'a Service with one cluster address cannot ask for two',
    { pools: [dual] },
    { a: annotated({ loadBalancerIPs: '10.0.2.4,fd00:2::4' }) },
    { a: '' },
  ],
  ['the annotation address-pool names the pool', pools, { a: annotated({ 'address-pool': 'q' }) }, { a: '10.0.1.0' }],
  ['so does its deprecated form', pools, { a: deprecated({ 'address-pool': 'q' }) }, { a: '10.0.1.0' }],
  ['a pool that there is not fails', pools, { a: annotated({ 'address-pool': 'z' }) }, { a: '' }],
  [
    'a full pool that is named fails, though others have room',
    { pools: [pool('tiny', ['10.0.3.0/32']), p] },
    { a: annotated({ 'address-pool': 'tiny' }), b: annotated({ 'address-pool': 'tiny' }) },
    { a: '10.0.3.0', b: '' },
  ],
  [
    'an address and its pool may both be named',
    pools,
    { a: annotated({ loadBalancerIPs: '10.0.1.4', 'address-pool': 'q' }) },
    { a: '10.0.1.4' },
  ],
  [
    'an address and another pool than its own fail',
    pools,
    { a: annotated({ loadBalancerIPs: '10.0.0.4', 'address-pool': 'q' }) },
    { a: '' },
  ],
  [
    'the annotation ip-allocated-from-pool asks for nothing',
    pools,
    { a: annotated({ 'ip-allocated-from-pool': 'q' }) },
    { a: '10.0.0.0' },
  ],
  [
    'without --lb-class, Services of any class are ignored',
    pools,
    { a: { spec: { loadBalancerClass: 'example.com/x' } }, b: {} },
    { a: '', b: '10.0.0.0' },
  ],
  [
    'with --lb-class, only Services of that very class are served',
    { ...pools, lbClass: 'example.com/x' },
    { a: { spec: { loadBalancerClass: 'example.com/x' } }, b: {}, c: { spec: { loadBalancerClass: 'example.com/y' } } },
    { a: '10.0.0.0', b: '', c: '' },
  ],
];

describe('what a Service asks for, as MetalLB documents it', () => {
  it.each(cases)('%s', (_, setting, services, outcome) => {
    expectOutcome(setting, services, outcome);
  });

  it('13.16: says of a full pool that is asked for by name that it has no address left', () => {
    const cluster = clusterIn({ pools: [pool('tiny', ['10.0.3.0/32'])] });
    putAll(cluster, { a: annotated({ 'address-pool': 'tiny' }), b: annotated({ 'address-pool': 'tiny' }) });
    const { refused, considered } = cluster.decision('b');
    expect(refused).toContain('tiny, has no free IPv4 address');
    expect(considered).toEqual([{ pool: 'tiny', why: '1 of its 1 IPv4 addresses are in use' }]);
  });
});

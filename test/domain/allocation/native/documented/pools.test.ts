import { describe, it } from 'vitest';
import { pool } from '../../../address-plan/plan-fixture.ts';
import { annotated, type Case, expectOutcome } from './cases.ts';

const open = pool('open', ['10.0.9.0/29']);

const cases: readonly Case[] = [
  [
    'a network as CIDR',
    { pools: [pool('p', ['10.0.0.8/31'])] },
    { a: {}, b: {}, c: {} },
    { a: '10.0.0.8', b: '10.0.0.9', c: '' },
  ],
  [
    'a range from one address to another',
    { pools: [pool('p', ['10.0.0.254-10.0.1.0'])] },
    { a: {}, b: {}, c: {} },
    { a: '10.0.0.254', b: '10.0.0.255', c: '10.0.1.0' },
  ],
  ['blanks around the dash', { pools: [pool('p', ['10.0.0.3 - 10.0.0.4'])] }, { a: {} }, { a: '10.0.0.3' }],
  [
    'several entries, in the order in which they are written',
    { pools: [pool('p', ['10.0.1.0/32', '10.0.0.0/32'])] },
    { a: {}, b: {} },
    { a: '10.0.1.0', b: '10.0.0.0' },
  ],
  [
    'a network that is not written by its first address',
    { pools: [pool('p', ['10.0.0.3/31'])] },
    { a: {} },
    { a: '10.0.0.2' },
  ],
  [
    'avoidBuggyIPs leaves out .0 and .255',
    { pools: [pool('p', ['10.0.0.254-10.0.1.1'], { avoidBuggyIPs: true })] },
    { a: {}, b: {}, c: {} },
    { a: '10.0.0.254', b: '10.0.1.1', c: '' },
  ],
  [
    'avoidBuggyIPs also where such an address is asked for',
    { pools: [pool('p', ['10.0.0.0/30'], { avoidBuggyIPs: true })] },
    { a: annotated({ loadBalancerIPs: '10.0.0.0' }), b: {} },
    { a: '', b: '10.0.0.1' },
  ],
  [
    'without avoidBuggyIPs .0 and .255 are given',
    { pools: [pool('p', ['10.0.0.255-10.0.1.0'])] },
    { a: {}, b: {} },
    { a: '10.0.0.255', b: '10.0.1.0' },
  ],
  [
    'autoAssign: false gives nothing unasked',
    { pools: [pool('p', ['10.0.0.0/30'], { autoAssign: false })] },
    { a: {} },
    { a: '' },
  ],
  [
    'autoAssign: false gives to who names the pool',
    { pools: [pool('p', ['10.0.0.0/30'], { autoAssign: false })] },
    { a: annotated({ 'address-pool': 'p' }) },
    { a: '10.0.0.0' },
  ],
  [
    'autoAssign: false gives to who names the address',
    { pools: [pool('p', ['10.0.0.0/30'], { autoAssign: false })] },
    { a: annotated({ loadBalancerIPs: '10.0.0.2' }) },
    { a: '10.0.0.2' },
  ],
  [
    'pools that overlap are refused, all of them',
    { pools: [pool('p', ['10.0.0.0/30']), pool('q', ['10.0.0.2/31'])] },
    { a: {} },
    { a: '' },
  ],
  [
    'an entry that cannot be read refuses all pools',
    { pools: [pool('p', ['10.0.0.0/33']), open] },
    { a: {} },
    { a: '' },
  ],
  [
    'a range that ends before it begins refuses all pools',
    { pools: [pool('p', ['10.0.0.4-10.0.0.1']), open] },
    { a: {} },
    { a: '' },
  ],
  [
    'when one pool is full the next one serves',
    { pools: [pool('p', ['10.0.0.0/32']), open] },
    { a: annotated({ 'address-pool': 'p' }), b: {} },
    { a: '10.0.0.0', b: '10.0.9.0' },
  ],
  [
    '[pool-order] open pools serve by name',
    { pools: [pool('q', ['10.0.1.0/32']), pool('p', ['10.0.0.0/32'])] },
    { a: {}, b: {}, c: {} },
    { a: '10.0.0.0', b: '10.0.1.0', c: '' },
  ],
];

describe('the addresses of pools, as MetalLB documents them', () => {
  it.each(cases)('%s', (_, setting, services, outcome) => {
    expectOutcome(setting, services, outcome);
  });
});

import { describe, expect, it } from 'vitest';
import { pool, type ServiceFields } from '../../../address-plan/plan-fixture.ts';
import { annotated, type Case, clusterIn, deprecated, expectOutcome, outcomeOf, putAll } from './cases.ts';

const one = { pools: [pool('p', ['10.0.0.0/32'])] };
const some = { pools: [pool('p', ['10.0.0.0/30'])] };

function keyed(key: string, port: number, spec: ServiceFields['spec'] = {}): ServiceFields {
  return annotated({ 'allow-shared-ip': key }, { ports: [port], spec });
}
function protocol(name: string): ServiceFields['spec'] {
  return { ports: [{ port: 53, protocol: name }] };
}
function local(selector: { readonly [label: string]: string }): NonNullable<ServiceFields['spec']> {
  return { externalTrafficPolicy: 'Local', selector };
}
const cluster = { externalTrafficPolicy: 'Cluster' };
const [web, mail] = [{ app: 'web' }, { app: 'mail' }];

const cases: readonly Case[] = [
  ['by default Services share no address', one, { a: { ports: [80] }, b: { ports: [81] } }, { a: '10.0.0.0', b: '' }],
  [
    'one key and different ports share',
    one,
    { a: keyed('k', 80), b: keyed('k', 443) },
    { a: '10.0.0.0', b: '10.0.0.0' },
  ],
  [
    'the deprecated form shares as well',
    one,
    { a: keyed('k', 80), b: deprecated({ 'allow-shared-ip': 'k' }, { ports: [443] }) },
    { a: '10.0.0.0', b: '10.0.0.0' },
  ],
  ['different keys do not share', one, { a: keyed('k', 80), b: keyed('l', 443) }, { a: '10.0.0.0', b: '' }],
  ['a key and none do not share', one, { a: keyed('k', 80), b: { ports: [443] } }, { a: '10.0.0.0', b: '' }],
  ['two empty keys do not share', one, { a: keyed('', 80), b: keyed('', 443) }, { a: '10.0.0.0', b: '' }],
  ['the same port does not share', one, { a: keyed('k', 80), b: keyed('k', 80) }, { a: '10.0.0.0', b: '' }],
  [
    'one port of several in common does not share',
    one,
    {
      a: annotated({ 'allow-shared-ip': 'k' }, { ports: [80, 81] }),
      b: annotated({ 'allow-shared-ip': 'k' }, { ports: [81, 82] }),
    },
    { a: '10.0.0.0', b: '' },
  ],
  [
    'one port number of two protocols shares, as DNS needs it',
    one,
    { a: keyed('dns', 53, protocol('TCP')), b: keyed('dns', 53, protocol('UDP')) },
    { a: '10.0.0.0', b: '10.0.0.0' },
  ],
  [
    'the key is of the whole cluster, not of a namespace',
    one,
    { a: keyed('k', 80), b: { ...keyed('k', 81), namespace: 'other' } },
    { a: '10.0.0.0', b: '10.0.0.0' },
  ],
  [
    'two of policy Cluster share whatever they select',
    one,
    { a: keyed('k', 80, { ...cluster, selector: web }), b: keyed('k', 81, { ...cluster, selector: mail }) },
    { a: '10.0.0.0', b: '10.0.0.0' },
  ],
  [
    'two of policy Local share where they select the same pods',
    one,
    { a: keyed('k', 80, local(web)), b: keyed('k', 81, local({ ...web })) },
    { a: '10.0.0.0', b: '10.0.0.0' },
  ],
  [
    'the order of the labels is no matter',
    one,
    { a: keyed('k', 80, local({ app: 'web', tier: 'x' })), b: keyed('k', 81, local({ tier: 'x', app: 'web' })) },
    { a: '10.0.0.0', b: '10.0.0.0' },
  ],
  [
    'two of policy Local do not share where they select others',
    one,
    { a: keyed('k', 80, local(web)), b: keyed('k', 81, local(mail)) },
    { a: '10.0.0.0', b: '' },
  ],
  [
    'one of policy Local and one of Cluster do not share',
    one,
    { a: keyed('k', 80, local(web)), b: keyed('k', 81, { ...cluster, selector: web }) },
    { a: '10.0.0.0', b: '' },
  ],
  [
    'two of policy Local do not share without a key',
    one,
    { a: { ports: [80], spec: local(web) }, b: { ports: [81], spec: local(web) } },
    { a: '10.0.0.0', b: '' },
  ],
  [
    'three share',
    one,
    { a: keyed('k', 80), b: keyed('k', 81), c: keyed('k', 82) },
    { a: '10.0.0.0', b: '10.0.0.0', c: '10.0.0.0' },
  ],
  [
    'a third must agree with both',
    one,
    { a: keyed('k', 80), b: keyed('k', 81), c: keyed('k', 80) },
    { a: '10.0.0.0', b: '10.0.0.0', c: '' },
  ],
  [
    'who may share need not: the lowest address that fits is given',
    some,
    { a: {}, b: keyed('k', 80), c: keyed('l', 80), d: keyed('k', 81) },
    { a: '10.0.0.0', b: '10.0.0.1', c: '10.0.0.2', d: '10.0.0.1' },
  ],
  [
    'asking for one address makes sure that it is shared',
    some,
    {
      a: annotated({ 'allow-shared-ip': 'k', loadBalancerIPs: '10.0.0.3' }, { ports: [80] }),
      b: annotated({ 'allow-shared-ip': 'k' }, { ports: [81], spec: { loadBalancerIP: '10.0.0.3' } }),
    },
    { a: '10.0.0.3', b: '10.0.0.3' },
  ],
  [
    'asking for an address of one that does not share fails',
    some,
    { a: {}, b: annotated({ 'allow-shared-ip': 'k', loadBalancerIPs: '10.0.0.0' }, { ports: [81] }) },
    { a: '10.0.0.0', b: '' },
  ],
];

describe('addresses that Services share, as MetalLB documents it', () => {
  it.each(cases)('%s', (_, setting, services, outcome) => {
    expectOutcome(setting, services, outcome);
  });

  it('lets the only holder of an address change its key and its ports in place', () => {
    const small = clusterIn(one);
    putAll(small, { a: keyed('k', 80) });
    putAll(small, { a: keyed('l', 90) });
    putAll(small, { b: keyed('l', 80) });
    expect(outcomeOf(small)).toEqual({ a: '10.0.0.0', b: '10.0.0.0' });
  });

  it('keeps the address of the others where one of them goes', () => {
    const small = clusterIn(one);
    putAll(small, { a: keyed('k', 80), b: keyed('k', 81), late: keyed('k', 80) });
    small.delete('a').settle();
    expect(outcomeOf(small)).toEqual({ b: '10.0.0.0', late: '10.0.0.0' });
  });

  it('gives another address to the one that is changed so that it may share no longer', () => {
    const small = clusterIn(some);
    putAll(small, { a: keyed('k', 80), b: keyed('k', 81) });
    putAll(small, { b: keyed('k', 80) });
    expect(outcomeOf(small)).toEqual({ a: '10.0.0.0', b: '10.0.0.1' });
  });

  it('gives another address to the one whose traffic policy becomes Local', () => {
    const small = clusterIn(some);
    putAll(small, { a: keyed('k', 80, cluster), b: keyed('k', 81, cluster) });
    putAll(small, { b: keyed('k', 81, local(web)) });
    expect(outcomeOf(small)).toEqual({ a: '10.0.0.0', b: '10.0.0.1' });
  });

  it('leaves the address alone where the traffic policy of its only holder changes', () => {
    const small = clusterIn(some);
    putAll(small, { a: {}, b: keyed('k', 80, cluster) });
    putAll(small, { b: keyed('k', 80, local(web)) });
    expect(outcomeOf(small)).toEqual({ a: '10.0.0.0', b: '10.0.0.1' });
  });
});

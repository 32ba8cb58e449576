import type { AddressPlan, PoolOutcome, ServiceOutcome } from '../../../src/domain/address-plan/address-plan.ts';

/** A Service `namespace/name` that keeps its address unless told otherwise. */
export function outcome(key: string, facts: Partial<ServiceOutcome> = {}): ServiceOutcome {
  const [namespace = '', name = ''] = key.split('/');
  const before = facts.before ?? ['10.0.0.1'];
  return {
    namespace,
    name,
    before,
    after: [before],
    exact: true,
    verdict: 'kept',
    reason: 'Nothing changes for it.',
    addresses: [],
    advertised: [],
    ...facts,
  };
}

export function poolOutcome(name: string, facts: Partial<PoolOutcome> = {}): PoolOutcome {
  return {
    name,
    exists: { before: true, after: true },
    added: [],
    removed: [],
    capacity: { before: { ipv4: '16', ipv6: '0' }, after: { ipv4: '16', ipv6: '0' } },
    used: { before: 2, after: { least: 2, most: 2 } },
    ...facts,
  };
}

export function addressPlan(facts: Partial<AddressPlan> = {}): AddressPlan {
  return { services: [], pools: [], exact: true, notes: [], ...facts };
}

/** One of everything. */
export const stirredPlan: AddressPlan = addressPlan({
  services: [
    outcome('db/main', {
      advertised: [
        {
          address: '10.0.0.1',
          change: 'fewer',
          before: { nodes: ['n1', 'n2'], peers: [], interfaces: [] },
          after: { nodes: ['n1'], peers: [], interfaces: [] },
          reason: 'n2 no longer announces 10.0.0.1.',
        },
      ],
    }),
    outcome('shop/api', {
      before: ['192.168.1.221'],
      after: [['192.168.1.230'], ['192.168.1.231']],
      verdict: 'moved',
      reason: 'The pool public no longer has 192.168.1.221.',
      addresses: [
        {
          address: '192.168.1.221',
          verdict: 'moved',
          to: ['192.168.1.230', '192.168.1.231'],
          pool: { before: 'public', after: 'public' },
          reason: 'The pool public no longer has 192.168.1.221.',
        },
      ],
    }),
    outcome('shop/new', {
      before: [],
      after: [['10.9.0.0']],
      verdict: 'gained',
      reason: 'The pool fresh has a free address.',
    }),
    outcome('shop/wait', { before: [], after: [[]], verdict: 'pending', reason: 'No pool admits it.' }),
    outcome('shop/web', {
      before: ['192.168.1.220'],
      after: [[]],
      verdict: 'lost',
      reason: 'It asks for 192.168.1.220, which no pool has any more.',
    }),
    ...Array.from({ length: 37 }, (_, index) => outcome(`team/kept-${index}`)),
  ],
  pools: [
    poolOutcome('calm'),
    poolOutcome('fresh', {
      exists: { before: false, after: true },
      added: [{ range: '10.9.0.0/28', count: '16' }],
      capacity: { before: { ipv4: '0', ipv6: '0' }, after: { ipv4: '16', ipv6: '18446744073709551616' } },
      used: { before: 0, after: { least: 1, most: 1 } },
    }),
    poolOutcome('public', {
      removed: [{ range: '192.168.1.220-192.168.1.229', count: '10' }],
      capacity: { before: { ipv4: '31', ipv6: '0' }, after: { ipv4: '21', ipv6: '0' } },
      used: { before: 14, after: { least: 12, most: 13 } },
    }),
  ],
});

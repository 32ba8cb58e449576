import { describe, expect, it } from 'vitest';
import type { NodeView } from '../../../src/domain/address-plan/address-plan-input.ts';
import type { AdvertisedChange } from '../../../src/domain/address-plan/address-plan.ts';
import type { Json } from '../../../src/domain/json.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import { objects, outcome, planOf, pool, service } from './plan-fixture.ts';

const nodes: readonly NodeView[] = ['a', 'b', 'c'].map((name) => ({
  name,
  labels: { rack: name },
  networkUnavailable: false,
}));

function object(kind: string, name: string, spec: { readonly [field: string]: Json } = {}): KubeObject {
  return { apiVersion: 'metallb.io/v1beta1', kind, metadata: { name }, spec };
}

function onRack(...racks: readonly string[]): Json {
  return racks.map((rack) => ({ matchLabels: { rack } }));
}

/** What changes for a Service that keeps its address, when these advertisements become those. */
function change(
  before: readonly KubeObject[],
  after: readonly KubeObject[],
  endpoints?: readonly string[],
): readonly AdvertisedChange[] {
  const web = service('web', ['10.0.0.1'], { spec: { externalTrafficPolicy: 'Local' } });
  const plan = planOf({
    before: objects(pool('a', ['10.0.0.0/30']), ...before),
    after: objects(pool('a', ['10.0.0.0/30']), ...after),
    services: [web],
    nodes,
    ...(endpoints === undefined ? {} : { endpoints: [{ namespace: 'default', name: 'web', nodes: endpoints }] }),
  });
  expect(outcome(plan, 'web').verdict).toBe('kept');
  return outcome(plan, 'web').advertised;
}

describe('who advertises an address that stays', () => {
  it('is not told where nothing changes', () => {
    expect(change([object('L2Advertisement', 'l2')], [object('L2Advertisement', 'other')])).toEqual([]);
  });

  it('is fewer nodes by node selectors', () => {
    const after = object('L2Advertisement', 'l2', { nodeSelectors: onRack('a', 'b') });
    expect(change([object('L2Advertisement', 'l2')], [after])).toMatchObject([
      {
        change: 'fewer',
        before: { nodes: ['a', 'b', 'c'] },
        after: { nodes: ['a', 'b'] },
        reason: '10.0.0.1 is advertised by 2 nodes instead of 3.',
      },
    ]);
  });

  it('is nobody where no advertisement is for the pool', () => {
    const after = object('L2Advertisement', 'l2', { ipAddressPools: ['b'] });
    expect(change([object('L2Advertisement', 'l2')], [after])).toMatchObject([
      { change: 'fewer', after: { nodes: [] }, reason: '10.0.0.1 is advertised by nobody afterwards.' },
    ]);
  });

  it('is told by peers, those of the advertisement and of the node', () => {
    const peers = [object('BGPPeer', 'one'), object('BGPPeer', 'two', { nodeSelectors: onRack('c') })];
    const before = [...peers, object('BGPAdvertisement', 'bgp', { peers: ['one'] })];
    const after = [...peers, object('BGPAdvertisement', 'bgp')];
    expect(change(before, after)).toMatchObject([
      { change: 'more', before: { peers: ['one'] }, after: { peers: ['one', 'two'] } },
    ]);
  });

  it('counts only nodes with an endpoint for the policy Local', () => {
    const after = object('L2Advertisement', 'l2', { nodeSelectors: onRack('a') });
    expect(change([object('L2Advertisement', 'l2')], [after], ['a'])).toEqual([]);
    expect(change([object('L2Advertisement', 'l2')], [after], ['a', 'b'])).toMatchObject([{ change: 'fewer' }]);
  });

  it('tells other interfaces', () => {
    const after = object('L2Advertisement', 'l2', { interfaces: ['eth1'] });
    expect(change([object('L2Advertisement', 'l2')], [after])).toMatchObject([
      { change: 'other', reason: '10.0.0.1 is advertised on eth1 instead of all interfaces.' },
    ]);
  });
});

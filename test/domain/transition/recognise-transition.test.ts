import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import { keyOf, objectIdOf } from '../../../src/domain/manifest/object-id.ts';
import type { Change } from '../../../src/domain/plan/plan.ts';
import { recogniseTransition } from '../../../src/domain/transition/recognise-transition.ts';
import { widenAdvertisement } from '../../../src/domain/transition/widen-advertisement.ts';

function object(kind: string, name: string, spec: JsonObject): KubeObject {
  return { apiVersion: 'metallb.io/v1beta1', kind, metadata: { name, namespace: 'metallb-system' }, spec };
}
function pool(name: string, ...addresses: readonly string[]): KubeObject {
  return object('IPAddressPool', name, { addresses });
}
function advertisement(spec: JsonObject): KubeObject {
  return object('L2Advertisement', 'l2-advert', spec);
}

function selector(name: string): JsonObject {
  return { matchLabels: { name } };
}

const live = { uid: 'u', resourceVersion: '1' };

function create(after: KubeObject): Change {
  return { action: 'create', id: objectIdOf(after), step: 'pools', hash: '', object: after, fields: [] };
}
function update(after: KubeObject): Change {
  return { ...create(after), action: 'update', live } as Change;
}
function remove(before: KubeObject): Change {
  return { action: 'delete', id: objectIdOf(before), step: 'pools', apiVersion: before.apiVersion, live };
}
function there(...objects: readonly KubeObject[]): ReadonlyMap<ReturnType<typeof keyOf>, KubeObject> {
  return new Map(objects.map((one) => [keyOf(one), one]));
}

const old = pool('old', '10.0.0.0/24');
const fresh = pool('fresh', '10.0.0.0-10.0.0.255');

describe('a transition', () => {
  it('is a pool under a new name, with the advertisement that speaks for both meanwhile', () => {
    const before = advertisement({ ipAddressPools: ['old'] });
    const after = advertisement({ ipAddressPools: ['fresh'], interfaces: ['eth0'] });
    const found = recogniseTransition([create(fresh), update(after), remove(old)], there(old, before));
    expect(found?.moves).toEqual([{ from: 'old', to: 'fresh', ranges: '10.0.0.0/24' }]);
    expect(found?.order).toEqual([keyOf(fresh), keyOf(old)]);
    expect(found?.widened).toEqual([advertisement({ ipAddressPools: ['fresh', 'old'], interfaces: ['eth0'] })]);
  });

  it('is none where the old pool stays, where nothing changes hands, and where other kinds change', () => {
    expect(recogniseTransition([create(fresh)], there(old))).toBeUndefined();
    const grown = pool('old', '10.0.0.0/24', '10.1.0.0/24');
    expect(recogniseTransition([update(grown)], there(old))).toBeUndefined();
    const community = object('Community', 'fresh', { addresses: ['10.0.0.0/24'] });
    expect(recogniseTransition([create(community), remove(old)], there(old))).toBeUndefined();
  });

  it('finds ranges that are written otherwise on both sides, in both families', () => {
    const before = pool('old', '10.0.0.0/24', 'fd00::/120');
    const cut = pool('old', '10.0.0.0-10.0.0.127');
    const taker = pool('fresh', '10.0.0.128/25', 'fd00::-fd00::ff');
    const found = recogniseTransition([update(cut), create(taker)], there(before));
    expect(found?.moves).toEqual([{ from: 'old', to: 'fresh', ranges: '10.0.0.128/25, fd00::/120' }]);
    expect(found?.order).toEqual([keyOf(taker), keyOf(before)]);
  });
});

describe('an advertisement while addresses change their pool', () => {
  it.each<[string, JsonObject, JsonObject, JsonObject | undefined]>([
    ['names both', { ipAddressPools: ['a', 'b'] }, { ipAddressPools: ['b', 'c'] }, { ipAddressPools: ['b', 'c', 'a'] }],
    ['speaks for all where it did', {}, { ipAddressPools: ['b'], interfaces: ['eth0'] }, { interfaces: ['eth0'] }],
    ['is as planned where it will speak for all', { ipAddressPools: ['a'] }, {}, undefined],
    ['is as planned where its choice does not change', { ipAddressPools: ['a'] }, { ipAddressPools: ['a'] }, undefined],
    ['is as planned where it only gains', { ipAddressPools: ['a'] }, { ipAddressPools: ['a', 'b'] }, undefined],
    [
      'selects by both ways',
      { ipAddressPools: ['a'] },
      { ipAddressPoolSelectors: [selector('b')] },
      { ipAddressPools: ['a'], ipAddressPoolSelectors: [selector('b')] },
    ],
  ])('%s', (_case, before, after, wide) => {
    expect(widenAdvertisement(advertisement(before), advertisement(after))?.['spec']).toEqual(wide);
  });
});

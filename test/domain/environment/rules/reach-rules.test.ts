import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/domain/json.ts';
import { brief, checkAll, checkMetalLb, pool } from './rules-fixtures.ts';

const peer = (name: string, more: JsonObject = {}): JsonObject => ({
  name,
  myASN: 64512,
  peerASN: 64513,
  peerAddress: '10.9.0.1',
  ...more,
});
const on = (...labels: readonly JsonObject[]): JsonObject => ({
  nodeSelectors: labels.map((matchLabels) => ({ matchLabels })),
});
const idle = (metallb: JsonObject): readonly string[] =>
  brief(checkAll({ metallb: { ipAddressPool: [pool('a', '10.0.0.0/24')], ...metallb } })).filter((each) =>
    each.startsWith('bgp-'),
  );

const bothWays = (one: JsonObject, two: JsonObject): readonly string[] =>
  brief(
    checkMetalLb({
      ipAddressPool: [pool('a', '10.0.0.0/24')],
      l2Advertisement: [{ name: 'lan', ...one }],
      bgpAdvertisement: [{ name: 'all', ...two }],
    }),
  );
const bySelector = (labels: JsonObject): readonly string[] =>
  brief(
    checkMetalLb({
      ipAddressPool: [pool('a', '10.0.0.0/24')],
      l2Advertisement: [{ name: 'lan', ipAddressPools: ['a'], ipAddressPoolSelectors: [{ matchLabels: labels }] }],
    }),
  );
const besidePeer = (entry: string, fields: JsonObject): readonly string[] =>
  brief(checkMetalLb({ ipAddressPool: [pool('a', entry)], bgpPeer: [peer('tor', fields)] }));
const overIpv6 = (backend: string): readonly string[] =>
  brief(checkMetalLb({ bgp: { backend }, ipAddressPool: [], bgpPeer: [peer('tor', { peerAddress: 'fd00::1' })] }));

describe('a BGP peer', () => {
  it('is told of nothing where no advertisement is for it', () => {
    expect(idle({ bgpPeer: [peer('tor')], l2Advertisement: [{ name: 'lan' }] })).toEqual([
      'bgp-peer-idle /metallb/bgpPeer/0/name',
    ]);
    const one = [{ name: 'x', peers: ['tor'] }];
    expect(idle({ bgpPeer: [peer('tor'), peer('spine', { peerAddress: '10.9.0.2' })], bgpAdvertisement: one })).toEqual(
      ['bgp-peer-idle /metallb/bgpPeer/1/name'],
    );
    expect(idle({ bgpPeer: [peer('tor')], bgpAdvertisement: [{ name: 'x' }, ...one] })).toEqual([]);
  });

  it('is missed by every advertisement where there is none', () => {
    expect(idle({ bgpAdvertisement: [{ name: 'x' }, { name: 'y' }] })).toEqual([
      'bgp-advertisement-idle /metallb/bgpAdvertisement/0/name',
      'bgp-advertisement-idle /metallb/bgpAdvertisement/1/name',
    ]);
  });

  it('keeps its address to itself', () => {
    expect(besidePeer('10.9.0.0/28', {})).toContain('bgp-peer-in-pool /metallb/bgpPeer/0/peerAddress');
    expect(besidePeer('10.9.0.2-10.9.0.9', {})).toEqual([]);
    expect(besidePeer('10.9.0.2-10.9.0.9', { sourceAddress: '10.9.0.9' })).toEqual([
      'bgp-peer-in-pool /metallb/bgpPeer/0/sourceAddress',
    ]);
  });

  it('has no IPv6 address where the native backend speaks to it', () => {
    expect(overIpv6('native')).toEqual(['bgp-native-ipv6-peer /metallb/bgpPeer/0/peerAddress']);
    expect(overIpv6('frr')).toEqual([]);
  });
});

describe('a pool on layer 2 and on BGP', () => {
  it.each([
    [on({ rack: 'a' }), on({ rack: 'b' }), true],
    [on({ rack: 'a' }), on({ rack: 'b' }, { rack: 'a' }), false],
    [on({ rack: 'a' }), on({ room: 'b' }), false],
    [on({ rack: 'a' }), {}, false],
    [
      on({ rack: 'a' }),
      { nodeSelectors: [{ matchExpressions: [{ key: 'rack', operator: 'NotIn', values: ['a'] }] }] },
      true,
    ],
    [on({ rack: 'a' }), { nodeSelectors: [{ matchExpressions: [{ key: 'rack', operator: 'DoesNotExist' }] }] }, true],
    [
      on({ rack: 'a' }),
      { nodeSelectors: [{ matchExpressions: [{ key: 'rack', operator: 'In', values: ['a', 'b'] }] }] },
      false,
    ],
    [on({ rack: 'a' }), { ...on({ rack: 'b' }), ipAddressPools: ['other'] }, false],
  ])('with %j and %j has nodes apart: %s', (one, two, apart) => {
    expect(bothWays(one, two).includes('pool-nodes-apart /metallb/ipAddressPool/0/name')).toBe(apart);
  });
});

describe('a selector', () => {
  it.each([
    [{ matchLabels: { a: 'x' }, matchExpressions: [{ key: 'a', operator: 'In', values: ['y'] }] }, true],
    [{ matchLabels: { a: 'x' }, matchExpressions: [{ key: 'a', operator: 'DoesNotExist' }] }, true],
    [{ matchLabels: { a: 'x' }, matchExpressions: [{ key: 'b', operator: 'DoesNotExist' }] }, false],
    [{ matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['x'] }] }, false],
    [{}, false],
  ])('%j matches nothing: %s', (selector, impossible) => {
    const l2Advertisement = [{ name: 'lan', nodeSelectors: [selector] }];
    expect(brief(checkMetalLb({ l2Advertisement }))).toEqual(
      impossible ? ['selector-impossible /metallb/l2Advertisement/0/nodeSelectors/0'] : [],
    );
  });

  it('of pools matches by what every object of the environment carries, and by nothing else', () => {
    expect(bySelector({ 'app.kubernetes.io/managed-by': 'metalwave' })).toEqual([]);
    expect(bySelector({ zone: 'edge' })).toEqual([
      'pool-selector-unmatched /metallb/l2Advertisement/0/ipAddressPoolSelectors/0',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/domain/json.ts';
import { brief, checkMetalLb, pool, type Told } from './rules-fixtures.ts';

const frr = { bgp: { backend: 'frr' } };
const good = { name: 'tor-a', myASN: 64512, peerASN: 64500, peerAddress: '10.9.0.1' };

function checkPeer(changes: JsonObject): readonly Told[] {
  return checkMetalLb({ ...frr, bgpPeer: [{ ...good, ...changes }], bfdProfile: [{ name: 'fast' }] });
}

describe('a BGP peer', () => {
  it.each<[JsonObject]>([
    [{}],
    [{ peerASN: 0, dynamicASN: 'external' }],
    [{ peerAddress: '', interface: 'eth1' }],
    [{ peerAddress: 'fd00::1', sourceAddress: 'fd00::2', routerID: '10.0.0.1', bfdProfile: 'fast' }],
    [{ holdTime: '0s', keepaliveTime: '0s' }],
    [{ holdTime: '90s', keepaliveTime: '30s', connectTime: '10s' }],
    [{ holdTime: '3s' }],
    [{ keepaliveTime: '1s' }],
    [{ connectTime: '18h12m15s' }],
    [{ holdTime: '90sec' }],
    [{ passwordSecret: { name: 'tor-a' } }],
    [{ ebgpMultiHop: true }],
  ])('with %j has no findings', (changes) => {
    expect(checkPeer(changes)).toStrictEqual([]);
  });

  it.each<[JsonObject, string, string]>([
    [{ peerASN: 0 }, 'bgp-remote-asn', ''],
    [{ dynamicASN: 'internal' }, 'bgp-remote-asn', '/dynamicASN'],
    [{ peerAddress: '' }, 'bgp-peer-target', ''],
    [{ interface: 'eth1' }, 'bgp-peer-target', '/interface'],
    [{ peerASN: 64512, ebgpMultiHop: true }, 'bgp-multihop-internal', '/ebgpMultiHop'],
    [{ peerAddress: '10.9.0.256' }, 'bgp-peer-address', '/peerAddress'],
    [{ peerAddress: '10.9.0.1/32' }, 'bgp-peer-address', '/peerAddress'],
    [{ sourceAddress: 'router' }, 'bgp-peer-address', '/sourceAddress'],
    [{ routerID: '1.2.3' }, 'bgp-peer-address', '/routerID'],
    [{ bfdProfile: 'fats' }, 'bfd-profile-unknown', '/bfdProfile'],
    [{ holdTime: '1s' }, 'bgp-hold-time', '/holdTime'],
    [{ holdTime: '2999ms' }, 'bgp-hold-time', '/holdTime'],
    [{ holdTime: '900ms' }, 'bgp-hold-time-fraction', '/holdTime'],
    [{ holdTime: '3500ms' }, 'bgp-hold-time-fraction', '/holdTime'],
    [{ passwordSecret: { name: 'a', namespace: 'b' } }, 'bgp-password-elsewhere', '/passwordSecret/namespace'],
    [{ keepaliveTime: '500ms' }, 'bgp-hold-time', '/keepaliveTime'],
    [{ holdTime: '9s', keepaliveTime: '10s' }, 'bgp-keepalive-time', '/keepaliveTime'],
    [{ holdTime: '0', keepaliveTime: '1s' }, 'bgp-keepalive-time', '/keepaliveTime'],
    [{ connectTime: '0s' }, 'bgp-connect-time', '/connectTime'],
    [{ connectTime: '1500ms' }, 'bgp-connect-time', '/connectTime'],
    [{ connectTime: '18h12m16s' }, 'bgp-connect-time', '/connectTime'],
  ])('with %j is told of by %s', (changes, code, below) => {
    expect(brief(checkPeer(changes))).toStrictEqual([`${code} /metallb/bgpPeer/0${below}`]);
  });

  it('never has its password repeated', () => {
    const told = checkPeer({ password: 'hunter2', passwordSecret: { name: 'tor-a' } });
    expect(told.map(({ code, severity }) => [code, severity])).toStrictEqual([
      ['bgp-password-twice', 'error'],
      ['bgp-password-clear-text', 'warning'],
    ]);
    expect(JSON.stringify(told)).not.toContain('hunter2');
  });
});

function advertise(advertisement: JsonObject, more: JsonObject = {}): readonly Told[] {
  return checkMetalLb({
    ...frr,
    ipAddressPool: [pool('a', '10.0.0.0/28'), pool('b', '10.0.1.10-10.0.1.200'), pool('six', 'fd00::/120')],
    bgpAdvertisement: [{ name: 'bgp', ...advertisement }],
    ...more,
  });
}

const community = [{ name: 'c', communities: [{ name: 'cheap', value: '64512:7' }] }];

describe('communities', () => {
  it.each([['64512:1'], ['65535:65535'], ['0:0'], ['large:4294967295:0:1'], ['cheap']])('take %s', (text) => {
    expect(advertise({ communities: [text] }, { community })).toStrictEqual([]);
  });

  it.each([
    ['65536:1', 'community-syntax'],
    ['a:b', 'community-syntax'],
    [':', 'community-syntax'],
    ['-1:1', 'community-syntax'],
    ['large:1:2:4294967296', 'community-syntax'],
    ['rt:1:2:3', 'community-syntax'],
    ['large:65533:12', 'community-unknown'],
    ['chaep', 'community-unknown'],
    ['no-export', 'community-unknown'],
  ])('refuse %s as %s', (text, code) => {
    expect(brief(advertise({ communities: [text] }, { community }))).toStrictEqual([
      `${code} /metallb/bgpAdvertisement/0/communities/0`,
    ]);
  });

  it('propose the literal of a well-known name, else the nearest alias', () => {
    const told = advertise({ communities: ['no-export', 'chaep'] }, { community });
    expect(told.map(({ remedy }) => remedy)).toStrictEqual([
      'Write 65535:65281, which is no-export.',
      'Write cheap, if that is meant; else add the alias under metallb.community.',
    ]);
  });

  it('may not be an alias of an alias', () => {
    const chained = [
      {
        name: 'c',
        communities: [
          { name: 'x', value: 'cheap' },
          { name: 'y', value: '1:99999' },
        ],
      },
    ];
    expect(brief(advertise({}, { community: chained }))).toStrictEqual([
      'community-syntax /metallb/community/0/communities/0/value',
      'community-syntax /metallb/community/0/communities/1/value',
    ]);
  });
});

describe('aggregation', () => {
  it.each([
    [{ aggregationLength: 28 }, ['a']],
    [{ aggregationLength: 26 }, ['b']],
    [{ aggregationLengthV6: 120 }, ['six']],
  ])('by %j fits pool %j', (lengths, ipAddressPools) => {
    expect(advertise({ ...lengths, ipAddressPools }).filter(({ severity }) => severity === 'error')).toStrictEqual([]);
  });

  it.each([
    [{ aggregationLength: 27 }, ['a'], 'aggregationLength', 'Write aggregationLength: 28 or more'],
    [{ aggregationLength: 25 }, ['b'], 'aggregationLength', 'Write aggregationLength: 26 or more'],
    [{ aggregationLengthV6: 64 }, ['six'], 'aggregationLengthV6', 'Write aggregationLengthV6: 120 or more'],
  ])('by %j is too short for pool %j', (lengths, ipAddressPools, field, remedy) => {
    const told = advertise({ ...lengths, ipAddressPools }).filter(({ severity }) => severity === 'error');
    expect(brief(told)).toStrictEqual([`aggregation-too-short /metallb/bgpAdvertisement/0/${field}`]);
    expect(told[0]?.remedy).toContain(remedy);
  });

  it('is judged for every pool where none is named, and for those that labels select', () => {
    expect(advertise({ aggregationLength: 24 })).toHaveLength(2);
    expect(advertise({ aggregationLength: 24, ipAddressPoolSelectors: [{ matchLabels: {} }] })).toHaveLength(2);
    const others = advertise({ aggregationLength: 24, ipAddressPoolSelectors: [{ matchLabels: { a: 'b' } }] });
    expect(others.map(({ code }) => code)).not.toContain('aggregation-too-short');
  });

  it('and service selectors exclude each other', () => {
    const serviceSelectors = [{ matchLabels: { tier: 'web' } }];
    expect(advertise({ serviceSelectors, aggregationLength: 32 })).toStrictEqual([]);
    expect(brief(advertise({ serviceSelectors, aggregationLength: 30 }))).toContain(
      'aggregation-with-selectors /metallb/bgpAdvertisement/0/aggregationLength',
    );
  });
});

describe('the native BGP backend', () => {
  const config: JsonObject = {
    ipAddressPool: [pool('a', '10.0.0.0/28', 'fd00::/120'), pool('l2', 'fd01::/120')],
    l2Advertisement: [{ name: 'l2', ipAddressPools: ['l2'] }],
    bgpAdvertisement: [{ name: 'bgp', ipAddressPools: ['a'], communities: ['large:1:2:3'] }],
    bfdProfile: [{ name: 'fast' }],
    bgpPeer: [{ ...good, bfdProfile: 'fast', keepaliveTime: '0s', vrf: 'red', disableMP: false, holdTime: '0s' }],
  };

  it.each([
    [{}],
    [{ bgp: { backend: 'native' } }],
    [{ speaker: { frr: { enabled: false } } }],
    [{ install: false, speaker: { frr: { enabled: false } } }],
  ])('as chosen by %j refuses what only FRR has', (choice) => {
    expect(brief(checkMetalLb({ ...config, ...choice }))).toStrictEqual(
      [
        'bgpPeer/0/bfdProfile',
        'bgpPeer/0/vrf',
        'bfdProfile/0',
        'bgpAdvertisement/0/communities/0',
        'ipAddressPool/0/addresses/1',
      ].map((path) => `bgp-native-unsupported /metallb/${path}`),
    );
  });

  it.each([
    [{ bgp: { backend: 'frr' } }],
    [{ speaker: { frr: { enabled: true } } }],
    [{ engine: 'native', bgp: { backend: 'frr' } }],
    [{ install: false }],
  ])('is not what %j chooses', (choice) => {
    expect(checkMetalLb({ ...config, ...choice })).toStrictEqual([]);
  });

  it("stays upstream's beside our own controller, because the speaker does", () => {
    expect(checkMetalLb({ ...config, engine: 'native' })).toStrictEqual(checkMetalLb(config));
  });
});

function rack(name: string): JsonObject {
  return { nodeSelectors: [{ matchLabels: { rack: name } }] };
}

describe('FRR', () => {
  const second = { ...good, name: 'tor-b', peerAddress: '10.9.0.2' };
  const checkPair = (one: JsonObject, other: JsonObject, choice: JsonObject): readonly string[] =>
    brief(
      checkMetalLb({
        ...choice,
        bgpPeer: [
          { ...good, ...one },
          { ...second, ...other },
        ],
      }),
    );

  it.each<[JsonObject, JsonObject, readonly string[]]>([
    [{}, {}, []],
    [{}, { peerAddress: '10.9.0.1' }, ['bgp-frr-same-peer /metallb/bgpPeer/1/peerAddress']],
    [{}, { peerAddress: '10.9.0.1', vrf: 'red' }, []],
    [{ routerID: '1.1.1.1' }, { routerID: '1.1.1.2' }, ['bgp-frr-mixed /metallb/bgpPeer/1/routerID']],
    [{ routerID: '1.1.1.1' }, {}, ['bgp-frr-mixed /metallb/bgpPeer/1']],
    [{}, { routerID: '1.1.1.1' }, ['bgp-frr-mixed /metallb/bgpPeer/1/routerID']],
    [{ routerID: '1.1.1.1' }, { routerID: '1.1.1.1' }, []],
    [{}, { myASN: 64513 }, ['bgp-frr-mixed /metallb/bgpPeer/1/myASN']],
    [{}, { myASN: 64513, vrf: 'red' }, []],
  ])('with the peers %j and %j finds %j', (one, other, expected) => {
    expect(checkPair(one, other, { bgp: { backend: 'frr' } })).toStrictEqual(expected);
    expect(checkPair(one, other, { speaker: { frr: { enabled: true } } })).toStrictEqual(expected);
  });

  it('compares peers of different nodes up to 0.15 only', () => {
    const choice = { bgp: { backend: 'frr' } };
    const mixed = ['bgp-frr-mixed /metallb/bgpPeer/1/myASN'];
    expect(checkPair(rack('a'), { myASN: 64513, ...rack('b') }, { ...choice, version: '0.15.2' })).toStrictEqual(mixed);
    expect(checkPair(rack('a'), { myASN: 64513, ...rack('b') }, { ...choice, version: 'v0.16.1' })).toStrictEqual([]);
    const late = { ...choice, version: '0.16.1' };
    expect(checkPair(rack('a'), { myASN: 64513, ...rack('a') }, late)).toStrictEqual(mixed);
    expect(checkPair({}, { myASN: 64513, ...rack('a') }, late)).toStrictEqual(mixed);
    expect(checkPair(rack('a'), { myASN: 64513 }, late)).toStrictEqual(mixed);
    expect(checkPair(rack('a'), { myASN: 64513, nodeSelectors: [{}] }, late)).toStrictEqual(mixed);
  });

  it('compares a peer with all that share its nodes, not only with the first', () => {
    const told = checkMetalLb({
      ...frr,
      version: '0.16.1',
      bgpPeer: [
        { ...good, ...rack('a') },
        { ...good, ...rack('b'), name: 'tor-b', peerAddress: '10.9.0.2', myASN: 64513 },
        { ...good, name: 'tor-c', peerAddress: '10.9.0.3' },
      ],
    });
    expect(brief(told)).toStrictEqual(['bgp-frr-mixed /metallb/bgpPeer/2/myASN']);
  });
});

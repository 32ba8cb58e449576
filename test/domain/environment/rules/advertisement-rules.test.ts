import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/domain/json.ts';
import { brief, checkMetalLb, pool } from './rules-fixtures.ts';

const frr = { bgp: { backend: 'frr' } };
const conflict = 'bgp-local-pref-conflict /metallb/bgpAdvertisement/1/localPref';

function advertiseTwice(one: JsonObject, other: JsonObject, more: JsonObject = {}): readonly string[] {
  return brief(
    checkMetalLb({
      ...frr,
      ipAddressPool: [pool('a', '10.0.0.0/24'), pool('six', 'fd00::/120'), pool('both', '10.0.1.0/24', 'fd01::/120')],
      l2Advertisement: [{ name: 'l2' }],
      bgpPeer: ['x', 'y', 'z'].map((name, at) => ({ name, myASN: 1, peerASN: 2, peerAddress: `10.9.0.${String(at)}` })),
      bgpAdvertisement: [
        { name: 'one', ipAddressPools: ['a'], ...one },
        { name: 'two', ipAddressPools: ['a'], ...other },
      ],
      ...more,
    }),
  );
}

const on = (rack: string): JsonObject => ({ nodeSelectors: [{ matchLabels: { rack } }] });

describe('two local preferences for one pool', () => {
  it.each<[JsonObject, JsonObject]>([
    [{ localPref: 100 }, { localPref: 200 }],
    [{}, { localPref: 200 }],
    [{ ipAddressPools: [] }, { localPref: 200 }],
    [
      { localPref: 100, peers: ['x', 'y'] },
      { localPref: 200, peers: ['y', 'z'] },
    ],
    [{ localPref: 100, peers: ['x'] }, { localPref: 200 }],
    [
      { localPref: 100, ...on('a') },
      { localPref: 200, ...on('a') },
    ],
    [{ localPref: 100, ...on('a') }, { localPref: 200 }],
    [
      { localPref: 100, ipAddressPools: ['both'] },
      { localPref: 200, ipAddressPools: ['both'], aggregationLength: 28 },
    ],
    [{ localPref: 100 }, { localPref: 200, aggregationLengthV6: 124 }],
  ])('of %j and %j clash', (one, other) => {
    expect(advertiseTwice(one, other)).toStrictEqual([conflict]);
  });

  it.each<[JsonObject, JsonObject]>([
    [{ localPref: 100 }, { localPref: 100 }],
    [{ localPref: 0 }, {}],
    [{ localPref: 100 }, { localPref: 200, ipAddressPools: ['six'] }],
    [{ localPref: 100 }, { localPref: 200, ipAddressPools: ['no'], ipAddressPoolSelectors: [{}] }],
    [{ localPref: 100 }, { localPref: 200, aggregationLength: 28 }],
    [
      { localPref: 100, peers: ['x'] },
      { localPref: 200, peers: ['y'] },
    ],
    [
      { localPref: 100, ...on('a') },
      { localPref: 200, ...on('b') },
    ],
    [{ localPref: 100 }, { localPref: 200, serviceSelectors: [{ matchLabels: { tier: 'web' } }] }],
  ])('of %j and %j stand side by side', (one, other) => {
    expect(advertiseTwice(one, other).filter((told) => !told.startsWith('pool-unknown'))).toStrictEqual([]);
  });

  it('are told apart by one length from 0.15 on, by both on 0.14', () => {
    const other = { localPref: 200, aggregationLength: 28 };
    expect(advertiseTwice({ localPref: 100 }, other, { version: '0.14.9' })).toStrictEqual([conflict]);
    expect(
      advertiseTwice({ localPref: 100 }, { ...other, aggregationLengthV6: 124 }, { version: '0.14.9' }),
    ).toStrictEqual([]);
  });

  it('are told of once an advertisement, and the first that differs is named', () => {
    const bgpAdvertisement = [100, 200, 100, 300].map((localPref, at) => ({ name: `n${String(at)}`, localPref }));
    const told = checkMetalLb({ ...frr, ipAddressPool: [pool('a', '10.0.0.0/24')], bgpAdvertisement });
    expect(told.map(({ pointer }) => pointer.split('/')[3])).toStrictEqual(['1', '2', '3']);
    expect(told[0]?.message).toContain('differs from 100 of n0');
    expect(told[1]?.message).toContain('differs from 200 of n1');
  });

  it('are found whatever the order, as comparing each with each does', () => {
    const advertisement = fc.record({
      localPref: fc.constantFrom(1, 2),
      aggregationLength: fc.constantFrom(24, 28, 32),
      peers: fc.subarray(['x', 'y', 'z']),
    });
    fc.assert(
      fc.property(fc.array(advertisement, { maxLength: 6 }), (all) => {
        const bgpAdvertisement = all.map((each, at) => ({ name: `n${String(at)}`, ...each }));
        const told = checkMetalLb({ ...frr, ipAddressPool: [pool('a', '10.0.0.0/24')], bgpAdvertisement });
        const found = told.filter(({ code }) => code === 'bgp-local-pref-conflict').length;
        const expected = all.filter((mine, at) =>
          all.slice(0, at).some((other) => {
            const apart =
              mine.peers.length > 0 && other.peers.length > 0 && !mine.peers.some((p) => other.peers.includes(p));
            return mine.localPref !== other.localPref && mine.aggregationLength === other.aggregationLength && !apart;
          }),
        );
        expect(found).toBe(expected.length);
      }),
    );
  });
});

describe('BFD with echo mode', () => {
  const bfdProfile = [{ name: 'echo', echoMode: true }, { name: 'plain' }];
  const check = (profile: string, ipAddressPools: readonly string[], more: JsonObject = {}): readonly string[] =>
    brief(
      checkMetalLb({
        ...frr,
        bfdProfile,
        ipAddressPool: [pool('four', '10.0.0.0/24'), pool('six', 'fd00::/120')],
        l2Advertisement: [{ name: 'l2' }],
        bgpPeer: [{ name: 'tor', myASN: 1, peerASN: 2, peerAddress: '10.9.0.1', bfdProfile: profile }],
        bgpAdvertisement: [{ name: 'bgp', ipAddressPools, ...more }],
      }),
    );

  it.each<[string, readonly string[], JsonObject, boolean]>([
    ['echo', ['six'], {}, true],
    ['echo', [], {}, true],
    ['echo', ['six'], { peers: ['tor'] }, true],
    ['echo', ['six'], { peers: ['another'] }, false],
    ['echo', ['four'], {}, false],
    ['plain', ['six'], {}, false],
  ])('on profile %s for pools %j with %j is refused: %s', (profile, pools, more, refused) => {
    const told = check(profile, pools, more).filter((each) => !each.startsWith('peer-unknown'));
    expect(told).toStrictEqual(refused ? ['bfd-echo-ipv6 /metallb/bgpPeer/0/bfdProfile'] : []);
  });
});

const web = { matchLabels: { tier: 'web' } };
const inOrder = { matchExpressions: [{ key: 'zone', operator: 'In', values: ['a', 'b'] }] };
const reordered = { matchExpressions: [{ operator: 'In', key: 'zone', values: ['b', 'a'] }] };
const exists = { key: 'zone', operator: 'Exists' };

function inPool(fields: JsonObject): readonly string[] {
  return brief(checkMetalLb({ ipAddressPool: [{ ...pool('a', '10.0.0.1-10.0.0.9'), ...fields }] }));
}

describe('label selectors', () => {
  const lists: readonly [string, (selectors: readonly JsonObject[]) => JsonObject][] = [
    [
      '/metallb/ipAddressPool/0/serviceAllocation/namespaceSelectors',
      (namespaceSelectors) => ({ serviceAllocation: { namespaceSelectors } }),
    ],
    [
      '/metallb/ipAddressPool/0/serviceAllocation/serviceSelectors',
      (serviceSelectors) => ({ serviceAllocation: { serviceSelectors } }),
    ],
  ];
  it.each(lists)('in %s may not stand twice', (path, fields) => {
    expect(inPool(fields([web, web]))).toStrictEqual([`selector-duplicate ${path}/1`]);
    expect(inPool(fields([inOrder, web, reordered]))).toStrictEqual([`selector-duplicate ${path}/2`]);
    expect(inPool(fields([web, inOrder]))).toStrictEqual([]);
  });

  it.each([
    ['l2Advertisement', 'nodeSelectors'],
    ['l2Advertisement', 'serviceSelectors'],
    ['bgpAdvertisement', 'nodeSelectors'],
    ['bgpAdvertisement', 'serviceSelectors'],
    ['bgpPeer', 'nodeSelectors'],
  ])('of %s in %s may not stand twice', (key, field) => {
    const item = { name: 'x', myASN: 1, peerASN: 2, peerAddress: '10.9.0.1', [field]: [web, inOrder, web] };
    expect(brief(checkMetalLb({ [key]: [item] }))).toContain(`selector-duplicate /metallb/${key}/0/${field}/2`);
  });

  it.each<[JsonObject, readonly string[]]>([
    [{ matchExpressions: [exists, exists] }, ['selector-duplicate 0/matchExpressions/1']],
    [
      { matchExpressions: [{ key: 'zone', operator: 'In', values: ['a', 'b', 'a'] }] },
      ['list-duplicate 0/matchExpressions/0/values/2'],
    ],
    [{ matchExpressions: [{ key: 'zone', operator: 'In', values: [] }] }, ['selector-values 0/matchExpressions/0']],
    [{ matchExpressions: [{ key: 'zone', operator: 'NotIn' }] }, ['selector-values 0/matchExpressions/0']],
    [{ matchExpressions: [{ ...exists, values: ['a'] }] }, ['selector-values 0/matchExpressions/0/values']],
    [{ matchExpressions: [exists, { ...exists, key: 'rack' }] }, []],
    [{ matchExpressions: [{ key: 'zone', operator: 'Like' }] }, []],
  ])('with %j are told of by %j', (selector, expected) => {
    const path = '/metallb/ipAddressPool/0/serviceAllocation/serviceSelectors/';
    expect(inPool({ serviceAllocation: { serviceSelectors: [selector] } })).toStrictEqual(
      expected.map((each) => each.replace(' ', ` ${path}`)),
    );
  });

  it('and namespaces of a pool may not stand twice', () => {
    expect(inPool({ serviceAllocation: { namespaces: ['web', 'edge', 'web'] } })).toStrictEqual([
      'list-duplicate /metallb/ipAddressPool/0/serviceAllocation/namespaces/2',
    ]);
  });
});

function define(...names: readonly string[]): readonly string[] {
  return brief(
    checkMetalLb({
      community: names.map((name, at) => ({ name: `c${String(at)}`, communities: [{ name, value: '1:1' }] })),
    }),
  );
}

describe('a community alias', () => {
  it('is defined once, over all communities', () => {
    expect(define('cheap', 'dear')).toStrictEqual([]);
    expect(define('cheap', 'cheap')).toStrictEqual(['community-duplicate /metallb/community/1/communities/0/name']);
  });
});

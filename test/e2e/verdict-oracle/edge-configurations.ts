import type { JsonObject } from '../../../src/domain/json.ts';
import type { Configuration } from './configurations.ts';

const object = (kind: string, name: string, spec: JsonObject): JsonObject => ({ kind, metadata: { name }, spec });
const pool = (name: string, ...addresses: readonly string[]): JsonObject =>
  object('IPAddressPool', name, { addresses });
const bgp = (name: string, spec: JsonObject): JsonObject => object('BGPAdvertisement', name, spec);
const tor = (spec: JsonObject, name = 'tor'): JsonObject =>
  object('BGPPeer', name, { myASN: 64512, peerASN: 64600, peerAddress: '192.0.2.1', ...spec });
const alias = (name: string, value: string): JsonObject =>
  object('Community', name, { communities: [{ name, value }] });

const entries: readonly string[] = [
  '10.0.0.0/24',
  '10.0.0.5/24',
  ' 10.0.0.0/24',
  '10.0.0.0 /24',
  '10.0.0.1-10.0.0.9',
  '10.0.0.1  -  10.0.0.9',
  '10.0.0.1-\n10.0.0.9',
  '10.0.0.9-10.0.0.9',
  '10.0.0.9-10.0.0.1',
  '10.0.0.1-10.0.0.9-10.0.0.12',
  '10.0.0.1-fd00::1',
  'fd00::1-10.0.0.9',
  '10.0.0.1/24-10.0.0.9/24',
  '10.0.0.01/24',
  '10.0.0/24',
  '10.0.0.0/024',
  '10.0.0.0/+24',
  '10.0.0.0/',
  '0.0.0.0/0',
  '::/0',
  'fd00::/64',
  'fd00::1%eth0/64',
  '::ffff:10.0.0.1/128',
  '::ffff:10.0.0.1-::ffff:10.0.0.9',
  'FD00::A/127',
  '224.0.0.0/4',
  '10.0.0.1–10.0.0.9',
];

/** Values at the edge of what MetalLB takes, one at a time. */
const singles: Readonly<Record<string, readonly JsonObject[]>> = {
  nothing: [],
  'an empty list of addresses': [object('IPAddressPool', 'a', { addresses: [] })],
  'neighbours that touch': [pool('a', '10.0.0.0/25'), pool('b', '10.0.0.128/25')],
  'an address in two pools': [pool('a', '10.0.0.0/25'), pool('b', '10.0.0.127-10.0.0.130')],
  'an address twice in one pool': [pool('a', '10.0.0.0/25', '10.0.0.3-10.0.0.4')],
  'a namespace twice': [
    object('IPAddressPool', 'a', { addresses: ['10.0.0.0/24'], serviceAllocation: { namespaces: ['x', 'x'] } }),
  ],
  'localPref as large as 32 bits hold': [pool('a', '10.0.0.0/24'), bgp('x', { localPref: 4_000_000_000 })],
  'an IPv6 length of 0 without IPv6': [pool('a', '10.0.0.0/24'), bgp('x', { aggregationLengthV6: 0 })],
  'an IPv6 length of 0 with IPv6': [pool('a', 'fd00::/64'), bgp('x', { aggregationLengthV6: 0 })],
  'an IPv6 length of 129': [pool('a', '10.0.0.0/24'), bgp('x', { aggregationLengthV6: 129 })],
  'a range with one wide piece': [pool('a', '10.0.0.1-10.0.0.20'), bgp('x', { aggregationLength: 29 })],
  'a range without a wide piece': [pool('a', '10.0.0.1-10.0.0.2'), bgp('x', { aggregationLength: 30 })],
  'two preferences for the same routes': [pool('a', '10.0.0.0/24'), bgp('x', { localPref: 1 }), bgp('y', {})],
  'two preferences, lengths that differ': [
    pool('a', '10.0.0.0/24'),
    bgp('x', { localPref: 1, aggregationLength: 24 }),
    bgp('y', {}),
  ],
  'two preferences, peers apart': [
    pool('a', '10.0.0.0/24'),
    bgp('x', { localPref: 1, peers: ['one'] }),
    bgp('y', { peers: ['two'] }),
  ],
  'two preferences, nodes apart': [
    pool('a', '10.0.0.0/24'),
    bgp('x', { localPref: 1, nodeSelectors: [{ matchLabels: { rack: 'a' } }] }),
    bgp('y', { nodeSelectors: [{ matchLabels: { rack: 'b' } }] }),
  ],
  'the same advertisement twice': [pool('a', '10.0.0.0/24'), bgp('x', { localPref: 1 }), bgp('y', { localPref: 1 })],
  'a community alias': [alias('no-export', '65535:65281'), bgp('x', { communities: ['no-export'] })],
  'an alias of nothing': [bgp('x', { communities: ['no-export'] })],
  'a large community': [bgp('x', { communities: ['large:1:2:3'] })],
  'a large community behind an alias': [alias('big', 'large:1:2:3')],
  'a community of three fields': [alias('three', '1:2:3')],
  'a community too large': [alias('too-large', '64512:65536')],
  'a community with a blank': [alias('blank', '64512: 1')],
  'a hold time of zero': [tor({ holdTime: '0s' })],
  'a hold time of a fraction': [tor({ holdTime: '900ms' })],
  'a hold time of two seconds': [tor({ holdTime: '2s' })],
  'a hold time just below three seconds': [tor({ holdTime: '2999ms' })],
  'a keepalive time longer than the hold time': [tor({ holdTime: '9s', keepaliveTime: '10s' })],
  'a keepalive time alone': [tor({ keepaliveTime: '10s' })],
  'a keepalive time of zero': [tor({ keepaliveTime: '0s' })],
  'a router id of IPv6': [tor({ routerID: 'fd00::1' })],
  'an IPv6 peer': [tor({ peerAddress: 'fd00::1' })],
  'an empty BFD profile name': [tor({ bfdProfile: '' })],
  'a BFD profile that is missing': [tor({ bfdProfile: 'fast' })],
  'an empty secret reference': [tor({ passwordSecret: {} })],
  'a secret beside a password': [tor({ password: 'x', passwordSecret: { name: 'x' } })],
  disableMP: [tor({ disableMP: true })],
  'a multihop peer of the own AS': [tor({ myASN: 64600, ebgpMultiHop: true })],
  'an AS number of four bytes': [tor({ peerASN: 4_200_000_000 })],
  'peerASN 0 beside dynamicASN': [tor({ peerASN: 0, dynamicASN: 'external' })],
  'one router twice': [tor({}), tor({}, 'again')],
  'one router in two VRFs': [tor({ vrf: 'red' }), tor({ vrf: 'blue' }, 'again')],
  'one router for two racks': [
    tor({ nodeSelectors: [{ matchLabels: { rack: 'a' } }] }),
    tor({ nodeSelectors: [{ matchLabels: { rack: 'b' } }] }, 'again'),
  ],
  'a router id beside none': [tor({ routerID: '10.0.0.1' }), tor({ peerAddress: '192.0.2.2' }, 'other')],
  'two AS numbers of ours': [tor({}), tor({ myASN: 64513, peerAddress: '192.0.2.2' }, 'other')],
  'echo mode for an IPv6 pool': [
    pool('a', 'fd00::/64'),
    bgp('x', {}),
    object('BFDProfile', 'fast', { echoMode: true }),
    tor({ bfdProfile: 'fast' }),
  ],
  'echo mode for an IPv4 pool': [
    pool('a', '10.0.0.0/24'),
    bgp('x', {}),
    object('BFDProfile', 'fast', { echoMode: true }),
    tor({ bfdProfile: 'fast' }),
  ],
  'a selector twice, its values in another order': [
    object('L2Advertisement', 'x', {
      nodeSelectors: [
        { matchExpressions: [{ key: 'rack', operator: 'In', values: ['a', 'b'] }] },
        { matchExpressions: [{ key: 'rack', operator: 'In', values: ['b', 'a'] }] },
      ],
    }),
  ],
  'a condition twice': [
    object('L2Advertisement', 'x', {
      nodeSelectors: [
        {
          matchExpressions: [
            { key: 'rack', operator: 'Exists' },
            { key: 'rack', operator: 'Exists' },
          ],
        },
      ],
    }),
  ],
  'a label that is none': [object('L2Advertisement', 'x', { nodeSelectors: [{ matchLabels: { 'no label': 'a' } }] })],
  'an interface twice': [object('L2Advertisement', 'x', { interfaces: ['eth0', 'eth0'] })],
  'a pool that is missing': [object('L2Advertisement', 'x', { ipAddressPools: ['missing'] })],
  'an unknown field': [object('L2Advertisement', 'x', { nodeSelector: [] })],
  'a selector as a map': [object('L2Advertisement', 'x', { nodeSelectors: { matchLabels: {} } })],
};

export const edgeConfigurations: readonly Configuration[] = [
  ...entries.map((entry) => ({ title: `the entry ${JSON.stringify(entry)}`, objects: [pool('a', entry)] })),
  ...Object.entries(singles).map(([title, objects]) => ({ title, objects })),
];

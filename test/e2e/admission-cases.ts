/** A spec and the words in which the API server refuses it; undefined: it is taken. */
export type SpecCase = readonly [kind: string, spec: object, refusal: string | undefined];

const unread = 'ranges first-last of one family or prefixes';
const reversed = 'ends before it starts';
const shared = 'addresses in common';

const pools: readonly (readonly [addresses: readonly string[], refusal: string | undefined])[] = [
  [['192.168.1.220-192.168.1.250'], undefined],
  [['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'], undefined],
  [['0.0.0.0/0'], undefined],
  [['10.0.0.5/24'], undefined],
  [['10.0.0.1/032'], undefined],
  [[' 10.0.0.1 -\n 10.0.0.9 '], undefined],
  [['10.0.0.7-10.0.0.7'], undefined],
  [['fd00::/64', 'fd00:0:0:1::/64', '2001:DB8::5-2001:db8::ffff'], undefined],
  [['::/0'], undefined],
  [['fd00::1/128', 'fd00::2/128', 'fd00::3-fd00::3'], undefined],
  [['fd00::/61', 'fd00:0:0:8::/61', '64:ff9b::10.0.0.0/120'], undefined],
  [['1:2:3:4:5:6:7::/128', '::2:3:4:5:6:7:8/128'], undefined],
  [[], 'at least one'],
  [['192.168.1.5'], unread],
  [['default'], unread],
  [[''], unread],
  [['10.0.0.0/33'], unread],
  [['10.0.0.0/'], unread],
  [['10.0.0.0/-1'], unread],
  [['10.0.0.0/24/24'], unread],
  [[' 10.0.0.0/24'], unread],
  [['10.0.0.0 /24'], unread],
  [['10.0.0.256/32'], unread],
  [['10.0.0.01/32'], unread],
  [['10.0.0/24'], unread],
  [['10.0.0.0.0/24'], unread],
  [['10.0.0.1-10.0.0.9-10.0.0.12'], unread],
  [['10.0.0.1-'], unread],
  [['10.0.0.1-9'], unread],
  [['10.0.0.1-fd00::1'], unread],
  [['fd00::1-10.0.0.1'], unread],
  [['fd00::/129'], unread],
  [['fd00::1::2/128'], unread],
  [[':::/64'], unread],
  [['fd00:/64'], unread],
  [['1:2:3:4:5:6:7:8:9/128'], unread],
  [['1:2:3:4:5:6:7/128'], unread],
  [['1:2:3:4:5:6:7:8::/128'], unread],
  [['fd00::12345/128'], unread],
  [['fd00::g/128'], unread],
  [['fe80::1%eth0/128'], unread],
  [['::1.2.3.256/128'], unread],
  [['10.0.0.0/24', 'dhcp'], unread],
  [['10.0.0.9-10.0.0.1'], reversed],
  [['fd00::9-fd00::1'], reversed],
  [['2001:db8::1-2001:db7::ffff'], reversed],
  [['10.0.0.0/24', '10.0.0.0/24'], shared],
  [['10.0.0.0/24', '10.0.0.255-10.0.1.3'], shared],
  [['10.0.0.5/16', '10.0.200.0/30'], shared],
  [['fd00::/64', 'fd00::ffff:0:0:0-fd00:0:0:1::'], shared],
  [['fd00::/61', 'fd00:0:0:7::1/128'], shared],
  [['FD00::1/128', 'fd00:0::1-fd00::2'], shared],
];

const expression = (operator: string, values?: readonly string[]): object => ({
  matchExpressions: [{ key: 'zone', operator, ...(values === undefined ? {} : { values }) }],
});

const selectorCases = (kind: string, at: (list: readonly object[]) => object, field: string): readonly SpecCase[] => {
  return [
    [kind, at([{ matchLabels: { a: 'b' } }, { matchLabels: { a: 'c' } }, expression('In', ['x'])]), undefined],
    [kind, at([expression('Exists'), expression('DoesNotExist', [])]), undefined],
    [kind, at([expression('In')]), `condition of ${field}`],
    [kind, at([expression('NotIn', [])]), `condition of ${field}`],
    [kind, at([expression('Exists', ['x'])]), `condition of ${field}`],
    [kind, at([expression('Like', ['x'])]), `condition of ${field}`],
    [kind, at([expression('In', ['x', 'x'])]), `condition of ${field}`],
    [kind, at([{ matchLabels: { a: 'b' } }, { matchLabels: { a: 'b' } }]), `one of ${field}`],
  ];
};

const peer = (more: object): object => ({ myASN: 64_512, peerASN: 64_513, peerAddress: '10.0.0.1', ...more });

const peers: readonly (readonly [spec: object, refusal: string | undefined])[] = [
  [peer({}), undefined],
  [peer({ peerAddress: 'fd00::1', sourceAddress: '::ffff:10.0.0.1', routerID: '10.0.0.9' }), undefined],
  [peer({ holdTime: '0s', keepaliveTime: '0' }), undefined],
  [peer({ holdTime: '1m30s', keepaliveTime: '30s' }), undefined],
  [peer({ holdTime: '900ms' }), undefined],
  [peer({ password: '', passwordSecret: { name: 'router' } }), undefined],
  [peer({ ebgpMultiHop: true }), undefined],
  [peer({ myASN: 0 }), 'myASN is 0'],
  [{ myASN: 64_512, peerAddress: '10.0.0.1' }, 'exactly one of peerASN'],
  [peer({ dynamicASN: 'external' }), 'exactly one of peerASN'],
  [peer({ peerASN: 64_512, ebgpMultiHop: true }), 'of another AS'],
  [peer({ peerAddress: '' }), 'where the peer is'],
  [peer({ peerAddress: 'router.example' }), 'peerAddress is no IP address'],
  [peer({ peerAddress: '10.0.0.1/32' }), 'peerAddress is no IP address'],
  [peer({ sourceAddress: '10.0.0' }), 'sourceAddress is no IP address'],
  [peer({ routerID: '7' }), 'routerID is no IP address'],
  [peer({ holdTime: '90sec' }), 'holdTime is no duration'],
  [peer({ holdTime: '90' }), 'holdTime is no duration'],
  [peer({ keepaliveTime: 'often' }), 'keepaliveTime is no duration'],
  [peer({ holdTime: '2s' }), 'at least 3s'],
  [peer({ holdTime: '-9s' }), 'at least 3s'],
  [peer({ holdTime: '9s', keepaliveTime: '10s' }), 'longer than holdTime'],
  [peer({ password: 'secret', passwordSecret: { name: 'router' } }), 'comes from one place'],
];

/** Every rule, broken and kept, that holds whatever speaks BGP. */
export const specCases: readonly SpecCase[] = [
  ...pools.map(([addresses, refusal]): SpecCase => ['IPAddressPool', { addresses }, refusal]),
  ...(['namespaceSelectors', 'serviceSelectors'] as const).flatMap((field) =>
    selectorCases(
      'IPAddressPool',
      (list) => ({ addresses: ['10.0.0.0/24'], serviceAllocation: { [field]: list } }),
      `serviceAllocation.${field}`,
    ),
  ),
  [
    'IPAddressPool',
    { addresses: ['10.0.0.0/24'], serviceAllocation: { priority: 1, namespaces: ['a', 'b', 'a'] } },
    'namespaces names one twice',
  ],
  ...selectorCases('L2Advertisement', (list) => ({ nodeSelectors: list }), 'nodeSelectors'),
  ...selectorCases('L2Advertisement', (list) => ({ ipAddressPoolSelectors: list }), 'ipAddressPoolSelectors'),
  ['L2Advertisement', { ipAddressPools: ['a', 'b'], interfaces: ['eth0'] }, undefined],
  ['L2Advertisement', { ipAddressPools: ['a', 'a'] }, 'ipAddressPools names one twice'],
  ...selectorCases('BGPAdvertisement', (list) => ({ nodeSelectors: list }), 'nodeSelectors'),
  ['BGPAdvertisement', { aggregationLength: 24, aggregationLengthV6: 64, localPref: 4_294_967_295 }, undefined],
  ['BGPAdvertisement', { aggregationLength: 33 }, 'prefix length of IPv4'],
  ['BGPAdvertisement', { aggregationLengthV6: 129 }, 'prefix length of IPv6'],
  ['BGPAdvertisement', { aggregationLengthV6: 0 }, 'prefix length of IPv6'],
  ['BGPAdvertisement', { localPref: -1 }, 'localPref is 0 to'],
  ['BGPAdvertisement', { localPref: 4_294_967_296 }, 'localPref is 0 to'],
  ['BGPAdvertisement', { peers: ['a', 'a'] }, 'peers names one twice'],
  ['BGPAdvertisement', { communities: ['65535:65282', 'large:1:2:4294967295', 'no-export', 'a:b:c'] }, undefined],
  ['BGPAdvertisement', { communities: ['1:2', '1:2'] }, 'communities names one twice'],
  ['BGPAdvertisement', { communities: ['65536:1'] }, 'neither a community'],
  ['BGPAdvertisement', { communities: ['no:export'] }, 'neither a community'],
  ['BGPAdvertisement', { communities: ['large:1:2:4294967296'] }, 'neither a community'],
  ['BGPAdvertisement', { communities: ['huge:1:2:3'] }, 'neither a community'],
  ['BGPAdvertisement', { communities: ['99999999999999999999:1'] }, 'neither a community'],
  [
    'Community',
    {
      communities: [
        { name: 'a', value: '1:2' },
        { name: 'b', value: 'large:1:2:3' },
      ],
    },
    undefined,
  ],
  ['Community', { communities: [{ name: 'a', value: '1:65536' }] }, 'the value of a community'],
  [
    'Community',
    {
      communities: [
        { name: 'a', value: '1:2' },
        { name: 'a', value: '1:3' },
      ],
    },
    'one name twice',
  ],
  ...peers.map(([spec, refusal]): SpecCase => ['BGPPeer', spec, refusal]),
  ...selectorCases('BGPPeer', (list) => peer({ nodeSelectors: list }), 'nodeSelectors'),
];

/** What MetalLB's own BGP refuses and FRR takes. */
export const frrOnly: readonly object[] = [
  peer({ vrf: 'red' }),
  peer({ bfdProfile: 'fast' }),
  peer({ connectTime: '10s' }),
  peer({ keepaliveTime: '10s' }),
  peer({ enableGracefulRestart: true }),
  peer({ disableMP: true }),
  peer({ dualStackAddressFamily: true }),
  { myASN: 64_512, peerAddress: '10.0.0.1', dynamicASN: 'external' },
  { myASN: 64_512, peerASN: 64_513, interface: 'eth1' },
];

/** A Service that asks for addresses, and what its writer is warned of. */
export const serviceCases: readonly (readonly [annotations: object, spec: object, warning: string | undefined])[] = [
  [{}, {}, undefined],
  [{ 'metallb.io/loadBalancerIPs': '10.0.0.5' }, {}, undefined],
  [{ 'metallb.io/loadBalancerIPs': ' 10.0.0.5 , fd00::5' }, {}, undefined],
  [{ 'metallb.universe.tf/loadBalancerIPs': '10.0.0.5' }, {}, undefined],
  [{ 'metallb.io/loadBalancerIPs': '', 'metallb.universe.tf/loadBalancerIPs': 'nonsense' }, {}, undefined],
  [{}, { loadBalancerIP: 'fd00::5' }, undefined],
  [{ 'metallb.io/loadBalancerIPs': 'the-lowest' }, {}, 'no IP address'],
  [{ 'metallb.universe.tf/loadBalancerIPs': '10.0.0.300' }, {}, 'no IP address'],
  [{ 'metallb.io/loadBalancerIPs': '10.0.0.5,' }, {}, 'no IP address'],
  [{ 'metallb.io/loadBalancerIPs': '10.0.0.5,10.0.0.6' }, {}, 'more than one address of a family'],
  [{ 'metallb.io/loadBalancerIPs': '10.0.0.5,fd00::1,fd00::2' }, {}, 'more than one address of a family'],
  [{ 'metallb.io/loadBalancerIPs': '10.0.0.5' }, { loadBalancerIP: '10.0.0.5' }, 'both by annotation'],
  [{ 'metallb.io/loadBalancerIPs': 'x' }, { loadBalancerClass: 'example.com/other' }, undefined],
  [{ 'metallb.io/loadBalancerIPs': 'x' }, { type: 'ClusterIP' }, undefined],
];

import { announced, announcedByBgp, type Mistake, pool, resource } from './mistake.ts';

const aPool = pool('192.168.1.240-192.168.1.250');
const l2 = (...spec: readonly string[]): string => aPool + resource('L2Advertisement', 'lan', spec);
const peer = (...spec: readonly string[]): string =>
  aPool + resource('BGPPeer', 'router', spec) + resource('BGPAdvertisement', 'all', []);
const toPeer = (...spec: readonly string[]): string =>
  aPool +
  resource('BGPPeer', 'router', ['myASN: 64512', 'peerASN: 64513', 'peerAddress: 10.0.0.1']) +
  resource('BGPAdvertisement', 'all', spec);
const asns = ['myASN: 64512', 'peerASN: 64513'];

/** Who announces what, from where. */
const layerTwoMistakes: readonly Mistake[] = [
  {
    mistake: 'a slip of the fingers in the name of a pool',
    text: l2('ipAddressPools:', '- fist-pool'),
    code: 'pool-unknown',
    at: '- fist-pool',
  },
  {
    mistake: 'a pool that was renamed on one side only',
    text: l2('ipAddressPools:', '- default'),
    code: 'pool-not-advertised',
    at: 'name: first-pool',
  },
  {
    mistake: 'an interface among the pools',
    text: l2('ipAddressPools:', '- enp0s3'),
    code: 'pool-unknown',
    at: '- enp0s3',
  },
  {
    mistake: 'the addresses once more, in place of the name of the pool',
    text: l2('ipAddressPools:', '- "192.168.1.240-192.168.1.250"'),
    code: 'pool-unknown',
    at: '- "192.168.1.240-192.168.1.250"',
  },
  {
    mistake: 'no advertisement at all',
    text: aPool,
    code: 'pool-not-advertised',
    at: 'name: first-pool',
  },
  {
    mistake: 'a second pool, and an advertisement of the first alone',
    text: `${l2('ipAddressPools:', '- first-pool')}${resource('IPAddressPool', 'second', ['addresses:', '- 10.9.0.0/24'])}`,
    code: 'pool-not-advertised',
    at: 'name: second',
  },
  {
    mistake: 'the pools of an advertisement as one text',
    text: l2('ipAddressPools: first-pool'),
    code: 'wrong-type',
    at: 'ipAddressPools: first-pool',
    becomes: 'ipAddressPools: [first-pool]',
  },
  {
    mistake: 'ipAddressPool for ipAddressPools',
    text: l2('ipAddressPool:', '- first-pool'),
    code: 'unknown-key',
    at: 'ipAddressPool:',
    becomes: 'ipAddressPools:',
  },
  {
    mistake: 'addressPools for ipAddressPools',
    text: l2('addressPools:', '- first-pool'),
    code: 'unknown-key',
    at: 'addressPools:',
  },
  {
    mistake: 'nodeSelector for nodeSelectors, so that every node announces',
    text: l2('nodeSelector:', '- matchLabels:', '    kubernetes.io/hostname: a'),
    code: 'unknown-key',
    at: 'nodeSelector:',
    becomes: 'nodeSelectors:',
  },
  {
    mistake: 'nodeSelectors as a mapping',
    text: l2('nodeSelectors:', '  matchLabels:', '    kubernetes.io/hostname: a'),
    code: 'wrong-type',
    at: 'matchLabels:',
  },
  {
    mistake: 'matchLabels as a list',
    text: l2('nodeSelectors:', '- matchLabels:', '  - kubernetes.io/hostname: a'),
    code: 'wrong-type',
    at: '- kubernetes.io/hostname: a',
  },
  {
    mistake: 'a label right under nodeSelectors',
    text: l2('nodeSelectors:', '- kubernetes.io/hostname: a'),
    code: 'unknown-key',
    at: '- kubernetes.io/hostname: a',
  },
  {
    mistake: 'the operator of an expression in lower case',
    text: l2('nodeSelectors:', '- matchExpressions:', '  - {key: rack, operator: in, values: [a]}'),
    code: 'not-allowed-value',
    at: '- {key: rack, operator: in, values: [a]}',
    becomes: '- {key: rack, operator: In, values: [a]}',
  },
  {
    mistake: 'interfaces as one text',
    text: l2('interfaces: eth0'),
    code: 'wrong-type',
    at: 'interfaces: eth0',
    becomes: 'interfaces: [eth0]',
  },
  {
    mistake: 'interface for interfaces',
    text: l2('interface:', '- eth0'),
    code: 'unknown-key',
    at: 'interface:',
    becomes: 'interfaces:',
  },
  {
    mistake: 'a letter missing in the kind',
    text: l2().replace('kind: L2Advertisement', 'kind: L2Advertisment'),
    code: 'kind-unknown',
    at: 'kind: L2Advertisment',
    becomes: 'kind: L2Advertisement',
  },
  {
    mistake: 'two advertisements of one name, of which the last wins',
    text: l2() + announced.replace('name: lan', 'name: lan # the other'),
    code: 'name-duplicate',
    at: 'name: lan # the other',
  },
  {
    mistake: 'a selector of pools by a label that no pool has',
    text: l2('ipAddressPoolSelectors:', '- matchLabels:', '    zone: a'),
    code: 'pool-selector-unmatched',
    at: '- matchLabels:',
  },
];

const bgpMistakes: readonly Mistake[] = [
  {
    mistake: 'a port behind the address of the peer',
    text: peer(...asns, 'peerAddress: 10.0.0.1:179'),
    code: 'bgp-peer-address',
    at: 'peerAddress: 10.0.0.1:179',
  },
  {
    mistake: 'a mask behind the address of the peer',
    text: peer(...asns, 'peerAddress: 10.0.0.1/24'),
    code: 'bgp-peer-address',
    at: 'peerAddress: 10.0.0.1/24',
  },
  {
    mistake: 'the name of the router for its address',
    text: peer(...asns, 'peerAddress: router.lan'),
    code: 'bgp-peer-address',
    at: 'peerAddress: router.lan',
  },
  {
    mistake: 'an AS number in quotes',
    text: peer('myASN: 64512', 'peerASN: "64513"', 'peerAddress: 10.0.0.1'),
    code: 'wrong-type',
    at: 'peerASN: "64513"',
    becomes: 'peerASN: 64513',
  },
  {
    mistake: 'keys of a peer as in the ConfigMap',
    text: peer('my-asn: 64512', 'peerASN: 64513', 'peerAddress: 10.0.0.1'),
    code: 'unknown-key',
    at: 'my-asn: 64512',
    becomes: 'myASN: 64512',
  },
  {
    mistake: 'a hold time without a unit',
    text: peer(...asns, 'peerAddress: 10.0.0.1', 'holdTime: 90'),
    code: 'wrong-type',
    at: 'holdTime: 90',
    becomes: 'holdTime: 90s',
  },
  {
    mistake: 'a hold time with a unit that Go does not know',
    text: peer(...asns, 'peerAddress: 10.0.0.1', 'holdTime: 90sec'),
    code: 'text-pattern',
    at: 'holdTime: 90sec',
  },
  {
    mistake: 'multihop towards a router of the same AS',
    text: peer('myASN: 64512', 'peerASN: 64512', 'peerAddress: 10.0.0.1', 'ebgpMultiHop: true'),
    code: 'bgp-multihop-internal',
    at: 'ebgpMultiHop: true',
  },
  {
    mistake: 'a password in the repository',
    text: peer(...asns, 'peerAddress: 10.0.0.1', 'password: hunter2hunter2'),
    code: 'bgp-password-clear-text',
    at: 'password: hunter2hunter2',
  },
  {
    mistake: 'a field of the new version of a peer in the old one',
    text: peer(...asns, 'peerAddress: 10.0.0.1', 'vrf: blue').replace('v1beta2', 'v1beta1'),
    code: 'unknown-key',
    at: 'vrf: blue',
  },
  {
    mistake: 'a BFD profile that nobody wrote',
    text: `${peer(...asns, 'peerAddress: 10.0.0.1', 'bfdProfile: fast')}${resource('BFDProfile', 'slow', ['receiveInterval: 300'])}`,
    code: 'bfd-profile-unknown',
    at: 'bfdProfile: fast',
  },
  {
    mistake: 'a BFD interval with a unit',
    text: `${peer(...asns, 'peerAddress: 10.0.0.1', 'bfdProfile: fast')}${resource('BFDProfile', 'fast', ['receiveInterval: 300ms'])}`,
    code: 'wrong-type',
    at: 'receiveInterval: 300ms',
  },
  {
    mistake: 'an aggregation length beyond the pool',
    text: pool('192.168.10.8/30') + announcedByBgp.replace(/$/u, 'spec:\n  aggregationLength: 24\n'),
    code: 'aggregation-too-short',
    at: 'aggregationLength: 24',
  },
  {
    mistake: 'an aggregation length with its slash',
    text: toPeer('aggregationLength: /32'),
    code: 'wrong-type',
    at: 'aggregationLength: /32',
  },
  {
    mistake: 'a peer by another name than it has',
    text: toPeer('peers:', '- roter'),
    code: 'peer-unknown',
    at: '- roter',
  },
  {
    mistake: 'communities as one text',
    text: toPeer('communities: 65535:65282'),
    code: 'wrong-type',
    at: 'communities: 65535:65282',
    becomes: 'communities: ["65535:65282"]',
  },
  {
    mistake: 'an alias of a community that is not defined',
    text: `${toPeer('communities:', '- no-advertise')}${resource('Community', 'c', ['communities:', '- {name: vpn, value: "65535:1"}'])}`,
    code: 'community-unknown',
    at: '- no-advertise',
  },
  {
    mistake: 'community for communities in a Community',
    text: `${toPeer()}${resource('Community', 'c', ['community:', '- {name: vpn, value: "65535:1"}'])}`,
    code: 'unknown-key',
    at: 'community:',
  },
  {
    mistake: 'peers in an L2Advertisement',
    text: l2('peers:', '- router'),
    code: 'unknown-key',
    at: 'peers:',
  },
  {
    mistake: 'a peer and a layer 2 advertisement, so that the router hears nothing',
    text: `${l2()}${resource('BGPPeer', 'router', [...asns, 'peerAddress: 10.0.0.1'])}`,
    code: 'bgp-peer-idle',
    at: 'name: router',
  },
];

export const mistakesWithAnnouncements: readonly Mistake[] = [...layerTwoMistakes, ...bgpMistakes];

import { explained, type Explanations, withMetallb, withPeer } from './explanation.ts';

const peerOf = (fields: readonly string[], more: readonly string[] = []): string =>
  withMetallb([...more, 'bgpPeer:', '  - name: tor', ...fields.map((field) => `    ${field}`)]);

const advertisement = (...fields: readonly string[]): readonly string[] => [
  'bgpAdvertisement:',
  '  - name: all',
  ...fields.map((field) => `    ${field}`),
];

const frr = ['bgp:', '  backend: frr'];
const secondPeer = (fields: readonly string[]): readonly string[] => [
  '- name: spine',
  ...fields.map((field) => `  ${field}`),
];

function twoPeers(first: readonly string[], second: readonly string[]): string {
  const items = ['- name: tor', ...first.map((field) => `  ${field}`), ...secondPeer(second)];
  return withMetallb([...frr, 'bgpPeer:', ...items.map((line) => `  ${line}`)]);
}

const remote = (address: string): readonly string[] => ['peerASN: 64513', `peerAddress: ${address}`];

/** BGP: peers, timers, backends, aggregation. */
export const bgpExplanations: Explanations = {
  'bgp-remote-asn': explained(
    'peerASN says which AS the other side is of, dynamicASN takes it as it comes. A peer needs one of them and cannot have both.',
    peerOf(['myASN: 64512', 'peerAddress: 10.0.0.1']),
    'myASN: 64512',
    'myASN: 64512\n      peerASN: 64513',
  ),
  'bgp-multihop-internal': explained(
    'ebgpMultiHop lets a session to another AS pass over routers in between. Within one AS it means nothing, and MetalLB refuses it.',
    peerOf(['myASN: 64512', 'peerASN: 64512', 'peerAddress: 10.0.0.1', 'ebgpMultiHop: true']),
    '      ebgpMultiHop: true\n',
    '',
  ),
  'bgp-peer-target': explained(
    'A peer is found by its address, or, without one, by the link it is on. MetalLB needs one of the two and refuses both.',
    peerOf(['myASN: 64512', 'peerASN: 64513']),
    'peerASN: 64513',
    'peerASN: 64513\n      peerAddress: 10.0.0.1',
  ),
  'bgp-peer-address': explained(
    'The fields peerAddress, sourceAddress and routerID hold one address each, without a length and not as a name. MetalLB refuses the whole configuration for anything else.',
    peerOf(['myASN: 64512', 'peerASN: 64513', 'peerAddress: 10.0.0.1/24']),
    '10.0.0.1/24',
    '10.0.0.1',
  ),
  'bgp-password-twice': {
    why: 'A password comes from the configuration or from a Secret. With both, MetalLB refuses the peer.',
    example: withPeer(['password: example', 'passwordSecret:', '  name: tor-password']),
    repaired: withPeer(['passwordSecret:', '  name: tor-password']),
    along: ['bgp-password-clear-text'],
  },
  'bgp-password-clear-text': explained(
    'Everyone who can read the repository knows a password that stands in it, and its history keeps it when it is removed. A Secret of the cluster is for that.',
    withPeer(['password: example']),
    'password: example',
    'passwordSecret:\n        name: tor-password',
  ),
  'bgp-hold-time': explained(
    'RFC 4271, section 4.2: a hold time is 0, which means for ever, or at least three seconds. MetalLB refuses others.',
    withPeer(['holdTime: 2s']),
    'holdTime: 2s',
    'holdTime: 90s',
  ),
  'bgp-keepalive-time': explained(
    'A session is down once nothing was heard for the hold time. With signs of life that come more seldom it would go down again and again.',
    withPeer(['holdTime: 30s', 'keepaliveTime: 60s'], frr),
    'keepaliveTime: 60s',
    'keepaliveTime: 10s',
  ),
  'bgp-connect-time': explained(
    'The API takes whole seconds from 1 to 65535 here and refuses all else.',
    withPeer(['connectTime: 1500ms'], frr),
    '1500ms',
    '2s',
  ),
  'bgp-frr-same-peer': explained(
    'FRR holds a neighbour once in a VRF, so that the settings of one of the two peers would be lost.',
    twoPeers(['myASN: 64512', ...remote('10.0.0.1')], ['myASN: 64512', ...remote('10.0.0.1')]),
    'name: spine\n      myASN: 64512\n      peerASN: 64513\n      peerAddress: 10.0.0.1',
    'name: spine\n      myASN: 64512\n      peerASN: 64513\n      peerAddress: 10.0.0.2',
  ),
  'bgp-frr-mixed': explained(
    'One FRR runs on a node, and it has one router id, and one AS number in a VRF, for all its peers. MetalLB refuses a configuration that asks for two.',
    twoPeers(['myASN: 64512', ...remote('10.0.0.1')], ['myASN: 64599', ...remote('10.0.0.2')]),
    'myASN: 64599',
    'myASN: 64512',
  ),
  'bgp-native-unsupported': explained(
    "MetalLB's own BGP implementation knows no BFD, VRFs, IPv6 and more. It refuses the settings at start, and the speakers announce nothing.",
    withPeer(['vrf: red'], ['bgp:', '  backend: native']),
    'backend: native',
    'backend: frr',
  ),
  'aggregation-too-short': explained(
    'A route for an aggregate attracts traffic for all its addresses. MetalLB refuses one that is wider than the entries of the pool: it would attract what belongs to others.',
    withPeer([], advertisement('aggregationLength: 24')),
    'aggregationLength: 24',
    'aggregationLength: 32',
  ),
  'aggregation-with-selectors': explained(
    'With serviceSelectors the addresses of an advertisement are announced one by one. An aggregate would announce the others with them.',
    withMetallb([
      'version: "0.16.1"',
      'bgpAdvertisement:',
      '  - name: all',
      '    aggregationLength: 30',
      '    serviceSelectors:',
      '      - matchLabels:',
      '          app: web',
    ]).replace('192.168.1.220-192.168.1.250', '192.168.1.0/28'),
    '      aggregationLength: 30\n',
    '',
  ),
};

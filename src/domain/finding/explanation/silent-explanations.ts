import { explained, type Explanations, withEntry, withLines, withMetallb, withPeer } from './explanation.ts';

const inSubnet = (entry: string): string => `network:\n  subnets: [192.168.1.0/24]\n${withEntry(entry)}`;

const frrK8s = ['bgp:', '  backend: frr-k8s'];

const allocating = (version: string): string =>
  withEntry('192.168.1.16/28', `      serviceAllocation:\n        priority: 10\n  version: '${version}'\n`);

/** What MetalLB takes without a word, and what then does not work. */
export const silentExplanations: Explanations = {
  'address-unusable': explained(
    'Addresses of this network, loopback, multicast and broadcast addresses mean something else to every machine. MetalLB gives them out all the same, and nobody can reach them.',
    withEntry('127.0.0.16/28'),
    '127.0.0.16/28',
    '192.168.1.16/28',
  ),
  'address-special': explained(
    'Link-local addresses are forwarded by no router, and many devices refuse addresses of class E. MetalLB gives out both.',
    withEntry('169.254.10.0/28'),
    '169.254.10.0/28',
    '192.168.1.16/28',
  ),
  'address-documentation': explained(
    'These blocks are set aside for examples. They are routed nowhere, and a configuration that has them was most likely copied and not finished.',
    withEntry('192.0.2.16/28'),
    '192.0.2.16/28',
    '192.168.1.16/28',
  ),
  'pool-holds-subnet-end': explained(
    'The first address of a subnet names it, the last one is its broadcast address. A Service that is given one of them cannot be reached by its neighbours.',
    inSubnet('192.168.1.250-192.168.1.255'),
    '192.168.1.255',
    '192.168.1.254',
  ),
  'pool-outside-subnets': explained(
    'On layer 2 a node answers when a neighbour asks for an address. For an address of another subnet neighbours ask their router, which knows nothing of it.',
    inSubnet('192.168.2.16/28'),
    '192.168.2.16/28',
    '192.168.1.16/28',
  ),
  'allocation-by-name-only': explained(
    'With a serviceAllocation that names no namespace and no selector, MetalLB 0.14 gives the pool only to Services that ask for it by name. Later releases give it to every Service.',
    allocating('0.14.9'),
    'priority: 10',
    'namespaces: [web]',
  ),
  'allocation-open': explained(
    'A serviceAllocation that names no namespace and no selector keeps nobody out. It only has the pool tried before those that have none; up to MetalLB 0.14 the same text left the pool unused.',
    allocating('0.15.2'),
    'priority: 10',
    'namespaces: [web]',
  ),
  'bgp-hold-time-fraction': explained(
    'BGP counts the hold time in whole seconds, and MetalLB cuts off the rest. Less than a second becomes 0, which means no hold timer: a dead session is not noticed.',
    withPeer(['holdTime: 900ms']),
    '900ms',
    '9s',
  ),
  'bgp-frr-k8s-ignores': explained(
    'With the backend frr-k8s MetalLB passes its peers on to FRR-K8s, but not this field. The session then comes up differently than it was asked for, or not at all.',
    withPeer(['sourceAddress: 10.0.0.10'], frrK8s),
    '      sourceAddress: 10.0.0.10\n',
    '',
  ),
  'bgp-password-elsewhere': explained(
    'MetalLB reads Secrets in its own namespace. A reference to another one is taken without a word, and the Secret is not found.',
    withPeer(['passwordSecret:', '  name: tor', '  namespace: secrets']),
    '        namespace: secrets\n',
    '',
  ),
  'bgp-native-ipv6-peer': explained(
    "MetalLB's own BGP implementation takes an IPv6 address for its peer, opens the session, and then sends routes whose next hop no router accepts.",
    withMetallb(['bgpPeer:', '  - name: tor', '    myASN: 64512', '    peerASN: 64513', '    peerAddress: fd00::1']),
    'fd00::1',
    '10.0.0.1',
  ),
  'bgp-peer-in-pool': explained(
    'The address of the router is in use. Once a Service has it, nodes send to themselves what is meant for the router, and the session ends, with every route it carried.',
    withPeer([]).replace('10.0.0.1', '192.168.1.230'),
    'peerAddress: 192.168.1.230',
    'peerAddress: 10.0.0.1',
  ),
  'bgp-peer-idle': explained(
    'A session to a router is opened, and nothing ever goes over it, because no BGP advertisement is for this peer.',
    withLines([
      'bgpPeer:',
      '  - name: tor',
      '    myASN: 64512',
      '    peerASN: 64513',
      '    peerAddress: 10.0.0.1',
      'l2Advertisement:',
      '  - name: lan',
    ]),
    'l2Advertisement:\n    - name: lan',
    'bgpAdvertisement:\n    - name: all',
  ),
  'bgp-advertisement-idle': explained(
    'A BGP advertisement tells the peers of addresses. Without any peer nobody hears of them, and Services get addresses that cannot be reached.',
    withLines(['bgpAdvertisement:', '  - name: all']),
    'bgpAdvertisement:\n    - name: all',
    'l2Advertisement:\n    - name: all',
  ),
  'pool-nodes-apart': explained(
    'Layer 2 announces the pool from some nodes, BGP from others, and none does both. It may be meant so; mostly one of the two was copied and not adapted.',
    withMetallb([
      'l2Advertisement:',
      '  - name: lan',
      '    nodeSelectors:',
      '      - matchLabels: { rack: a }',
      'bgpAdvertisement:',
      '  - name: all',
      '    nodeSelectors:',
      '      - matchLabels: { rack: b }',
    ]),
    'rack: b',
    'rack: a',
  ),
  'setting-without-effect': explained(
    'The setting is right by itself, but another one decides that nothing reads it. Who counts on it is mistaken.',
    withMetallb(['controller:', '  replicas: 2']),
    'replicas: 2',
    'replicas: 1',
  ),
  'wave-without-time': explained(
    'Every wave of a sync waits until what it applied is healthy. With less than a second for that, every sync stops at its first wave.',
    `sync:\n  waveTimeout: 0s\n${withEntry('192.168.1.16/28')}`,
    'waveTimeout: 0s',
    'waveTimeout: 5m',
  ),
};

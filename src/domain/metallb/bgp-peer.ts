import type { CelRule, Field, Fields } from './field.ts';
import type { KindVersion, MetalLbKind } from './kind.ts';
import { patterns } from './patterns.ts';
import { bespokeSelectors, labelSelectors } from './selectors.ts';

const asNumberLimit = 4_294_967_295;
const columns: KindVersion['columns'] = [
  { name: 'Address', type: 'string', jsonPath: '.spec.peerAddress' },
  { name: 'ASN', type: 'string', jsonPath: '.spec.peerASN' },
  { name: 'BFD Profile', type: 'string', jsonPath: '.spec.bfdProfile' },
  { name: 'Multi Hops', type: 'string', jsonPath: '.spec.ebgpMultiHop' },
];

/** Four-octet AS numbers. Up to 0.15 the schema called them int32, which the API server does not enforce. */
function asNumber(facts: Pick<Field, 'description' | 'required' | 'examples' | 'config'>): Field {
  return {
    type: 'integer',
    format: 'int64',
    minimum: 0,
    maximum: asNumberLimit,
    ...facts,
    before: { release: '0.16.0', format: 'int32' },
  };
}

function goDuration(description: string, sample: string, rules?: readonly CelRule[]): Field {
  return {
    type: 'string',
    description,
    examples: [sample],
    config: { pattern: patterns.duration.pattern, maxLength: 64 },
    ...(rules === undefined ? {} : { rules }),
  };
}

const text = (description: string, sample: string): Field => ({
  type: 'string',
  description,
  examples: [sample],
});

/** Fields that both versions have, meaning the same. */
const shared = {
  peerASN: asNumber({
    description: 'AS number of the peer. Exactly one of peerASN and dynamicASN is needed.',
    examples: [64_500],
  }),
  sourceAddress: text('Own address from which the session is opened.', '10.0.0.10'),
  holdTime: goDuration('After how long without a message the session counts as down: 0 or at least 3s.', '90s'),
  keepaliveTime: goDuration('How often a sign of life is sent; at most the hold time.', '30s'),
  routerID: text('BGP identifier that is announced; without it one is derived from the node.', '10.0.0.10'),
  password: text(
    'TCP MD5 password in clear text. Use passwordSecret instead: this file is kept in Git.',
    'use-passwordSecret',
  ),
  bfdProfile: {
    type: 'string',
    description: 'Name of the BFDProfile that watches the path to the peer (backends frr and frr-k8s).',
    examples: ['fast'],
    config: { pattern: patterns.objectName.pattern, maxLength: 253 },
  },
  ebgpMultiHop: {
    type: 'boolean',
    description: 'The peer of another AS is more than one hop away.',
  },
} satisfies Fields;

const identity: Fields = {
  myASN: asNumber({
    required: true,
    description:
      'AS number of this side. RFC 6996 sets 64512 to 65534 and 4200000000 to 4294967294 aside for private use.',
    examples: [64_512],
    config: { minimum: 1 },
  }),
  localASN: {
    type: 'integer',
    format: 'int64',
    since: '0.16.0',
    minimum: 1,
    maximum: asNumberLimit,
    description: 'AS number that this peer is shown in place of myASN (backends frr and frr-k8s).',
    examples: [65_000],
  },
  peerASN: shared.peerASN,
  dynamicASN: {
    type: 'string',
    enum: ['internal', 'external'],
    description: 'Accept whatever AS number the peer has: `internal` the same as ours, `external` another one.',
    examples: ['external'],
  },
  peerAddress: {
    type: 'string',
    description: 'Address of the peer. Exactly one of peerAddress and interface is needed.',
    examples: ['10.0.0.1'],
    before: { release: '0.15.0', required: true },
  },
  interface: {
    type: 'string',
    since: '0.15.0',
    description: 'Interface whose neighbour is the peer, for sessions without addresses (unnumbered BGP).',
    examples: ['eth1'],
    config: { pattern: patterns.interfaceName.pattern, maxLength: 15 },
  },
  sourceAddress: shared.sourceAddress,
  peerPort: {
    type: 'integer',
    default: 179,
    minimum: 1,
    maximum: 16_384,
    before: { release: '0.15.0', minimum: 0 },
    description: "TCP port of the peer. The upper bound is MetalLB's.",
    examples: [179],
  },
};

const session: Fields = {
  holdTime: shared.holdTime,
  keepaliveTime: shared.keepaliveTime,
  connectTime: goDuration('How long to wait between attempts to connect, in whole seconds of 1s to 65535s.', '10s', [
    {
      message: 'connectTime must lie between 1s and 65535s',
      rule: 'duration(self).getSeconds() >= 1 && duration(self).getSeconds() <= 65535',
    },
    {
      message: 'connectTime must be a whole number of seconds',
      rule: 'duration(self).getMilliseconds() % 1000 == 0',
    },
  ]),
  routerID: shared.routerID,
  nodeSelectors: labelSelectors({
    description: 'Nodes that open a session to the peer; any of the selectors suffices. Without it all do.',
    examples: [[{ matchLabels: { rack: 'a' } }]],
  }),
  password: shared.password,
  passwordSecret: {
    type: 'object',
    mapType: 'atomic',
    definition: 'secretReference',
    description:
      "Secret of type kubernetes.io/basic-auth in MetalLB's namespace, whose key `password` is the TCP MD5 password.",
    fields: {
      name: {
        type: 'string',
        description: 'Name of the Secret.',
        examples: ['tor-a-password'],
        config: { pattern: patterns.objectName.pattern, maxLength: 253, required: true },
      },
      namespace: {
        type: 'string',
        description: 'Namespace of the Secret.',
        examples: ['metallb-system'],
        config: { pattern: patterns.dnsLabel.pattern, maxLength: 63 },
      },
    },
  },
  bfdProfile: shared.bfdProfile,
  enableGracefulRestart: {
    type: 'boolean',
    immutable: true,
    description: 'Keep routes while the session restarts (RFC 4724). It cannot be changed on an existing peer.',
    rules: [
      { message: 'enableGracefulRestart is set once: delete the peer and create it anew', rule: 'self == oldSelf' },
    ],
  },
  ebgpMultiHop: shared.ebgpMultiHop,
  vrf: {
    type: 'string',
    description: 'Name of the VRF in which the session is opened (backends frr and frr-k8s).',
    examples: ['red'],
    config: { pattern: patterns.interfaceName.pattern, maxLength: 15 },
  },
  disableMP: {
    type: 'boolean',
    default: false,
    description: 'Deprecated: carry only the address family of the session itself.',
  },
  dualStackAddressFamily: {
    type: 'boolean',
    since: '0.15.0',
    default: false,
    description: 'Carry both address families in one session (backends frr and frr-k8s).',
  },
};

const earlier: Fields = {
  myASN: asNumber({ required: true, description: 'AS number of this side.' }),
  peerASN: { ...shared.peerASN, required: true },
  peerAddress: { type: 'string', required: true, description: 'Address of the peer.' },
  sourceAddress: shared.sourceAddress,
  peerPort: { type: 'integer', minimum: 0, maximum: 16_384, description: 'TCP port of the peer.' },
  holdTime: shared.holdTime,
  keepaliveTime: shared.keepaliveTime,
  routerID: shared.routerID,
  nodeSelectors: bespokeSelectors('Nodes that open a session to the peer.'),
  password: shared.password,
  bfdProfile: shared.bfdProfile,
  ebgpMultiHop: shared.ebgpMultiHop,
};

/** Routers. v1beta1 is served only where MetalLB's conversion webhook runs, without which the API server cannot read it. */
export const bgpPeer: MetalLbKind = {
  kind: 'BGPPeer',
  plural: 'bgppeers',
  singular: 'bgppeer',
  description: 'A router that addresses are advertised to by BGP.',
  config: { key: 'bgpPeer', description: 'Routers that addresses are advertised to by BGP.' },
  versions: [
    {
      name: 'v1beta1',
      storage: false,
      deprecation: 'metallb.io/v1beta1 BGPPeer is deprecated: use metallb.io/v1beta2',
      columns,
      spec: { type: 'object', description: 'The peer as it should be.', fields: earlier },
      status: { type: 'object', description: 'Nothing is reported.', fields: {} },
    },
    {
      name: 'v1beta2',
      storage: true,
      columns,
      spec: { type: 'object', description: 'The peer as it should be.', fields: { ...identity, ...session } },
      status: { type: 'object', description: 'Nothing is reported.', fields: {} },
    },
  ],
};

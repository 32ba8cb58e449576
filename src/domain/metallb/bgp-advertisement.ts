import { advertisementServiceSelectors, ipAddressPools, ipAddressPoolSelectors } from './advertisement-fields.ts';
import type { Fields } from './field.ts';
import type { MetalLbKind } from './kind.ts';
import { patterns } from './patterns.ts';
import { labelSelectors } from './selectors.ts';

const fields: Fields = {
  aggregationLength: {
    type: 'integer',
    format: 'int32',
    minimum: 1,
    default: 32,
    description: 'Prefix length to which IPv4 addresses are summarised before they are advertised.',
    examples: [24],
    config: { maximum: 32 },
  },
  aggregationLengthV6: {
    type: 'integer',
    format: 'int32',
    default: 128,
    description: 'Prefix length to which IPv6 addresses are summarised before they are advertised.',
    examples: [64],
    config: { minimum: 1, maximum: 128 },
  },
  asPathPrepend: {
    type: 'integer',
    since: '0.16.2',
    minimum: 1,
    maximum: 10,
    description:
      'How many times the own AS number is put in front of the path, to make the route look longer (frr-k8s only).',
    examples: [3],
  },
  localPref: {
    type: 'integer',
    format: 'int32',
    description: 'LOCAL_PREF sent to peers of the same AS; the highest wins. 0 and absent mean none is sent.',
    examples: [100],
    config: { minimum: 0, maximum: 4_294_967_295 },
  },
  communities: {
    type: 'list',
    description:
      'BGP communities on the routes: `number:number`, `large:number:number:number`, or an alias of a Community.',
    examples: [['65535:65282', 'no-export']],
    items: {
      type: 'string',
      description: 'A community or the alias of one.',
      examples: ['65535:65282'],
    },
  },
  ipAddressPools,
  ipAddressPoolSelectors,
  nodeSelectors: labelSelectors({
    description: 'Nodes that advertise themselves as next hop; any of the selectors suffices. Without it all do.',
    examples: [[{ matchLabels: { rack: 'a' } }]],
  }),
  peers: {
    type: 'list',
    description: 'Peers that are told, by the name of their BGPPeer. Without it all are.',
    examples: [['tor-a', 'tor-b']],
    items: {
      type: 'string',
      description: 'Name of a BGPPeer.',
      config: { pattern: patterns.objectName.pattern, maxLength: 253 },
    },
  },
  serviceSelectors: advertisementServiceSelectors,
};

/** Announcement by BGP. */
export const bgpAdvertisement: MetalLbKind = {
  kind: 'BGPAdvertisement',
  plural: 'bgpadvertisements',
  singular: 'bgpadvertisement',
  description: 'Addresses that are advertised to routers by BGP.',
  config: { key: 'bgpAdvertisement', description: 'Announcements by BGP to the peers of bgpPeer.' },
  versions: [
    {
      name: 'v1beta1',
      storage: true,
      columns: [
        { name: 'IPAddressPools', type: 'string', jsonPath: '.spec.ipAddressPools' },
        { name: 'IPAddressPool Selectors', type: 'string', jsonPath: '.spec.ipAddressPoolSelectors' },
        { name: 'Peers', type: 'string', jsonPath: '.spec.peers' },
        { name: 'Node Selectors', type: 'string', jsonPath: '.spec.nodeSelectors', priority: 10 },
      ],
      spec: {
        type: 'object',
        description: 'The announcement as it should be.',
        fields,
        rules: [
          {
            since: '0.16.0',
            message:
              'with serviceSelectors every address is advertised by itself: leave out aggregationLength and aggregationLengthV6, or set them to 32 and 128',
            rule: '!has(self.serviceSelectors) || self.serviceSelectors.size() == 0 || ((!has(self.aggregationLength) || self.aggregationLength == 32) && (!has(self.aggregationLengthV6) || self.aggregationLengthV6 == 128))',
          },
        ],
      },
      status: { type: 'object', description: 'Nothing is reported.', fields: {} },
    },
  ],
};

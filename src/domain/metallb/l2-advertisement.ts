import { advertisementServiceSelectors, ipAddressPools, ipAddressPoolSelectors } from './advertisement-fields.ts';
import type { Field } from './field.ts';
import type { MetalLbKind } from './kind.ts';
import { patterns } from './patterns.ts';
import { labelSelector, labelSelectors } from './selectors.ts';

const preferredNodeSelectors: Field = {
  type: 'list',
  since: '0.16.2',
  description:
    'Nodes that should rather announce than others, by weight. Where none of them can, any permitted node does.',
  examples: [[{ weight: 100, preference: { matchLabels: { rack: 'a' } } }]],
  items: {
    type: 'object',
    description: 'A wish with its weight.',
    definition: 'preferredNodeSelector',
    fields: {
      weight: {
        type: 'integer',
        format: 'int32',
        required: true,
        minimum: 1,
        maximum: 100,
        description: 'How much the wish counts; the weights of all that match a node are added.',
        examples: [100],
      },
      preference: labelSelector({ required: true, description: 'Labels of the nodes that are preferred.' }),
    },
  },
};

/** Announcement by ARP and NDP. */
export const l2Advertisement: MetalLbKind = {
  kind: 'L2Advertisement',
  plural: 'l2advertisements',
  singular: 'l2advertisement',
  description: 'Addresses that are announced in the local network by ARP and NDP, each by one node at a time.',
  config: {
    key: 'l2Advertisement',
    description:
      'Announcements by ARP and NDP. With neither this key nor bgpAdvertisement one named `l2-advert` covers all pools; an empty list means none.',
  },
  versions: [
    {
      name: 'v1beta1',
      storage: true,
      columns: [
        { name: 'IPAddressPools', type: 'string', jsonPath: '.spec.ipAddressPools' },
        { name: 'IPAddressPool Selectors', type: 'string', jsonPath: '.spec.ipAddressPoolSelectors' },
        { name: 'Interfaces', type: 'string', jsonPath: '.spec.interfaces' },
        { name: 'Node Selectors', type: 'string', jsonPath: '.spec.nodeSelectors', priority: 10 },
      ],
      spec: {
        type: 'object',
        description: 'The announcement as it should be.',
        fields: {
          ipAddressPools,
          ipAddressPoolSelectors,
          nodeSelectors: labelSelectors({
            description: 'Nodes that may announce; any of the selectors suffices. Without it all may.',
            examples: [[{ matchLabels: { 'kubernetes.io/hostname': 'worker-1' } }]],
          }),
          preferredNodeSelectors,
          interfaces: {
            type: 'list',
            description: 'Interfaces to announce on, by exact name. Without it all are used.',
            examples: [['eth0']],
            items: {
              type: 'string',
              description: 'Name of an interface.',
              config: { pattern: patterns.interfaceName.pattern, maxLength: 15 },
            },
          },
          serviceSelectors: advertisementServiceSelectors,
        },
      },
      status: { type: 'object', description: 'Nothing is reported.', fields: {} },
    },
  ],
};

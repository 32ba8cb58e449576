import type { ListField } from './field.ts';
import { patterns } from './patterns.ts';
import { labelSelectors } from './selectors.ts';

/** What both kinds of advertisement select by. */
export const ipAddressPools: ListField = {
  type: 'list',
  description: 'Pools that are advertised, by name. With neither names nor selectors every pool is.',
  examples: [['default']],
  items: {
    type: 'string',
    description: 'Name of a pool.',
    config: { pattern: patterns.objectName.pattern, maxLength: 253 },
  },
};

export const ipAddressPoolSelectors: ListField = labelSelectors({
  description: 'Pools that are advertised, by their labels, beside those named.',
  examples: [[{ matchLabels: { zone: 'dmz' } }]],
});

export const advertisementServiceSelectors: ListField = labelSelectors({
  since: '0.16.0',
  description: 'Advertise only addresses of Services with these labels. Without it those of all Services are.',
  examples: [[{ matchLabels: { tier: 'public' } }]],
});

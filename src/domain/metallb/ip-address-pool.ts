import type { Field } from './field.ts';
import type { MetalLbKind } from './kind.ts';
import { patterns } from './patterns.ts';
import { labelSelectors } from './selectors.ts';

const serviceAllocation: Field = {
  type: 'object',
  description:
    'Which Services may take addresses from this pool and in what order pools are tried. With only a priority, releases up to 0.14 use the pool by name alone; later ones offer it to every Service.',
  fields: {
    priority: {
      type: 'integer',
      description: 'Among pools that fit a Service the lowest number above 0 is tried first; 0 comes last.',
      examples: [50],
    },
    namespaces: {
      type: 'list',
      description: 'Namespaces whose Services may use the pool.',
      examples: [['web', 'edge']],
      items: {
        type: 'string',
        description: 'Name of a namespace.',
        config: { pattern: patterns.dnsLabel.pattern, maxLength: 63 },
      },
    },
    namespaceSelectors: labelSelectors({
      description: 'Labels of namespaces whose Services may use the pool; any of the selectors suffices.',
      examples: [[{ matchLabels: { team: 'edge' } }]],
    }),
    serviceSelectors: labelSelectors({
      description: 'Labels of Services that may use the pool; any of the selectors suffices.',
      examples: [[{ matchLabels: { tier: 'public' } }]],
    }),
  },
};

function addressCount(family: 'IPv4' | 'IPv6', what: string): Field {
  return {
    type: 'integer',
    format: 'int64',
    since: '0.15.0',
    required: true,
    description: `Number of ${family} addresses of the pool that are ${what}.`,
  };
}

/** Pools of addresses. Until 0.15 the status was an empty object. */
export const ipAddressPool: MetalLbKind = {
  kind: 'IPAddressPool',
  plural: 'ipaddresspools',
  singular: 'ipaddresspool',
  description: 'A pool of addresses that LoadBalancer Services are given.',
  config: {
    key: 'ipAddressPool',
    description: 'Pools of addresses that LoadBalancer Services are given.',
  },
  versions: [
    {
      name: 'v1beta1',
      storage: true,
      columns: [
        { name: 'Auto Assign', type: 'boolean', jsonPath: '.spec.autoAssign' },
        { name: 'Avoid Buggy IPs', type: 'boolean', jsonPath: '.spec.avoidBuggyIPs' },
        { name: 'Addresses', type: 'string', jsonPath: '.spec.addresses' },
      ],
      spec: {
        type: 'object',
        required: true,
        description: 'The pool as it should be.',
        fields: {
          addresses: {
            type: 'list',
            required: true,
            description:
              'Addresses of the pool, as ranges `first-last` or as prefixes. A single address is written as a /32 or /128 prefix.',
            examples: [['192.168.1.220-192.168.1.250'], ['10.10.0.0/24', 'fd00:10::/112']],
            items: {
              type: 'string',
              description: 'A range `first-last` or a prefix `address/length`.',
              examples: ['192.168.1.220-192.168.1.250'],
            },
          },
          autoAssign: {
            type: 'boolean',
            default: true,
            description: 'Whether Services that ask for no pool and no address may be given one of these.',
          },
          avoidBuggyIPs: {
            type: 'boolean',
            default: false,
            description: 'Leave out IPv4 addresses ending in .0 or .255, which some old routers drop.',
          },
          serviceAllocation,
        },
      },
      status: {
        type: 'object',
        description: 'How full the pool is.',
        fields: {
          assignedIPv4: addressCount('IPv4', 'in use'),
          assignedIPv6: addressCount('IPv6', 'in use'),
          availableIPv4: addressCount('IPv4', 'free'),
          availableIPv6: addressCount('IPv6', 'free'),
        },
      },
    },
  ],
};

import { explained, type Explanations, withEntry, withMetallb } from './explanation.ts';

const network = (key: string, value: string, entry = '192.168.1.0/28'): string =>
  `network:\n  ${key}: ${value}\n${withEntry(entry)}`;

const twoPools = (first: string, second: string): string =>
  [
    'metallb:',
    '  ipAddressPool:',
    '    - name: first',
    `      addresses: [${first}]`,
    '    - name: second',
    `      addresses: [${second}]`,
    '',
  ].join('\n');

/** The entries of pools, and the network they lie in. */
export const addressExplanations: Explanations = {
  'address-empty': explained(
    'An empty entry is refused by MetalLB, and with it the whole configuration: no Service gets an address until it is repaired.',
    withEntry('""'),
    '""',
    '192.168.1.0/28',
  ),
  'address-syntax': explained(
    'MetalLB reads CIDR blocks and ranges of two addresses. Anything else makes it refuse the whole configuration, and the speakers go on with the last one they took.',
    withEntry('192.168.1.300-192.168.1.310'),
    '192.168.1.300-192.168.1.310',
    '192.168.1.220-192.168.1.230',
  ),
  'address-blank': explained(
    'MetalLB trims the blanks around the ends of a range, and none in a CIDR block, which it then refuses.',
    withEntry('192.168.1.0 /28'),
    '192.168.1.0 /28',
    '192.168.1.0/28',
  ),
  'address-without-length': explained(
    'A single address is an entry only with its length: /32 for IPv4, /128 for IPv6. MetalLB refuses it bare.',
    withEntry('192.168.1.220'),
    '192.168.1.220',
    '192.168.1.220/32',
  ),
  'address-length': explained(
    'The length of a CIDR block counts bits: at most 32 for IPv4, at most 128 for IPv6.',
    withEntry('192.168.1.0/33'),
    '/33',
    '/28',
  ),
  'address-ipv4-mapped': explained(
    'An address such as ::ffff:192.168.1.220 is IPv4 in the clothes of IPv6. Kubernetes has no Service with one, so MetalLB would hold a pool that nobody can use.',
    withEntry('"::ffff:192.168.1.220/128"'),
    '"::ffff:192.168.1.220/128"',
    '192.168.1.220/32',
  ),
  'address-host-bits': explained(
    'MetalLB masks host bits away: 192.168.1.5/28 is the sixteen addresses from 192.168.1.0 on, and not the one that was written. Often one address was meant, or a range from there on.',
    withEntry('192.168.1.5/28'),
    '192.168.1.5/28',
    '192.168.1.0/28',
  ),
  'range-dash': explained(
    'Text processors and chats turn a hyphen into a longer dash. MetalLB splits ranges at the hyphen alone.',
    withEntry('192.168.1.220–192.168.1.230'),
    '–',
    '-',
  ),
  'range-end-incomplete': explained(
    'Other programs let a range end with the last octet alone. MetalLB needs the whole address.',
    withEntry('192.168.1.220-230'),
    '-230',
    '-192.168.1.230',
  ),
  'range-of-blocks': explained(
    'A range runs from one address to another; a length has no meaning there, and MetalLB refuses it.',
    withEntry('192.168.1.220/24-192.168.1.230/24'),
    '192.168.1.220/24-192.168.1.230/24',
    '192.168.1.220-192.168.1.230',
  ),
  'range-reversed': explained(
    'A range that ends before it starts holds nothing. MetalLB refuses it.',
    withEntry('192.168.1.230-192.168.1.220'),
    '192.168.1.230-192.168.1.220',
    '192.168.1.220-192.168.1.230',
  ),
  'range-mixed-families': explained(
    'No range leads from IPv4 to IPv6. MetalLB accepts it without a word and has an empty pool.',
    withEntry('192.168.1.220-fd00::1'),
    '192.168.1.220-fd00::1',
    '192.168.1.220-192.168.1.230',
  ),
  'pool-without-addresses': explained(
    'A pool that has no addresses can give none. MetalLB refuses the whole configuration for it.',
    'metallb:\n  ipAddressPool:\n    - name: default\n      addresses: []\n',
    '[]',
    '[192.168.1.0/28]',
  ),
  'pool-overlap': explained(
    'Two pools with the same addresses could give one address to two Services. MetalLB refuses the whole configuration, and from then on nothing that changes is taken in.',
    twoPools('192.168.1.0/28', '192.168.1.8-192.168.1.20'),
    '192.168.1.8-',
    '192.168.1.16-',
  ),
  'pool-overlap-within': explained(
    'The entries of a pool may not share addresses; MetalLB refuses the whole configuration.',
    withEntry('192.168.1.0/28', '        - 192.168.1.8/29\n'),
    '        - 192.168.1.8/29\n',
    '',
  ),
  'pool-not-advertised': explained(
    'A pool gives out addresses whether or not an advertisement covers it. A Service then shows an external address that nobody on the network can reach.',
    withMetallb(['l2Advertisement: []']),
    'l2Advertisement: []',
    'l2Advertisement:\n    - name: all',
  ),
  'pool-holds-gateway': explained(
    'Once a Service has the address of the gateway, the node that announces it answers in the place of the gateway, and the whole network loses its way out.',
    network('gateway', '192.168.1.1'),
    '192.168.1.0/28',
    '192.168.1.220-192.168.1.230',
  ),
  'pool-in-pod-network': explained(
    'Nodes route the addresses of pods to pods, whatever is announced outside: a Service with such an address is reachable from nowhere inside.',
    network('podCIDRs', '[10.42.0.0/16]', '10.42.7.0/28'),
    '- 10.42.7.0/28',
    '- 192.168.1.0/28',
  ),
  'pool-in-service-network': explained(
    'Nodes treat the addresses of the Service network as cluster addresses, whatever is announced outside. An external address among them collides with one of the cluster.',
    network('serviceCIDRs', '[10.43.0.0/16]', '10.43.7.0/28'),
    '- 10.43.7.0/28',
    '- 192.168.1.0/28',
  ),
  'pool-in-dhcp-scope': explained(
    'A DHCP server that hands out an address of the pool makes two machines answer for it: connections then fail now and again, which is hard to find.',
    network('dhcp', '[192.168.1.100-192.168.1.199]', '192.168.1.190-192.168.1.210'),
    '- 192.168.1.190-',
    '- 192.168.1.200-',
  ),
  'pool-in-reserved': explained(
    'The network section says that these addresses belong to something else. A Service that gets one collides with it.',
    network('reserved', '[192.168.1.2-192.168.1.20]', '192.168.1.20-192.168.1.30'),
    '- 192.168.1.20-',
    '- 192.168.1.21-',
  ),
  'network-address': explained(
    'What is declared about the network is compared with the pools. A text that is no address would silently be left out of that.',
    network('gateway', '192.168.1.256'),
    '192.168.1.256',
    '192.168.1.254',
  ),
};

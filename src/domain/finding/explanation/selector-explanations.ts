import { explained, type Explanations, withMetallb, withPeer } from './explanation.ts';

const frr = ['bgp:', '  backend: frr'];

const advertisements = (second: number): string =>
  withMetallb([
    'bgpAdvertisement:',
    '  - name: main',
    '    localPref: 100',
    '  - name: spare',
    `    localPref: ${String(second)}`,
  ]);

const serving = (...selectors: readonly string[]): string =>
  withMetallb(['l2Advertisement:', '  - name: lan', '    nodeSelectors:', ...selectors.map((line) => `      ${line}`)]);

const condition = (...lines: readonly string[]): string =>
  serving('- matchExpressions:', '    - key: rack', ...lines.map((line) => `      ${line}`));

/** Advertisements against each other, and the selectors they choose by. */
export const selectorExplanations: Explanations = {
  'bgp-local-pref-conflict': explained(
    'A route has one local preference. Two advertisements that make the same route of a pool, for the same peers and from the same nodes, must agree on it; the speakers refuse the configuration and go on with the last one they took.',
    advertisements(200),
    'localPref: 200',
    'localPref: 100',
  ),
  'bfd-echo-ipv6': explained(
    'BFD has an echo mode for IPv4 alone. MetalLB refuses a configuration in which a peer with such a profile is told of IPv6 addresses.',
    withPeer(
      ['bfdProfile: fast'],
      [
        '  - name: six',
        '    addresses:',
        '      - fd00:10::/120',
        ...frr,
        'bfdProfile:',
        '  - name: fast',
        '    echoMode: true',
        'bgpAdvertisement:',
        '  - name: all',
      ],
    ),
    'echoMode: true',
    'echoMode: false',
  ),
  'community-duplicate': explained(
    'An alias stands for one community. A second definition, be it the same, makes MetalLB refuse all of them, and pools are no longer read either.',
    withMetallb([
      'community:',
      '  - name: ours',
      '    communities:',
      '      - name: cheap',
      '        value: "64512:7"',
      '      - name: cheap',
      '        value: "64512:8"',
    ]),
    'cheap\n          value: "64512:8"',
    'dear\n          value: "64512:8"',
  ),
  'selector-duplicate': explained(
    'Any one of the selectors in a list suffices, so a second one that is the same says nothing. MetalLB refuses it, also with the values in another order.',
    serving('- matchLabels:', '    rack: a', '- matchLabels:', '    rack: "a"'),
    'rack: "a"',
    'rack: b',
  ),
  'selector-impossible': explained(
    'All parts of one selector must hold at once. A label cannot have two values, so nothing is selected, and what the selector restricts is never in effect.',
    serving(
      '- matchLabels:',
      '    rack: a',
      '  matchExpressions:',
      '    - key: rack',
      '      operator: NotIn',
      '      values: [a]',
    ),
    'rack: a',
    'room: a',
  ),
  'pool-selector-unmatched': {
    why: 'An advertisement may choose its pools by labels instead of names. MetalLB says nothing of a selector that no pool answers to; the pools that were meant are not advertised by it.',
    example: withMetallb([
      'l2Advertisement:',
      '  - name: lan',
      '    ipAddressPools: [default]',
      '    ipAddressPoolSelectors:',
      '      - matchLabels: { zone: edge }',
    ]),
    repaired: withMetallb(['l2Advertisement:', '  - name: lan', '    ipAddressPools: [default]']),
  },
  'selector-values': explained(
    'In and NotIn compare a label with values and need at least one; Exists and DoesNotExist take none. Kubernetes and MetalLB refuse anything else.',
    condition('operator: In'),
    'operator: In',
    'operator: Exists',
  ),
};

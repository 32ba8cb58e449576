import { explained, type Explanations, withEntry, withMetallb, withPeer } from './explanation.ts';

/** Keys and values as the published schema has them. */
export const schemaExplanations: Explanations = {
  'unknown-key': explained(
    'Kubernetes drops keys that it does not know without a word, so that a misspelt one looks as if it were in force. Here it is an error.',
    withMetallb([
      'l2Advertisement:',
      '  - name: lan',
      '    nodeSelector:',
      '      - matchLabels:',
      '          rack: a',
    ]),
    'nodeSelector:',
    'nodeSelectors:',
  ),
  'missing-key': explained(
    'Without the key the rest of its mapping has no meaning.',
    'metallb:\n  ipAddressPool:\n    - name: default\n',
    'name: default\n',
    'name: default\n      addresses: [192.168.1.0/28]\n',
  ),
  'wrong-type': explained(
    'The cluster would refuse the value, or turn it into something else: the version 0.15 without quotes is the number 0.15.',
    withEntry('192.168.1.0/28', '  install: "true"\n'),
    '"true"',
    'true',
  ),
  'not-allowed-value': explained(
    'The key takes one of a few words and no other.',
    withEntry('192.168.1.0/28', '  bgp:\n    backend: fr\n'),
    'backend: fr',
    'backend: frr',
  ),
  'out-of-range': explained(
    'The cluster refuses a number below the smallest or above the largest that the key takes.',
    withPeer(['peerPort: 70000']),
    '70000',
    '179',
  ),
  'too-few-items': explained(
    'The list needs at least so many items to mean anything.',
    withEntry('192.168.1.0/28') + 'services:\n  - name: web\n    ports: []\n',
    'ports: []',
    'ports: [{ port: 443 }]',
  ),
  'too-many-items': explained(
    'The cluster refuses a list that is longer than the key takes. A Service, for example, has one address, or one a family.',
    withEntry('192.168.1.0/28') +
      'services:\n  - name: web\n    ports: [{ port: 443 }]\n    addresses: [192.168.1.1, 192.168.1.2, 192.168.1.3]\n',
    '[192.168.1.1, 192.168.1.2, 192.168.1.3]',
    '[192.168.1.1]',
  ),
  'text-length': explained(
    'The cluster refuses a text that is shorter or longer than the key takes, such as a name of more than 63 letters.',
    withEntry(
      '192.168.1.0/28',
      '  namespace: an-extremely-long-name-of-a-namespace-that-nobody-would-like-to-type-in\n',
    ),
    'an-extremely-long-name-of-a-namespace-that-nobody-would-like-to-type-in',
    'metallb-system',
  ),
  'text-pattern': explained(
    'The cluster refuses a text that is not of the form that the key takes; names, for example, have no capital letters.',
    withEntry('192.168.1.0/28', '  namespace: MetalLB\n'),
    'MetalLB',
    'metallb-system',
  ),
  'key-pattern': explained(
    'The keys of labels and selectors have a form that Kubernetes insists on.',
    withEntry('192.168.1.0/28', '  controller:\n    nodeSelector:\n      my rack: a\n'),
    'my rack',
    'my-rack',
  ),
  'version-unknown': explained(
    'Manifests differ from release to release of MetalLB. They are made only for the lines that were tried.',
    withEntry('192.168.1.0/28', '  version: "0.9.3"\n'),
    '0.9.3',
    '0.15.2',
  ),
  'field-not-in-version': explained(
    'An API server refuses a field that its release of MetalLB does not know, or drops it without a word.',
    withMetallb([
      'version: "0.14.9"',
      'bgp:',
      '  backend: frr',
      'bgpPeer:',
      '  - name: tor',
      '    myASN: 64512',
      '    peerASN: 64513',
      '    interface: eth0',
    ]),
    '0.14.9',
    '0.15.2',
  ),
  'setting-contradiction': explained(
    'Two settings ask for opposite things, and which of them was meant cannot be guessed.',
    withEntry('192.168.1.0/28', '  bgp:\n    backend: frr\n  speaker:\n    frr:\n      enabled: false\n'),
    '  speaker:\n    frr:\n      enabled: false\n',
    '',
  ),
  'no-effect-yet': explained(
    'The key is part of the format, so that it may stand in the file; this release does not act on it.',
    withEntry('192.168.1.0/28') + 'sync:\n  automated: true\n',
    'sync:\n  automated: true\n',
    '',
  ),
};

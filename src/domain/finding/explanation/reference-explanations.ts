import { explained, type Explanations, withEntry, withMetallb, withPeer } from './explanation.ts';

/** Names, and what refers to them. */
export const referenceExplanations: Explanations = {
  'name-duplicate': explained(
    'A name stands for one object in the cluster. Of two resources of one kind and name the second would overwrite the first.',
    withMetallb(['l2Advertisement:', '  - name: lan', '  - name: lan', '    interfaces: [eth1]']),
    '    - name: lan\n      interfaces',
    '    - name: dmz\n      interfaces',
  ),
  'environment-name': explained(
    'The folder names the environment. A file that says another name was most likely copied, and may still hold the addresses of the other.',
    'environment: prod\n' + withEntry('192.168.1.0/28'),
    'environment: prod',
    'environment: dev',
  ),
  'label-refused': explained(
    'Two labels say which environment an object belongs to, and Metalwave sets them itself. The name of a label has at most 63 characters behind its prefix, the prefix at most 253; Kubernetes refuses longer ones.',
    withEntry('192.168.1.0/28', '      labels:\n        metalwave.io/environment: prod\n'),
    'metalwave.io/environment: prod',
    'tier: prod',
  ),
  'pool-unknown': explained(
    'MetalLB passes over the name of a pool that does not exist without a word. Mostly it is misspelt, and the pool that was meant is not announced.',
    withMetallb(['l2Advertisement:', '  - name: lan', '    ipAddressPools: [default, defualt]']),
    '[default, defualt]',
    '[default]',
  ),
  'peer-unknown': explained(
    'MetalLB passes over the name of a peer that does not exist without a word: the routes go to fewer routers than was meant, or to none.',
    withPeer([], ['bgpAdvertisement:', '  - name: all', '    peers: [tor, tro]']),
    '[tor, tro]',
    '[tor]',
  ),
  'community-unknown': explained(
    'A community is a literal such as 64512:100 or the name of an alias under metallb.community. MetalLB knows no names by itself, not even no-export, and refuses the whole configuration.',
    withPeer([], ['bgpAdvertisement:', '  - name: all', '    communities: [no-export]']),
    '[no-export]',
    '["65535:65281"]',
  ),
  'bfd-profile-unknown': explained(
    'A peer that names a BFD profile which does not exist makes MetalLB refuse the whole configuration.',
    withPeer(['bfdProfile: fast'], ['bgp:', '  backend: frr', 'bfdProfile:', '  - name: quick']),
    'bfdProfile: fast',
    'bfdProfile: quick',
  ),
  'community-syntax': explained(
    'A community has two numbers up to 65535, or is large, with three numbers up to 4294967295. MetalLB refuses any other form.',
    withPeer([], ['bgpAdvertisement:', '  - name: all', '    communities: ["64512:70000"]']),
    '64512:70000',
    '64512:7000',
  ),
  'list-duplicate': explained(
    'An advertisement that names a pool, peer or community twice is refused by MetalLB, and the whole configuration with it.',
    withMetallb(['l2Advertisement:', '  - name: lan', '    ipAddressPools: [default, default]']),
    '[default, default]',
    '[default]',
  ),
};

import { indented, type Mistake } from './mistake.ts';

const config = (pools: readonly string[], ...rest: readonly string[]): string =>
  `metallb:\n  ipAddressPool:\n${indented(4, pools)}${rest.map((line) => `${line}\n`).join('')}`;
const home = (...rest: readonly string[]): string =>
  config(['- name: first-pool', '  addresses:', '  - 192.168.1.240-192.168.1.250'], ...rest);

/** The same people, with the file of an environment. */
export const mistakesWithConfigs: readonly Mistake[] = [
  {
    mistake: 'nodeSelector for nodeSelectors',
    text: home('  l2Advertisement:', '  - name: lan', '    nodeSelector:', '    - matchLabels:', '        rack: a'),
    code: 'unknown-key',
    at: 'nodeSelector:',
    becomes: 'nodeSelectors:',
  },
  {
    mistake: 'a pool over nearly the whole network, gateway and all',
    text: config(
      ['- name: lan', '  addresses:', '  - 192.168.1.1-192.168.1.99'],
      'network:',
      '  gateway: 192.168.1.1',
      '  subnets: [192.168.1.0/24]',
    ),
    code: 'pool-holds-gateway',
    at: '- 192.168.1.1-192.168.1.99',
  },
  {
    mistake: 'a pool among the addresses of the DHCP server',
    text: home('network:', '  dhcp: [192.168.1.100-192.168.1.249]'),
    code: 'pool-in-dhcp-scope',
    at: '- 192.168.1.240-192.168.1.250',
  },
  {
    mistake: "a pool in the cluster's own Service network, as K3s has it",
    text: config(['- name: a', '  addresses:', '  - 10.43.254.0/24'], 'network:', '  serviceCIDRs: [10.43.0.0/16]'),
    code: 'pool-in-service-network',
    at: '- 10.43.254.0/24',
  },
  {
    mistake: 'a pool in the network of the pods',
    text: config(['- name: a', '  addresses:', '  - 10.42.200.0/24'], 'network:', '  podCIDRs: [10.42.0.0/16]'),
    code: 'pool-in-pod-network',
    at: '- 10.42.200.0/24',
  },
  {
    mistake: 'a pool of another network than that of the nodes, by layer 2',
    text: home('network:', '  subnets: [192.168.2.0/24]'),
    code: 'pool-outside-subnets',
    at: '- 192.168.1.240-192.168.1.250',
  },
  {
    mistake: 'a release without quotes, which is a number to YAML',
    text: home('  version: 0.15'),
    code: 'wrong-type',
    at: 'version: 0.15',
  },
  {
    mistake: 'yes, which only some readers take for true',
    text: home('  install: yes'),
    code: 'yaml-ambiguous-scalar',
    at: 'install: yes',
    becomes: 'install: true',
  },
  {
    mistake: 'a BFD profile with the backend that has none',
    text: home(
      '  bgp:',
      '    backend: native',
      '  bgpPeer:',
      '  - name: router',
      '    myASN: 64512',
      '    peerASN: 64513',
      '    peerAddress: 10.0.0.1',
      '    bfdProfile: fast',
      '  bgpAdvertisement:',
      '  - name: all',
      '  bfdProfile:',
      '  - name: fast',
    ),
    code: 'bgp-native-unsupported',
    at: 'bfdProfile: fast',
  },
  {
    mistake: 'the end of a range in short',
    text: config(['- name: a', '  addresses: ["10.0.0.100-200"]']),
    code: 'range-end-incomplete',
    at: 'addresses: ["10.0.0.100-200"]',
    becomes: 'addresses: ["10.0.0.100-10.0.0.200"]',
  },
];

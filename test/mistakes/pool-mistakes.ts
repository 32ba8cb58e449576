import { announced, type Mistake, pool, resource } from './mistake.ts';

const good = '192.168.1.240-192.168.1.250';

/** Entries of pools that MetalLB refuses, or takes for something else than was meant. */
const entryMistakes: readonly Mistake[] = [
  {
    mistake: 'only the last number of the end of a range',
    text: pool('192.168.1.240-250') + announced,
    code: 'range-end-incomplete',
    at: '- 192.168.1.240-250',
    becomes: `- ${good}`,
  },
  {
    mistake: 'an end address counted past 255 by a script',
    text: pool('10.1.0.251-10.1.0.259') + announced,
    code: 'address-syntax',
    at: '- 10.1.0.251-10.1.0.259',
  },
  {
    mistake: 'the ends of a range the wrong way round',
    text: pool('192.168.1.250-192.168.1.240') + announced,
    code: 'range-reversed',
    at: '- 192.168.1.250-192.168.1.240',
  },
  {
    mistake: 'one address without a mask',
    text: pool('10.0.11.254') + announced,
    code: 'address-without-length',
    at: '- 10.0.11.254',
    becomes: '- 10.0.11.254/32',
  },
  {
    mistake: 'dots where the dash belongs',
    text: pool('192.168.1.240..192.168.1.250') + announced,
    code: 'range-dash',
    at: '- 192.168.1.240..192.168.1.250',
    becomes: `- ${good}`,
  },
  {
    mistake: 'the dash that a text editor made longer',
    text: pool('192.168.1.240 – 192.168.1.250') + announced,
    code: 'range-dash',
    at: '- 192.168.1.240 – 192.168.1.250',
    becomes: '- 192.168.1.240 - 192.168.1.250',
  },
  {
    mistake: 'a tilde for the dash',
    text: pool('192.168.1.240 ~ 192.168.1.250') + announced,
    code: 'range-dash',
    at: '- 192.168.1.240 ~ 192.168.1.250',
    becomes: `- ${good}`,
  },
  {
    mistake: 'a word for the dash',
    text: pool('"192.168.1.240 to 192.168.1.250"') + announced,
    code: 'range-dash',
    at: '- "192.168.1.240 to 192.168.1.250"',
    becomes: `- "${good}"`,
  },
  {
    mistake: 'a slash between first and last address',
    text: pool('192.168.1.240/192.168.1.250') + announced,
    code: 'range-dash',
    at: '- 192.168.1.240/192.168.1.250',
    becomes: `- ${good}`,
  },
  {
    mistake: 'a range of blocks',
    text: pool('10.20.21.17/28-10.20.21.22/28') + announced,
    code: 'range-of-blocks',
    at: '- 10.20.21.17/28-10.20.21.22/28',
    becomes: '- 10.20.21.17-10.20.21.22',
  },
  {
    mistake: 'an IPv6 address that lacks a group',
    text: pool('fd00:1:2:3:4:5:6:10-fd00:1:2:3:4:5:20') + announced,
    code: 'address-syntax',
    at: '- fd00:1:2:3:4:5:6:10-fd00:1:2:3:4:5:20',
  },
  {
    mistake: 'a mask written as an address',
    text: pool('192.168.1.0/255.255.255.0') + announced,
    code: 'address-length',
    at: '- 192.168.1.0/255.255.255.0',
    becomes: '- 192.168.1.0/24',
  },
  {
    mistake: 'two ranges in one entry, as the MicroK8s addon takes them',
    text: pool('10.64.140.43-10.64.140.49,192.168.0.105-192.168.0.111') + announced,
    code: 'address-syntax',
    at: '- 10.64.140.43-10.64.140.49,192.168.0.105-192.168.0.111',
  },
  {
    mistake: 'a blank before the mask',
    text: pool('192.168.1.240 /28') + announced,
    code: 'address-blank',
    at: '- 192.168.1.240 /28',
    becomes: '- 192.168.1.240/28',
  },
  {
    mistake: 'the address of a host in place of that of its block',
    text: pool('192.168.1.10/30') + announced,
    code: 'address-host-bits',
    at: '- 192.168.1.10/30',
    becomes: '- 192.168.1.8/30',
  },
  {
    mistake: 'the whole of IPv4',
    text: pool('0.0.0.0/0') + announced,
    code: 'address-unusable',
    at: '- 0.0.0.0/0',
  },
  {
    mistake: 'a range that starts in IPv4 and ends in IPv6',
    text: pool('192.168.1.240-fd00::10') + announced,
    code: 'range-mixed-families',
    at: '- 192.168.1.240-fd00::10',
  },
  {
    mistake: 'an interface where an address belongs',
    text: pool('eth0') + announced,
    code: 'address-syntax',
    at: '- eth0',
  },
  {
    mistake: 'one entry twice',
    text: pool(good, '192.168.1.245/32') + announced,
    code: 'pool-overlap-within',
    at: '- 192.168.1.245/32',
  },
];

/** Pools as a whole. */
const poolMistakes: readonly Mistake[] = [
  {
    mistake: 'one range under two names of a pool',
    text:
      resource('IPAddressPool', 'a', ['addresses:', '- 192.168.13.240/29']) +
      resource('IPAddressPool', 'b', ['addresses:', '- 192.168.13.241-192.168.13.243']) +
      announced,
    code: 'pool-overlap',
    at: '- 192.168.13.241-192.168.13.243',
  },
  {
    mistake: 'a pool without addresses yet',
    text: resource('IPAddressPool', 'a', ['addresses: []']) + announced,
    code: 'pool-without-addresses',
    at: 'addresses: []',
  },
  {
    mistake: 'one text where a list belongs',
    text: resource('IPAddressPool', 'a', [`addresses: ${good}`]) + announced,
    code: 'wrong-type',
    at: `addresses: ${good}`,
    becomes: `addresses: [${good}]`,
  },
  {
    mistake: 'cidr, which the old form had, for addresses',
    text: resource('IPAddressPool', 'a', ['cidr:', '- 192.168.1.0/28']) + announced,
    code: 'unknown-key',
    at: 'cidr:',
  },
  {
    mistake: 'address for addresses',
    text: resource('IPAddressPool', 'a', ['address:', `- ${good}`]) + announced,
    code: 'unknown-key',
    at: 'address:',
    becomes: 'addresses:',
  },
  {
    mistake: 'protocol, which the old form had',
    text: resource('IPAddressPool', 'a', ['protocol: layer2', 'addresses:', `- ${good}`]) + announced,
    code: 'unknown-key',
    at: 'protocol: layer2',
  },
  {
    mistake: 'auto-assign, spelt as in the old form',
    text: resource('IPAddressPool', 'a', ['auto-assign: false', 'addresses:', `- ${good}`]) + announced,
    code: 'unknown-key',
    at: 'auto-assign: false',
    becomes: 'autoAssign: false',
  },
  {
    mistake: 'interfaces in a pool',
    text: resource('IPAddressPool', 'a', ['addresses:', `- ${good}`, 'interfaces:', '- eth0']) + announced,
    code: 'unknown-key',
    at: 'interfaces:',
  },
  {
    mistake: 'dependsOn of the deploying tool in the spec',
    text: resource('IPAddressPool', 'a', ['addresses:', `- ${good}`, 'dependsOn:', '- name: metallb']) + announced,
    code: 'unknown-key',
    at: 'dependsOn:',
  },
  {
    mistake: 'a boolean in quotes',
    text: resource('IPAddressPool', 'a', ['autoAssign: "false"', 'addresses:', `- ${good}`]) + announced,
    code: 'wrong-type',
    at: 'autoAssign: "false"',
    becomes: 'autoAssign: false',
  },
  {
    mistake: 'namespaces of a pool as one text',
    text:
      resource('IPAddressPool', 'a', ['addresses:', `- ${good}`, 'serviceAllocation:', '  namespaces: web']) +
      announced,
    code: 'wrong-type',
    at: 'namespaces: web',
    becomes: 'namespaces: [web]',
  },
  {
    mistake: 'a name with an underscore',
    text: resource('IPAddressPool', 'first_pool', ['addresses:', `- ${good}`]) + announced,
    code: 'text-pattern',
    at: 'name: first_pool',
  },
  {
    mistake: 'the spec forgotten, its keys at the top',
    text: `---\napiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata:\n  name: a\n  namespace: metallb-system\naddresses:\n- ${good}\n${announced}`,
    code: 'unknown-key',
    at: 'addresses:',
  },
  {
    mistake: 'a pool in a namespace that MetalLB does not read',
    text: pool(good).replace('namespace: metallb-system', 'namespace: default') + announced,
    code: 'namespace-differs',
    at: 'namespace: default',
  },
  {
    mistake: 'a group that the manifests of an old guide have',
    text: pool(good).replace('metallb.io/v1beta1', 'metallb.universe.tf/v1beta1') + announced,
    code: 'api-version-unknown',
    at: 'apiVersion: metallb.universe.tf/v1beta1',
    becomes: 'apiVersion: metallb.io/v1beta1',
  },
  {
    mistake: 'the version that only BGPPeer has',
    text: pool(good).replace('metallb.io/v1beta1', 'metallb.io/v1beta2') + announced,
    code: 'api-version-unknown',
    at: 'apiVersion: metallb.io/v1beta2',
    becomes: 'apiVersion: metallb.io/v1beta1',
  },
  {
    mistake: 'the kind in other letter cases',
    text: pool(good).replace('kind: IPAddressPool', 'kind: IpAddressPool') + announced,
    code: 'kind-unknown',
    at: 'kind: IpAddressPool',
    becomes: 'kind: IPAddressPool',
  },
  {
    mistake: 'the kind that 0.13 renamed',
    text: `---\napiVersion: metallb.io/v1beta1\nkind: AddressPool\nmetadata:\n  name: a\n  namespace: metallb-system\nspec:\n  protocol: layer2\n  addresses:\n  - ${good}\n`,
    code: 'legacy-format',
    at: 'kind: AddressPool',
  },
  {
    mistake: 'the ConfigMap of a guide from 2021',
    text: `---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: config\n  namespace: metallb-system\ndata:\n  config: |\n    address-pools:\n    - name: default\n      protocol: layer2\n      addresses:\n      - ${good}\n`,
    code: 'legacy-format',
    at: 'config: |',
  },
  {
    mistake: 'two documents without the dashes between',
    text: pool(good) + announced.replace('---\n', ''),
    code: 'yaml-duplicate-key',
    at: 'kind: L2Advertisement',
  },
  {
    mistake: 'indentation by a tab',
    text: pool(good).replace('  name: first-pool', '\tname: first-pool'),
    code: 'yaml-syntax',
    at: 'name: first-pool',
  },
  {
    mistake: 'no-break spaces from a web page as indentation',
    text: pool(good).replace('  name: first-pool', '\u00A0\u00A0name: first-pool') + announced,
    code: 'yaml-blank',
    at: 'name: first-pool',
    becomes: 'name: first-pool',
  },
];

export const mistakesWithPools: readonly Mistake[] = [...entryMistakes, ...poolMistakes];

import { type Explanations, withEntry, withPeer } from './explanation.ts';

const besides = 'environments/prod/config-prod.yaml';
const ours = '192.168.1.16/28';
const theirs = '192.168.1.32/28';
const context = (name: string): string => `cluster:\n  context: ${name}\n`;
const lan = 'network:\n  subnets: [192.168.1.0/24]\n';

/** What two environments show together. `besides` is the later one, in which the finding stands. */
export const comparisonExplanations: Explanations = {
  'environments-share-cluster': {
    why: 'Each sync makes the namespace what its environment says. Two environments in one namespace undo each other for ever.',
    example: context('main') + withEntry(ours),
    repaired: context('dev') + withEntry(ours),
    besides,
    besidesText: context('main') + withEntry(theirs),
  },
  'environments-share-addresses': {
    why: 'Both clusters may give out the same address, and then both answer for it on one network: clients reach now the one, now the other. No cluster can notice this by itself.',
    example: lan + withEntry(ours),
    repaired: lan + withEntry('192.168.1.48/28'),
    besides,
    besidesText: lan + withEntry(ours),
  },
  'environments-may-share-addresses': {
    why: 'Private addresses are used on many networks, so this may be right. Where both environments can be reached from one network, two clusters answer for one address.',
    example: withEntry(ours),
    repaired: withEntry(theirs),
    besides,
    besidesText: withEntry(ours),
  },
  'environments-take-network': {
    why: 'What one environment declares of its network holds for all that are on it. A Service with the address of the gateway cuts the network off; one with an address of a DHCP scope collides sooner or later.',
    example: withEntry(ours),
    repaired: withEntry('192.168.1.48/28'),
    besides,
    besidesText: `network:\n  gateway: 192.168.1.17\n${withEntry(theirs)}`,
  },
  'environments-take-reserved': {
    why: 'One environment keeps clear of these addresses, and the other one gives them out. That is right where they are reserved for just that pool.',
    example: withEntry(ours),
    repaired: withEntry('192.168.1.48/28'),
    besides,
    besidesText: `network:\n  reserved: [${ours}]\n${withEntry(theirs)}`,
  },
  'environments-share-router-id': {
    why: 'A router id tells BGP speakers apart. A router that peers with both clusters takes one for the other and may refuse the second session.',
    example: withPeer(['routerID: 10.0.0.10']),
    repaired: withPeer(['routerID: 10.0.0.11']),
    besides,
    besidesText: withPeer(['routerID: 10.0.0.10']).replace('192.168.1.220-192.168.1.250', theirs),
  },
};

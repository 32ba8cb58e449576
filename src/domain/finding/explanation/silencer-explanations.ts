import { explained, type Explanations, withEntry } from './explanation.ts';

const dhcp = (comment: string): string =>
  `network:\n  dhcp: [192.168.1.100-192.168.1.199]\n${withEntry(`192.168.1.190-192.168.1.210${comment}`)}`;

/** Comments that allow findings: `# metalwave: allow CODE reason`, in the line they are for or above it. */
export const silencerExplanations: Explanations = {
  'silencer-unused': explained(
    'A comment that allows what is not there was left behind by a repair, or stands at the wrong line. It would hide the next mistake of its kind.',
    withEntry('192.168.1.220-192.168.1.230 # metalwave: allow pool-in-dhcp-scope the scope moved'),
    ' # metalwave: allow pool-in-dhcp-scope the scope moved',
    '',
  ),
  'silencer-reason': {
    why: 'Whoever reads the file later must be able to judge whether the exception still holds. Without a reason nothing is silenced.',
    example: dhcp(' # metalwave: allow pool-in-dhcp-scope'),
    repaired: dhcp(' # metalwave: allow pool-in-dhcp-scope the server skips these'),
    along: ['pool-in-dhcp-scope'],
  },
  'silencer-code': {
    why: 'A code that does not exist is mostly misspelt, and nothing is silenced.',
    example: dhcp(' # metalwave: allow pool-in-dhcp-scop the server skips these'),
    repaired: dhcp(' # metalwave: allow pool-in-dhcp-scope the server skips these'),
    along: ['pool-in-dhcp-scope'],
  },
  'silencer-refused': {
    why: 'What MetalLB or the cluster refuses does not begin to work because a comment allows it.',
    example: withEntry('192.168.1.220 # metalwave: allow address-without-length we like it short'),
    repaired: withEntry('192.168.1.220/32'),
    along: ['address-without-length'],
  },
};

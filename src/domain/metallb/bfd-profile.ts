import type { IntegerField } from './field.ts';
import type { MetalLbKind } from './kind.ts';

function milliseconds(description: string, sample: number): IntegerField {
  return {
    type: 'integer',
    format: 'int32',
    minimum: 10,
    maximum: 60_000,
    description: `${description}, in milliseconds.`,
    examples: [sample],
  };
}

/** Timers of bidirectional forwarding detection (RFC 5880). What is left out takes the BGP implementation's default. */
export const bfdProfile: MetalLbKind = {
  kind: 'BFDProfile',
  plural: 'bfdprofiles',
  singular: 'bfdprofile',
  description: 'Timers by which a failed path to a BGP peer is noticed within a second (BFD).',
  config: {
    key: 'bfdProfile',
    description: 'BFD timers that peers of bgpPeer refer to by name (backends frr and frr-k8s).',
  },
  versions: [
    {
      name: 'v1beta1',
      storage: true,
      columns: [
        { name: 'Passive Mode', type: 'boolean', jsonPath: '.spec.passiveMode' },
        { name: 'Transmit Interval', type: 'integer', jsonPath: '.spec.transmitInterval' },
        { name: 'Receive Interval', type: 'integer', jsonPath: '.spec.receiveInterval' },
        { name: 'Multiplier', type: 'integer', jsonPath: '.spec.detectMultiplier' },
      ],
      spec: {
        type: 'object',
        description: 'The timers as they should be.',
        fields: {
          receiveInterval: milliseconds(
            'Shortest interval at which control packets can be received (300 if left out)',
            300,
          ),
          transmitInterval: milliseconds('Interval at which control packets are sent (300 if left out)', 300),
          detectMultiplier: {
            type: 'integer',
            format: 'int32',
            minimum: 2,
            maximum: 255,
            description: 'How many packets in a row must be missing before the path counts as down (3 if left out).',
            examples: [3],
          },
          echoInterval: milliseconds('Shortest interval at which echo packets can be handled (50 if left out)', 50),
          echoMode: {
            type: 'boolean',
            description: 'Send echo packets, which the peer loops back. Not for IPv6 and not over several hops.',
          },
          passiveMode: {
            type: 'boolean',
            description: 'Wait for the peer to begin instead of beginning oneself.',
          },
          minimumTtl: {
            type: 'integer',
            format: 'int32',
            minimum: 1,
            maximum: 254,
            description: 'For sessions over several hops: packets that arrive with a smaller TTL are dropped.',
            examples: [254],
          },
        },
      },
      status: { type: 'object', description: 'Nothing is reported.', fields: {} },
    },
  ],
};

import type { MetalLbKind } from './kind.ts';

/** Names for BGP communities. */
export const community: MetalLbKind = {
  kind: 'Community',
  plural: 'communities',
  singular: 'community',
  description: 'Names for BGP communities, which advertisements may use in place of the numbers.',
  config: {
    key: 'community',
    description: 'Names for BGP communities, which advertisements may use in place of the numbers.',
  },
  versions: [
    {
      name: 'v1beta1',
      storage: true,
      columns: [],
      spec: {
        type: 'object',
        description: 'The names as they should be.',
        fields: {
          communities: {
            type: 'list',
            description: 'Aliases and what they stand for.',
            examples: [[{ name: 'no-advertise', value: '65535:65282' }]],
            items: {
              type: 'object',
              description: 'One alias.',
              definition: 'communityAlias',
              fields: {
                name: {
                  type: 'string',
                  description: 'The alias.',
                  examples: ['no-advertise'],
                  config: { required: true, minLength: 1 },
                },
                value: {
                  type: 'string',
                  description:
                    'The community: `a:b` with two 16-bit numbers, or `large:a:b:c` with three 32-bit numbers (RFC 8092).',
                  examples: ['65535:65282', 'large:64512:1:2'],
                  config: { required: true, minLength: 1 },
                },
              },
            },
          },
        },
      },
      status: { type: 'object', description: 'Nothing is reported.', fields: {} },
    },
  ],
};

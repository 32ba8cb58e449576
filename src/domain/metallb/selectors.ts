import type { Field, ListField, MapField, ObjectField } from './field.ts';
import { patterns } from './patterns.ts';

/** Keys and values of labels, as Kubernetes limits them. The API stores any text; only the config checks it. */
const matchLabels: MapField = {
  type: 'map',
  description: 'Labels that must all be there, each with exactly this value.',
  examples: [{ team: 'edge' }],
  values: {
    type: 'string',
    description: 'The value the label must have.',
    config: { pattern: patterns.labelValue.pattern, maxLength: 63 },
  },
  config: { keyPattern: patterns.labelKey.pattern },
};

const key: Field = {
  type: 'string',
  required: true,
  description: 'The label that is looked at.',
  examples: ['kubernetes.io/hostname'],
  config: { pattern: patterns.labelKey.pattern, maxLength: 317 },
};

const values: ListField = {
  type: 'list',
  listType: 'atomic',
  description: 'What the label is compared with: at least one for In and NotIn, none for Exists and DoesNotExist.',
  examples: [['worker-1', 'worker-2']],
  items: {
    type: 'string',
    description: 'One value.',
    config: { pattern: patterns.labelValue.pattern, maxLength: 63 },
  },
};

const matchExpressions: ListField = {
  type: 'list',
  listType: 'atomic',
  description: 'Conditions on labels; all must hold.',
  items: {
    type: 'object',
    description: 'One condition on one label.',
    definition: 'labelRequirement',
    fields: {
      key,
      operator: {
        type: 'string',
        required: true,
        description: 'How label and values are compared.',
        examples: ['In'],
        config: { enum: ['In', 'NotIn', 'Exists', 'DoesNotExist'] },
      },
      values,
    },
  },
};

/** Kubernetes' LabelSelector. An empty one selects everything. */
export function labelSelector(facts: { readonly description: string; readonly required?: boolean }): ObjectField {
  return {
    type: 'object',
    ...facts,
    definition: 'labelSelector',
    mapType: 'atomic',
    fields: { matchLabels, matchExpressions },
  };
}

/** A list of LabelSelectors, of which any may match. */
export function labelSelectors(facts: Pick<ListField, 'description' | 'since' | 'examples'>): ListField {
  return {
    type: 'list',
    ...facts,
    items: labelSelector({ description: 'One label selector; its parts must all match.' }),
  };
}

/** The selector of the first BGPPeer version: a shape of its own, in which every condition needs values. */
export function bespokeSelectors(description: string): ListField {
  return {
    type: 'list',
    description,
    items: {
      type: 'object',
      description: 'One node selector; its parts must all match.',
      fields: {
        matchLabels: { type: 'map', description: matchLabels.description, values: matchLabels.values },
        matchExpressions: {
          type: 'list',
          description: matchExpressions.description,
          items: {
            type: 'object',
            description: 'One condition on one label.',
            fields: {
              key,
              operator: { type: 'string', required: true, description: 'How label and values are compared.' },
              values: {
                type: 'list',
                required: true,
                minItems: 1,
                description: 'What the label is compared with.',
                items: { type: 'string', description: 'One value.' },
              },
            },
          },
        },
      },
    },
  };
}

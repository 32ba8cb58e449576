import type { Field, Fields } from './field.ts';
import type { MetalLbKind } from './kind.ts';

/** Kubernetes' Condition (apimachinery, meta/v1), with its own limits. */
const condition: Fields = {
  type: {
    type: 'string',
    required: true,
    maxLength: 316,
    pattern:
      '^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$',
    description: 'What the condition is about.',
  },
  status: { type: 'string', required: true, enum: ['True', 'False', 'Unknown'], description: 'Whether it holds.' },
  observedGeneration: {
    type: 'integer',
    format: 'int64',
    minimum: 0,
    description: 'Generation of the object that was looked at.',
  },
  lastTransitionTime: {
    type: 'string',
    format: 'date-time',
    required: true,
    description: 'When it was last written; MetalLB renews it at every check.',
  },
  reason: {
    type: 'string',
    required: true,
    minLength: 1,
    maxLength: 1024,
    pattern: '^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$',
    description: 'Why, in one word.',
  },
  message: { type: 'string', required: true, maxLength: 32_768, description: 'Why, in a sentence.' },
};

const status: Fields = {
  result: {
    type: 'string',
    enum: ['Valid', 'Invalid', 'Unknown'],
    description: 'Whether the configuration was taken.',
  },
  errorSummary: { type: 'string', description: 'Every error, one a line.' },
  conditions: {
    type: 'list',
    listType: 'map',
    mapKeys: ['type'],
    description: 'What each part of the program says.',
    items: { type: 'object', description: 'One part.', fields: condition },
  } satisfies Field,
};

/** Written by controller and speakers: whether they could take the configuration. */
export const configurationState: MetalLbKind = {
  kind: 'ConfigurationState',
  plural: 'configurationstates',
  singular: 'configurationstate',
  since: '0.15.3',
  description: 'Whether the controller or a speaker could take the configuration, and why not.',
  versions: [
    {
      name: 'v1beta1',
      storage: true,
      columns: [
        { name: 'Result', type: 'string', jsonPath: '.status.result' },
        { name: 'ErrorSummary', type: 'string', jsonPath: '.status.errorSummary' },
        { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
      ],
      status: { type: 'object', description: 'What was found.', fields: status },
    },
  ],
};

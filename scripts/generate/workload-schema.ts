import { patterns } from '../../src/domain/metallb/patterns.ts';
import { closedObject, defined, flag, integer, type JsonSchema, list, text } from './json-schema.ts';

type Schemas = { readonly [name: string]: JsonSchema };

const labelMap = (description: string, examples: JsonSchema['examples']): JsonSchema => ({
  type: 'object',
  description,
  examples: examples ?? [],
  propertyNames: { pattern: patterns.labelKey.pattern },
  additionalProperties: text('The value.', { pattern: patterns.labelValue.pattern, maxLength: 63 }),
});

const quantities: JsonSchema = {
  type: 'object',
  description: 'Amounts by resource.',
  examples: [{ cpu: '100m', memory: '128Mi' }],
  propertyNames: { pattern: patterns.labelKey.pattern },
  additionalProperties: {
    type: ['string', 'number'],
    description: 'An amount, such as `100m` of a CPU or `128Mi` of memory.',
    pattern: patterns.quantity.pattern,
    minimum: 0,
  },
};

const nodeTerm = closedObject('Nodes that match all of it.', {
  matchExpressions: list('Conditions on labels of the node.', defined('nodeRequirement')),
  matchFields: list('Conditions on fields of the node; Kubernetes knows metadata.name.', defined('nodeRequirement')),
});

const podTerm = closedObject(
  'Pods, and how near to them is meant.',
  {
    labelSelector: defined('labelSelector'),
    namespaceSelector: defined('labelSelector'),
    namespaces: list('Namespaces in which the pods are; none means that of the pod itself.', text('A namespace.')),
    matchLabelKeys: list('Labels whose value must equal that of the pod itself.', text('A label key.')),
    mismatchLabelKeys: list('Labels whose value must differ from that of the pod itself.', text('A label key.')),
    topologyKey: text('Node label that tells which nodes count as one place.', {
      examples: ['kubernetes.io/hostname'],
    }),
  },
  { required: ['topologyKey'] },
);

const weight = integer('How much the wish counts.', { minimum: 1, maximum: 100, examples: [100] });

const podAffinity = closedObject('Near which pods (podAffinity), or away from which (podAntiAffinity).', {
  requiredDuringSchedulingIgnoredDuringExecution: list('What must hold.', defined('podTerm')),
  preferredDuringSchedulingIgnoredDuringExecution: list(
    'What should hold, by weight.',
    closedObject(
      'A wish.',
      { weight, podAffinityTerm: defined('podTerm') },
      { required: ['weight', 'podAffinityTerm'] },
    ),
  ),
});

const affinity = closedObject('Where the pods should or must run, as Kubernetes reads it.', {
  nodeAffinity: closedObject('By nodes.', {
    requiredDuringSchedulingIgnoredDuringExecution: closedObject(
      'What must hold: any of the terms.',
      { nodeSelectorTerms: list('Terms, of which any suffices.', defined('nodeTerm')) },
      { required: ['nodeSelectorTerms'] },
    ),
    preferredDuringSchedulingIgnoredDuringExecution: list(
      'What should hold, by weight.',
      closedObject('A wish.', { weight, preference: defined('nodeTerm') }, { required: ['weight', 'preference'] }),
    ),
  }),
  podAffinity: defined('podAffinity'),
  podAntiAffinity: defined('podAffinity'),
});

const toleration = closedObject('A taint that is tolerated.', {
  key: text('Key of the taint; without it all keys match, with operator Exists.', {
    examples: ['node-role.kubernetes.io/control-plane'],
  }),
  operator: text('How the value is compared.', { enum: ['Exists', 'Equal'], default: 'Equal' }),
  value: text('Value of the taint.', { examples: ['edge'] }),
  effect: text('Effect of the taint; without it all match.', {
    enum: ['NoSchedule', 'PreferNoSchedule', 'NoExecute'],
  }),
  tolerationSeconds: integer('For NoExecute: how long the pod stays.', { examples: [300] }),
});

/** Shapes of Kubernetes that the settings of both workloads use. */
export const workloadDefinitions: Schemas = {
  resources: closedObject(
    'CPU and memory of a container: requests are set aside for it, limits are the most it may use.',
    {
      requests: defined('quantities'),
      limits: defined('quantities'),
    },
  ),
  toleration,
  affinity,
  nodeTerm,
  podTerm,
  podAffinity,
  quantities,
  nodeRequirement: closedObject(
    'One condition.',
    {
      key: text('What is looked at.', { examples: ['kubernetes.io/hostname'] }),
      operator: text('How it is compared.', { enum: ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'] }),
      values: list('What it is compared with.', text('A value.'), { examples: [['worker-1']] }),
    },
    { required: ['key', 'operator'] },
  ),
};

/** Settings that controller and speaker have in common. */
export function workloadSettings(program: 'controller' | 'speaker'): Schemas {
  return {
    image: text('Image of the container. Without it the one that belongs to engine and version.', {
      pattern: patterns.image.pattern,
      examples: [`quay.io/metallb/${program}:v0.15.2`],
    }),
    logLevel: text('How much is logged.', {
      enum: ['all', 'debug', 'info', 'warn', 'error', 'none'],
      default: 'info',
    }),
    resources: defined('resources'),
    nodeSelector: labelMap('Labels of the nodes that pods may run on.', [{ 'kubernetes.io/os': 'linux' }]),
    tolerations: list('Taints that are tolerated, beside those the product sets.', defined('toleration'), {
      default: [],
      examples: [[{ key: 'dedicated', operator: 'Equal', value: 'edge', effect: 'NoSchedule' }]],
    }),
    affinity: defined('affinity'),
    priorityClassName: text('Priority class of the pods.', {
      pattern: patterns.objectName.pattern,
      maxLength: 253,
      examples: ['system-cluster-critical'],
    }),
  };
}

/** The keys of `metallb.controller` beside the common ones. */
export const controllerOnly: Schemas = {
  replicas: integer("Replicas of Metalwave's own controller (2 if left out). Upstream's controller runs one.", {
    minimum: 1,
    maximum: 5,
    examples: [2],
  }),
  reservation: closedObject(
    'Keep the addresses of deleted Services for their return (engine native). Without it they are free at once.',
    {
      afterDelete: text('For how long.', { pattern: patterns.duration.pattern, maxLength: 64, examples: ['10m'] }),
      limit: integer('How many addresses at most; beyond it the oldest are free.', {
        minimum: 1,
        maximum: 65_536,
        examples: [256],
      }),
    },
    { required: ['afterDelete', 'limit'] },
  ),
  webhook: flag(
    "Run MetalLB's own admission webhook (engine upstream). Off: findings and the rules in the CRDs do its work.",
    false,
  ),
};

import { patterns } from '../../src/domain/metallb/patterns.ts';
import { closedObject, integer, type JsonSchema, list, text } from './json-schema.ts';

const port = closedObject(
  'One port.',
  {
    name: text('Name of the port; needed where there are several.', {
      pattern: patterns.dnsLabel.pattern,
      maxLength: 63,
    }),
    port: integer('Port that clients use.', { minimum: 1, maximum: 65_535, examples: [443] }),
    targetPort: {
      type: ['integer', 'string'],
      description: 'Port of the pods, by number or name. Without it the same as port.',
      examples: [8443, 'https'],
    },
    protocol: text('Protocol.', { enum: ['TCP', 'UDP', 'SCTP'], default: 'TCP' }),
  },
  { required: ['port'] },
);

const selector: JsonSchema = {
  type: 'object',
  description: 'Labels of the pods that take the traffic.',
  examples: [{ app: 'web' }],
  propertyNames: { pattern: patterns.labelKey.pattern },
  additionalProperties: text('The value.', { pattern: patterns.labelValue.pattern, maxLength: 63 }),
};

/** `services`. */
export const servicesSchema: JsonSchema = list(
  'Services of type LoadBalancer that the environment declares itself.',
  closedObject(
    'One Service.',
    {
      name: text('Name of the Service.', { pattern: patterns.dnsLabel.pattern, maxLength: 63, examples: ['web'] }),
      namespace: text('Its namespace.', { pattern: patterns.dnsLabel.pattern, maxLength: 63, default: 'default' }),
      pool: text('Pool that its address is taken from.', {
        pattern: patterns.objectName.pattern,
        examples: ['default'],
      }),
      addresses: list('Addresses it must have: one, or one a family.', text('An address.'), {
        maxItems: 2,
        examples: [['192.168.1.240']],
      }),
      sharingKey: text('Services with the same key may share an address.', { examples: ['edge'] }),
      ports: list('Its ports.', port, { minItems: 1, examples: [[{ port: 443, targetPort: 8443 }]] }),
      externalTrafficPolicy: text('Whether any node or only one with a pod takes traffic.', {
        enum: ['Cluster', 'Local'],
        default: 'Cluster',
      }),
      sessionAffinity: text('Whether a client stays with one pod.', { enum: ['None', 'ClientIP'], default: 'None' }),
      loadBalancerClass: text('Which load balancer is meant.', { pattern: patterns.loadBalancerClass.pattern }),
      selector,
    },
    { required: ['name', 'ports'] },
  ),
  { default: [], examples: [[{ name: 'web', ports: [{ port: 443 }], selector: { app: 'web' } }]] },
);

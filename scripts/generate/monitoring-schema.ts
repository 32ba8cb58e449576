import { patterns } from '../../src/domain/metallb/patterns.ts';
import { closedObject, type JsonSchema, text } from './json-schema.ts';

/** `metallb.monitoring`. */
export const monitoringSchema: JsonSchema = closedObject(
  'ServiceMonitors and alert rules for a Prometheus Operator. They are applied only where its CRDs are installed.',
  {
    enabled: {
      type: 'boolean',
      description: 'Whether they are applied. Without it they are where this environment installs MetalLB itself.',
    },
    namespace: text("Namespace of the ServiceMonitors and rules. Without it MetalLB's own.", {
      pattern: patterns.dnsLabel.pattern,
      maxLength: 63,
      examples: ['monitoring'],
    }),
    interval: text('How often metrics are read and alerts evaluated.', {
      pattern: patterns.prometheusDuration.pattern,
      default: '30s',
      examples: ['15s'],
    }),
    labels: {
      type: 'object',
      description: 'Labels by which a Prometheus selects the ServiceMonitors and rules.',
      default: { release: 'prometheus-stack' },
      examples: [{ release: 'prometheus-stack' }],
      propertyNames: { pattern: patterns.labelKey.pattern },
      additionalProperties: text('The value.', { pattern: patterns.labelValue.pattern, maxLength: 63 }),
    },
    alertLabels: {
      type: 'object',
      description: 'Labels on every alert, by which Alertmanager finds the receiver.',
      default: {},
      examples: [{ team: 'network' }],
      propertyNames: { pattern: patterns.prometheusLabel.pattern },
      additionalProperties: text('The value.'),
    },
    thresholds: closedObject('From where on alerts fire.', {
      poolUsage: {
        type: 'number',
        description: 'Share of a pool that may be in use before MetalLBIPPoolExhausted fires.',
        minimum: 0.01,
        maximum: 1,
        default: 0.9,
      },
    }),
  },
);

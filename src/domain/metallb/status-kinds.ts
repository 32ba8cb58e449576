import type { Field, Fields } from './field.ts';
import type { KindVersion, MetalLbKind } from './kind.ts';

function fixed(description: string): Field {
  return {
    type: 'string',
    description,
    immutable: true,
    rules: [{ message: 'this value is set once', rule: 'self == oldSelf' }],
  };
}

const aboutService: Fields = {
  node: fixed('Node that reports.'),
  serviceName: fixed('Name of the Service.'),
  serviceNamespace: fixed('Namespace of the Service.'),
};

function serviceColumns(nodeTitle: string): KindVersion['columns'] {
  return [
    { name: nodeTitle, type: 'string', jsonPath: '.status.node' },
    { name: 'Service Name', type: 'string', jsonPath: '.status.serviceName' },
    { name: 'Service Namespace', type: 'string', jsonPath: '.status.serviceNamespace' },
  ];
}

const emptySpec: KindVersion['spec'] = { type: 'object', description: 'Nothing is asked for.', fields: {} };

/** Written by speakers: which node answers for a Service's addresses. */
export const serviceL2Status: MetalLbKind = {
  kind: 'ServiceL2Status',
  plural: 'servicel2statuses',
  singular: 'servicel2status',
  description: 'Which node answers ARP and NDP for the addresses of a Service.',
  versions: [
    {
      name: 'v1beta1',
      storage: true,
      columns: serviceColumns('Allocated Node'),
      spec: emptySpec,
      status: {
        type: 'object',
        description: 'Who announces what.',
        fields: {
          ...aboutService,
          interfaces: {
            type: 'list',
            description: 'Interfaces that are announced on; none means all.',
            items: {
              type: 'object',
              description: 'One interface.',
              fields: { name: { type: 'string', description: 'Name of the interface.' } },
            },
          },
        },
      },
    },
  ],
};

/** Written by speakers: to which peers a node wants to advertise a Service's addresses. */
export const serviceBgpStatus: MetalLbKind = {
  kind: 'ServiceBGPStatus',
  plural: 'servicebgpstatuses',
  singular: 'servicebgpstatus',
  since: '0.15.0',
  description:
    'To which peers a node advertises the addresses of a Service: what is configured, not whether the session is up.',
  versions: [
    {
      name: 'v1beta1',
      storage: true,
      columns: serviceColumns('Node'),
      spec: emptySpec,
      status: {
        type: 'object',
        description: 'Who is told what.',
        fields: {
          ...aboutService,
          peers: {
            type: 'list',
            description: 'Names of the peers.',
            items: { type: 'string', description: 'Name of a BGPPeer.' },
          },
        },
      },
    },
  ],
};

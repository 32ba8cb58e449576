import type { ShortCase } from './short-case.ts';

const pod = { spec: { containers: [{ name: 'c', image: 'example.invalid/c:1' }] } };
const workload = {
  spec: {
    replicas: 3,
    selector: { matchLabels: { a: 'b' } },
    template: { metadata: { labels: { a: 'b' } }, ...pod },
  },
};
const noInfo = Object.fromEntries(
  [
    'architecture',
    'bootID',
    'containerRuntimeVersion',
    'kernelVersion',
    'kubeProxyVersion',
    'kubeletVersion',
    'machineID',
    'operatingSystem',
    'osImage',
    'systemUUID',
  ].map((name) => [name, '']),
);

/** What the server fills in where a client leaves it out: what every other client then reads. */
export const filledRows: readonly ShortCase[] = [
  [
    'a node that says nothing has an empty status',
    [
      'POST nodes/$NS',
      {},
      { 'status.daemonEndpoints': { kubeletEndpoint: { Port: 0 } }, 'status.nodeInfo': noInfo, code: 201 },
    ],
    ['DELETE nodes/$NS'],
  ],
  [
    'a status of a node may say a part of what there is to say',
    ['POST nodes/$NS', {}],
    [
      'MERGE nodes/$NS/status',
      { status: { nodeInfo: { architecture: 'x' }, addresses: [{ type: 'Hostname' }], conditions: [{ type: 'Odd' }] } },
      {
        'status.nodeInfo': { ...noInfo, architecture: 'x' },
        'status.addresses': [{ type: 'Hostname', address: '' }],
        'status.conditions.0.status': '',
      },
    ],
    ['DELETE nodes/$NS'],
  ],
  [
    'a status of a container may leave out its image',
    ['POST accounts/default', {}, { code: /201|409/u }],
    ['POST pods/p', pod],
    [
      'STRATEGIC pods/p/status',
      { status: { containerStatuses: [{ name: 'c', state: { running: {} } }] } },
      {
        'status.containerStatuses.0.image': '',
        'status.containerStatuses.0.imageID': '',
        'status.containerStatuses.0.ready': false,
        'status.containerStatuses.0.restartCount': 0,
        'status.containerStatuses.0.lastState': {},
      },
    ],
  ],
  [
    'a pod has an account, a priority, and outlasts its node for five minutes',
    ['POST accounts/default', {}, { code: /201|409/u }],
    [
      'POST pods/p',
      pod,
      {
        'spec.serviceAccountName': 'default',
        'spec.enableServiceLinks': true,
        'spec.preemptionPolicy': 'PreemptLowerPriority',
        'spec.priority': 0,
        'spec.tolerations': [
          { effect: 'NoExecute', key: 'node.kubernetes.io/not-ready', operator: 'Exists', tolerationSeconds: 300 },
          { effect: 'NoExecute', key: 'node.kubernetes.io/unreachable', operator: 'Exists', tolerationSeconds: 300 },
        ],
      },
    ],
  ],
  [
    'a pod keeps what it says of a node that is gone',
    ['POST accounts/default', {}, { code: /201|409/u }],
    [
      'POST pods/p',
      { spec: { ...pod.spec, tolerations: [{ key: 'node.kubernetes.io/unreachable', operator: 'Exists' }] } },
      {
        'spec.tolerations': [
          { key: 'node.kubernetes.io/unreachable', operator: 'Exists' },
          { effect: 'NoExecute', key: 'node.kubernetes.io/not-ready', operator: 'Exists', tolerationSeconds: 300 },
        ],
      },
    ],
  ],
  [
    'a pod that outlasts everything is given nothing',
    ['POST accounts/default', {}, { code: /201|409/u }],
    [
      'POST pods/p',
      { spec: { ...pod.spec, tolerations: [{ operator: 'Exists' }] } },
      { 'spec.tolerations': [{ operator: 'Exists' }] },
    ],
  ],
  [
    'an event says of all its times that it has none',
    [
      'POST events/e',
      { involvedObject: { kind: 'Pod', namespace: '$NS', name: 'p' } },
      {
        eventTime: null,
        firstTimestamp: null,
        lastTimestamp: null,
        source: {},
        reportingComponent: '',
        reportingInstance: '',
      },
    ],
  ],
  ['a lease has a spec', ['POST leases/l', {}, { spec: {} }]],
  [
    'a port of a slice has a name and a protocol, an endpoint its conditions',
    [
      'POST slices/s',
      { addressType: 'IPv4', endpoints: [{ addresses: ['10.0.0.1'] }], ports: [{ port: 80 }] },
      { endpoints: [{ addresses: ['10.0.0.1'], conditions: {} }], ports: [{ name: '', port: 80, protocol: 'TCP' }] },
    ],
  ],
  [
    'a daemon set that nobody has seen counts nothing',
    [
      'POST daemonsets/d?dryRun=All',
      {
        spec: {
          selector: { matchLabels: { a: 'b' } },
          template: { metadata: { labels: { a: 'b' } }, ...pod },
        },
      },
      {
        status: { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 },
      },
    ],
  ],
  [
    'a table of a scale counts replicas',
    ['POST deployments/d', workload],
    [
      'GET deployments/d/scale as:table',
      { 'columnDefinitions.1.name': 'Desired', 'columnDefinitions.2.name': 'Available', 'rows.0.cells.1': 3 },
    ],
  ],
  [
    'who names a namespace owns its label',
    [
      'POST namespaces/$NS-named?fieldManager=u1',
      {},
      { owners: ['u1 Update v1: metadata{labels{. kubernetes.io/metadata.name}}'] },
    ],
    ['DELETE namespaces/$NS-named'],
  ],
];

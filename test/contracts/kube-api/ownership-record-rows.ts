import type { ShortCase } from './short-case.ts';

/** Who owns what of built-in kinds, and what becomes of a record that is sent, reset or changed piece by piece. */
export const ownershipRecordRows: readonly ShortCase[] = [
  [
    'a create of a deployment owns its defaults',
    [
      'POST deployments/a?fieldManager=u1',
      {
        spec: {
          replicas: 1,
          selector: { matchLabels: { a: 'b' } },
          template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i:1' }] } },
        },
      },
      {
        owners: [
          'u1 Update v1: spec{progressDeadlineSeconds replicas revisionHistoryLimit selector strategy{rollingUpdate{. maxSurge maxUnavailable} type} template{metadata{labels{. a}} spec{containers{k:{"name":"c"}{. image imagePullPolicy name resources terminationMessagePath terminationMessagePolicy}} dnsPolicy restartPolicy schedulerName securityContext terminationGracePeriodSeconds}}}',
        ],
      },
    ],
  ],
  [
    'an apply of a deployment owns what it sends',
    [
      'APPLY deployments/a m1',
      {
        spec: {
          replicas: 1,
          selector: { matchLabels: { a: 'b' } },
          template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i:1' }] } },
        },
      },
      {
        owners: [
          'm1 Apply v1: spec{replicas selector template{metadata{labels{a}} spec{containers{k:{"name":"c"}{. image name}}}}}',
        ],
      },
    ],
  ],
  [
    'a create of a service does not own what the server allocates',
    [
      'POST services/a?fieldManager=u1',
      { spec: { selector: { a: 'b' }, ports: [{ port: 80 }] } },
      {
        owners: [
          'u1 Update v1: spec{internalTrafficPolicy ports{. k:{"port":80,"protocol":"TCP"}{. port protocol targetPort}} selector sessionAffinity type}',
        ],
      },
    ],
  ],
  [
    'a create of a namespace does not own its label',
    [
      'POST namespaces/?fieldManager=u1',
      { metadata: { generateName: 'own-' } },
      { owners: ['u1 Update v1: metadata{generateName}'] },
    ],
  ],
  [
    'a create of a secret from texts owns the data',
    ['POST secrets/a?fieldManager=u1', { stringData: { x: 'y' } }, { owners: ['u1 Update v1: data{. x} type'] }],
  ],
  [
    'an apply of a secret from texts owns the texts',
    ['APPLY secrets/a m1', { stringData: { x: 'y' } }, { data: { x: 'eQ==' }, owners: ['m1 Apply v1: stringData{x}'] }],
    ['APPLY secrets/a m1', { stringData: { x: 'z' } }, { data: { x: 'eg==' }, owners: ['m1 Apply v1: stringData{x}'] }],
  ],
  [
    'a role owns its rules whole',
    [
      'APPLY roles/a m1',
      { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] },
      { owners: ['m1 Apply v1: rules'] },
    ],
    [
      'APPLY roles/a m2',
      { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }] },
      '409 Conflict: Apply failed with 1 conflict: conflict with "m1": .rules',
    ],
  ],
  [
    'a record is reset by one empty entry',
    ['APPLY maps/a m1', { data: { x: '1' } }],
    ['MERGE maps/a?fieldManager=u1', { metadata: { managedFields: [{}] } }, { owners: [] }],
  ],
  [
    'a record reset stays empty through updates',
    ['APPLY maps/a m1', { data: { x: '1' } }],
    ['MERGE maps/a?fieldManager=u1', { metadata: { managedFields: [{}] } }],
    ['MERGE maps/a?fieldManager=u2', { data: { y: '1' } }, { owners: [] }],
    [
      'APPLY maps/a m2',
      { data: { z: '1' } },
      { owners: ['before-first-apply Update v1: data{. x y}', 'm2 Apply v1: data{z}'] },
    ],
  ],
  [
    'an update with an empty list of owners resets it',
    ['APPLY maps/a m1', { data: { x: '1' } }],
    ['PUT maps/a?fieldManager=u1', { metadata: { managedFields: [] }, data: { x: '1' } }, { owners: [] }],
  ],
  [
    'an update without a record keeps it',
    ['APPLY maps/a m1', { data: { x: '1' } }],
    [
      'PUT maps/a?fieldManager=u1',
      { data: { x: '1', y: '1' } },
      { owners: ['m1 Apply v1: data{x}', 'u1 Update v1: data{y}'] },
    ],
  ],
  [
    'a record may be edited by an update',
    ['APPLY maps/a m1', { data: { x: '1' } }],
    [
      'JSON maps/a?fieldManager=u1',
      [{ op: 'replace', path: '/metadata/managedFields/0/manager', value: 'm9' }],
      { owners: ['m9 Apply v1: data{x}'] },
    ],
  ],
  [
    'a record with a broken entry leaves the record that was',
    ['APPLY maps/a m1', { data: { x: '1' } }],
    [
      'JSON maps/a?fieldManager=u1',
      [{ op: 'replace', path: '/metadata/managedFields/0/operation', value: 'Other' }],
      { owners: ['m1 Apply v1: data{x}'] },
    ],
  ],
  [
    'a create brings no record',
    [
      'POST maps/a?fieldManager=u1',
      {
        metadata: {
          managedFields: [
            {
              manager: 'm7',
              operation: 'Apply',
              apiVersion: 'v1',
              fieldsType: 'FieldsV1',
              time: '2026-01-01T00:00:00Z',
              fieldsV1: { 'f:data': { 'f:x': {} } },
            },
          ],
        },
        data: { x: '1' },
      },
      { owners: ['u1 Update v1: data{. x}'] },
    ],
  ],
  [
    'a dry run shows who would own',
    ['APPLY maps/a m1', { data: { x: '1' } }],
    ['APPLY maps/a?dryRun=All m2', { data: { y: '1' } }, { owners: ['m1 Apply v1: data{x}', 'm2 Apply v1: data{y}'] }],
    ['GET maps/a', { owners: ['m1 Apply v1: data{x}'] }],
  ],
  [
    'an unchanged update leaves the record',
    ['POST maps/a?fieldManager=u1', { data: { x: '1' } }],
    [
      'PUT maps/a?fieldManager=u2',
      { data: { x: '1' } },
      { owners: ['u1 Update v1: data{. x}'], 'metadata.resourceVersion': '$RV' },
    ],
  ],
  [
    'a patch that is a list of operations owns what it changed',
    ['POST maps/a?fieldManager=u1', { data: { x: '1' } }],
    [
      'JSON maps/a?fieldManager=u2',
      [{ op: 'add', path: '/data/y', value: '2' }],
      { owners: ['u1 Update v1: data{. x}', 'u2 Update v1: data{y}'] },
    ],
  ],
  [
    'an added element of a keyed list is owned with its keys',
    ['POST widgets/a?fieldManager=u1', { spec: { rules: [{ port: 1 }] } }],
    [
      'JSON widgets/a?fieldManager=u2',
      [{ op: 'add', path: '/spec/rules/-', value: { port: 2, note: 'n' } }],
      {
        owners: [
          'u1 Update v1: spec{. preset{. level} rules{. k:{"port":1,"protocol":"TCP"}{. port protocol}}}',
          'u2 Update v1: spec{rules{k:{"port":2,"protocol":"TCP"}{. note port protocol}}}',
        ],
      },
    ],
  ],
  [
    "a removed element is nobody's",
    ['APPLY widgets/a m1', { spec: { rules: [{ port: 1 }, { port: 2 }] } }],
    [
      'JSON widgets/a?fieldManager=u2',
      [{ op: 'remove', path: '/spec/rules/0' }],
      {
        'spec.rules': [{ port: 2, protocol: 'TCP' }],
        owners: ['m1 Apply v1: spec{rules{k:{"port":2,"protocol":"TCP"}{. port}}}'],
      },
    ],
  ],
  [
    "an order of a keyed list changed by an update is nobody's",
    ['APPLY widgets/a m1', { spec: { rules: [{ port: 1 }, { port: 2 }] } }],
    [
      'MERGE widgets/a?fieldManager=u2',
      {
        spec: {
          rules: [
            { port: 2, protocol: 'TCP' },
            { port: 1, protocol: 'TCP' },
          ],
        },
      },
      {
        'spec.rules': [
          { port: 2, protocol: 'TCP' },
          { port: 1, protocol: 'TCP' },
        ],
        owners: [
          'm1 Apply v1: spec{rules{k:{"port":1,"protocol":"TCP"}{. port} k:{"port":2,"protocol":"TCP"}{. port}}}',
        ],
      },
    ],
  ],
  [
    'a mapping replaced by a text under any type',
    ['APPLY widgets/a m1', { spec: { anything: { a: '1' } } }],
    [
      'MERGE widgets/a?fieldManager=u1',
      { spec: { anything: 'x' } },
      { 'spec.anything': 'x', owners: ['u1 Update v1: spec{anything}'] },
    ],
    [
      'APPLY widgets/a m1',
      { spec: { title: 't' } },
      {
        spec: { anything: 'x', preset: { level: 3 }, title: 't' },
        owners: ['m1 Apply v1: spec{title}', 'u1 Update v1: spec{anything}'],
      },
    ],
  ],
  [
    'finalizers set by an update are owned one by one',
    [
      'POST maps/a?fieldManager=u1',
      { metadata: { finalizers: ['x.io/a'] } },
      { owners: ['u1 Update v1: metadata{finalizers{. v:"x.io/a"}}'] },
    ],
    [
      'MERGE maps/a?fieldManager=u2',
      { metadata: { finalizers: ['x.io/a', 'x.io/b'] } },
      {
        owners: ['u1 Update v1: metadata{finalizers{. v:"x.io/a"}}', 'u2 Update v1: metadata{finalizers{v:"x.io/b"}}'],
      },
    ],
    ['MERGE maps/a', { metadata: { finalizers: null } }, { owners: [] }],
  ],
  [
    'a status set at creation is dropped',
    [
      'POST widgets/a?fieldManager=u1',
      { spec: { title: 't' }, status: { phase: 'x' } },
      { status: undefined, owners: ['u1 Update v1: spec{. preset{. level} title}'] },
    ],
  ],
  [
    'an update of a value to null in a nullable field',
    ['POST widgets/a?fieldManager=u1', { spec: { maybe: 'x' } }],
    [
      'PUT widgets/a?fieldManager=u2',
      { metadata: { resourceVersion: '$RV' }, spec: { maybe: null } },
      {
        spec: { maybe: null, preset: { level: 3 } },
        owners: ['u1 Update v1: spec{. preset{. level}}', 'u2 Update v1: spec{maybe}'],
      },
    ],
  ],
];

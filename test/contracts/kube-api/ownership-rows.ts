import type { ShortCase } from './short-case.ts';

/** Who owns what after creates, updates and applies, through the object and its status. */
export const ownershipRows: readonly ShortCase[] = [
  [
    'a create owns every field it sends and its defaults',
    [
      'POST widgets/a?fieldManager=u1',
      { metadata: { labels: { a: 'b' }, annotations: { c: 'd' } }, spec: { title: 't', inner: { one: '1' } } },
      { owners: ['u1 Update v1: metadata{annotations{. c} labels{. a}} spec{. inner{. one} preset{. level} title}'] },
    ],
  ],
  [
    'a create without a manager is named by its client',
    ['POST maps/a', { data: { x: '1' } }, { owners: ['contract Update v1: data{. x}'] }],
  ],
  [
    'an update owns what it changed',
    ['POST widgets/a?fieldManager=u1', { spec: { title: 't', replicas: 1 } }],
    [
      'PUT widgets/a?fieldManager=u2',
      { metadata: { resourceVersion: '$RV' }, spec: { title: 't2', replicas: 1 } },
      { owners: ['u1 Update v1: spec{. preset{. level} replicas}', 'u2 Update v1: spec{title}'] },
    ],
  ],
  [
    'an update that drops a field drops its owner',
    ['POST widgets/a?fieldManager=u1', { spec: { title: 't', replicas: 1 } }],
    [
      'PUT widgets/a?fieldManager=u2',
      { metadata: { resourceVersion: '$RV' }, spec: { replicas: 1 } },
      { spec: { preset: { level: 3 }, replicas: 1 }, owners: ['u1 Update v1: spec{. preset{. level} replicas}'] },
    ],
  ],
  [
    'an update by the same manager adds to its fields',
    ['POST maps/a?fieldManager=u1', { data: { x: '1' } }],
    ['MERGE maps/a?fieldManager=u1', { data: { y: '2' } }, { owners: ['u1 Update v1: data{. x y}'] }],
  ],
  [
    'a manager that applies and updates has two records',
    ['APPLY maps/a m1', { data: { x: '1' } }],
    [
      'MERGE maps/a?fieldManager=m1',
      { data: { y: '2' } },
      { owners: ['m1 Apply v1: data{x}', 'm1 Update v1: data{y}'] },
    ],
  ],
  [
    'an applier meets its own updates as conflicts',
    ['POST maps/a?fieldManager=m1', { data: { x: '1' } }],
    [
      'APPLY maps/a m1',
      { data: { x: '2' } },
      '409 Conflict: Apply failed with 1 conflict: conflict with "m1" using v1: .data.x',
    ],
  ],
  [
    'an apply of what an update set is shared',
    ['POST maps/a?fieldManager=u1', { data: { x: '1' } }],
    ['APPLY maps/a m1', { data: { x: '1' } }, { owners: ['m1 Apply v1: data{x}', 'u1 Update v1: data{. x}'] }],
    ['APPLY maps/a m1', {}, { data: { x: '1' }, owners: ['u1 Update v1: data{. x}'] }],
  ],
  [
    'a forced apply takes from updaters',
    ['POST maps/a?fieldManager=u1', { data: { x: '1', y: '1' } }],
    [
      'APPLY maps/a m1 force',
      { data: { x: '2' } },
      { data: { x: '2', y: '1' }, owners: ['m1 Apply v1: data{x}', 'u1 Update v1: data{. y}'] },
    ],
  ],
  [
    'an update takes a shared field from all',
    ['APPLY maps/a m1', { data: { x: '1' } }],
    ['APPLY maps/a m2', { data: { x: '1' } }],
    ['MERGE maps/a?fieldManager=u1', { data: { x: '2' } }, { owners: ['u1 Update v1: data{x}'] }],
  ],
  [
    'a deletion of a shared field takes it from all',
    ['APPLY maps/a m1', { data: { x: '1', y: '1' } }],
    ['APPLY maps/a m2', { data: { x: '1' } }],
    ['MERGE maps/a?fieldManager=u1', { data: { x: null } }, { data: { y: '1' }, owners: ['m1 Apply v1: data{y}'] }],
  ],
  [
    'two versions of one updater have two records',
    ['POST widgets/a?fieldManager=u1', { spec: { title: 't' } }],
    [
      'MERGE betas/a?fieldManager=u1',
      { spec: { replicas: 1 } },
      { owners: ['u1 Update v1: spec{. preset{. level} title}', 'u1 Update v1beta1: spec{replicas}'] },
    ],
  ],
  [
    'two versions of one applier have one record',
    ['APPLY widgets/a m1', { spec: { title: 't' } }],
    [
      'APPLY betas/a m1',
      { spec: { replicas: 1 } },
      { spec: { preset: { level: 3 }, replicas: 1 }, owners: ['m1 Apply v1beta1: spec{replicas}'] },
    ],
  ],
  [
    'a conflict with an updater of another version names it',
    ['POST betas/a?fieldManager=u1', { spec: { title: 't' } }],
    [
      'APPLY widgets/a m1',
      { spec: { title: 'u' } },
      '409 Conflict: Apply failed with 1 conflict: conflict with "u1" using test.metalwave.io/v1beta1: .spec.title',
    ],
  ],
  [
    'a status has a record of its own',
    ['POST widgets/a?fieldManager=u1', { spec: { title: 't' } }],
    [
      'MERGE widgets/a/status?fieldManager=u1',
      { status: { phase: 'x' } },
      { owners: ['u1 Update v1 status: status{. phase}', 'u1 Update v1: spec{. preset{. level} title}'] },
    ],
  ],
  [
    'a status update of the object changes nothing',
    ['POST widgets/a?fieldManager=u1', { spec: { title: 't' } }],
    [
      'MERGE widgets/a?fieldManager=u1',
      { status: { phase: 'x' } },
      { status: undefined, owners: ['u1 Update v1: spec{. preset{. level} title}'] },
    ],
  ],
  [
    'a spec update of the status changes nothing',
    ['POST widgets/a?fieldManager=u1', { spec: { title: 't' } }],
    [
      'MERGE widgets/a/status?fieldManager=u2',
      { spec: { title: 'u' }, status: { phase: 'x' } },
      {
        spec: { preset: { level: 3 }, title: 't' },
        status: { phase: 'x' },
        owners: ['u1 Update v1: spec{. preset{. level} title}', 'u2 Update v1 status: status{. phase}'],
      },
    ],
  ],
  [
    'labels sent with the status of a custom resource are owned and dropped',
    ['POST widgets/a?fieldManager=u1', { spec: { title: 't' } }],
    [
      'MERGE widgets/a/status?fieldManager=u2',
      { metadata: { labels: { a: 'b' } }, status: { phase: 'x' } },
      {
        'metadata.labels': undefined,
        status: { phase: 'x' },
        owners: [
          'u1 Update v1: spec{. preset{. level} title}',
          'u2 Update v1 status: metadata{labels{. a}} status{. phase}',
        ],
      },
    ],
  ],
  [
    'labels applied with the status of a custom resource are owned and dropped',
    ['POST widgets/a?fieldManager=u1', { spec: { title: 't' } }],
    [
      'APPLY widgets/a/status m2',
      { metadata: { labels: { a: 'b' } }, status: { phase: 'x' } },
      {
        'metadata.labels': undefined,
        status: { phase: 'x' },
        owners: [
          'm2 Apply v1 status: metadata{labels{a}} status{phase}',
          'u1 Update v1: spec{. preset{. level} title}',
        ],
      },
    ],
  ],
  [
    'labels applied with the status of a Service are set',
    ['POST services/a?fieldManager=u1', { spec: { ports: [{ port: 80 }] } }],
    [
      'APPLY services/a/status m2',
      {
        metadata: { labels: { a: 'b' } },
        status: {
          conditions: [
            { type: 'X', status: 'True', reason: 'R', message: '', lastTransitionTime: '2026-01-01T00:00:00Z' },
          ],
        },
      },
      {
        'metadata.labels': { a: 'b' },
        owners: [
          'm2 Apply v1 status: metadata{labels{a}} status{conditions{k:{"type":"X"}{. lastTransitionTime message reason status type}}}',
          'u1 Update v1: spec{internalTrafficPolicy ports{. k:{"port":80,"protocol":"TCP"}{. port protocol targetPort}} sessionAffinity type}',
        ],
      },
    ],
  ],
  [
    'labels sent with the status of a Service are set',
    ['POST services/a?fieldManager=u1', { spec: { ports: [{ port: 80 }] } }],
    [
      'MERGE services/a/status?fieldManager=u2',
      { metadata: { labels: { a: 'b' } } },
      {
        'metadata.labels': { a: 'b' },
        owners: [
          'u1 Update v1: spec{internalTrafficPolicy ports{. k:{"port":80,"protocol":"TCP"}{. port protocol targetPort}} sessionAffinity type}',
          'u2 Update v1 status: metadata{labels{. a}}',
        ],
      },
    ],
  ],
  [
    'labels sent with the status of a Deployment are dropped',
    [
      'POST deployments/a?fieldManager=u1',
      {
        spec: {
          replicas: 1,
          selector: { matchLabels: { a: 'b' } },
          template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i:1' }] } },
        },
      },
    ],
    [
      'MERGE deployments/a/status?fieldManager=u2',
      { metadata: { labels: { a: 'b' } }, status: { replicas: 1, observedGeneration: 1 } },
      { code: 200, 'metadata.labels': undefined },
    ],
  ],
];

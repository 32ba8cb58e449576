import type { ShortCase } from './short-case.ts';

/** Server-side apply, what comes of keyed lists, open objects, defaults, metadata and status. */
export const applyListRows: readonly ShortCase[] = [
  [
    'a key twice in a keyed list is refused',
    [
      'APPLY widgets/a m1',
      { spec: { rules: [{ port: 1 }, { port: 1 }] } },
      '500 : failed to create typed patch object (/a; test.metalwave.io/v1, Kind=Widget): .spec.rules: duplicate entries for key [port=1,protocol="TCP"]',
    ],
  ],
  [
    'a key that is left out counts as its default',
    [
      'APPLY widgets/a m1',
      { spec: { rules: [{ port: 1, note: 'a' }] } },
      {
        'spec.rules': [{ note: 'a', port: 1, protocol: 'TCP' }],
        owners: ['m1 Apply v1: spec{rules{k:{"port":1,"protocol":"TCP"}{. note port}}}'],
      },
    ],
    [
      'APPLY widgets/a m2',
      { spec: { rules: [{ port: 1, protocol: 'TCP', note: 'b' }] } },
      '409 Conflict: Apply failed with 1 conflict: conflict with "m1": .spec.rules[port=1,protocol="TCP"].note',
    ],
  ],
  [
    'elements told apart by their second key live beside each other',
    ['APPLY widgets/a m1', { spec: { rules: [{ port: 1 }] } }],
    [
      'APPLY widgets/a m2',
      { spec: { rules: [{ port: 1, protocol: 'UDP' }] } },
      {
        'spec.rules': [
          { port: 1, protocol: 'TCP' },
          { port: 1, protocol: 'UDP' },
        ],
        owners: [
          'm1 Apply v1: spec{rules{k:{"port":1,"protocol":"TCP"}{. port}}}',
          'm2 Apply v1: spec{rules{k:{"port":1,"protocol":"UDP"}{. port protocol}}}',
        ],
      },
    ],
  ],
  [
    'a keyed element without its required key is refused',
    [
      'APPLY widgets/a m1',
      { spec: { rules: [{ note: 'x' }] } },
      '422 Invalid: Widget.test.metalwave.io "a" is invalid: spec.rules[0].port: Required value',
    ],
  ],
  [
    'a keyed element given up by one stays for the other',
    ['APPLY widgets/a m1', { spec: { rules: [{ port: 1, note: 'a' }] } }],
    [
      'APPLY widgets/a m2',
      { spec: { rules: [{ port: 1 }] } },
      {
        owners: [
          'm1 Apply v1: spec{rules{k:{"port":1,"protocol":"TCP"}{. note port}}}',
          'm2 Apply v1: spec{rules{k:{"port":1,"protocol":"TCP"}{. port}}}',
        ],
      },
    ],
    [
      'APPLY widgets/a m1',
      { spec: {} },
      {
        'spec.rules': [{ port: 1, protocol: 'TCP' }],
        owners: ['m1 Apply v1: spec', 'm2 Apply v1: spec{rules{k:{"port":1,"protocol":"TCP"}{. port}}}'],
      },
    ],
  ],
  [
    'a field within a keyed element is given up alone',
    ['APPLY widgets/a m1', { spec: { rules: [{ port: 1, note: 'a' }] } }],
    [
      'APPLY widgets/a m1',
      { spec: { rules: [{ port: 1 }] } },
      {
        'spec.rules': [{ port: 1, protocol: 'TCP' }],
        owners: ['m1 Apply v1: spec{rules{k:{"port":1,"protocol":"TCP"}{. port}}}'],
      },
    ],
  ],
  [
    'a keyed list in a keyed list merges by its own keys',
    ['APPLY widgets/a m1', { spec: { rules: [{ port: 1, paths: [{ name: 'x', to: '1' }] }] } }],
    [
      'APPLY widgets/a m2',
      { spec: { rules: [{ port: 1, paths: [{ name: 'y', to: '2' }] }] } },
      {
        'spec.rules': [
          {
            paths: [
              { name: 'x', to: '1' },
              { name: 'y', to: '2' },
            ],
            port: 1,
            protocol: 'TCP',
          },
        ],
        owners: [
          'm1 Apply v1: spec{rules{k:{"port":1,"protocol":"TCP"}{. paths{k:{"name":"x"}{. name to}} port}}}',
          'm2 Apply v1: spec{rules{k:{"port":1,"protocol":"TCP"}{. paths{k:{"name":"y"}{. name to}} port}}}',
        ],
      },
    ],
    [
      'APPLY widgets/a m1',
      { spec: {} },
      {
        'spec.rules': [{ paths: [{ name: 'y', to: '2' }], port: 1, protocol: 'TCP' }],
        owners: [
          'm1 Apply v1: spec',
          'm2 Apply v1: spec{rules{k:{"port":1,"protocol":"TCP"}{. paths{k:{"name":"y"}{. name to}} port}}}',
        ],
      },
    ],
  ],
  [
    'a conflict deep in keyed lists names every key',
    ['APPLY widgets/a m1', { spec: { rules: [{ port: 1, paths: [{ name: 'x', to: '1' }] }] } }],
    [
      'APPLY widgets/a m2',
      { spec: { rules: [{ port: 1, paths: [{ name: 'x', to: '2' }] }] } },
      '409 Conflict: Apply failed with 1 conflict: conflict with "m1": .spec.rules[port=1,protocol="TCP"].paths[name="x"].to',
    ],
  ],
  [
    'a set in a keyed element merges by value',
    ['APPLY widgets/a m1', { spec: { rules: [{ port: 1, hosts: ['a'] }] } }],
    [
      'APPLY widgets/a m2',
      { spec: { rules: [{ port: 1, hosts: ['b'] }] } },
      {
        'spec.rules': [{ hosts: ['a', 'b'], port: 1, protocol: 'TCP' }],
        owners: [
          'm1 Apply v1: spec{rules{k:{"port":1,"protocol":"TCP"}{. hosts{v:"a"} port}}}',
          'm2 Apply v1: spec{rules{k:{"port":1,"protocol":"TCP"}{. hosts{v:"b"} port}}}',
        ],
      },
    ],
  ],
  [
    'a text and a number are both an int-or-string',
    ['APPLY widgets/a m1', { spec: { port: 80 } }],
    [
      'APPLY widgets/a m1',
      { spec: { port: 'http' } },
      { spec: { port: 'http', preset: { level: 3 } }, owners: ['m1 Apply v1: spec{port}'] },
    ],
  ],
  [
    'what is in an open object merges by its form',
    [
      'APPLY widgets/a m1',
      { spec: { open: { a: { b: '1' }, list: [1] } } },
      { owners: ['m1 Apply v1: spec{open{a{. b} list}}'] },
    ],
    [
      'APPLY widgets/a m2',
      { spec: { open: { a: { c: '2' } } } },
      {
        'spec.open': { a: { b: '1', c: '2' }, list: [1] },
        owners: ['m1 Apply v1: spec{open{a{. b} list}}', 'm2 Apply v1: spec{open{a{. c}}}'],
      },
    ],
    [
      'APPLY widgets/a m2',
      { spec: { open: { list: [2] } } },
      '409 Conflict: Apply failed with 1 conflict: conflict with "m1": .spec.open.list',
    ],
  ],
  [
    'what is in a field of any type merges by its form',
    ['APPLY widgets/a m1', { spec: { anything: { a: '1' } } }, { owners: ['m1 Apply v1: spec{anything{a}}'] }],
    [
      'APPLY widgets/a m2',
      { spec: { anything: { b: [1, 2] } } },
      {
        'spec.anything': { a: '1', b: [1, 2] },
        owners: ['m1 Apply v1: spec{anything{a}}', 'm2 Apply v1: spec{anything{b}}'],
      },
    ],
    ['APPLY widgets/a m2', { spec: { anything: 'text' } }, 200],
  ],
  [
    'defaults belong to nobody after an apply',
    [
      'APPLY widgets/a m1',
      { spec: { title: 't' } },
      { spec: { preset: { level: 3 }, title: 't' }, owners: ['m1 Apply v1: spec{title}'] },
    ],
    [
      'APPLY widgets/a m2',
      { spec: { preset: { level: 5 } } },
      {
        spec: { preset: { level: 5 }, title: 't' },
        owners: ['m1 Apply v1: spec{title}', 'm2 Apply v1: spec{preset{level}}'],
      },
    ],
  ],
  [
    'a default that was applied and is given up comes back',
    ['APPLY widgets/a m1', { spec: { preset: { level: 5 } } }],
    [
      'APPLY widgets/a m1',
      { spec: {} },
      '422 Invalid: Widget.test.metalwave.io "a" is invalid: spec: Invalid value: "null": spec in body must be of type object: "null"',
    ],
  ],
  [
    'an applied empty object gets its defaults',
    [
      'APPLY widgets/a m1',
      { spec: { preset: {} } },
      { spec: { preset: { level: 3 } }, owners: ['m1 Apply v1: spec{preset}'] },
    ],
  ],
  [
    'labels are owned one by one',
    ['APPLY maps/a m1', { metadata: { labels: { a: '1' } } }, { owners: ['m1 Apply v1: metadata{labels{a}}'] }],
    [
      'APPLY maps/a m2',
      { metadata: { labels: { b: '2' } } },
      {
        'metadata.labels': { a: '1', b: '2' },
        owners: ['m1 Apply v1: metadata{labels{a}}', 'm2 Apply v1: metadata{labels{b}}'],
      },
    ],
    ['APPLY maps/a m1', {}, { 'metadata.labels': { b: '2' }, owners: ['m2 Apply v1: metadata{labels{b}}'] }],
  ],
  [
    'annotations are owned one by one',
    ['APPLY maps/a m1', { metadata: { annotations: { a: '1' } } }],
    [
      'APPLY maps/a m2',
      { metadata: { annotations: { a: '2' } } },
      '409 Conflict: Apply failed with 1 conflict: conflict with "m1": .metadata.annotations.a',
    ],
  ],
  [
    'finalizers are a set',
    [
      'APPLY maps/a m1',
      { metadata: { finalizers: ['x.io/a'] } },
      { owners: ['m1 Apply v1: metadata{finalizers{v:"x.io/a"}}'] },
    ],
    [
      'APPLY maps/a m2',
      { metadata: { finalizers: ['x.io/b'] } },
      {
        'metadata.finalizers': ['x.io/a', 'x.io/b'],
        owners: ['m1 Apply v1: metadata{finalizers{v:"x.io/a"}}', 'm2 Apply v1: metadata{finalizers{v:"x.io/b"}}'],
      },
    ],
    ['APPLY maps/a m1', {}, { 'metadata.finalizers': ['x.io/b'] }],
    ['MERGE maps/a', { metadata: { finalizers: null } }],
  ],
  [
    'owner references are told apart by uid',
    [
      'APPLY maps/a m1',
      { metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: 'u-1' }] } },
      { owners: ['m1 Apply v1: metadata{ownerReferences{k:{"uid":"u-1"}}}'] },
    ],
    [
      'APPLY maps/a m2',
      { metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'y', uid: 'u-1' }] } },
      '409 Conflict: Apply failed with 1 conflict: conflict with "m1": .metadata.ownerReferences[uid="u-1"]',
    ],
  ],
  [
    'binary data and data are owned key by key',
    [
      'APPLY maps/a m1',
      { data: { x: '1' }, binaryData: { y: 'AA==' } },
      { owners: ['m1 Apply v1: binaryData{y} data{x}'] },
    ],
  ],
  [
    'a field of the status is ignored by the object itself',
    [
      'APPLY widgets/a m1',
      { spec: { title: 't' }, status: { phase: 'x' } },
      { status: undefined, owners: ['m1 Apply v1: spec{title}'] },
    ],
  ],
  [
    'a status is applied through its own endpoint',
    ['APPLY widgets/a m1', { spec: { title: 't' } }],
    [
      'APPLY widgets/a/status m2',
      { status: { phase: 'x' } },
      { status: { phase: 'x' }, owners: ['m1 Apply v1: spec{title}', 'm2 Apply v1 status: status{phase}'] },
    ],
    [
      'APPLY widgets/a/status m3',
      { status: { phase: 'y' } },
      '409 Conflict: Apply failed with 1 conflict: conflict with "m2" with subresource "status": .status.phase',
    ],
  ],
  [
    'a status apply leaves the spec alone',
    ['APPLY widgets/a m1', { spec: { title: 't' } }],
    [
      'APPLY widgets/a/status m1',
      { spec: { title: 'other' }, status: { phase: 'x' } },
      {
        code: 200,
        spec: { preset: { level: 3 }, title: 't' },
        status: { phase: 'x' },
        owners: ['m1 Apply v1 status: status{phase}', 'm1 Apply v1: spec{title}'],
      },
    ],
  ],
  [
    'a status is not applied to what is not there',
    ['APPLY widgets/a/status m1', { status: { phase: 'x' } }, '404 NotFound: widgets.test.metalwave.io "a" not found'],
  ],
  [
    'conditions are told apart by type',
    ['APPLY widgets/a m1', { spec: { title: 't' } }],
    ['APPLY widgets/a/status m1', { status: { conditions: [{ type: 'A', status: 'True' }] } }],
    [
      'APPLY widgets/a/status m2',
      { status: { conditions: [{ type: 'B', status: 'True' }] } },
      {
        status: {
          conditions: [
            { status: 'True', type: 'A' },
            { status: 'True', type: 'B' },
          ],
        },
        owners: [
          'm1 Apply v1 status: status{conditions{k:{"type":"A"}{. status type}}}',
          'm1 Apply v1: spec{title}',
          'm2 Apply v1 status: status{conditions{k:{"type":"B"}{. status type}}}',
        ],
      },
    ],
  ],
];

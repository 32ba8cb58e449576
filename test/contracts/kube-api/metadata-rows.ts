import type { ShortCase } from './short-case.ts';

/** Metadata: what it may say, what nobody keeps, and what an update is bound to. */
export const metadataRows: readonly ShortCase[] = [
  [
    'what may not be is told before what is there',
    ['POST maps/a', {}],
    [
      'POST maps',
      { metadata: { name: 'a', labels: { a: 'b c' } } },
      "422 Invalid: ConfigMap \"a\" is invalid: metadata.labels: Invalid value: \"b c\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    ],
    ['POST maps/a', {}, '409 AlreadyExists: configmaps "a" already exists'],
  ],
  [
    'finalizers that contradict',
    [
      'POST maps',
      { metadata: { name: 'b', finalizers: ['orphan', 'foregroundDeletion'] } },
      '422 Invalid: ConfigMap "b" is invalid: metadata.finalizers: Invalid value: ["orphan","foregroundDeletion"]: finalizer orphan and foregroundDeletion cannot be both set',
    ],
    [
      'POST maps',
      { metadata: { name: 'b', finalizers: [''] } },
      "422 Invalid: ConfigMap \"b\" is invalid: [metadata.finalizers: Invalid value: \"\": name part must be non-empty, metadata.finalizers: Invalid value: \"\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'), metadata.finalizers[0]: Invalid value: \"\": name is neither a standard finalizer name nor is it fully qualified]",
    ],
    [
      'POST things',
      { metadata: { name: 'a', finalizers: ['orphan', 'foregroundDeletion'] }, spec: { size: 1 } },
      '422 Invalid: Thing.test.metalwave.io "a" is invalid: metadata.finalizers: Invalid value: ["orphan","foregroundDeletion"]: finalizer orphan and foregroundDeletion cannot be both set',
    ],
  ],
  [
    'finalizers of custom objects need no domain',
    [
      'POST things/a',
      { metadata: { finalizers: ['x', 'a.b/c', 'a.b/c'] }, spec: { size: 1 } },
      {
        code: 201,
        'metadata.finalizers': ['x', 'a.b/c', 'a.b/c'],
        warning:
          '299 - "metadata.finalizers: \\"x\\": prefer a domain-qualified finalizer name to avoid accidental conflicts with other finalizer writers"',
      },
    ],
    ['MERGE things/a', { metadata: { finalizers: null } }, { code: 200 }],
  ],
  [
    'owners that cannot be',
    [
      'POST maps',
      {
        metadata: {
          name: 'b',
          ownerReferences: [
            { apiVersion: 'a/b/c', kind: 'ConfigMap', name: 'a', uid: '8d0c7d4e-0000-4000-8000-000000000000' },
          ],
        },
      },
      '422 Invalid: ConfigMap "b" is invalid: metadata.ownerReferences.apiVersion: Invalid value: "a/b/c": version must not be empty',
    ],
    [
      'POST maps',
      {
        metadata: {
          name: 'b',
          ownerReferences: [
            { apiVersion: 'v1', kind: 'Event', name: 'a', uid: '8d0c7d4e-0000-4000-8000-000000000000' },
          ],
        },
      },
      '422 Invalid: ConfigMap "b" is invalid: metadata.ownerReferences: Invalid value: {"apiVersion":"v1","kind":"Event","name":"a","uid":"8d0c7d4e-0000-4000-8000-000000000000"}: /v1, Kind=Event is disallowed from being an owner',
    ],
    [
      'POST things',
      { metadata: { name: 'a', ownerReferences: [{}] }, spec: { size: 1 } },
      '422 Invalid: Thing.test.metalwave.io "a" is invalid: [metadata.ownerReferences.apiVersion: Invalid value: "": version must not be empty, metadata.ownerReferences.kind: Invalid value: "": must not be empty, metadata.ownerReferences.name: Invalid value: "": must not be empty, metadata.ownerReferences.uid: Invalid value: "": must not be empty]',
    ],
  ],
  [
    'an owner that stands twice',
    [
      'POST maps/a',
      {
        metadata: {
          ownerReferences: [
            { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid: '8d0c7d4e-0000-4000-8000-000000000000' },
            { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid: '8d0c7d4e-0000-4000-8000-000000000000' },
          ],
        },
      },
      {
        code: 201,
        'metadata.ownerReferences': [
          { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid: '8d0c7d4e-0000-4000-8000-000000000000' },
        ],
        warning:
          '299 - ".metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: 8d0c7d4e-0000-4000-8000-000000000000"',
      },
    ],
  ],
  [
    'a generation that is none',
    [
      'POST maps',
      { metadata: { name: 'b', generation: -1 } },
      '422 Invalid: ConfigMap "b" is invalid: metadata.generation: Invalid value: -1: must be greater than or equal to 0',
    ],
    ['POST maps/c', { metadata: { generation: 7 } }, { 'metadata.generation': 7 }],
    ['PUT maps/c', { metadata: { generation: 9 } }, { 'metadata.generation': 7 }],
  ],
  [
    'fields that nobody keeps any more',
    [
      'POST maps/a',
      { metadata: { selfLink: '/x', deletionGracePeriodSeconds: 5 } },
      { code: 201, 'metadata.selfLink': undefined, 'metadata.deletionGracePeriodSeconds': undefined },
    ],
    [
      'PUT maps/a',
      { metadata: { deletionGracePeriodSeconds: 5 } },
      '422 Invalid: ConfigMap "a" is invalid: metadata.deletionGracePeriodSeconds: Invalid value: 5: field is immutable',
    ],
  ],
  [
    'a prefix of names that no name may have',
    [
      'POST maps',
      { metadata: { name: 'a', generateName: 'X_' } },
      "422 Invalid: ConfigMap \"a\" is invalid: metadata.generateName: Invalid value: \"X_\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
    ['POST maps', { metadata: { name: 'a', generateName: 'x-' } }, { code: 201 }],
  ],
  [
    'versions of an update that stand for any',
    ['POST maps/a', {}],
    ['PUT maps/a', { metadata: { resourceVersion: '' } }, { code: 200 }],
    ['PUT maps/a', { metadata: { resourceVersion: '0' } }, { code: 200 }],
    ['PUT maps/a', { metadata: { resourceVersion: 'abc' } }, '500 : strconv.ParseUint: parsing "abc": invalid syntax'],
    [
      'APPLY maps/a me',
      { metadata: { resourceVersion: 'abc' } },
      '500 : strconv.ParseUint: parsing "abc": invalid syntax',
    ],
    ['POST things/a', { spec: { size: 1 } }],
    [
      'PUT things/a',
      { metadata: { resourceVersion: '0' }, spec: { size: 1 } },
      '422 Invalid: things.test.metalwave.io "a" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update',
    ],
  ],
  [
    'a uid of an update',
    ['POST maps/a', {}],
    ['PUT maps/a', { metadata: { uid: '' } }, { code: 200 }],
    [
      'PUT maps/a',
      { metadata: { uid: 'x' } },
      '409 Conflict: Operation cannot be fulfilled on configmaps "a": StorageError: invalid object, Code: 4, Key: /registry/configmaps/$NS/a, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: x, UID in object meta: $UID',
    ],
    [
      'MERGE maps/a',
      { metadata: { uid: 'x' } },
      '422 Invalid: ConfigMap "a" is invalid: metadata.uid: Invalid value: "x": field is immutable',
    ],
    ['POST things/a', { spec: { size: 1 } }],
    [
      'PUT things/a',
      { metadata: { uid: 'x', resourceVersion: '$RV' }, spec: { size: 1 } },
      '409 Conflict: Operation cannot be fulfilled on things.test.metalwave.io "a": StorageError: invalid object, Code: 4, Key: /registry/test.metalwave.io/things/$NS/a, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: x, UID in object meta: $UID',
    ],
  ],
  [
    'what a body says that it is',
    [
      'POST maps',
      { kind: 'Secret', metadata: { name: 'a' } },
      '400 BadRequest: Secret in version "v1" cannot be handled as a ConfigMap: converting (v1.Secret) to (core.ConfigMap): unknown conversion',
    ],
    [
      'POST deployments',
      { kind: 'DaemonSet', metadata: { name: 'a' } },
      '400 BadRequest: DaemonSet in version "v1" cannot be handled as a Deployment: converting (v1.DaemonSet) to (apps.Deployment): unknown conversion',
    ],
    [
      'POST maps',
      { apiVersion: 'v2', metadata: { name: 'a' } },
      '400 BadRequest: ConfigMap in version "v2" cannot be handled as a ConfigMap: no kind "ConfigMap" is registered for version "v2" in scheme "pkg/runtime/scheme.go:111"',
    ],
    [
      'POST maps',
      { apiVersion: 'apps/v1', metadata: { name: 'a' } },
      '400 BadRequest: ConfigMap in version "v1" cannot be handled as a ConfigMap: no kind "ConfigMap" is registered for version "apps/v1" in scheme "pkg/runtime/scheme.go:111"',
    ],
    [
      'POST maps',
      { kind: 5, metadata: { name: 'a' } },
      '400 BadRequest: the object provided is unrecognized (must be of type ConfigMap): couldn\'t get version/kind; json parse error: json: cannot unmarshal number into Go struct field .kind of type string ({"apiVersion":"v1","kind":5,"m ...)',
    ],
    [
      'POST maps',
      { apiVersion: 'a/b/c', metadata: { name: 'a' } },
      '400 BadRequest: the object provided is unrecognized (must be of type ConfigMap): unexpected GroupVersion string: a/b/c ({"apiVersion":"a/b/c","kind":" ...)',
    ],
    [
      'POST maps',
      { kind: '', apiVersion: '', metadata: { name: 'a' } },
      { code: 201, kind: 'ConfigMap', apiVersion: 'v1' },
    ],
    [
      'POST things',
      { apiVersion: '', metadata: { name: 'a' }, spec: { size: 1 } },
      '400 BadRequest: the API version in the data () does not match the expected API version (test.metalwave.io/v1)',
    ],
  ],
  ['owners of fields that are null', ['APPLY maps/a me', { metadata: { managedFields: null } }, { code: 201 }]],
];

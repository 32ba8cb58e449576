import type { ShortCase } from './short-case.ts';

/** Creates, updates and patches: identity, names, metadata, options, immutable fields. */
export const writeRows: readonly ShortCase[] = [
  [
    'a create without a name is refused',
    [
      'POST maps/',
      {},
      '422 Invalid: ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
    ],
  ],
  [
    'a generated name keeps its prefix',
    [
      'POST maps/',
      { metadata: { generateName: 'x-' } },
      { code: 201, 'metadata.name': /^x-[a-z0-9]{5}$/u, 'metadata.generateName': 'x-' },
    ],
  ],
  [
    'a name wins over a prefix',
    ['POST maps/a', { metadata: { generateName: 'x-' } }, { 'metadata.name': 'a', 'metadata.generateName': 'x-' }],
  ],
  ['a prefix may end in a dash alone', ['POST maps/', { metadata: { generateName: 'X-' } }, { code: 422 }]],
  [
    'a long prefix is cut',
    [
      'POST maps/',
      {
        metadata: {
          generateName: 'a'.repeat(100),
        },
      },
      { code: 201, 'metadata.name': /^a{58}[a-z0-9]{5}$/u },
    ],
  ],
  [
    'a name in capitals is refused',
    [
      'POST maps/A',
      {},
      "422 Invalid: ConfigMap \"A\" is invalid: metadata.name: Invalid value: \"A\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
  ],
  [
    'a name that ends in a dash is refused',
    [
      'POST maps/a-',
      {},
      "422 Invalid: ConfigMap \"a-\" is invalid: metadata.name: Invalid value: \"a-\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
  ],
  [
    'a name with an underscore is refused',
    [
      'POST maps/a_b',
      {},
      "422 Invalid: ConfigMap \"a_b\" is invalid: metadata.name: Invalid value: \"a_b\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
  ],
  ['a name of dots and dashes is fine', ['POST maps/a.b-c.d', {}, 201]],
  [
    'a name that is too long is refused',
    [
      `POST maps/${'a'.repeat(254)}`,
      {},
      `422 Invalid: ConfigMap "${'a'.repeat(254)}" is invalid: metadata.name: Invalid value: "${'a'.repeat(254)}": must be no more than 253 characters`,
    ],
  ],
  [
    'a Service is named like a DNS label',
    [
      'POST services/a.b',
      { spec: { ports: [{ port: 80 }] } },
      "422 Invalid: Service \"a.b\" is invalid: metadata.name: Invalid value: \"a.b\": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')",
    ],
    ['POST services/1a', { spec: { ports: [{ port: 80 }] } }, { code: 422 }],
  ],
  [
    'a namespace is named like a DNS label',
    [
      'POST namespaces/a.b',
      {},
      '422 Invalid: Namespace "a.b" is invalid: metadata.name: Invalid value: "a.b": must not contain dots',
    ],
  ],
  ['a role may have any name', ['POST roles/system:x', { rules: [] }, { code: 201, 'metadata.name': 'system:x' }]],
  [
    'a role may not hold a slash in its name',
    [
      'POST roles/',
      { metadata: { name: 'a/b' }, rules: [] },
      '422 Invalid: Role.rbac.authorization.k8s.io "a/b" is invalid: metadata.name: Invalid value: "a/b": may not contain \'/\'',
    ],
  ],
  [
    'a label without a form is refused',
    [
      'POST maps/a',
      { metadata: { labels: { a: 'b c' } } },
      "422 Invalid: ConfigMap \"a\" is invalid: metadata.labels: Invalid value: \"b c\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    ],
  ],
  [
    'a label with too long a value is refused',
    [
      'POST maps/a',
      { metadata: { labels: { a: 'x'.repeat(64) } } },
      `422 Invalid: ConfigMap "a" is invalid: metadata.labels: Invalid value: "${'x'.repeat(64)}": must be no more than 63 bytes`,
    ],
  ],
  [
    'a label with an ill-formed key is refused',
    [
      'POST maps/a',
      { metadata: { labels: { '-a': 'b' } } },
      "422 Invalid: ConfigMap \"a\" is invalid: metadata.labels: Invalid value: \"-a\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    ],
  ],
  [
    'a label with two slashes in its key is refused',
    [
      'POST maps/a',
      { metadata: { labels: { 'a/b/c': 'b' } } },
      "422 Invalid: ConfigMap \"a\" is invalid: metadata.labels: Invalid value: \"a/b/c\": a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')",
    ],
  ],
  [
    'a label with an ill-formed prefix is refused',
    [
      'POST maps/a',
      { metadata: { labels: { 'A_b/c': 'b' } } },
      "422 Invalid: ConfigMap \"a\" is invalid: metadata.labels: Invalid value: \"A_b/c\": prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
  ],
  [
    'an empty label is fine',
    ['POST maps/a', { metadata: { labels: { a: '' } } }, { code: 201, 'metadata.labels': { a: '' } }],
  ],
  [
    'an annotation with an ill-formed key is refused',
    [
      'POST maps/a',
      { metadata: { annotations: { 'a b': 'b' } } },
      "422 Invalid: ConfigMap \"a\" is invalid: metadata.annotations: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    ],
  ],
  [
    'annotations together have a limit',
    [
      'POST maps/a',
      {
        metadata: {
          annotations: {
            a: 'x'.repeat(262145),
          },
        },
      },
      '422 Invalid: ConfigMap "a" is invalid: metadata.annotations: Too long: may not be more than 262144 bytes',
    ],
  ],
  [
    'labels of custom resources are checked too',
    [
      'POST widgets/a',
      { metadata: { labels: { a: 'b c' } }, spec: {} },
      "422 Invalid: Widget.test.metalwave.io \"a\" is invalid: metadata.labels: Invalid value: \"b c\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    ],
  ],
  [
    'a finalizer without a domain is refused',
    [
      'POST maps/a',
      { metadata: { finalizers: ['hold'] } },
      '422 Invalid: ConfigMap "a" is invalid: metadata.finalizers[0]: Invalid value: "hold": name is neither a standard finalizer name nor is it fully qualified',
    ],
  ],
  [
    'an ill-formed finalizer is refused',
    [
      'POST maps/a',
      { metadata: { finalizers: ['a b/c'] } },
      "422 Invalid: ConfigMap \"a\" is invalid: metadata.finalizers: Invalid value: \"a b/c\": prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
  ],
  [
    'an owner without a uid is refused',
    [
      'POST maps/a',
      { metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: '' }] } },
      '422 Invalid: ConfigMap "a" is invalid: metadata.ownerReferences.uid: Invalid value: "": must not be empty',
    ],
  ],
  [
    'two controllers as owners are refused',
    [
      'POST maps/a',
      {
        metadata: {
          ownerReferences: [
            { apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: '1', controller: true },
            { apiVersion: 'v1', kind: 'ConfigMap', name: 'y', uid: '2', controller: true },
          ],
        },
      },
      '422 Invalid: ConfigMap "a" is invalid: metadata.ownerReferences: Invalid value: [{"apiVersion":"v1","kind":"ConfigMap","name":"x","uid":"1","controller":true},{"apiVersion":"v1","kind":"ConfigMap","name":"y","uid":"2","controller":true}]: Only one reference can have Controller set to true. Found "true" in references for ConfigMap/x and ConfigMap/y',
    ],
  ],
  [
    'a create with a resourceVersion is refused',
    [
      'POST maps/a',
      { metadata: { resourceVersion: '5' } },
      '500 : resourceVersion should not be set on objects to be created',
    ],
  ],
  [
    'a create with a uid gets another',
    ['POST maps/a', { metadata: { uid: 'mine' } }, { code: 201, 'metadata.uid': /^[0-9a-f-]{36}$/u }],
  ],
  [
    'a create with a creation time gets its own',
    [
      'POST maps/a',
      { metadata: { creationTimestamp: '2001-01-01T00:00:00Z' } },
      { code: 201, 'metadata.creationTimestamp': /^20[2-9]/u },
    ],
  ],
  [
    'a create with a deletion time has none',
    [
      'POST maps/a',
      { metadata: { deletionTimestamp: '2001-01-01T00:00:00Z' } },
      { code: 201, 'metadata.deletionTimestamp': undefined },
    ],
  ],
  [
    'a create with a generation begins at one',
    ['POST widgets/a', { metadata: { generation: 7 }, spec: {} }, { 'metadata.generation': 1 }],
  ],
  [
    'a create in another namespace than the path',
    [
      'POST maps/a',
      { metadata: { namespace: 'x' } },
      '400 BadRequest: the namespace of the provided object does not match the namespace sent on the request',
    ],
  ],
  [
    'a create with another kind',
    [
      'POST maps/a',
      { kind: 'Secret' },
      { refusal: /^400 BadRequest: Secret in version "v1" cannot be handled as a ConfigMap: /u },
    ],
  ],
  [
    'a create with another group',
    [
      'POST widgets/a',
      { apiVersion: 'other/v1' },
      '400 BadRequest: the API version in the data (other/v1) does not match the expected API version (test.metalwave.io/v1)',
    ],
  ],
  ['a create without a kind', ['POST maps/a', { kind: undefined }, { code: 201 }]],
  [
    'a create of custom things without a kind',
    [
      'POST widgets/a',
      { kind: undefined },
      { refusal: /^400 BadRequest: the object provided is unrecognized \(must be of type Widget\)/u },
    ],
  ],
  [
    'a create of nothing',
    [
      'POST widgets/',
      '',
      { refusal: /^400 BadRequest: the object provided is unrecognized \(must be of type Widget\)/u },
    ],
  ],
  [
    'a create of a list',
    [
      'POST widgets/',
      '[]',
      { refusal: /^400 BadRequest: the object provided is unrecognized \(must be of type Widget\)/u },
    ],
  ],
  [
    'a create with an unknown dry run',
    [
      'POST maps/a?dryRun=x',
      {},
      '422 Invalid: CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["x"]: supported values: "All"',
    ],
  ],
  [
    'a create with an unknown field validation',
    [
      'POST maps/a?fieldValidation=x',
      {},
      '422 Invalid: CreateOptions.meta.k8s.io "" is invalid: fieldValidation: Unsupported value: "x": supported values: "", "Ignore", "Strict", "Warn"',
    ],
  ],
  [
    'a create with too long a manager',
    [
      `POST maps/a?fieldManager=${'m'.repeat(129)}`,
      {},
      '422 Invalid: CreateOptions.meta.k8s.io "" is invalid: fieldManager: Too long: may not be more than 128 bytes',
    ],
  ],
  [
    'a dry create has a uid and no version',
    [
      'POST maps/a?dryRun=All',
      {},
      { code: 201, 'metadata.uid': /^[0-9a-f-]{36}$/u, 'metadata.resourceVersion': undefined },
    ],
  ],
  [
    'an undeclared field is dropped unless it is asked for',
    ['POST maps/a?fieldValidation=Ignore', { foo: 1 }, { code: 201, foo: undefined }],
    ['POST maps/b?fieldValidation=Warn', { foo: 1 }, { code: 201, foo: undefined }],
  ],
  [
    'strict validation looks into the metadata',
    [
      'POST maps/a?fieldValidation=Strict',
      { metadata: { foo: 1 } },
      '400 BadRequest: ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "metadata.foo"',
    ],
  ],
  [
    'strict validation of custom resources looks into the metadata',
    [
      'POST widgets/a?fieldValidation=Strict',
      { metadata: { foo: 1 }, spec: {} },
      '400 BadRequest: Widget in version "v1" cannot be handled as a Widget: strict decoding error: unknown field "metadata.foo"',
    ],
  ],
  [
    'strict validation of an update',
    ['POST maps/a', {}],
    [
      'PUT maps/a?fieldValidation=Strict',
      { foo: 1 },
      '400 BadRequest: ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "foo"',
    ],
  ],
  [
    'strict validation of a merge patch',
    ['POST maps/a', {}],
    [
      'MERGE maps/a?fieldValidation=Strict',
      { foo: 1 },
      {
        refusal:
          /^422 Invalid: {2}"" is invalid: patch: Invalid value: .*strict decoding error: unknown field "foo"$/su,
      },
    ],
  ],
  [
    'strict validation of a merge patch of a custom resource',
    ['POST widgets/a', { spec: {} }],
    [
      'MERGE widgets/a?fieldValidation=Strict',
      { spec: { foo: 1 } },
      {
        refusal:
          /^422 Invalid: {2}"" is invalid: patch: Invalid value: .*strict decoding error: unknown field "spec.foo"$/su,
      },
    ],
  ],
  [
    'strict validation of a JSON patch',
    ['POST widgets/a', { spec: {} }],
    [
      'JSON widgets/a?fieldValidation=Strict',
      [{ op: 'add', path: '/spec/foo', value: 1 }],
      {
        refusal:
          /^422 Invalid: {2}"" is invalid: patch: Invalid value: .*strict decoding error: unknown field "spec.foo"$/su,
      },
    ],
  ],
];

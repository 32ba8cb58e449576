import type { ShortCase } from './short-case.ts';

/** Server-side apply, what is refused and in which words. */
export const applyRefusalRows: readonly ShortCase[] = [
  [
    'a list where a mapping should be',
    [
      'APPLY widgets/a m1',
      { spec: { inner: [] } },
      '500 : failed to create typed patch object (/a; test.metalwave.io/v1, Kind=Widget): .spec.inner: expected map, got &{[]}',
    ],
  ],
  [
    'a text where a mapping should be',
    [
      'APPLY widgets/a m1',
      { spec: { inner: 'x' } },
      '500 : failed to create typed patch object (/a; test.metalwave.io/v1, Kind=Widget): .spec.inner: expected map, got &{x}',
    ],
  ],
  [
    'a mapping where a list should be',
    [
      'APPLY widgets/a m1',
      { spec: { rules: {} } },
      '500 : failed to create typed patch object (/a; test.metalwave.io/v1, Kind=Widget): .spec.rules: expected list, got &{map[]}',
    ],
  ],
  [
    'a mapping where a set should be',
    [
      'APPLY widgets/a m1',
      { spec: { tags: { a: 'b' } } },
      '500 : failed to create typed patch object (/a; test.metalwave.io/v1, Kind=Widget): .spec.tags: expected list, got &{map[a:b]}',
    ],
  ],
  [
    'a mapping where an atomic list should be',
    [
      'APPLY widgets/a m1',
      { spec: { words: { a: 'b' } } },
      '500 : failed to create typed patch object (/a; test.metalwave.io/v1, Kind=Widget): .spec.words: expected list, got &{map[a:b]}',
    ],
  ],
  [
    'a mapping where a text should be',
    [
      'APPLY widgets/a m1',
      { spec: { title: { a: 'b' } } },
      '500 : failed to create typed patch object (/a; test.metalwave.io/v1, Kind=Widget): .spec.title: expected string, got &value.valueUnstructured{Value:map[string]interface {}{"a":"b"}}',
    ],
  ],
  [
    'a number where a text should be',
    [
      'APPLY widgets/a m1',
      { spec: { title: 5 } },
      '500 : failed to create typed patch object (/a; test.metalwave.io/v1, Kind=Widget): .spec.title: expected string, got &value.valueUnstructured{Value:5}',
    ],
  ],
  [
    'a text where a number should be',
    [
      'APPLY widgets/a m1',
      { spec: { replicas: 'x' } },
      '500 : failed to create typed patch object (/a; test.metalwave.io/v1, Kind=Widget): .spec.replicas: expected numeric (int or float), got string',
    ],
  ],
  [
    'a text as an element of a keyed list',
    [
      'APPLY widgets/a m1',
      { spec: { rules: ['x'] } },
      '500 : failed to create typed patch object (/a; test.metalwave.io/v1, Kind=Widget): .spec.rules: element 0: associative list with keys may not have non-map elements',
    ],
  ],
  [
    'a mapping as an element of a set',
    [
      'APPLY widgets/a m1',
      { spec: { tags: [{ a: 'b' }] } },
      "500 : failed to create typed patch object (/a; test.metalwave.io/v1, Kind=Widget): .spec.tags: element 0: associative list without keys has an element that's a map type",
    ],
  ],
  [
    'a null as an element of a set',
    [
      'APPLY widgets/a m1',
      { spec: { tags: [null] } },
      "500 : failed to create typed patch object (/a; test.metalwave.io/v1, Kind=Widget): .spec.tags: element 0: associative list without keys has an element that's an explicit null",
    ],
  ],
  [
    'a null as an element of a keyed list',
    [
      'APPLY widgets/a m1',
      { spec: { rules: [null] } },
      '500 : failed to create typed patch object (/a; test.metalwave.io/v1, Kind=Widget): .spec.rules: element 0: associative list with keys may not have a null element',
    ],
  ],
  [
    'a keyed element without any key',
    [
      'APPLY widgets/a m1',
      { spec: { rules: [{}] } },
      '422 Invalid: Widget.test.metalwave.io "a" is invalid: spec.rules[0].port: Required value',
    ],
  ],
  [
    'a nested keyed element without its key',
    [
      'APPLY widgets/a m1',
      { spec: { rules: [{ port: 1, paths: [{ to: 'x' }] }] } },
      '500 : failed to create typed patch object (/a; test.metalwave.io/v1, Kind=Widget): .spec.rules[port=1,protocol="TCP"].paths: element 0: associative list with keys has an element that omits all key fields ["name"] (and doesn\'t have default values for any key fields)',
    ],
  ],
  [
    'a nested value twice in a set',
    [
      'APPLY widgets/a m1',
      { spec: { rules: [{ port: 1, hosts: ['a', 'a'] }] } },
      '500 : failed to create typed patch object (/a; test.metalwave.io/v1, Kind=Widget): .spec.rules[port=1,protocol="TCP"].hosts: duplicate entries for key [="a"]',
    ],
  ],
  [
    'an undeclared field in a keyed element',
    [
      'APPLY widgets/a m1',
      { spec: { rules: [{ port: 1, zz: 1 }] } },
      '500 : failed to create typed patch object (/a; test.metalwave.io/v1, Kind=Widget): .spec.rules[port=1,protocol="TCP"].zz: field not declared in schema',
    ],
  ],
  [
    'an undeclared field in an atomic list',
    [
      'APPLY widgets/a m1',
      { spec: { atoms: [{ zz: 1 }] } },
      '500 : failed to create typed patch object (/a; test.metalwave.io/v1, Kind=Widget): .spec.atoms[0].zz: field not declared in schema',
    ],
  ],
  [
    'an undeclared field of the whole object',
    [
      'APPLY widgets/a m1',
      { zz: 1 },
      '500 : failed to create typed patch object (/a; test.metalwave.io/v1, Kind=Widget): .zz: field not declared in schema',
    ],
  ],
  [
    'an undeclared field of a built-in kind',
    [
      'APPLY maps/a m1',
      { dat: {} },
      '500 : failed to create typed patch object (/a; /v1, Kind=ConfigMap): .dat: field not declared in schema',
    ],
  ],
  [
    'an undeclared field of the metadata',
    [
      'APPLY maps/a m1',
      { metadata: { lables: {} } },
      '500 : failed to create typed patch object (/a; /v1, Kind=ConfigMap): .metadata.lables: field not declared in schema',
    ],
  ],
  [
    'a number in the data of a config map',
    [
      'APPLY maps/a m1',
      { data: { x: 1 } },
      '500 : failed to create typed patch object (/a; /v1, Kind=ConfigMap): .data.x: expected string, got &value.valueUnstructured{Value:1}',
    ],
  ],
  [
    'a mapping in the data of a config map',
    [
      'APPLY maps/a m1',
      { data: { x: {} } },
      '500 : failed to create typed patch object (/a; /v1, Kind=ConfigMap): .data.x: expected string, got &value.valueUnstructured{Value:map[string]interface {}{}}',
    ],
  ],
  [
    'a text for the data of a config map',
    [
      'APPLY maps/a m1',
      { data: 'x' },
      '500 : failed to create typed patch object (/a; /v1, Kind=ConfigMap): .data: expected map, got &{x}',
    ],
  ],
  [
    'a text for the ports of a service',
    [
      'APPLY services/a m1',
      { spec: { ports: 'x' } },
      '500 : failed to create typed patch object (/a; /v1, Kind=Service): .spec.ports: expected list, got &{x}',
    ],
  ],
  [
    'a text for the port of a service',
    [
      'APPLY services/a m1',
      { spec: { ports: [{ port: 'x' }] } },
      '500 : failed to create typed patch object (/a; /v1, Kind=Service): .spec.ports[port="x",protocol="TCP"].port: expected numeric (int or float), got string',
    ],
  ],
  [
    'labels that are no texts',
    [
      'APPLY maps/a m1',
      { metadata: { labels: { a: 1 } } },
      '500 : failed to create typed patch object (/a; /v1, Kind=ConfigMap): .metadata.labels.a: expected string, got &value.valueUnstructured{Value:1}',
    ],
  ],
  [
    'a null label',
    [
      'APPLY maps/a m1',
      { metadata: { labels: { a: null } } },
      { code: 201, 'metadata.labels': { a: '' }, owners: ['m1 Apply v1: metadata{labels{a}}'] },
    ],
  ],
  [
    'undeclared fields are refused whatever the field validation',
    [
      'APPLY widgets/a?fieldValidation=Ignore m1',
      { spec: { zz: 1 } },
      '500 : failed to create typed patch object (/a; test.metalwave.io/v1, Kind=Widget): .spec.zz: field not declared in schema',
    ],
    [
      'APPLY widgets/a?fieldValidation=Strict m1',
      { spec: { zz: 1 } },
      '500 : failed to create typed patch object (/a; test.metalwave.io/v1, Kind=Widget): .spec.zz: field not declared in schema',
    ],
  ],
  ['an empty body', ['APPLY widgets/a m1', '', '400 BadRequest: invalid object type: /, Kind=']],
  ['broken YAML', ['APPLY widgets/a m1', 'a: [', { refusal: /^400 BadRequest: error decoding YAML/u }]],
  ['a body that is a list', ['APPLY widgets/a m1', '[]', { refusal: /^400 BadRequest: error decoding YAML/u }]],
  [
    'no kind',
    ['APPLY widgets/a m1', { kind: undefined }, '400 BadRequest: invalid object type: test.metalwave.io/v1, Kind='],
  ],
  [
    'no apiVersion',
    ['APPLY widgets/a m1', { apiVersion: undefined }, '400 BadRequest: invalid object type: /, Kind=Widget'],
  ],
  [
    'another kind',
    ['APPLY widgets/a m1', { kind: 'Thing' }, '400 BadRequest: invalid object type: test.metalwave.io/v1, Kind=Thing'],
  ],
  [
    'another group',
    [
      'APPLY widgets/a m1',
      { apiVersion: 'v1', kind: 'Widget' },
      '400 BadRequest: invalid object type: /v1, Kind=Widget',
    ],
  ],
  [
    'another version of the kind than the path',
    [
      'APPLY widgets/a m1',
      { apiVersion: 'test.metalwave.io/v1beta1' },
      '400 BadRequest: invalid object type: test.metalwave.io/v1beta1, Kind=Widget',
    ],
  ],
  [
    'another namespace than the path',
    [
      'APPLY widgets/a m1',
      { metadata: { namespace: 'other' } },
      '400 BadRequest: the namespace of the provided object does not match the namespace sent on the request',
    ],
  ],
  [
    'the namespace of the path',
    [
      'APPLY widgets/a m1',
      { metadata: { namespace: '$NS' }, spec: { title: 't' } },
      { code: 201, owners: ['m1 Apply v1: spec{title}'] },
    ],
  ],
  [
    'another name than the path',
    [
      'APPLY maps/a m1',
      { metadata: { name: 'b' } },
      '400 BadRequest: the name of the object (b) does not match the name on the URL (a)',
    ],
  ],
  [
    'no name in the body',
    [
      'APPLY widgets/a m1',
      { metadata: { name: undefined }, spec: { title: 't' } },
      {
        code: 400,
        refusal: '400 BadRequest: the name of the object (a based on URL) was undeterminable: name must be provided',
      },
    ],
  ],
  [
    'an ill-formed name',
    [
      'APPLY widgets/A_b m1',
      { spec: { title: 't' } },
      "422 Invalid: Widget.test.metalwave.io \"A_b\" is invalid: metadata.name: Invalid value: \"A_b\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
  ],
  [
    'a namespace that is not there',
    [
      'APPLY /apis/test.metalwave.io/v1/namespaces/nope/widgets/a m1',
      { apiVersion: 'test.metalwave.io/v1', kind: 'Widget', metadata: { name: 'a' } },
      '404 NotFound: namespaces "nope" not found',
    ],
  ],
  [
    'an empty list of managedFields',
    [
      'APPLY widgets/a m1',
      { metadata: { managedFields: [] }, spec: {} },
      '400 BadRequest: metadata.managedFields must be nil',
    ],
  ],
  [
    'a manager that is too long',
    [
      'APPLY widgets/a mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm',
      { spec: {} },
      '422 Invalid: PatchOptions.meta.k8s.io "" is invalid: fieldManager: Too long: may not be more than 128 bytes',
    ],
  ],
  [
    'a manager that cannot be printed',
    [
      'APPLY maps/a?fieldManager=a%00b',
      {},
      '422 Invalid: PatchOptions.meta.k8s.io "" is invalid: fieldManager: Invalid value: "a\\x00b": invalid character U+0000 (at position 1)',
    ],
  ],
  [
    'force for another patch',
    ['POST maps/a', { data: {} }],
    [
      'MERGE maps/a?force=true',
      { data: {} },
      '422 Invalid: PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch',
    ],
  ],
  [
    'an unknown dry run',
    [
      'APPLY widgets/a?dryRun=Some m1',
      { spec: {} },
      '422 Invalid: PatchOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Some"]: supported values: "All"',
    ],
  ],
  [
    'an unknown field validation',
    [
      'APPLY widgets/a?fieldValidation=Some m1',
      { spec: {} },
      '422 Invalid: PatchOptions.meta.k8s.io "" is invalid: fieldValidation: Unsupported value: "Some": supported values: "", "Ignore", "Strict", "Warn"',
    ],
  ],
  [
    'a value that the schema refuses',
    [
      'APPLY things/a m1',
      { spec: { size: 0 } },
      '422 Invalid: Thing.test.metalwave.io "a" is invalid: spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1',
    ],
  ],
  [
    'the owner of a conflict through a status is named so',
    ['APPLY widgets/a m1', { spec: {} }],
    [
      'MERGE widgets/a/status?fieldManager=u1',
      { status: { phase: 'x' } },
      { owners: ['m1 Apply v1: spec', 'u1 Update v1 status: status{. phase}'] },
    ],
    [
      'APPLY widgets/a/status m2',
      { status: { phase: 'y' } },
      '409 Conflict: Apply failed with 1 conflict: conflict with "u1" with subresource "status" using test.metalwave.io/v1: .status.phase',
    ],
  ],
  [
    'conflicts with several managers are listed by manager',
    ['APPLY widgets/a m1', { spec: { title: '1' } }],
    ['APPLY widgets/a m0', { spec: { replicas: 1 } }],
    [
      'APPLY widgets/a m2',
      { spec: { title: '2', replicas: 2 } },
      '409 Conflict: Apply failed with 2 conflicts: conflicts with "m0":\n- .spec.replicas\nconflicts with "m1":\n- .spec.title',
    ],
  ],
  [
    'conflicts with one manager and one updater',
    ['APPLY widgets/a m1', { spec: { title: '1' } }],
    ['MERGE widgets/a?fieldManager=u1', { spec: { replicas: 1, inner: { one: '1' } } }],
    [
      'APPLY widgets/a m2',
      { spec: { title: '2', replicas: 2, inner: { one: '2' } } },
      '409 Conflict: Apply failed with 3 conflicts: conflicts with "m1":\n- .spec.title\nconflicts with "u1" using test.metalwave.io/v1:\n- .spec.replicas\n- .spec.inner.one',
    ],
  ],
];

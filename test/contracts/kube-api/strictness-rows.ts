import type { ShortCase } from './short-case.ts';

/** What stands twice in a body, fields that nobody knows, and the YAML of the API server. */
export const strictnessRows: readonly ShortCase[] = [
  [
    'a field that is there twice is warned of',
    [
      'POST maps',
      '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a"},"data":{"x":"1","x":"2","x":"3"}}',
      { code: 201, warning: '299 - "duplicate field \\"data.x\\""', data: { x: '3' } },
    ],
    [
      'PUT maps/a',
      '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a"},"data":{"x":"1","x":"2"}}',
      { warning: '299 - "duplicate field \\"data.x\\""' },
    ],
    [
      'PUT maps/a?fieldValidation=Ignore',
      '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a"},"data":{"x":"1","x":"2"}}',
      { warning: '' },
    ],
  ],
  [
    'unknown fields and those that are there twice, in their order',
    [
      'POST maps',
      '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a"},"foo":1,"foo":2,"data":{"x":"1","x":"2"},"bar":{"b":1,"b":2},"kind":"ConfigMap"}',
      {
        warning:
          '299 - "unknown field \\"foo\\"", 299 - "duplicate field \\"data.x\\"", 299 - "unknown field \\"bar\\"", 299 - "duplicate field \\"kind\\""',
      },
    ],
    [
      'POST maps?fieldValidation=Strict',
      '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"b"},"foo":1,"foo":2,"data":{"x":"1","x":"2"},"bar":{"b":1,"b":2},"kind":"ConfigMap"}',
      '400 BadRequest: ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "foo", duplicate field "data.x", unknown field "bar", duplicate field "kind"',
    ],
  ],
  [
    'unknown fields are warned of',
    [
      'POST maps',
      { metadata: { name: 'a', bar: 1 }, foo: 1 },
      { warning: '299 - "unknown field \\"metadata.bar\\"", 299 - "unknown field \\"foo\\""' },
    ],
    ['PUT maps/a', { foo: 1 }, { warning: '299 - "unknown field \\"foo\\""' }],
    ['MERGE maps/a', { foo: 1, data: { x: '2' } }, { warning: '299 - "unknown field \\"foo\\""' }],
    ['STRATEGIC maps/a', { foo: 1, data: { x: '3' } }, { warning: '299 - "unknown field \\"foo\\""' }],
    ['JSON maps/a', [{ op: 'add', path: '/foo', value: 1 }], { warning: '299 - "unknown field \\"foo\\""' }],
    ['POST maps?fieldValidation=Ignore', { metadata: { name: 'b' }, foo: 1 }, { warning: '' }],
  ],
  [
    'unknown fields of a custom object are warned of',
    [
      'POST things/a',
      { metadata: { bar: 1 }, spec: { size: 1, foo: 1 }, abc: 1 },
      {
        warning:
          '299 - "unknown field \\"metadata.bar\\"", 299 - "unknown field \\"abc\\"", 299 - "unknown field \\"spec.foo\\""',
      },
    ],
    ['MERGE things/a', { spec: { size: 2, foo: 1 } }, { warning: '299 - "unknown field \\"spec.foo\\""' }],
    [
      'POST things?fieldValidation=Strict',
      '{"kind":"Thing","apiVersion":"test.metalwave.io/v1","metadata":{"name":"b"},"spec":{"size":1,"size":2,"foo":3}}',
      '400 BadRequest: Thing in version "v1" cannot be handled as a Thing: strict decoding error: duplicate field "spec.size", unknown field "spec.foo"',
    ],
    [
      'POST things',
      '{"kind":"Thing","apiVersion":"test.metalwave.io/v1","metadata":{"name":"b"},"spec":{"size":1,"size":2,"foo":3}}',
      { warning: '299 - "duplicate field \\"spec.size\\"", 299 - "unknown field \\"spec.foo\\""' },
    ],
  ],
  [
    'fields below an unknown one are not looked at',
    [
      'POST maps?fieldValidation=Strict',
      '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a"},"foo":{"a":1,"a":1}}',
      '400 BadRequest: ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "foo"',
    ],
  ],
  [
    'a patch with a field that is there twice',
    ['POST maps/a', {}],
    [
      'MERGE maps/a',
      '{"data":{"x":"1","x":"3"}}',
      { data: { x: '3' }, warning: '299 - "duplicate field \\"data.x\\""' },
    ],
    [
      'STRATEGIC maps/a',
      '{"data":{"x":"1","x":"4"}}',
      { data: { x: '4' }, warning: '299 - "duplicate field \\"data.x\\""' },
    ],
    [
      'STRATEGIC maps/a?fieldValidation=Strict',
      '{"data":{"x":"1","x":"4"}}',
      '422 Invalid:  "" is invalid: patch: Invalid value: "map[data:map[x:4]]": strict decoding error: duplicate field "data.x"',
    ],
    [
      'JSON maps/a',
      '[{"op":"add","op":"replace","path":"/data/x","value":"1","foo":1}]',
      { warning: '299 - "json patch duplicate field \\"[0].op\\"", 299 - "json patch unknown field \\"[0].foo\\""' },
    ],
  ],
  [
    'an apply with a field that is there twice',
    [
      'APPLY maps/a me',
      '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a"},"data":{"x":"1","x":"2"}}',
      { data: { x: '2' }, warning: '299 - "line 1: key \\"x\\" already set in map"' },
    ],
    [
      'APPLY maps/a?fieldValidation=Strict me',
      '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a"},"data":{"x":"1","x":"2"}}',
      '400 BadRequest: error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  line 1: key "x" already set in map',
    ],
    [
      'APPLY maps/a me',
      'kind: ConfigMap\napiVersion: v1\nmetadata:\n  name: a\ndata:\n  x: "1"\n  x: "2"\n',
      { warning: '299 - "line 7: key \\"x\\" already set in map"' },
    ],
    [
      'APPLY maps/a?fieldValidation=Strict me',
      'kind: ConfigMap\napiVersion: v1\nmetadata:\n  name: a\ndata:\n  x: "1"\n  x: "2"\n',
      '400 BadRequest: error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  line 7: key "x" already set in map',
    ],
    [
      'APPLY maps/a?fieldValidation=Ignore me',
      'kind: ConfigMap\napiVersion: v1\nmetadata:\n  name: a\ndata:\n  x: "1"\n  x: "2"\n',
      { data: { x: '2' }, warning: '' },
    ],
  ],
  [
    'YAML with fields that are there twice',
    [
      'POST maps type:application/yaml',
      'kind: ConfigMap\napiVersion: v1\nmetadata:\n  name: a\ndata:\n  x: "1"\n  x: "2"\n  x: "3"\nzip: 1\nfoo: 1\n',
      {
        data: { x: '3' },
        warning:
          '299 - "line 7: key \\"x\\" already set in map", 299 - "line 8: key \\"x\\" already set in map", 299 - "unknown field \\"foo\\"", 299 - "unknown field \\"zip\\""',
      },
    ],
    [
      'POST maps?fieldValidation=Strict type:application/yaml',
      'kind: ConfigMap\napiVersion: v1\nmetadata:\n  name: b\ndata:\n  x: "1"\n  x: "2"\n  x: "3"\nzip: 1\nfoo: 1\n',
      '400 BadRequest: ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: yaml: unmarshal errors:\n  line 7: key "x" already set in map\n  line 8: key "x" already set in map, unknown field "foo", unknown field "zip"',
    ],
    [
      'POST maps?fieldValidation=Strict type:application/yaml',
      'kind: ConfigMap\napiVersion: v1\nmetadata:\n  name: b\nmetadata:\n  labels: {}\n',
      '400 BadRequest: ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: yaml: unmarshal errors:\n  line 6: key "metadata" already set in map',
    ],
  ],
  [
    'YAML is of version 1.1',
    [
      'POST maps type:application/yaml',
      'kind: ConfigMap\napiVersion: v1\nmetadata:\n  name: a\nimmutable: on\ndata: {y: "1", no: "2", 0x10: "3", 1.5: "4"}\n',
      { immutable: true, data: { '16': '3', '1.5': '4', false: '2', true: '1' } },
    ],
    [
      'POST things type:application/yaml',
      'kind: Thing\napiVersion: test.metalwave.io/v1\nmetadata: {name: a}\nspec: {size: 012}\n',
      { 'spec.size': 10 },
    ],
    [
      'POST things type:application/yaml',
      'kind: Thing\napiVersion: test.metalwave.io/v1\nmetadata: {name: b}\nspec: {size: 1_0}\n',
      { 'spec.size': 10 },
    ],
    [
      'POST things type:application/yaml',
      'kind: Thing\napiVersion: test.metalwave.io/v1\nmetadata: {name: c}\nspec: {size: 0b11}\n',
      { 'spec.size': 3 },
    ],
    [
      'POST maps type:application/yaml',
      'kind: ConfigMap\napiVersion: v1\nmetadata:\n  name: c\ndata: {x: yes}\n',
      '400 BadRequest: ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal bool into Go struct field ConfigMap.data of type string',
    ],
    [
      'APPLY maps/d me',
      'kind: ConfigMap\napiVersion: v1\nmetadata:\n  name: d\ndata: {x: off}\n',
      '500 : failed to create typed patch object (/d; /v1, Kind=ConfigMap): .data.x: expected string, got &value.valueUnstructured{Value:false}',
    ],
  ],
  [
    'YAML keeps dates and times of day as texts',
    [
      'POST maps type:application/yaml',
      'kind: ConfigMap\napiVersion: v1\nmetadata: {name: e, labels: &l {d: 2020-01-01}, annotations: {<<: *l, e: 12:30:45}}\n',
      { 'metadata.labels': { d: '2020-01-01' }, 'metadata.annotations': { d: '2020-01-01', e: '12:30:45' } },
    ],
  ],
  [
    'YAML with bytes',
    [
      'POST maps type:application/yaml',
      'kind: ConfigMap\napiVersion: v1\nmetadata:\n  name: a\ndata: {x: !!binary aGk=}\n',
      { data: { x: 'hi' } },
    ],
  ],
  [
    'YAML of several documents is its first',
    [
      'POST maps type:application/yaml',
      '---\nkind: ConfigMap\napiVersion: v1\nmetadata:\n  name: a\n---\nkind: ConfigMap\napiVersion: v1\nmetadata:\n  name: b\n',
      { 'metadata.name': 'a' },
    ],
  ],
  [
    'YAML that says nothing',
    [
      'POST maps type:application/yaml',
      '# nothing\n',
      '422 Invalid: ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
    ],
    ['APPLY maps/a me', 'null', '400 BadRequest: invalid object type: /, Kind='],
    [
      'APPLY maps/a me',
      '[]',
      '400 BadRequest: error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}',
    ],
    [
      'APPLY maps/a me',
      '5',
      '400 BadRequest: error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal number into Go value of type map[string]interface {}',
    ],
  ],
];

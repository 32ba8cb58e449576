import type { ShortCase } from './short-case.ts';

/** Times, and values that cannot be converted into the types of a built-in kind. */
export const conversionRows: readonly ShortCase[] = [
  [
    'times are kept to the second, in UTC',
    [
      'POST events',
      {
        metadata: { name: 'a' },
        involvedObject: { namespace: '$NS' },
        firstTimestamp: '2024-01-01T10:00:00.987654Z',
        lastTimestamp: '2024-03-01T00:30:00+02:00',
      },
      { firstTimestamp: '2024-01-01T10:00:00Z', lastTimestamp: '2024-02-29T22:30:00Z' },
    ],
    [
      'APPLY events/b me',
      { involvedObject: { namespace: '$NS' }, firstTimestamp: '2023-12-31T23:30:00.5-01:00' },
      { firstTimestamp: '2024-01-01T00:30:00Z' },
    ],
    [
      'STRATEGIC events/b',
      { firstTimestamp: '2024-02-28T23:59:59.999-00:01' },
      { firstTimestamp: '2024-02-29T00:00:59Z' },
    ],
  ],
  [
    'exact times are kept to the microsecond',
    [
      'POST leases/a',
      { spec: { renewTime: '2024-01-01T10:00:00.123456+01:00', acquireTime: '2024-01-01T10:00:00.100000Z' } },
      { spec: { acquireTime: '2024-01-01T10:00:00.100000Z', renewTime: '2024-01-01T09:00:00.123456Z' } },
    ],
  ],
  [
    'a day that no month has',
    [
      'POST events',
      { metadata: { name: 'a' }, involvedObject: { namespace: '$NS' }, firstTimestamp: '2023-02-29T10:00:00Z' },
      '400 BadRequest: Event in version "v1" cannot be handled as a Event: parsing time "2023-02-29T10:00:00Z": day out of range',
    ],
    [
      'POST events',
      { metadata: { name: 'a' }, involvedObject: { namespace: '$NS' }, firstTimestamp: '2023-13-01T10:00:00Z' },
      '400 BadRequest: Event in version "v1" cannot be handled as a Event: parsing time "2023-13-01T10:00:00Z": month out of range',
    ],
    [
      'POST events',
      { metadata: { name: 'a' }, involvedObject: { namespace: '$NS' }, firstTimestamp: '2023-12-01T24:00:00Z' },
      '400 BadRequest: Event in version "v1" cannot be handled as a Event: parsing time "2023-12-01T24:00:00Z": hour out of range',
    ],
  ],
  [
    'a custom object with a time that is none',
    [
      'POST things/a',
      { metadata: { creationTimestamp: 'x' }, spec: { size: 1 } },
      '400 BadRequest: Thing in version "v1" cannot be handled as a Thing: parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006"',
    ],
  ],
  [
    'an update that says it deletes',
    ['POST maps/a', {}],
    [
      'PUT maps/a',
      { metadata: { deletionTimestamp: '2020-01-01T00:00:00.5Z' } },
      '422 Invalid: ConfigMap "a" is invalid: metadata.deletionTimestamp: Invalid value: "2020-01-01T00:00:00Z": field is immutable',
    ],
    ['GET maps/a', { 'metadata.deletionTimestamp': undefined }],
  ],
  [
    'a strategic patch with a value of the wrong type',
    ['POST maps/a', { data: { x: '1' } }],
    [
      'STRATEGIC maps/a',
      { data: { x: 5 } },
      '422 Invalid:  "" is invalid: patch: Invalid value: "map[data:map[x:5]]": cannot convert int64 to string',
    ],
    [
      'STRATEGIC maps/a',
      { data: [] },
      '422 Invalid:  "" is invalid: patch: Invalid value: "map[data:[]]": cannot restore map from slice',
    ],
    [
      'STRATEGIC maps/a',
      { data: { x: true } },
      '422 Invalid:  "" is invalid: patch: Invalid value: "map[data:map[x:true]]": unrecognized type: string',
    ],
    [
      'STRATEGIC maps/a',
      { metadata: 5 },
      '422 Invalid:  "" is invalid: patch: Invalid value: "map[metadata:5]": cannot restore struct from: int64',
    ],
    [
      'STRATEGIC maps/a',
      { metadata: { labels: { a: 1.5 } } },
      '422 Invalid:  "" is invalid: patch: Invalid value: "map[metadata:map[labels:map[a:1.5]]]": unrecognized type: string',
    ],
    [
      'STRATEGIC maps/a',
      { metadata: { finalizers: 'x' } },
      '422 Invalid:  "" is invalid: patch: Invalid value: "map[metadata:map[finalizers:x]]": cannot restore slice from string',
    ],
    [
      'STRATEGIC maps/a',
      { metadata: { finalizers: [5] } },
      '422 Invalid:  "" is invalid: patch: Invalid value: "map[metadata:map[finalizers:[5]]]": cannot convert int64 to string',
    ],
    [
      'STRATEGIC maps/a',
      { metadata: { name: 5 } },
      '422 Invalid:  "" is invalid: patch: Invalid value: "map[metadata:map[name:5]]": cannot convert int64 to string',
    ],
    [
      'STRATEGIC maps/a',
      { metadata: { ownerReferences: [5] } },
      '422 Invalid:  "" is invalid: patch: Invalid value: "map[metadata:map[ownerReferences:[5]]]": cannot restore struct from: int64',
    ],
    [
      'STRATEGIC maps/a',
      { immutable: 1 },
      '422 Invalid:  "" is invalid: patch: Invalid value: "map[immutable:1]": unrecognized type: bool',
    ],
    [
      'STRATEGIC maps/a',
      { kind: 5 },
      '422 Invalid:  "" is invalid: patch: Invalid value: "map[kind:5]": cannot convert int64 to string',
    ],
    [
      'STRATEGIC maps/a',
      { metadata: { creationTimestamp: 'x' } },
      '422 Invalid:  "" is invalid: patch: Invalid value: "map[metadata:map[creationTimestamp:x]]": parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006"',
    ],
    [
      'STRATEGIC maps/a',
      { metadata: { creationTimestamp: 5 } },
      '422 Invalid:  "" is invalid: patch: Invalid value: "map[metadata:map[creationTimestamp:5]]": json: cannot unmarshal number into Go value of type string',
    ],
    [
      'STRATEGIC maps/a',
      { metadata: { generation: 'x' } },
      '422 Invalid:  "" is invalid: patch: Invalid value: "map[metadata:map[generation:x]]": unrecognized type: int64',
    ],
    [
      'STRATEGIC maps/a',
      { binaryData: { x: '!' } },
      '422 Invalid:  "" is invalid: patch: Invalid value: "map[binaryData:map[x:!]]": error decoding from json: illegal base64 data at input byte 0',
    ],
    [
      'STRATEGIC maps/a',
      { binaryData: { x: 5 } },
      '422 Invalid:  "" is invalid: patch: Invalid value: "map[binaryData:map[x:5]]": cannot restore slice from int64',
    ],
  ],
  [
    'a strategic patch of a Service with a value of the wrong type',
    ['POST services/a', { spec: { ports: [{ port: 80 }] } }],
    [
      'STRATEGIC services/a',
      { spec: { ports: [{ port: 'x' }] } },
      '422 Invalid:  "" is invalid: patch: Invalid value: "map[spec:map[ports:[map[port:x]]]]": unrecognized type: int32',
    ],
    [
      'STRATEGIC services/a',
      { spec: { ports: 5 } },
      '422 Invalid:  "" is invalid: patch: Invalid value: "map[spec:map[ports:5]]": cannot restore slice from int64',
    ],
    [
      'STRATEGIC services/a',
      { spec: { ports: [{ port: 81, targetPort: true }] } },
      '422 Invalid:  "" is invalid: patch: Invalid value: "map[spec:map[ports:[map[port:81 targetPort:true]]]]": json: cannot unmarshal bool into Go value of type int32',
    ],
    [
      'STRATEGIC services/a',
      { spec: { ports: [{ port: 81.5 }] } },
      '422 Invalid:  "" is invalid: patch: Invalid value: "map[spec:map[ports:[map[port:81.5]]]]": cannot convert float64 to int32',
    ],
    [
      'STRATEGIC services/a',
      { spec: 5 },
      '422 Invalid:  "" is invalid: patch: Invalid value: "map[spec:5]": cannot restore struct from: int64',
    ],
    [
      'STRATEGIC services/a',
      { spec: { publishNotReadyAddresses: 'x' } },
      '422 Invalid:  "" is invalid: patch: Invalid value: "map[spec:map[publishNotReadyAddresses:x]]": unrecognized type: bool',
    ],
    [
      'STRATEGIC services/a',
      { spec: { ports: {} } },
      '422 Invalid:  "" is invalid: patch: Invalid value: "map[spec:map[ports:map[]]]": cannot restore slice from map',
    ],
    [
      'STRATEGIC services/a',
      { spec: { ports: [{ name: 'x' }] } },
      '500 : map: map[name:x] does not contain declared merge key: port',
    ],
  ],
  [
    'a strategic patch is of the type that it patches',
    ['POST maps/a', {}],
    ['STRATEGIC maps/a', { kind: 'Foo', apiVersion: 'v2' }, { code: 200, kind: 'ConfigMap', apiVersion: 'v1' }],
    ['STRATEGIC maps/a', 'null', { code: 200 }],
  ],
  [
    'a strategic patch with unknown fields',
    ['POST maps/a', {}],
    [
      'STRATEGIC maps/a?fieldValidation=Strict',
      { metadata: { foo: [1, 'a', null, true, { b: 1.5 }] }, zzz: { c: 'a b' } },
      '422 Invalid:  "" is invalid: patch: Invalid value: "map[metadata:map[foo:[1 a <nil> true map[b:1.5]]] zzz:map[c:a b]]": strict decoding error: unknown field "metadata.foo", unknown field "zzz"',
    ],
  ],
  [
    'an apply with a value that cannot be converted',
    [
      'APPLY secrets/a me',
      { data: { x: '!' } },
      '500 : failed to convert new object (/a; /v1, Kind=Secret) to proper version: unable to convert unstructured object to /v1, Kind=Secret: error decoding from json: illegal base64 data at input byte 0',
    ],
    [
      'APPLY services/a me',
      { spec: { ports: [{ port: 1.5 }] } },
      '500 : failed to convert new object (/a; /v1, Kind=Service) to proper version: unable to convert unstructured object to /v1, Kind=Service: cannot convert float64 to int32',
    ],
    [
      'APPLY leases/a me',
      { spec: { renewTime: '2024-01-01T10:00:00Z' } },
      '500 : failed to convert new object (/a; coordination.k8s.io/v1, Kind=Lease) to proper version: unable to convert unstructured object to coordination.k8s.io/v1, Kind=Lease: parsing time "2024-01-01T10:00:00Z" as "2006-01-02T15:04:05.000000Z07:00": cannot parse "Z" as ".000000"',
    ],
    [
      'APPLY maps/a me',
      { metadata: { creationTimestamp: 'x' } },
      '500 : failed to convert new object (/a; /v1, Kind=ConfigMap) to proper version: unable to convert unstructured object to /v1, Kind=ConfigMap: parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006"',
    ],
  ],
  [
    'a JSON patch that is not one',
    ['POST maps/a', {}],
    [
      'JSON maps/a',
      '[5]',
      '400 BadRequest: error decoding patch: json: cannot unmarshal number into Go value of type handlers.jsonPatchOp',
    ],
    [
      'JSON maps/a',
      '[{"op":5,"path":"/foo"}]',
      '400 BadRequest: error decoding patch: json: cannot unmarshal number into Go struct field jsonPatchOp.op of type string',
    ],
    [
      'JSON maps/a',
      '[{"op":"add","path":[]}]',
      '400 BadRequest: error decoding patch: json: cannot unmarshal array into Go struct field jsonPatchOp.path of type string',
    ],
    ['JSON maps/a', 'null', { code: 200 }],
    ['MERGE maps/a', 'null', '400 BadRequest: Invalid JSON Patch'],
  ],
];

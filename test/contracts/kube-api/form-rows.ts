import type { ShortCase } from './short-case.ts';

/** Forms of answers and bodies, and the health of the server. */
export const formRows: readonly ShortCase[] = [
  [
    'health, check by check',
    ['GET /readyz/etcd', { code: 200, text: 'ok' }],
    ['GET /livez/ping', { code: 200, text: 'ok' }],
    ['GET /healthz/log', { text: 'ok' }],
    ['GET /readyz/nope', { code: 404, text: '404 page not found\n' }],
    ['GET /readyz?exclude=etcd', { text: 'ok' }],
  ],
  [
    'a table of a version that is older',
    ['POST maps/a', {}],
    [
      'GET maps/a as:application/json;as=Table;v=v1beta1;g=meta.k8s.io',
      { kind: 'Table', apiVersion: 'meta.k8s.io/v1beta1', 'rows.0.object.apiVersion': 'meta.k8s.io/v1beta1' },
    ],
    [
      'GET maps as:application/json;as=PartialObjectMetadataList;v=v1beta1;g=meta.k8s.io',
      { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1beta1' },
    ],
  ],
  [
    'a table without its group',
    ['POST maps/a', {}],
    [
      'GET maps/a as:application/json;as=Table;v=v1',
      '406 NotAcceptable: only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    ],
    [
      'GET maps/a as:application/json;as=Table;v=v1;g=foo',
      '406 NotAcceptable: only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    ],
  ],
  [
    'the metadata of a list that is one object',
    ['POST maps/a', {}],
    ['POST things/a', { spec: { size: 1 } }],
    [
      'GET maps/a as:partials',
      '406 NotAcceptable: you requested PartialObjectMetadataList, but the requested object is not a list (*core.ConfigMap)',
    ],
    ['GET things/a as:partials', '500 : content is not a list'],
  ],
  [
    'the form that is preferred',
    ['POST maps/a', {}],
    ['GET maps/a as:application/yaml;q=0.4,application/json;q=0.5', { kind: 'ConfigMap' }],
    ['GET maps/a as:*/*,application/json', { kind: 'ConfigMap' }],
    ['GET maps/a as:application/yaml;q=0.1,text/html,*/*;q=0.8', { kind: 'ConfigMap' }],
  ],
  [
    'forms that nobody can give',
    ['POST maps/a', {}],
    ['POST things/a', { spec: { size: 1 } }],
    [
      'GET maps/a as:text/html',
      '406 NotAcceptable: 406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    ],
    [
      'GET maps/a as:application/*',
      '406 NotAcceptable: 406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    ],
    [
      'GET maps/a as:application/cbor',
      '406 NotAcceptable: 406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    ],
    [
      'GET things/a as:text/html',
      '406 NotAcceptable: only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    ],
    [
      'GET /version as:text/html',
      '406 NotAcceptable: 406: Not Acceptable\n\nAvailable representations: application/json',
    ],
    ['GET /version as:application/yaml', { code: 406 }],
    [
      'GET /apis/apps as:text/html',
      '406 NotAcceptable: only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    ],
    [
      'GET /apis/apps/v1 as:application/json;as=Table;v=v1;g=meta.k8s.io',
      '406 NotAcceptable: only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    ],
  ],
  [
    'answers in YAML',
    ['POST maps/a', { data: { a: 'yes', b: '1', c: 'a\nb\n', d: 'x', e: '' } }],
    [
      'GET maps/a as:application/yaml',
      {
        code: 200,
        text: /\ndata:\n {2}a: "yes"\n {2}b: "1"\n {2}c: \|\n {4}a\n {4}b\n {2}d: x\n {2}e: ""\nkind: ConfigMap\n[^]*\n {2}managedFields:\n {2}- apiVersion: v1\n/u,
      },
    ],
    [
      'GET maps/nope as:application/yaml',
      {
        code: 404,
        text: /^apiVersion: v1\ncode: 404\ndetails:\n {2}kind: configmaps\n {2}name: nope\nkind: Status\n/u,
      },
    ],
  ],
  [
    'a watch in YAML',
    ['GET maps?watch=1&timeoutSeconds=1 as:application/yaml', { code: 406, text: /application\/json;stream=watch/u }],
  ],
  [
    'types of bodies that objects have not',
    [
      'POST maps type:application/merge-patch+json',
      '{}',
      '415 UnsupportedMediaType: the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    ],
    [
      'POST maps type:application/apply-patch+yaml',
      '{}',
      '415 UnsupportedMediaType: the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    ],
    [
      'POST maps type:application/json;foo',
      '{}',
      '415 UnsupportedMediaType: the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    ],
    [
      'POST maps type:text/plain',
      '{}',
      '415 UnsupportedMediaType: the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    ],
    [
      'POST things type:application/merge-patch+json',
      '{}',
      '415 UnsupportedMediaType: the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    ],
    ['POST maps type:application/JSON', { metadata: { name: 'a' } }, { code: 201 }],
  ],
  [
    'types of patches that nobody knows',
    ['POST maps/a', {}],
    ['POST things/a', { spec: { size: 1 } }],
    ['MERGE maps/a type:application/json', '{}', '415 UnsupportedMediaType: 415: Unsupported Media Type'],
    [
      'MERGE things/a type:application/json',
      '{}',
      '415 UnsupportedMediaType: the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
    ],
    [
      'MERGE things/a type:application/strategic-merge-patch+json',
      '{}',
      '415 UnsupportedMediaType: the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml',
    ],
    [
      'MERGE maps/a type:application/vnd.kubernetes.protobuf',
      '{}',
      '415 UnsupportedMediaType: 415: Unsupported Media Type',
    ],
    ['MERGE maps/a type:application/merge-patch+yaml', '{}', '415 UnsupportedMediaType: 415: Unsupported Media Type'],
  ],
  [
    'patches without a body',
    ['POST maps/a', {}],
    ['MERGE maps/a', '', '400 BadRequest: error decoding patch: unexpected end of JSON input'],
    ['STRATEGIC maps/a', '', '400 BadRequest: unexpected end of JSON input'],
    ['JSON maps/a', '', '400 BadRequest: error decoding patch: unexpected end of JSON input'],
  ],
];

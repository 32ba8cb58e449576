import type { ShortCase } from './short-case.ts';

/** What config maps and secrets may hold. */
export const dataRows: readonly ShortCase[] = [
  [
    'a ConfigMap with both is refused',
    [
      'POST maps/m',
      { data: { a: '1' }, binaryData: { a: 'MQ==' } },
      '422 Invalid: ConfigMap "m" is invalid: data[a]: Invalid value: "a": duplicate of key present in binaryData',
    ],
  ],
  [
    'a ConfigMap with key is refused',
    [
      'POST maps/m',
      { data: { 'a b': '1' } },
      "422 Invalid: ConfigMap \"m\" is invalid: data[a b]: Invalid value: \"a b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
    ],
  ],
  [
    'a ConfigMap with binary key is refused',
    [
      'POST maps/m',
      { binaryData: { 'a b': 'MQ==' } },
      "422 Invalid: ConfigMap \"m\" is invalid: binaryData[a b]: Invalid value: \"a b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
    ],
  ],
  [
    'a ConfigMap with binary malformed is refused',
    [
      'POST maps/m',
      { binaryData: { a: '!!' } },
      '400 BadRequest: ConfigMap in version "v1" cannot be handled as a ConfigMap: illegal base64 data at input byte 0',
    ],
  ],
  [
    'a ConfigMap with a number is refused',
    [
      'POST maps/m',
      { data: { a: 1 } },
      '400 BadRequest: ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ConfigMap.data of type string',
    ],
  ],
  ['a ConfigMap with immutable is taken', ['POST maps/m', { immutable: true, data: { a: '1' } }, { code: 201 }]],
  [
    'a ConfigMap with immutable changed is refused',
    ['POST maps/m', { immutable: true, data: { a: '1' } }, { code: 201 }],
    [
      'MERGE maps/m',
      { data: { a: '2' } },
      '422 Invalid: ConfigMap "m" is invalid: data: Forbidden: field is immutable when `immutable` is set',
    ],
    [
      'MERGE maps/m',
      { immutable: false },
      '422 Invalid: ConfigMap "m" is invalid: immutable: Forbidden: field is immutable when `immutable` is set',
    ],
    [
      'MERGE maps/m',
      { immutable: null },
      '422 Invalid: ConfigMap "m" is invalid: immutable: Forbidden: field is immutable when `immutable` is set',
    ],
    [
      'MERGE maps/m',
      { binaryData: { b: 'MQ==' } },
      '422 Invalid: ConfigMap "m" is invalid: binaryData: Forbidden: field is immutable when `immutable` is set',
    ],
    ['MERGE maps/m', { metadata: { labels: { a: 'b' } } }, { code: 200 }],
  ],
  [
    'a ConfigMap with data list is refused',
    [
      'POST maps/m',
      { data: [] },
      '400 BadRequest: ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal array into Go struct field ConfigMap.data of type map[string]string',
    ],
  ],
  [
    'a ConfigMap with data text is refused',
    [
      'POST maps/m',
      { data: 'x' },
      '400 BadRequest: ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal string into Go struct field ConfigMap.data of type map[string]string',
    ],
  ],
  ['a ConfigMap with unknown is taken', ['POST maps/m', { foo: 1 }, { code: 201 }]],
  ['a ConfigMap with empty is taken', ['POST maps/m', {}, { code: 201 }]],
  ['a ConfigMap with binary empty is taken', ['POST maps/m', { binaryData: {}, data: {} }, { code: 201 }]],
  ['a Secret is taken', ['POST secrets/s', { stringData: { a: 'b' } }, { code: 201 }]],
  [
    'a Secret with key is refused',
    [
      'POST secrets/s',
      { data: { 'a b': 'eA==' } },
      "422 Invalid: Secret \"s\" is invalid: data[a b]: Invalid value: \"a b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
    ],
  ],
  [
    'a Secret with bad64 is refused',
    [
      'POST secrets/s',
      { data: { a: '!!' } },
      '400 BadRequest: Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte 0',
    ],
  ],
  [
    'a Secret with tls is refused',
    [
      'POST secrets/s',
      { type: 'kubernetes.io/tls' },
      '422 Invalid: Secret "s" is invalid: [data[tls.crt]: Required value, data[tls.key]: Required value]',
    ],
  ],
  [
    'a Secret with tls1 is refused',
    [
      'POST secrets/s',
      { type: 'kubernetes.io/tls', data: { 'tls.crt': 'eA==' } },
      '422 Invalid: Secret "s" is invalid: data[tls.key]: Required value',
    ],
  ],
  [
    'a Secret with docker is refused',
    [
      'POST secrets/s',
      { type: 'kubernetes.io/dockerconfigjson' },
      '422 Invalid: Secret "s" is invalid: data[.dockerconfigjson]: Required value',
    ],
  ],
  [
    'a Secret with docker malformed is refused',
    [
      'POST secrets/s',
      { type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': 'eA==' } },
      '422 Invalid: Secret "s" is invalid: data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": invalid character \'x\' looking for beginning of value',
    ],
  ],
  [
    'a Secret with dockercfg is refused',
    [
      'POST secrets/s',
      { type: 'kubernetes.io/dockercfg' },
      '422 Invalid: Secret "s" is invalid: data[.dockercfg]: Required value',
    ],
  ],
  [
    'a Secret with dockercfg malformed is refused',
    [
      'POST secrets/s',
      { type: 'kubernetes.io/dockercfg', data: { '.dockercfg': 'eA==' } },
      '422 Invalid: Secret "s" is invalid: data[.dockercfg]: Invalid value: "<secret contents redacted>": invalid character \'x\' looking for beginning of value',
    ],
  ],
  [
    'a Secret with basic is refused',
    [
      'POST secrets/s',
      { type: 'kubernetes.io/basic-auth' },
      '422 Invalid: Secret "s" is invalid: [data[username]: Required value, data[password]: Required value]',
    ],
  ],
  [
    'a Secret with basic ok is taken',
    ['POST secrets/s', { type: 'kubernetes.io/basic-auth', stringData: { username: 'x' } }, { code: 201 }],
  ],
  [
    'a Secret with ssh is refused',
    [
      'POST secrets/s',
      { type: 'kubernetes.io/ssh-auth' },
      '422 Invalid: Secret "s" is invalid: data[ssh-privatekey]: Required value',
    ],
  ],
  [
    'a Secret with ssh empty is refused',
    [
      'POST secrets/s',
      { type: 'kubernetes.io/ssh-auth', stringData: { 'ssh-privatekey': '' } },
      '422 Invalid: Secret "s" is invalid: data[ssh-privatekey]: Required value',
    ],
  ],
  [
    'a Secret with sa is refused',
    [
      'POST secrets/s',
      { type: 'kubernetes.io/service-account-token' },
      '422 Invalid: Secret "s" is invalid: metadata.annotations[kubernetes.io/service-account.name]: Required value',
    ],
  ],
  ['a Secret with boot is taken', ['POST secrets/s', { type: 'bootstrap.kubernetes.io/token' }, { code: 201 }]],
  [
    'a Secret with type changed is refused',
    ['POST secrets/s', { stringData: { a: 'b' } }, { code: 201 }],
    [
      'MERGE secrets/s',
      { type: 'a/b' },
      '422 Invalid: Secret "s" is invalid: type: Invalid value: "a/b": field is immutable',
    ],
    ['MERGE secrets/s', { immutable: true }, { code: 200 }],
    [
      'MERGE secrets/s',
      { stringData: { a: 'c' } },
      '422 Invalid: Secret "s" is invalid: data: Forbidden: field is immutable when `immutable` is set',
    ],
    [
      'MERGE secrets/s',
      { immutable: false },
      '422 Invalid: Secret "s" is invalid: immutable: Forbidden: field is immutable when `immutable` is set',
    ],
  ],
  [
    'a Secret with a number is refused',
    [
      'POST secrets/s',
      { stringData: { a: 1 } },
      '400 BadRequest: Secret in version "v1" cannot be handled as a Secret: json: cannot unmarshal number into Go struct field Secret.stringData of type string',
    ],
  ],
];

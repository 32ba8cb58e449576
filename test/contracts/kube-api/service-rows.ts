import type { ShortCase } from './short-case.ts';

/** Ports, affinity and traffic of new Services, and what the server fills in. */
export const serviceRows: readonly ShortCase[] = [
  [
    'a Service with no ports is refused',
    ['POST services/s', { spec: {} }, '422 Invalid: Service "s" is invalid: spec.ports: Required value'],
  ],
  [
    'a Service with empty ports is refused',
    ['POST services/s', { spec: { ports: [] } }, '422 Invalid: Service "s" is invalid: spec.ports: Required value'],
  ],
  [
    'a Service with headless no ports is taken',
    [
      'POST services/s',
      { spec: { clusterIP: 'None' } },
      { code: 201, 'spec.ipFamilies': ['IPv4', 'IPv6'], 'spec.ipFamilyPolicy': 'RequireDualStack' },
    ],
  ],
  [
    'a Service with headless is taken',
    [
      'POST services/s',
      { spec: { clusterIP: 'None', ports: [{ port: 80 }] } },
      { code: 201, 'spec.ipFamilies': ['IPv4', 'IPv6'], 'spec.ipFamilyPolicy': 'RequireDualStack' },
    ],
  ],
  [
    'a Service with name outside is taken',
    ['POST services/s', { spec: { type: 'ExternalName', externalName: 'a.b' } }, { code: 201 }],
  ],
  [
    'a Service with name outside none is refused',
    [
      'POST services/s',
      { spec: { type: 'ExternalName' } },
      '422 Invalid: Service "s" is invalid: spec.externalName: Required value',
    ],
  ],
  [
    'a Service with name outside malformed is refused',
    [
      'POST services/s',
      { spec: { type: 'ExternalName', externalName: 'A_b' } },
      "422 Invalid: Service \"s\" is invalid: spec.externalName: Invalid value: \"A_b\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
  ],
  [
    'a Service with name outside ports is taken',
    ['POST services/s', { spec: { type: 'ExternalName', externalName: 'a.b', ports: [{ port: 80 }] } }, { code: 201 }],
  ],
  [
    'a Service with name outside dot is taken',
    ['POST services/s', { spec: { type: 'ExternalName', externalName: 'a.b.' } }, { code: 201 }],
  ],
  [
    'a Service with name outside ip is refused',
    [
      'POST services/s',
      { spec: { type: 'ExternalName', externalName: 'a.b', clusterIP: '10.96.0.9' } },
      '422 Invalid: Service "s" is invalid: spec.clusterIPs: Forbidden: may not be set for ExternalName services',
    ],
  ],
  [
    'a Service with name outside none clusterip is refused',
    [
      'POST services/s',
      { spec: { type: 'ExternalName', externalName: 'a.b', clusterIP: 'None' } },
      '422 Invalid: Service "s" is invalid: spec.clusterIPs: Forbidden: may not be set for ExternalName services',
    ],
  ],
  [
    'a Service with two unnamed is refused',
    [
      'POST services/s',
      { spec: { ports: [{ port: 80 }, { port: 81 }] } },
      '422 Invalid: Service "s" is invalid: [spec.ports[0].name: Required value, spec.ports[1].name: Required value]',
    ],
  ],
  [
    'a Service with one unnamed is refused',
    [
      'POST services/s',
      { spec: { ports: [{ port: 80, name: 'a' }, { port: 81 }] } },
      '422 Invalid: Service "s" is invalid: spec.ports[1].name: Required value',
    ],
  ],
  [
    'a Service with same names is refused',
    [
      'POST services/s',
      {
        spec: {
          ports: [
            { port: 80, name: 'a' },
            { port: 81, name: 'a' },
          ],
        },
      },
      '422 Invalid: Service "s" is invalid: spec.ports[1].name: Duplicate value: "a"',
    ],
  ],
  [
    'a Service with same port is refused',
    [
      'POST services/s',
      {
        spec: {
          ports: [
            { port: 80, name: 'a' },
            { port: 80, name: 'b' },
          ],
        },
      },
      '422 Invalid: Service "s" is invalid: spec.ports[1]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}',
    ],
  ],
  [
    'a Service with port 0 is refused',
    [
      'POST services/s',
      { spec: { ports: [{ port: 0 }] } },
      '422 Invalid: Service "s" is invalid: [spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive, spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive]',
    ],
  ],
  [
    'a Service with port 70000 is refused',
    [
      'POST services/s',
      { spec: { ports: [{ port: 70000 }] } },
      '422 Invalid: Service "s" is invalid: [spec.ports[0].port: Invalid value: 70000: must be between 1 and 65535, inclusive, spec.ports[0].targetPort: Invalid value: 70000: must be between 1 and 65535, inclusive]',
    ],
  ],
  [
    'a Service with port -1 is refused',
    [
      'POST services/s',
      { spec: { ports: [{ port: -1 }] } },
      '422 Invalid: Service "s" is invalid: [spec.ports[0].port: Invalid value: -1: must be between 1 and 65535, inclusive, spec.ports[0].targetPort: Invalid value: -1: must be between 1 and 65535, inclusive]',
    ],
  ],
  [
    'a Service with port missing is refused',
    [
      'POST services/s',
      { spec: { ports: [{ name: 'a' }] } },
      '422 Invalid: Service "s" is invalid: [spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive, spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive]',
    ],
  ],
  [
    'a Service with protocol malformed is refused',
    [
      'POST services/s',
      { spec: { ports: [{ port: 80, protocol: 'tcp' }] } },
      '422 Invalid: Service "s" is invalid: spec.ports[0].protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"',
    ],
  ],
  [
    'a Service with SCTP is taken',
    ['POST services/s', { spec: { ports: [{ port: 80, protocol: 'SCTP' }] } }, { code: 201 }],
  ],
  [
    'a Service with portname malformed is refused',
    [
      'POST services/s',
      { spec: { ports: [{ port: 80, name: 'A_b' }] } },
      "422 Invalid: Service \"s\" is invalid: spec.ports[0].name: Invalid value: \"A_b\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
    ],
  ],
  [
    'a Service with target malformed num is refused',
    [
      'POST services/s',
      { spec: { ports: [{ port: 80, targetPort: 70000 }] } },
      '422 Invalid: Service "s" is invalid: spec.ports[0].targetPort: Invalid value: 70000: must be between 1 and 65535, inclusive',
    ],
  ],
  [
    'a Service with target 0 is taken',
    ['POST services/s', { spec: { ports: [{ port: 80, targetPort: 0 }] } }, { code: 201 }],
  ],
  [
    'a Service with target name malformed is refused',
    [
      'POST services/s',
      { spec: { ports: [{ port: 80, targetPort: 'Bad_' }] } },
      '422 Invalid: Service "s" is invalid: spec.ports[0].targetPort: Invalid value: "Bad_": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
    ],
  ],
  [
    'a Service with target name long is refused',
    [
      'POST services/s',
      { spec: { ports: [{ port: 80, targetPort: 'a234567890123456' }] } },
      '422 Invalid: Service "s" is invalid: spec.ports[0].targetPort: Invalid value: "a234567890123456": must be no more than 15 characters',
    ],
  ],
  [
    'a Service with target digits is refused',
    [
      'POST services/s',
      { spec: { ports: [{ port: 80, targetPort: '80' }] } },
      '422 Invalid: Service "s" is invalid: spec.ports[0].targetPort: Invalid value: "80": must contain at least one letter (a-z)',
    ],
  ],
  [
    'a Service with target empty is taken',
    ['POST services/s', { spec: { ports: [{ port: 80, targetPort: '' }] } }, { code: 201 }],
  ],
  [
    'a Service with appProtocol malformed is refused',
    [
      'POST services/s',
      { spec: { ports: [{ port: 80, appProtocol: 'a b' }] } },
      "422 Invalid: Service \"s\" is invalid: spec.ports[0].appProtocol: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    ],
  ],
  [
    'a Service with nodeport clusterip is refused',
    [
      'POST services/s',
      { spec: { ports: [{ port: 80, nodePort: 31880 }] } },
      '422 Invalid: Service "s" is invalid: spec.ports[0].nodePort: Forbidden: may not be used when `type` is \'ClusterIP\'',
    ],
  ],
  [
    'a Service with nodeport out is refused',
    [
      'POST services/s',
      { spec: { type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
    ],
  ],
  [
    'a Service with nodeport out balancer is refused',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', ports: [{ port: 80, nodePort: 40000 }] } },
      '422 Invalid: Service "s" is invalid: spec.ports[0].nodePort: Invalid value: 40000: provided port is not in the valid range. The range of valid ports is 30000-32767',
    ],
  ],
  [
    'a Service with nodeport negative is refused',
    [
      'POST services/s',
      { spec: { type: 'NodePort', ports: [{ port: 80, nodePort: -1 }] } },
      '422 Invalid: Service "s" is invalid: spec.ports[0].nodePort: Invalid value: -1: provided port is not in the valid range. The range of valid ports is 30000-32767',
    ],
  ],
  [
    'a Service with type malformed is refused',
    [
      'POST services/s',
      { spec: { type: 'Foo', ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.type: Unsupported value: "Foo": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
    ],
  ],
  [
    'a Service with type empty is taken',
    ['POST services/s', { spec: { type: '', ports: [{ port: 80 }] } }, { code: 201 }],
  ],
  [
    'a Service with affinity is taken',
    [
      'POST services/s',
      { spec: { sessionAffinity: 'ClientIP', ports: [{ port: 80 }] } },
      { code: 201, 'spec.sessionAffinityConfig': { clientIP: { timeoutSeconds: 10800 } } },
    ],
  ],
  [
    'a Service with affinity malformed is refused',
    [
      'POST services/s',
      { spec: { sessionAffinity: 'foo', ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.sessionAffinity: Unsupported value: "foo": supported values: "ClientIP", "None"',
    ],
  ],
  [
    'a Service with affinity configuration none is taken',
    [
      'POST services/s',
      { spec: { sessionAffinityConfig: { clientIP: { timeoutSeconds: 10 } }, ports: [{ port: 80 }] } },
      { code: 201 },
    ],
  ],
  [
    'a Service with affinity configuration is taken',
    [
      'POST services/s',
      {
        spec: {
          sessionAffinity: 'ClientIP',
          sessionAffinityConfig: { clientIP: { timeoutSeconds: 10 } },
          ports: [{ port: 80 }],
        },
      },
      { code: 201 },
    ],
  ],
  [
    'a Service with affinity configuration big is refused',
    [
      'POST services/s',
      {
        spec: {
          sessionAffinity: 'ClientIP',
          sessionAffinityConfig: { clientIP: { timeoutSeconds: 100000 } },
          ports: [{ port: 80 }],
        },
      },
      '422 Invalid: Service "s" is invalid: spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 100000: must be greater than 0 and less than 86400',
    ],
  ],
  [
    'a Service with affinity configuration 0 is refused',
    [
      'POST services/s',
      {
        spec: {
          sessionAffinity: 'ClientIP',
          sessionAffinityConfig: { clientIP: { timeoutSeconds: 0 } },
          ports: [{ port: 80 }],
        },
      },
      '422 Invalid: Service "s" is invalid: spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 0: must be greater than 0 and less than 86400',
    ],
  ],
  [
    'a Service with affinity configuration empty client is taken',
    [
      'POST services/s',
      { spec: { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: {} }, ports: [{ port: 80 }] } },
      { code: 201, 'spec.sessionAffinityConfig': { clientIP: { timeoutSeconds: 10800 } } },
    ],
  ],
  [
    'a Service with internal traffic policy malformed is refused',
    [
      'POST services/s',
      { spec: { internalTrafficPolicy: 'x', ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.internalTrafficPolicy: Unsupported value: "x": supported values: "Cluster", "Local"',
    ],
  ],
  [
    'a Service with internal traffic policy name outside is taken',
    [
      'POST services/s',
      { spec: { type: 'ExternalName', externalName: 'a.b', internalTrafficPolicy: 'Local' } },
      { code: 201 },
    ],
  ],
  [
    'a Service with external traffic policy clusterip is refused',
    [
      'POST services/s',
      { spec: { externalTrafficPolicy: 'Local', ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services',
    ],
  ],
];

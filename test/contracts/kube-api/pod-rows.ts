import type { ShortCase, Step } from './short-case.ts';

const judged: readonly ShortCase[] = [
  [
    'a pod with none is refused',
    ['POST pods/p', { spec: {} }, '422 Invalid: Pod "p" is invalid: spec.containers: Required value'],
  ],
  ['a pod is taken', ['POST pods/p', { spec: { containers: [{ name: 'c', image: 'i' }] } }, { code: 201 }]],
  [
    'a pod with noname is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: '', image: 'i' }] } },
      '422 Invalid: Pod "p" is invalid: spec.containers[0].name: Required value',
    ],
  ],
  [
    'a pod with badname is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'A_', image: 'i' }] } },
      "422 Invalid: Pod \"p\" is invalid: spec.containers[0].name: Invalid value: \"A_\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
    ],
  ],
  [
    'a pod with noimage is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: '' }] } },
      '422 Invalid: Pod "p" is invalid: spec.containers[0].image: Required value',
    ],
  ],
  [
    'a pod with image ws is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: ' x ' }] } },
      '422 Invalid: Pod "p" is invalid: spec.containers[0].image: Invalid value: " x ": must not have leading or trailing whitespace',
    ],
  ],
  [
    'a pod with pull is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i', imagePullPolicy: 'x' }] } },
      '422 Invalid: Pod "p" is invalid: spec.containers[0].imagePullPolicy: Unsupported value: "x": supported values: "Always", "IfNotPresent", "Never"',
    ],
  ],
  [
    'a pod with port is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i', ports: [{ containerPort: 0 }] }] } },
      '422 Invalid: Pod "p" is invalid: spec.containers[0].ports[0].containerPort: Required value',
    ],
  ],
  [
    'a pod with port proto is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i', ports: [{ containerPort: 80, protocol: 'x' }] }] } },
      '422 Invalid: Pod "p" is invalid: spec.containers[0].ports[0].protocol: Unsupported value: "x": supported values: "SCTP", "TCP", "UDP"',
    ],
  ],
  [
    'a pod with port twice is refused',
    [
      'POST pods/p',
      {
        spec: {
          containers: [
            {
              name: 'c',
              image: 'i',
              ports: [
                { containerPort: 80, name: 'a' },
                { containerPort: 81, name: 'a' },
              ],
            },
          ],
        },
      },
      '422 Invalid: Pod "p" is invalid: spec.containers[0].ports[1].name: Duplicate value: "a"',
    ],
  ],
  [
    'a pod with env is refused',
    [
      'POST pods/p',
      {
        spec: {
          containers: [{ name: 'c', image: 'i', env: [{ name: '' }, { name: 'a b', value: 'c' }, { name: '1a=b' }] }],
        },
      },
      '422 Invalid: Pod "p" is invalid: [spec.containers[0].env[0].name: Required value, spec.containers[0].env[2].name: Invalid value: "1a=b": a valid environment variable name must consist only of printable ASCII characters other than \'=\']',
    ],
  ],
  [
    'a pod with env from is refused',
    [
      'POST pods/p',
      {
        spec: {
          containers: [
            {
              name: 'c',
              image: 'i',
              env: [{ name: 'a', value: 'b', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
            },
          ],
        },
      },
      '422 Invalid: Pod "p" is invalid: spec.containers[0].env[0].valueFrom: Invalid value: "": may not be specified when `value` is not empty',
    ],
  ],
  [
    'a pod with env none is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i', env: [{ name: 'a', valueFrom: {} }] }] } },
      '422 Invalid: Pod "p" is invalid: spec.containers[0].env[0].valueFrom: Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
    ],
  ],
  [
    'a pod with mount is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i', volumeMounts: [{ name: 'x', mountPath: '/a' }] }] } },
      '422 Invalid: Pod "p" is invalid: spec.containers[0].volumeMounts[0].name: Not found: "x"',
    ],
  ],
  [
    'a pod with mount twice is refused',
    [
      'POST pods/p',
      {
        spec: {
          containers: [
            {
              name: 'c',
              image: 'i',
              volumeMounts: [
                { name: 'v', mountPath: '/a' },
                { name: 'v', mountPath: '/a' },
              ],
            },
          ],
          volumes: [{ name: 'v', emptyDir: {} }],
        },
      },
      '422 Invalid: Pod "p" is invalid: spec.containers[0].volumeMounts[1].mountPath: Invalid value: "/a": must be unique',
    ],
  ],
  [
    'a pod with volume twice is refused',
    [
      'POST pods/p',
      {
        spec: {
          containers: [{ name: 'c', image: 'i' }],
          volumes: [
            { name: 'v', emptyDir: {} },
            { name: 'v', emptyDir: {} },
          ],
        },
      },
      '422 Invalid: Pod "p" is invalid: spec.volumes[1].name: Duplicate value: "v"',
    ],
  ],
  [
    'a pod with volume none is taken',
    ['POST pods/p', { spec: { containers: [{ name: 'c', image: 'i' }], volumes: [{ name: 'v' }] } }, { code: 201 }],
  ],
  [
    'a pod with volume two is refused',
    [
      'POST pods/p',
      {
        spec: {
          containers: [{ name: 'c', image: 'i' }],
          volumes: [{ name: 'v', emptyDir: {}, hostPath: { path: '/x' } }],
        },
      },
      '422 Invalid: Pod "p" is invalid: spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type',
    ],
  ],
  [
    'a pod with volume name is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i' }], volumes: [{ name: 'A_', emptyDir: {} }] } },
      "422 Invalid: Pod \"p\" is invalid: spec.volumes[0].name: Invalid value: \"A_\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
    ],
  ],
  [
    'a pod with volume cm is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i' }], volumes: [{ name: 'v', configMap: {} }] } },
      '422 Invalid: Pod "p" is invalid: spec.volumes[0].configMap.name: Required value',
    ],
  ],
  [
    'a pod with volume host is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i' }], volumes: [{ name: 'v', hostPath: {} }] } },
      '422 Invalid: Pod "p" is invalid: spec.volumes[0].hostPath.path: Required value',
    ],
  ],
  [
    'a pod with two is refused',
    [
      'POST pods/p',
      {
        spec: {
          containers: [
            { name: 'c', image: 'i' },
            { name: 'c', image: 'i' },
          ],
        },
      },
      '422 Invalid: Pod "p" is invalid: spec.containers[1].name: Duplicate value: "c"',
    ],
  ],
  [
    'a pod with restart is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i' }], restartPolicy: 'x' } },
      '422 Invalid: Pod "p" is invalid: spec.restartPolicy: Unsupported value: "x": supported values: "Always", "OnFailure", "Never"',
    ],
  ],
  [
    'a pod with dns is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i' }], dnsPolicy: 'x' } },
      '422 Invalid: Pod "p" is invalid: spec.dnsPolicy: Unsupported value: "x": supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"',
    ],
  ],
  [
    'a pod with deadline is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i' }], activeDeadlineSeconds: 0 } },
      '422 Invalid: Pod "p" is invalid: spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive',
    ],
  ],
  [
    'a pod with toleration is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i' }], tolerations: [{ key: 'a', operator: 'x' }] } },
      '422 Invalid: Pod "p" is invalid: spec.tolerations[0].operator: Unsupported value: "x": supported values: "Equal", "Exists"',
    ],
  ],
  [
    'a pod with tol2 is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i' }], tolerations: [{ operator: 'Exists', value: 'x' }] } },
      '422 Invalid: Pod "p" is invalid: spec.tolerations[0].operator: Invalid value: "x": value must be empty when `operator` is \'Exists\'',
    ],
  ],
  [
    'a pod with tol3 is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i' }], tolerations: [{ effect: 'x', operator: 'Exists' }] } },
      '422 Invalid: Pod "p" is invalid: spec.tolerations[0].effect: Unsupported value: "x": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
    ],
  ],
  [
    'a pod with tol4 is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i' }], tolerations: [{ operator: 'Equal', value: 'x' }] } },
      '422 Invalid: Pod "p" is invalid: spec.tolerations[0].operator: Invalid value: "Equal": operator must be Exists when `key` is empty, which means "match all values and all keys"',
    ],
  ],
  [
    'a pod with tolsec is refused',
    [
      'POST pods/p',
      {
        spec: {
          containers: [{ name: 'c', image: 'i' }],
          tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoSchedule', tolerationSeconds: 5 }],
        },
      },
      '422 Invalid: Pod "p" is invalid: spec.tolerations[0].effect: Invalid value: "NoSchedule": effect must be \'NoExecute\' when `tolerationSeconds` is set',
    ],
  ],
  [
    'a pod with hostname is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i' }], hostname: 'A_' } },
      "422 Invalid: Pod \"p\" is invalid: spec.hostname: Invalid value: \"A_\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
    ],
  ],
  [
    'a pod with hostnet is taken',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i', ports: [{ containerPort: 80 }] }], hostNetwork: true } },
      { code: 201, 'spec.containers.0.ports.0.hostPort': 80 },
    ],
  ],
  [
    'a pod with hostnet2 is refused',
    [
      'POST pods/p',
      {
        spec: {
          containers: [{ name: 'c', image: 'i', ports: [{ containerPort: 80, hostPort: 81 }] }],
          hostNetwork: true,
        },
      },
      '422 Invalid: Pod "p" is invalid: spec.containers[0].ports[0].hostPort: Invalid value: 81: must match `containerPort` when `hostNetwork` is true',
    ],
  ],
  [
    'a pod with init container is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i' }], initContainers: [{ name: 'c', image: 'i' }] } },
      '422 Invalid: Pod "p" is invalid: spec.initContainers[0].name: Duplicate value: "c"',
    ],
  ],
  [
    'a pod with probe is taken',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i', livenessProbe: { httpGet: { port: 80 } } }] } },
      { code: 201 },
    ],
  ],
  [
    'a pod with probe none is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i', livenessProbe: {} }] } },
      '422 Invalid: Pod "p" is invalid: spec.containers[0].livenessProbe: Required value: must specify a handler type',
    ],
  ],
  [
    'a pod with probe port is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i', livenessProbe: { tcpSocket: { port: 0 } } }] } },
      '422 Invalid: Pod "p" is invalid: spec.containers[0].livenessProbe.tcpSocket.port: Invalid value: 0: must be between 1 and 65535, inclusive',
    ],
  ],
  [
    'a pod with probe negative is refused',
    [
      'POST pods/p',
      {
        spec: {
          containers: [{ name: 'c', image: 'i', readinessProbe: { tcpSocket: { port: 80 }, periodSeconds: -1 } }],
        },
      },
      '422 Invalid: Pod "p" is invalid: spec.containers[0].readinessProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0',
    ],
  ],
  [
    'a pod with probe succ is refused',
    [
      'POST pods/p',
      {
        spec: {
          containers: [{ name: 'c', image: 'i', livenessProbe: { tcpSocket: { port: 80 }, successThreshold: 2 } }],
        },
      },
      '422 Invalid: Pod "p" is invalid: spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1',
    ],
  ],
  [
    'a pod with resources is taken',
    [
      'POST pods/p',
      {
        spec: {
          containers: [
            { name: 'c', image: 'i', resources: { requests: { cpu: '100m' }, limits: { cpu: '200m', memory: '1Gi' } } },
          ],
        },
      },
      {
        code: 201,
        'spec.containers.0.resources': {
          limits: { cpu: '200m', memory: '1Gi' },
          requests: { cpu: '100m', memory: '1Gi' },
        },
      },
    ],
  ],
  [
    'a pod with resources over is refused',
    [
      'POST pods/p',
      {
        spec: { containers: [{ name: 'c', image: 'i', resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } }] },
      },
      '422 Invalid: Pod "p" is invalid: spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1',
    ],
  ],
  [
    'a pod with resources malformed is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i', resources: { requests: { cpu: 'x' } } }] } },
      '400 BadRequest: Pod in version "v1" cannot be handled as a Pod: quantities must match the regular expression \'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$\'',
    ],
  ],
  [
    'a pod with resources name is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i', resources: { requests: { foo: '1' } } }] } },
      '422 Invalid: Pod "p" is invalid: [spec.containers[0].resources.requests[foo]: Invalid value: "foo": must be a standard resource type or fully qualified, spec.containers[0].resources.requests[foo]: Invalid value: "foo": must be a standard resource for containers]',
    ],
  ],
  [
    'a pod with resources negative is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i', resources: { requests: { cpu: '-1' } } }] } },
      '422 Invalid: Pod "p" is invalid: spec.containers[0].resources.requests[cpu]: Invalid value: "-1": must be greater than or equal to 0',
    ],
  ],
  [
    'a pod with resources guaranteed is taken',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i', resources: { limits: { cpu: '1', memory: '1Gi' } } }] } },
      {
        code: 201,
        'spec.containers.0.resources': { limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '1', memory: '1Gi' } },
      },
    ],
  ],
  [
    'a pod with user is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i', securityContext: { runAsUser: -1 } }] } },
      '422 Invalid: Pod "p" is invalid: spec.containers[0].securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive',
    ],
  ],
  [
    'a pod with lifecycle is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i', lifecycle: { preStop: {} } }] } },
      '422 Invalid: Pod "p" is invalid: spec.containers[0].lifecycle.preStop: Required value: must specify a handler type',
    ],
  ],
  [
    'a pod with term is refused',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i', terminationMessagePolicy: 'x' }] } },
      '422 Invalid: Pod "p" is invalid: spec.containers[0].terminationMessagePolicy: Unsupported value: "x": supported values: "File", "FallbackToLogsOnError"',
    ],
  ],
];

/** A pod runs as an account, which nobody makes where no controllers run. */
const account: Step = ['POST accounts/default', {}, { code: /201|409/u }];

/** What pods may say. */
export const podRows: readonly ShortCase[] = judged.map(([behaviour, ...steps]) => [behaviour, account, ...steps]);

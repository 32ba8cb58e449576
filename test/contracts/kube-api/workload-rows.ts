import type { ShortCase } from './short-case.ts';

/** A selector and a template that fit each other. */
const workload = {
  selector: { matchLabels: { a: 'b' } },
  template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
};

/** What Deployments, ReplicaSets and DaemonSets may say. */
export const workloadRows: readonly ShortCase[] = [
  [
    'a Deployment is taken',
    [
      'POST deployments/d',
      { spec: { ...workload } },
      {
        code: 201,
        'spec.strategy': { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
      },
    ],
  ],
  [
    'a Deployment with replicas is refused',
    [
      'POST deployments/d',
      { spec: { ...workload, replicas: -1 } },
      '422 Invalid: Deployment.apps "d" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    ],
  ],
  [
    'a Deployment with no selector is refused',
    [
      'POST deployments/d',
      {
        spec: {
          selector: null,
          template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
        },
      },
      '422 Invalid: Deployment.apps "d" is invalid: [spec.selector: Required value, spec.template.metadata.labels: Invalid value: {"a":"b"}: `selector` does not match template `labels`]',
    ],
  ],
  [
    'a Deployment with empty selector is refused',
    [
      'POST deployments/d',
      {
        spec: {
          selector: {},
          template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
        },
      },
      '422 Invalid: Deployment.apps "d" is invalid: spec.selector: Invalid value: {}: empty selector is invalid for deployment',
    ],
  ],
  [
    'a Deployment with mismatch is refused',
    [
      'POST deployments/d',
      {
        spec: {
          selector: { matchLabels: { a: 'c' } },
          template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
        },
      },
      '422 Invalid: Deployment.apps "d" is invalid: spec.template.metadata.labels: Invalid value: {"a":"b"}: `selector` does not match template `labels`',
    ],
  ],
  [
    'a Deployment with selector expression is refused',
    [
      'POST deployments/d',
      {
        spec: {
          selector: { matchExpressions: [{ key: 'a', operator: 'Foo' }] },
          template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
        },
      },
      '422 Invalid: Deployment.apps "d" is invalid: [spec.selector.matchExpressions[0].operator: Invalid value: "Foo": not a valid selector operator, spec.selector: Invalid value: {"matchExpressions":[{"key":"a","operator":"Foo"}]}: invalid label selector]',
    ],
  ],
  [
    'a Deployment with selector expr2 is refused',
    [
      'POST deployments/d',
      {
        spec: {
          selector: { matchExpressions: [{ key: 'a', operator: 'In' }] },
          template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
        },
      },
      '422 Invalid: Deployment.apps "d" is invalid: [spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is \'In\' or \'NotIn\', spec.selector: Invalid value: {"matchExpressions":[{"key":"a","operator":"In"}]}: invalid label selector]',
    ],
  ],
  [
    'a Deployment with selector expr3 is refused',
    [
      'POST deployments/d',
      {
        spec: {
          selector: { matchExpressions: [{ key: 'a', operator: 'Exists', values: ['x'] }] },
          template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
        },
      },
      '422 Invalid: Deployment.apps "d" is invalid: [spec.selector.matchExpressions[0].values: Forbidden: may not be specified when `operator` is \'Exists\' or \'DoesNotExist\', spec.selector: Invalid value: {"matchExpressions":[{"key":"a","operator":"Exists","values":["x"]}]}: invalid label selector]',
    ],
  ],
  [
    'a Deployment with selector malformed is refused',
    [
      'POST deployments/d',
      {
        spec: {
          selector: { matchLabels: { 'a b': 'c' } },
          template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
        },
      },
      "422 Invalid: Deployment.apps \"d\" is invalid: [spec.selector.matchLabels: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'), spec.selector: Invalid value: {\"matchLabels\":{\"a b\":\"c\"}}: invalid label selector]",
    ],
  ],
  [
    'a Deployment with strategy is taken',
    [
      'POST deployments/d',
      { spec: { ...workload, strategy: { type: 'Recreate' } } },
      { code: 201, 'spec.strategy': { type: 'Recreate' } },
    ],
  ],
  [
    'a Deployment with strategy both is refused',
    [
      'POST deployments/d',
      { spec: { ...workload, strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } } } },
      '422 Invalid: Deployment.apps "d" is invalid: spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is \'Recreate\'',
    ],
  ],
  [
    'a Deployment with strategy malformed is refused',
    [
      'POST deployments/d',
      { spec: { ...workload, strategy: { type: 'x' } } },
      '422 Invalid: Deployment.apps "d" is invalid: spec.strategy: Unsupported value: {"Type":"x","RollingUpdate":null}: supported values: "Recreate", "RollingUpdate"',
    ],
  ],
  [
    'a Deployment with strategy 0 is refused',
    [
      'POST deployments/d',
      { spec: { ...workload, strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } } },
      '422 Invalid: Deployment.apps "d" is invalid: spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0',
    ],
  ],
  [
    'a Deployment with strategy percentage is refused',
    [
      'POST deployments/d',
      { spec: { ...workload, strategy: { rollingUpdate: { maxSurge: '10%', maxUnavailable: '150%' } } } },
      '422 Invalid: Deployment.apps "d" is invalid: spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "150%": must not be greater than 100%',
    ],
  ],
  [
    'a Deployment with strategy percentage malformed is refused',
    [
      'POST deployments/d',
      { spec: { ...workload, strategy: { rollingUpdate: { maxSurge: 'x' } } } },
      "422 Invalid: Deployment.apps \"d\" is invalid: spec.strategy.rollingUpdate.maxSurge: Invalid value: \"x\": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
    ],
  ],
  [
    'a Deployment with strategy negative is refused',
    [
      'POST deployments/d',
      { spec: { ...workload, strategy: { rollingUpdate: { maxUnavailable: -1 } } } },
      '422 Invalid: Deployment.apps "d" is invalid: spec.strategy.rollingUpdate.maxUnavailable: Invalid value: -1: must be greater than or equal to 0',
    ],
  ],
  [
    'a Deployment with seconds to be ready is refused',
    [
      'POST deployments/d',
      { spec: { ...workload, minReadySeconds: -1 } },
      '422 Invalid: Deployment.apps "d" is invalid: spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0',
    ],
  ],
  [
    'a Deployment with rev is refused',
    [
      'POST deployments/d',
      { spec: { ...workload, revisionHistoryLimit: -1 } },
      '422 Invalid: Deployment.apps "d" is invalid: spec.revisionHistoryLimit: Invalid value: -1: must be greater than or equal to 0',
    ],
  ],
  [
    'a Deployment with progress is refused',
    [
      'POST deployments/d',
      { spec: { ...workload, progressDeadlineSeconds: 5, minReadySeconds: 10 } },
      '422 Invalid: Deployment.apps "d" is invalid: spec.progressDeadlineSeconds: Invalid value: 5: must be greater than minReadySeconds',
    ],
  ],
  [
    'a Deployment with progress0 is refused',
    [
      'POST deployments/d',
      { spec: { ...workload, progressDeadlineSeconds: 0 } },
      '422 Invalid: Deployment.apps "d" is invalid: spec.progressDeadlineSeconds: Invalid value: 0: must be greater than minReadySeconds',
    ],
  ],
  [
    'a Deployment with restart is refused',
    [
      'POST deployments/d',
      {
        spec: {
          selector: { matchLabels: { a: 'b' } },
          template: {
            metadata: { labels: { a: 'b' } },
            spec: { containers: [{ name: 'c', image: 'i' }], restartPolicy: 'Never' },
          },
        },
      },
      '422 Invalid: Deployment.apps "d" is invalid: spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"',
    ],
  ],
  [
    'a Deployment with nocont is refused',
    [
      'POST deployments/d',
      { spec: { selector: { matchLabels: { a: 'b' } }, template: { metadata: { labels: { a: 'b' } }, spec: {} } } },
      '422 Invalid: Deployment.apps "d" is invalid: spec.template.spec.containers: Required value',
    ],
  ],
  [
    'a Deployment with paused is taken',
    [
      'POST deployments/d',
      { spec: { ...workload, paused: true } },
      {
        code: 201,
        'spec.strategy': { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
      },
    ],
  ],
  [
    'a Deployment with deadline is refused',
    [
      'POST deployments/d',
      {
        spec: {
          selector: { matchLabels: { a: 'b' } },
          template: {
            metadata: { labels: { a: 'b' } },
            spec: { containers: [{ name: 'c', image: 'i' }], activeDeadlineSeconds: 5 },
          },
        },
      },
      '422 Invalid: Deployment.apps "d" is invalid: spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicaSet is not Supported',
    ],
  ],
  [
    'a Deployment with tpllabels is refused',
    [
      'POST deployments/d',
      {
        spec: {
          selector: { matchLabels: { a: 'b' } },
          template: { metadata: { labels: { a: 'b', 'x y': 'z' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
        },
      },
      "422 Invalid: Deployment.apps \"d\" is invalid: spec.template.labels: Invalid value: \"x y\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    ],
  ],
  [
    'a Deployment with selector changed is refused',
    [
      'POST deployments/d',
      { spec: { ...workload } },
      {
        code: 201,
        'spec.strategy': { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
      },
    ],
    [
      'MERGE deployments/d',
      { spec: { selector: { matchLabels: { a: 'c' } }, template: { metadata: { labels: { a: 'c' } } } } },
      '422 Invalid: Deployment.apps "d" is invalid: spec.selector: Invalid value: {"matchLabels":{"a":"c"}}: field is immutable',
    ],
  ],
  [
    'a Deployment with to recreate is refused',
    [
      'POST deployments/d',
      { spec: { ...workload } },
      {
        code: 201,
        'spec.strategy': { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
      },
    ],
    [
      'MERGE deployments/d',
      { spec: { strategy: { type: 'Recreate' } } },
      '422 Invalid: Deployment.apps "d" is invalid: spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is \'Recreate\'',
    ],
  ],
  [
    'a DaemonSet is taken',
    [
      'POST daemonsets/d',
      { spec: { ...workload } },
      {
        code: 201,
        'spec.updateStrategy': { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
      },
    ],
  ],
  [
    'a DaemonSet with strategy is taken',
    [
      'POST daemonsets/d',
      { spec: { ...workload, updateStrategy: { type: 'OnDelete' } } },
      { code: 201, 'spec.updateStrategy': { type: 'OnDelete' } },
    ],
  ],
  [
    'a DaemonSet with strategy malformed is refused',
    [
      'POST daemonsets/d',
      { spec: { ...workload, updateStrategy: { type: 'x' } } },
      '422 Invalid: DaemonSet.apps "d" is invalid: spec.updateStrategy: Unsupported value: {"Type":"x","RollingUpdate":null}: supported values: "RollingUpdate", "OnDelete"',
    ],
  ],
  [
    'a DaemonSet with strategy 0 is refused',
    [
      'POST daemonsets/d',
      { spec: { ...workload, updateStrategy: { rollingUpdate: { maxUnavailable: 0 } } } },
      '422 Invalid: DaemonSet.apps "d" is invalid: spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0',
    ],
  ],
  [
    'a DaemonSet with surge is refused',
    [
      'POST daemonsets/d',
      { spec: { ...workload, updateStrategy: { rollingUpdate: { maxSurge: 1 } } } },
      '422 Invalid: DaemonSet.apps "d" is invalid: spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not be set when maxUnavailable is non-zero',
    ],
  ],
  [
    'a DaemonSet with surge2 is taken',
    [
      'POST daemonsets/d',
      { spec: { ...workload, updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } } },
      {
        code: 201,
        'spec.updateStrategy': { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
      },
    ],
  ],
  [
    'a DaemonSet with mismatch is refused',
    [
      'POST daemonsets/d',
      {
        spec: {
          selector: { matchLabels: { a: 'c' } },
          template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
        },
      },
      '422 Invalid: DaemonSet.apps "d" is invalid: spec.template.metadata.labels: Invalid value: {"a":"b"}: `selector` does not match template `labels`',
    ],
  ],
  [
    'a DaemonSet with no selector is refused',
    [
      'POST daemonsets/d',
      {
        spec: {
          selector: null,
          template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
        },
      },
      '422 Invalid: DaemonSet.apps "d" is invalid: spec.template.metadata.labels: Invalid value: {"a":"b"}: `selector` does not match template `labels`',
    ],
  ],
  [
    'a DaemonSet with restart is refused',
    [
      'POST daemonsets/d',
      {
        spec: {
          selector: { matchLabels: { a: 'b' } },
          template: {
            metadata: { labels: { a: 'b' } },
            spec: { containers: [{ name: 'c', image: 'i' }], restartPolicy: 'Never' },
          },
        },
      },
      '422 Invalid: DaemonSet.apps "d" is invalid: spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"',
    ],
  ],
  [
    'a DaemonSet with selector changed is refused',
    [
      'POST daemonsets/d',
      { spec: { ...workload } },
      {
        code: 201,
        'spec.updateStrategy': { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
      },
    ],
    [
      'MERGE daemonsets/d',
      { spec: { selector: { matchLabels: { a: 'c' } }, template: { metadata: { labels: { a: 'c' } } } } },
      '422 Invalid: DaemonSet.apps "d" is invalid: spec.selector: Invalid value: {"matchLabels":{"a":"c"}}: field is immutable',
    ],
  ],
  ['a ReplicaSet is taken', ['POST replicasets/d', { spec: { ...workload } }, { code: 201 }]],
  [
    'a ReplicaSet with mismatch is refused',
    [
      'POST replicasets/d',
      {
        spec: {
          selector: { matchLabels: { a: 'c' } },
          template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
        },
      },
      '422 Invalid: ReplicaSet.apps "d" is invalid: spec.template.metadata.labels: Invalid value: {"a":"b"}: `selector` does not match template `labels`',
    ],
  ],
  [
    'a ReplicaSet with no selector is refused',
    [
      'POST replicasets/d',
      {
        spec: {
          selector: null,
          template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
        },
      },
      '422 Invalid: ReplicaSet.apps "d" is invalid: [spec.selector: Required value, spec.template.metadata.labels: Invalid value: {"a":"b"}: `selector` does not match template `labels`]',
    ],
  ],
  [
    'a ReplicaSet with negative is refused',
    [
      'POST replicasets/d',
      { spec: { ...workload, replicas: -1, minReadySeconds: -1 } },
      '422 Invalid: ReplicaSet.apps "d" is invalid: [spec.replicas: Invalid value: -1: must be greater than or equal to 0, spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0]',
    ],
  ],
  [
    'a ReplicaSet with selector changed is refused',
    ['POST replicasets/d', { spec: { ...workload } }, { code: 201 }],
    [
      'MERGE replicasets/d',
      { spec: { selector: { matchLabels: { a: 'c' } } } },
      '422 Invalid: ReplicaSet.apps "d" is invalid: [spec.template.metadata.labels: Invalid value: {"a":"b"}: `selector` does not match template `labels`, spec.selector: Invalid value: {"matchLabels":{"a":"c"}}: field is immutable]',
    ],
  ],
  [
    'a ReplicaSet with empty selector is refused',
    [
      'POST replicasets/d',
      {
        spec: {
          selector: {},
          template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
        },
      },
      '422 Invalid: ReplicaSet.apps "d" is invalid: spec.selector: Invalid value: {}: empty selector is invalid for deployment',
    ],
  ],
  [
    'a ReplicaSet with restart is refused',
    [
      'POST replicasets/d',
      {
        spec: {
          selector: { matchLabels: { a: 'b' } },
          template: {
            metadata: { labels: { a: 'b' } },
            spec: { containers: [{ name: 'c', image: 'i' }], restartPolicy: 'OnFailure' },
          },
        },
      },
      '422 Invalid: ReplicaSet.apps "d" is invalid: spec.template.spec.restartPolicy: Unsupported value: "OnFailure": supported values: "Always"',
    ],
  ],
];

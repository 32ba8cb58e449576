import type { ShortCase } from './short-case.ts';

/** A selector and a template that fit each other. */
const workload = {
  selector: { matchLabels: { a: 'b' } },
  template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
};

/** Values of a type that their field does not have. */
export const decodingRows: readonly ShortCase[] = [
  [
    'what cannot be decoded is refused, case a',
    [
      'POST deployments/d',
      { spec: { ...workload, replicas: 'x' } },
      '400 BadRequest: Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
    ],
  ],
  [
    'what cannot be decoded is refused, case b',
    [
      'POST deployments/d',
      { spec: { ...workload, replicas: 1.5 } },
      '400 BadRequest: Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32',
    ],
  ],
  [
    'what cannot be decoded is refused, case c',
    [
      'POST deployments/d',
      { spec: { ...workload, paused: 'x' } },
      '400 BadRequest: Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.paused of type bool',
    ],
  ],
  [
    'what cannot be decoded is refused, case d',
    [
      'POST deployments/d',
      {
        spec: {
          selector: 'x',
          template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
        },
      },
      '400 BadRequest: Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.selector of type v1.LabelSelector',
    ],
  ],
  [
    'what cannot be decoded is refused, case e',
    [
      'POST deployments/d',
      { spec: { selector: { matchLabels: { a: 'b' } }, template: [] } },
      '400 BadRequest: Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal array into Go struct field DeploymentSpec.spec.template of type v1.PodTemplateSpec',
    ],
  ],
  [
    'what cannot be decoded is refused, case f',
    [
      'POST deployments/d',
      { spec: { selector: { matchLabels: { a: 'b' } }, template: { spec: { containers: {} } } } },
      '400 BadRequest: Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container',
    ],
  ],
  [
    'what cannot be decoded is refused, case g',
    [
      'POST deployments/d',
      { spec: { selector: { matchLabels: { a: 'b' } }, template: { spec: { containers: [{ name: 1 }] } } } },
      '400 BadRequest: Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal number into Go struct field Container.spec.template.spec.containers.name of type string',
    ],
  ],
  [
    'what cannot be decoded is refused, case h',
    [
      'POST deployments/d',
      { spec: { selector: { matchLabels: { a: 'b' } }, template: { spec: { containers: ['x'] } } } },
      '400 BadRequest: Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field PodSpec.spec.template.spec.containers of type v1.Container',
    ],
  ],
  [
    'what cannot be decoded is refused, case i',
    [
      'POST deployments/d',
      { spec: { selector: { matchLabels: { a: 'b' } }, template: { metadata: { labels: { a: 1 } } } } },
      '400 BadRequest: Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal number into Go struct field ObjectMeta.spec.template.metadata.labels of type string',
    ],
  ],
  [
    'what cannot be decoded is refused, case j',
    [
      'POST deployments/d',
      { spec: { selector: { matchLabels: { a: 'b' } }, template: { spec: { terminationGracePeriodSeconds: 'x' } } } },
      '400 BadRequest: Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field PodSpec.spec.template.spec.terminationGracePeriodSeconds of type int64',
    ],
  ],
  [
    'what cannot be decoded is refused, case k',
    [
      'POST deployments/d',
      { spec: { ...workload, strategy: { rollingUpdate: { maxSurge: true } } } },
      '400 BadRequest: Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal bool into Go struct field RollingUpdateDeployment.spec.strategy.rollingUpdate.maxSurge of type int32',
    ],
  ],
  [
    'what cannot be decoded is refused, case l',
    [
      'POST deployments/d',
      {
        spec: {
          selector: { matchLabels: { a: 'b' } },
          template: { spec: { containers: [{ name: 'c', ports: [{ containerPort: '80' }] }] } },
        },
      },
      '400 BadRequest: Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field ContainerPort.spec.template.spec.containers.ports.containerPort of type int32',
    ],
  ],
  [
    'what cannot be decoded is refused, case m',
    [
      'POST services/s',
      { spec: { ports: [{ port: 'x' }] } },
      '400 BadRequest: Service in version "v1" cannot be handled as a Service: json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32',
    ],
  ],
  [
    'what cannot be decoded is refused, case n',
    [
      'POST services/s',
      { spec: { ports: 'x' } },
      '400 BadRequest: Service in version "v1" cannot be handled as a Service: json: cannot unmarshal string into Go struct field ServiceSpec.spec.ports of type []v1.ServicePort',
    ],
  ],
  [
    'what cannot be decoded is refused, case o',
    [
      'POST services/s',
      { spec: { selector: { a: true } } },
      '400 BadRequest: Service in version "v1" cannot be handled as a Service: json: cannot unmarshal bool into Go struct field ServiceSpec.spec.selector of type string',
    ],
  ],
  [
    'what cannot be decoded is refused, case p',
    [
      'POST services/s',
      { spec: 'x' },
      '400 BadRequest: Service in version "v1" cannot be handled as a Service: json: cannot unmarshal string into Go struct field Service.spec of type v1.ServiceSpec',
    ],
  ],
  [
    'what cannot be decoded is refused, case q',
    [
      'POST maps/m',
      { metadata: { labels: 'x' } },
      '400 BadRequest: ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal string into Go struct field ObjectMeta.metadata.labels of type map[string]string',
    ],
  ],
  [
    'what cannot be decoded is refused, case r',
    [
      'POST maps/m',
      { metadata: { labels: { a: 1 } } },
      '400 BadRequest: ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string',
    ],
  ],
  [
    'what cannot be decoded is refused, case s',
    [
      'POST maps/m',
      { metadata: { finalizers: 'x' } },
      '400 BadRequest: ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal string into Go struct field ObjectMeta.metadata.finalizers of type []string',
    ],
  ],
  [
    'what cannot be decoded is refused, case t',
    [
      'POST maps/m',
      { metadata: { ownerReferences: [{ name: 1 }] } },
      '400 BadRequest: ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field OwnerReference.metadata.ownerReferences.name of type string',
    ],
  ],
  ['what cannot be decoded is taken, case v', ['POST maps/m', { metadata: 'x' }, { code: 201 }]],
  [
    'what cannot be decoded is refused, case w',
    [
      'POST maps/m',
      { immutable: 'x' },
      '400 BadRequest: ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal string into Go struct field ConfigMap.immutable of type bool',
    ],
  ],
  [
    'what cannot be decoded is refused, case x',
    [
      'POST maps/m',
      { metadata: { creationTimestamp: 'x' } },
      '400 BadRequest: ConfigMap in version "v1" cannot be handled as a ConfigMap: parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006"',
    ],
  ],
  [
    'what cannot be decoded is refused, case y',
    [
      'POST maps/m',
      { metadata: { annotations: { a: null, b: [] } } },
      '400 BadRequest: ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal array into Go struct field ObjectMeta.metadata.annotations of type string',
    ],
  ],
  [
    'what cannot be decoded is refused, case aa',
    [
      'POST roles/r',
      { rules: 'x' },
      '400 BadRequest: Role in version "v1" cannot be handled as a Role: json: cannot unmarshal string into Go struct field Role.rules of type []v1.PolicyRule',
    ],
  ],
  [
    'what cannot be decoded is refused, case bb',
    [
      'POST roles/r',
      { rules: [{ verbs: 'get' }] },
      '400 BadRequest: Role in version "v1" cannot be handled as a Role: json: cannot unmarshal string into Go struct field PolicyRule.rules.verbs of type []string',
    ],
  ],
  [
    'what cannot be decoded is refused, case cc',
    [
      'POST roles/r',
      { rules: [{ verbs: [1] }] },
      '400 BadRequest: Role in version "v1" cannot be handled as a Role: json: cannot unmarshal number into Go struct field PolicyRule.rules.verbs of type string',
    ],
  ],
  [
    'what cannot be decoded is refused, case dd',
    [
      'POST leases/l',
      { spec: { leaseDurationSeconds: 'x' } },
      '400 BadRequest: Lease in version "v1" cannot be handled as a Lease: json: cannot unmarshal string into Go struct field LeaseSpec.spec.leaseDurationSeconds of type int32',
    ],
  ],
  [
    'what cannot be decoded is refused, case gg',
    [
      'POST pods/p',
      { spec: { containers: [{ name: 'c', image: 'i', livenessProbe: { initialDelaySeconds: 'x' } }] } },
      '400 BadRequest: Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal string into Go struct field Probe.spec.containers.livenessProbe.initialDelaySeconds of type int32',
    ],
  ],
  [
    'what cannot be decoded is refused, case ii',
    [
      'POST nodes/n-$NS',
      { spec: { unschedulable: 'x' } },
      '400 BadRequest: Node in version "v1" cannot be handled as a Node: json: cannot unmarshal string into Go struct field NodeSpec.spec.unschedulable of type bool',
    ],
  ],
  [
    'what cannot be decoded is refused, case jj',
    [
      'POST slices/s',
      { addressType: 'IPv4', endpoints: [{ addresses: 'x' }] },
      '400 BadRequest: EndpointSlice in version "v1" cannot be handled as a EndpointSlice: json: cannot unmarshal string into Go struct field Endpoint.endpoints.addresses of type []string',
    ],
  ],
  [
    'what cannot be decoded is refused, case kk',
    [
      'POST deployments/d',
      { spec: { replicas: 3000000000 } },
      '400 BadRequest: Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal number 3000000000 into Go struct field DeploymentSpec.spec.replicas of type int32',
    ],
  ],
  [
    'what cannot be decoded is refused, case ll',
    [
      'POST slices/s',
      { addressType: 'IPv4', endpoints: 'x' },
      '400 BadRequest: EndpointSlice in version "v1" cannot be handled as a EndpointSlice: json: cannot unmarshal string into Go struct field EndpointSlice.endpoints of type []v1.Endpoint',
    ],
  ],
];

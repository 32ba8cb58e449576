import type { ShortCase } from './short-case.ts';

/** Addresses, families and load balancers of Services. */
export const serviceAddressRows: readonly ShortCase[] = [
  [
    'a Service with external traffic policy clusterip cluster is refused',
    [
      'POST services/s',
      { spec: { externalTrafficPolicy: 'Cluster', ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.externalTrafficPolicy: Invalid value: "Cluster": may only be set for externally-accessible services',
    ],
  ],
  [
    'a Service with external traffic policy balancer local is taken',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', externalTrafficPolicy: 'Local', ports: [{ port: 80 }] } },
      { code: 201, 'spec.allocateLoadBalancerNodePorts': true },
    ],
  ],
  [
    'a Service with external traffic policy malformed is refused',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', externalTrafficPolicy: 'x', ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.externalTrafficPolicy: Unsupported value: "x": supported values: "Cluster", "Local"',
    ],
  ],
  [
    'a Service with external addresses is taken',
    [
      'POST services/s',
      { spec: { externalIPs: ['1.2.3.4'], ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster' },
    ],
  ],
  [
    'a Service with external addresses malformed is refused',
    [
      'POST services/s',
      { spec: { externalIPs: ['x'], ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.externalIPs[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ],
  ],
  [
    'a Service with external addresses loopback is refused',
    [
      'POST services/s',
      { spec: { externalIPs: ['127.0.0.1'], ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.externalIPs[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
    ],
  ],
  [
    'a Service with external addresses unspecified is refused',
    [
      'POST services/s',
      { spec: { externalIPs: ['0.0.0.0'], ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.externalIPs[0]: Invalid value: "0.0.0.0": may not be unspecified (0.0.0.0)',
    ],
  ],
  [
    'a Service with external addresses link-local is refused',
    [
      'POST services/s',
      { spec: { externalIPs: ['169.254.1.1'], ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.externalIPs[0]: Invalid value: "169.254.1.1": may not be in the link-local range (169.254.0.0/16, fe80::/10)',
    ],
  ],
  [
    'a Service with external addresses multicast is refused',
    [
      'POST services/s',
      { spec: { externalIPs: ['224.0.0.1'], ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.externalIPs[0]: Invalid value: "224.0.0.1": may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)',
    ],
  ],
  [
    'a Service with health check port cluster is refused',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', healthCheckNodePort: 31998, ports: [{ port: 80 }] } },
      "422 Invalid: Service \"s\" is invalid: spec.healthCheckNodePort: Invalid value: 31998: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
    ],
  ],
  [
    'a Service with health check port nodeport is refused',
    [
      'POST services/s',
      { spec: { type: 'NodePort', externalTrafficPolicy: 'Local', healthCheckNodePort: 31997, ports: [{ port: 80 }] } },
      "422 Invalid: Service \"s\" is invalid: spec.healthCheckNodePort: Invalid value: 31997: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
    ],
  ],
  [
    'a Service with external traffic policy to local is taken',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster', 'spec.allocateLoadBalancerNodePorts': true },
    ],
    [
      'MERGE services/s',
      { spec: { externalTrafficPolicy: 'Local' } },
      { code: 200, 'spec.type': 'LoadBalancer', 'spec.allocateLoadBalancerNodePorts': true },
    ],
  ],
  [
    'a Service with local to clusterip is taken',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', externalTrafficPolicy: 'Local', ports: [{ port: 80 }] } },
      { code: 201, 'spec.allocateLoadBalancerNodePorts': true },
    ],
    ['MERGE services/s', { spec: { type: 'ClusterIP' } }, { code: 200 }],
  ],
  [
    'a Service with balancer node ports false is taken',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false, ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster' },
    ],
  ],
  [
    'a Service with balancer node ports clusterip is refused',
    [
      'POST services/s',
      { spec: { allocateLoadBalancerNodePorts: false, ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.allocateLoadBalancerNodePorts: Forbidden: may only be used when `type` is \'LoadBalancer\'',
    ],
  ],
  [
    'a Service with balancer class is taken',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', loadBalancerClass: 'a.b/c', ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster', 'spec.allocateLoadBalancerNodePorts': true },
    ],
  ],
  [
    'a Service with balancer class malformed is refused',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', loadBalancerClass: 'A b', ports: [{ port: 80 }] } },
      "422 Invalid: Service \"s\" is invalid: spec.loadBalancerClass: Invalid value: \"A b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    ],
  ],
  [
    'a Service with balancer class empty is refused',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', loadBalancerClass: '', ports: [{ port: 80 }] } },
      "422 Invalid: Service \"s\" is invalid: [spec.loadBalancerClass: Invalid value: \"\": name part must be non-empty, spec.loadBalancerClass: Invalid value: \"\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')]",
    ],
  ],
  [
    'a Service with balancer class clusterip is refused',
    [
      'POST services/s',
      { spec: { loadBalancerClass: 'a.b/c', ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.loadBalancerClass: Forbidden: may only be used when `type` is \'LoadBalancer\'',
    ],
  ],
  [
    'a Service with balancer class change is refused',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', loadBalancerClass: 'a.b/c', ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster', 'spec.allocateLoadBalancerNodePorts': true },
    ],
    [
      'MERGE services/s',
      { spec: { loadBalancerClass: 'a.b/d' } },
      '422 Invalid: Service "s" is invalid: spec.loadBalancerClass: Invalid value: "a.b/d": may not change once set',
    ],
  ],
  [
    'a Service with balancer class remove is refused',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', loadBalancerClass: 'a.b/c', ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster', 'spec.allocateLoadBalancerNodePorts': true },
    ],
    [
      'MERGE services/s',
      { spec: { loadBalancerClass: null } },
      '422 Invalid: Service "s" is invalid: spec.loadBalancerClass: Invalid value: null: may not change once set',
    ],
  ],
  [
    'a Service with balancer class add is refused',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster', 'spec.allocateLoadBalancerNodePorts': true },
    ],
    [
      'MERGE services/s',
      { spec: { loadBalancerClass: 'a.b/d' } },
      '422 Invalid: Service "s" is invalid: spec.loadBalancerClass: Invalid value: "a.b/d": may not change once set',
    ],
  ],
  [
    'a Service with balancer class to clusterip is taken',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', loadBalancerClass: 'a.b/c', ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster', 'spec.allocateLoadBalancerNodePorts': true },
    ],
    ['MERGE services/s', { spec: { type: 'ClusterIP' } }, { code: 200 }],
  ],
  [
    'a Service with clusterip to balancer class is taken',
    ['POST services/s', { spec: { ports: [{ port: 80 }] } }, { code: 201 }],
    [
      'MERGE services/s',
      { spec: { type: 'LoadBalancer', loadBalancerClass: 'a.b/c' } },
      { code: 200, 'spec.externalTrafficPolicy': 'Cluster', 'spec.allocateLoadBalancerNodePorts': true },
    ],
  ],
  [
    'a Service with balancer address is taken',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', loadBalancerIP: '1.2.3.4', ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster', 'spec.allocateLoadBalancerNodePorts': true },
    ],
  ],
  [
    'a Service with balancer address malformed is taken',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', loadBalancerIP: 'x', ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster', 'spec.allocateLoadBalancerNodePorts': true },
    ],
  ],
  [
    'a Service with balancer address clusterip is taken',
    ['POST services/s', { spec: { loadBalancerIP: '1.2.3.4', ports: [{ port: 80 }] } }, { code: 201 }],
  ],
  [
    'a Service with source ranges is taken',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0/8'], ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster', 'spec.allocateLoadBalancerNodePorts': true },
    ],
  ],
  [
    'a Service with source ranges malformed is refused',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0'], ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.LoadBalancerSourceRanges[0]: Invalid value: "10.0.0.0": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
    ],
  ],
  [
    'a Service with source ranges clusterip is refused',
    [
      'POST services/s',
      { spec: { loadBalancerSourceRanges: ['10.0.0.0/8'], ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is \'LoadBalancer\'',
    ],
  ],
  [
    'a Service with clusterIP out is refused',
    [
      'POST services/s',
      { spec: { clusterIP: '1.2.3.4', ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.clusterIPs: Invalid value: ["1.2.3.4"]: failed to allocate IP 1.2.3.4: the provided network does not match the current range',
    ],
  ],
  [
    'a Service with clusterIP malformed is refused',
    [
      'POST services/s',
      { spec: { clusterIP: 'x', ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.clusterIPs[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ],
  ],
  [
    'a Service with clusterIP empty is taken',
    ['POST services/s', { spec: { clusterIP: '', ports: [{ port: 80 }] } }, { code: 201 }],
  ],
  [
    'a Service with clusterIP IPv6 is refused',
    [
      'POST services/s',
      { spec: { clusterIP: 'fd00::1', ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.clusterIPs[0]: Invalid value: ["fd00::1"]: IPv6 is not configured on this cluster',
    ],
  ],
  [
    'a Service with clusterIPs empty first is refused',
    [
      'POST services/s',
      { spec: { clusterIPs: [''], ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: [spec.clusterIPs: Invalid value: [""]: must be empty when `clusterIP` is not specified, spec.clusterIPs[0]: Invalid value: "": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)]',
    ],
  ],
  [
    'a Service with families IPv6 is refused',
    [
      'POST services/s',
      { spec: { ipFamilies: ['IPv6'], ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster',
    ],
  ],
  [
    'a Service with families both is refused',
    [
      'POST services/s',
      { spec: { ipFamilies: ['IPv4', 'IPv6'], ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.ipFamilyPolicy: Invalid value: "SingleStack": must be \'RequireDualStack\' or \'PreferDualStack\' when multiple IP families are specified',
    ],
  ],
  [
    'a Service with families malformed is refused',
    [
      'POST services/s',
      { spec: { ipFamilies: ['x'], ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.ipFamilies[0]: Unsupported value: "x": supported values: "IPv4", "IPv6"',
    ],
  ],
  [
    'a Service with families twice is refused',
    [
      'POST services/s',
      { spec: { ipFamilies: ['IPv4', 'IPv4'], ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.ipFamilies[1]: Duplicate value: "IPv4"',
    ],
  ],
  [
    'a Service with policy prefer is taken',
    ['POST services/s', { spec: { ipFamilyPolicy: 'PreferDualStack', ports: [{ port: 80 }] } }, { code: 201 }],
  ],
  [
    'a Service with policy require is refused',
    [
      'POST services/s',
      { spec: { ipFamilyPolicy: 'RequireDualStack', ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
    ],
  ],
  [
    'a Service with policy malformed is refused',
    [
      'POST services/s',
      { spec: { ipFamilyPolicy: 'x', ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.ipFamilyPolicy: Unsupported value: "x": supported values: "PreferDualStack", "RequireDualStack", "SingleStack"',
    ],
  ],
  [
    'a Service with headless selectorless is taken',
    [
      'POST services/s',
      { spec: { clusterIP: 'None', ports: [{ port: 80 }], ipFamilyPolicy: 'RequireDualStack' } },
      { code: 201, 'spec.ipFamilies': ['IPv4', 'IPv6'] },
    ],
  ],
  [
    'a Service with headless selector is taken',
    ['POST services/s', { spec: { clusterIP: 'None', selector: { a: 'b' }, ports: [{ port: 80 }] } }, { code: 201 }],
  ],
  [
    'a Service with headless selector families is refused',
    [
      'POST services/s',
      { spec: { clusterIP: 'None', selector: { a: 'b' }, ipFamilies: ['IPv6'], ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster',
    ],
  ],
  [
    'a Service with headless balancer is refused',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', clusterIP: 'None', ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.clusterIPs[0]: Invalid value: "None": may not be set to \'None\' for LoadBalancer services',
    ],
  ],
  [
    'a Service with selector malformed is refused',
    [
      'POST services/s',
      { spec: { selector: { 'a b': 'c' }, ports: [{ port: 80 }] } },
      "422 Invalid: Service \"s\" is invalid: spec.selector: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    ],
  ],
  [
    'a Service with selector val is refused',
    [
      'POST services/s',
      { spec: { selector: { a: 'c d' }, ports: [{ port: 80 }] } },
      "422 Invalid: Service \"s\" is invalid: spec.selector: Invalid value: \"c d\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    ],
  ],
  [
    'a Service with publish false is taken',
    ['POST services/s', { spec: { publishNotReadyAddresses: false, ports: [{ port: 80 }] } }, { code: 201 }],
  ],
];

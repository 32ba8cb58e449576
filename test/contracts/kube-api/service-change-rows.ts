import type { ShortCase } from './short-case.ts';

/** What a Service may become: its type, its addresses, its families and its status. */
export const serviceChangeRows: readonly ShortCase[] = [
  [
    'a Service with traffic distribution is taken',
    ['POST services/s', { spec: { trafficDistribution: 'PreferClose', ports: [{ port: 80 }] } }, { code: 201 }],
  ],
  [
    'a Service with traffic distribution malformed is refused',
    [
      'POST services/s',
      { spec: { trafficDistribution: 'x', ports: [{ port: 80 }] } },
      '422 Invalid: Service "s" is invalid: spec.trafficDistribution: Unsupported value: "x": supported values: "PreferClose", "PreferSameZone", "PreferSameNode"',
    ],
  ],
  [
    'a Service with ip to none is refused',
    ['POST services/s', { spec: { ports: [{ port: 80 }] } }, { code: 201 }],
    [
      'MERGE services/s',
      { spec: { clusterIP: 'None', clusterIPs: ['None'] } },
      '422 Invalid: Service "s" is invalid: spec.clusterIPs[0]: Invalid value: ["None"]: may not change once set',
    ],
  ],
  [
    'a Service with ip cleared is taken',
    ['POST services/s', { spec: { ports: [{ port: 80 }] } }, { code: 201 }],
    ['MERGE services/s', { spec: { clusterIP: null, clusterIPs: null } }, { code: 200 }],
  ],
  [
    'a Service with ip cleared one is taken',
    ['POST services/s', { spec: { ports: [{ port: 80 }] } }, { code: 201 }],
    ['MERGE services/s', { spec: { clusterIP: null } }, { code: 200 }],
  ],
  [
    'a Service with ips cleared one is taken',
    ['POST services/s', { spec: { ports: [{ port: 80 }] } }, { code: 201 }],
    ['MERGE services/s', { spec: { clusterIPs: null } }, { code: 200 }],
  ],
  [
    'a Service with ip emptied is taken',
    ['POST services/s', { spec: { ports: [{ port: 80 }] } }, { code: 201 }],
    ['MERGE services/s', { spec: { clusterIP: '' } }, { code: 200 }],
  ],
  [
    'a Service with none to ip is taken',
    [
      'POST services/s',
      { spec: { clusterIP: 'None', ports: [{ port: 80 }] } },
      { code: 201, 'spec.ipFamilies': ['IPv4', 'IPv6'], 'spec.ipFamilyPolicy': 'RequireDualStack' },
    ],
    [
      'MERGE services/s',
      { spec: { clusterIP: '', clusterIPs: null } },
      { code: 200, 'spec.ipFamilies': ['IPv4', 'IPv6'], 'spec.ipFamilyPolicy': 'RequireDualStack' },
    ],
  ],
  [
    'a Service with to name outside is taken',
    ['POST services/s', { spec: { ports: [{ port: 80 }] } }, { code: 201 }],
    ['MERGE services/s', { spec: { type: 'ExternalName', externalName: 'a.b' } }, { code: 200 }],
  ],
  [
    'a Service with from name outside is taken',
    ['POST services/s', { spec: { type: 'ExternalName', externalName: 'a.b' } }, { code: 201 }],
    ['MERGE services/s', { spec: { type: 'ClusterIP', ports: [{ port: 80 }], externalName: null } }, { code: 200 }],
  ],
  [
    'a Service with balancer to clusterip is taken',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster', 'spec.allocateLoadBalancerNodePorts': true },
    ],
    ['MERGE services/s', { spec: { type: 'ClusterIP' } }, { code: 200 }],
  ],
  [
    'a Service with nodeport to clusterip is taken',
    [
      'POST services/s',
      { spec: { type: 'NodePort', ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster' },
    ],
    ['MERGE services/s', { spec: { type: 'ClusterIP' } }, { code: 200 }],
  ],
  [
    'a Service with nodeport to clusterip given is taken',
    [
      'POST services/s',
      { spec: { type: 'NodePort', ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster' },
    ],
    ['MERGE services/s', { spec: { type: 'ClusterIP', ports: [{ port: 80 }] } }, { code: 200 }],
  ],
  [
    'a Service with balancer to name outside is taken',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster', 'spec.allocateLoadBalancerNodePorts': true },
    ],
    ['MERGE services/s', { spec: { type: 'ExternalName', externalName: 'a.b' } }, { code: 200 }],
  ],
  [
    'a Service with clusterip to balancer is taken',
    ['POST services/s', { spec: { ports: [{ port: 80 }] } }, { code: 201 }],
    [
      'MERGE services/s',
      { spec: { type: 'LoadBalancer' } },
      { code: 200, 'spec.externalTrafficPolicy': 'Cluster', 'spec.allocateLoadBalancerNodePorts': true },
    ],
  ],
  [
    'a Service with balancer to clusterip keeps balancer node ports is taken',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false, ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster' },
    ],
    ['MERGE services/s', { spec: { type: 'ClusterIP' } }, { code: 200 }],
  ],
  [
    'a Service with family policy prefer is taken',
    ['POST services/s', { spec: { ports: [{ port: 80 }] } }, { code: 201 }],
    ['MERGE services/s', { spec: { ipFamilyPolicy: 'PreferDualStack' } }, { code: 200 }],
  ],
  [
    'a Service with family policy require is refused',
    ['POST services/s', { spec: { ports: [{ port: 80 }] } }, { code: 201 }],
    [
      'MERGE services/s',
      { spec: { ipFamilyPolicy: 'RequireDualStack' } },
      '422 Invalid: Service "s" is invalid: spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
    ],
  ],
  [
    'a Service with family add is refused',
    ['POST services/s', { spec: { ports: [{ port: 80 }] } }, { code: 201 }],
    [
      'MERGE services/s',
      { spec: { ipFamilies: ['IPv4', 'IPv6'] } },
      '422 Invalid: Service "s" is invalid: spec.ipFamilyPolicy: Invalid value: "SingleStack": must be \'RequireDualStack\' or \'PreferDualStack\' when multiple IP families are specified',
    ],
  ],
  [
    'a Service with put without ip is taken',
    ['POST services/s', { spec: { ports: [{ port: 80 }] } }, { code: 201 }],
    ['PUT services/s', { spec: { ports: [{ port: 80 }], selector: { a: 'b' } } }, { code: 200 }],
  ],
  [
    'a Service with ingress ip is taken',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster', 'spec.allocateLoadBalancerNodePorts': true },
    ],
    [
      'MERGE services/s/status',
      { status: { loadBalancer: { ingress: [{ ip: '1.2.3.4' }] } } },
      {
        code: 200,
        'spec.type': 'LoadBalancer',
        'spec.externalTrafficPolicy': 'Cluster',
        'spec.allocateLoadBalancerNodePorts': true,
        'status.loadBalancer.ingress': [{ ip: '1.2.3.4', ipMode: 'VIP' }],
      },
    ],
  ],
  [
    'a Service with ingress malformed is refused',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster', 'spec.allocateLoadBalancerNodePorts': true },
    ],
    [
      'MERGE services/s/status',
      { status: { loadBalancer: { ingress: [{ ip: 'x' }] } } },
      '422 Invalid: Service "s" is invalid: status.loadBalancer.ingress[0].ip: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ],
  ],
  [
    'a Service with ingress host is taken',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster', 'spec.allocateLoadBalancerNodePorts': true },
    ],
    [
      'MERGE services/s/status',
      { status: { loadBalancer: { ingress: [{ hostname: 'a.b' }] } } },
      {
        code: 200,
        'spec.type': 'LoadBalancer',
        'spec.externalTrafficPolicy': 'Cluster',
        'spec.allocateLoadBalancerNodePorts': true,
        'status.loadBalancer.ingress': [{ hostname: 'a.b' }],
      },
    ],
  ],
  [
    'a Service with ingress host malformed is refused',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster', 'spec.allocateLoadBalancerNodePorts': true },
    ],
    [
      'MERGE services/s/status',
      { status: { loadBalancer: { ingress: [{ hostname: 'A_' }] } } },
      "422 Invalid: Service \"s\" is invalid: status.loadBalancer.ingress[0].hostname: Invalid value: \"A_\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
  ],
  [
    'a Service with ingress host ip is refused',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster', 'spec.allocateLoadBalancerNodePorts': true },
    ],
    [
      'MERGE services/s/status',
      { status: { loadBalancer: { ingress: [{ hostname: '1.2.3.4' }] } } },
      '422 Invalid: Service "s" is invalid: status.loadBalancer.ingress[0].hostname: Invalid value: "1.2.3.4": must be a DNS name, not an IP address',
    ],
  ],
  [
    'a Service with ingress mode is taken',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster', 'spec.allocateLoadBalancerNodePorts': true },
    ],
    [
      'MERGE services/s/status',
      { status: { loadBalancer: { ingress: [{ ip: '1.2.3.4', ipMode: 'Proxy' }] } } },
      {
        code: 200,
        'spec.type': 'LoadBalancer',
        'spec.externalTrafficPolicy': 'Cluster',
        'spec.allocateLoadBalancerNodePorts': true,
        'status.loadBalancer.ingress': [{ ip: '1.2.3.4', ipMode: 'Proxy' }],
      },
    ],
  ],
  [
    'a Service with ingress mode malformed is refused',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster', 'spec.allocateLoadBalancerNodePorts': true },
    ],
    [
      'MERGE services/s/status',
      { status: { loadBalancer: { ingress: [{ ip: '1.2.3.4', ipMode: 'x' }] } } },
      '422 Invalid: Service "s" is invalid: status.loadBalancer.ingress[0].ipMode: Unsupported value: "x": supported values: "Proxy", "VIP"',
    ],
  ],
  [
    'a Service with ingress mode noip is refused',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster', 'spec.allocateLoadBalancerNodePorts': true },
    ],
    [
      'MERGE services/s/status',
      { status: { loadBalancer: { ingress: [{ hostname: 'a.b', ipMode: 'VIP' }] } } },
      '422 Invalid: Service "s" is invalid: status.loadBalancer.ingress[0].ipMode: Forbidden: may not be specified when `ip` is not set',
    ],
  ],
  [
    'a Service with ingress ports is taken',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster', 'spec.allocateLoadBalancerNodePorts': true },
    ],
    [
      'MERGE services/s/status',
      { status: { loadBalancer: { ingress: [{ ip: '1.2.3.4', ports: [{ port: 80, protocol: 'TCP' }] }] } } },
      {
        code: 200,
        'spec.type': 'LoadBalancer',
        'spec.externalTrafficPolicy': 'Cluster',
        'spec.allocateLoadBalancerNodePorts': true,
        'status.loadBalancer.ingress': [{ ip: '1.2.3.4', ipMode: 'VIP', ports: [{ port: 80, protocol: 'TCP' }] }],
      },
    ],
  ],
  [
    'a Service with ingress ports malformed is taken',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster', 'spec.allocateLoadBalancerNodePorts': true },
    ],
    [
      'MERGE services/s/status',
      { status: { loadBalancer: { ingress: [{ ip: '1.2.3.4', ports: [{ port: 0, protocol: 'x' }] }] } } },
      {
        code: 200,
        'spec.type': 'LoadBalancer',
        'spec.externalTrafficPolicy': 'Cluster',
        'spec.allocateLoadBalancerNodePorts': true,
        'status.loadBalancer.ingress': [{ ip: '1.2.3.4', ipMode: 'VIP', ports: [{ port: 0, protocol: 'x' }] }],
      },
    ],
  ],
  [
    'a Service with ingress ports err is taken',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster', 'spec.allocateLoadBalancerNodePorts': true },
    ],
    [
      'MERGE services/s/status',
      {
        status: {
          loadBalancer: { ingress: [{ ip: '1.2.3.4', ports: [{ port: 80, protocol: 'TCP', error: 'a b' }] }] },
        },
      },
      {
        code: 200,
        'spec.type': 'LoadBalancer',
        'spec.externalTrafficPolicy': 'Cluster',
        'spec.allocateLoadBalancerNodePorts': true,
        'status.loadBalancer.ingress': [
          { ip: '1.2.3.4', ipMode: 'VIP', ports: [{ port: 80, protocol: 'TCP', error: 'a b' }] },
        ],
      },
    ],
  ],
  [
    'a Service with ingress clusterip is refused',
    ['POST services/s', { spec: { type: 'ClusterIP', ports: [{ port: 80 }] } }, { code: 201 }],
    [
      'MERGE services/s/status',
      { status: { loadBalancer: { ingress: [{ ip: '1.2.3.4' }] } } },
      '422 Invalid: Service "s" is invalid: status.loadBalancer.ingress: Forbidden: may only be used when `spec.type` is \'LoadBalancer\'',
    ],
  ],
  [
    'a Service with ingress empty is taken',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster', 'spec.allocateLoadBalancerNodePorts': true },
    ],
    [
      'MERGE services/s/status',
      { status: { loadBalancer: { ingress: [{}] } } },
      {
        code: 200,
        'spec.type': 'LoadBalancer',
        'spec.externalTrafficPolicy': 'Cluster',
        'spec.allocateLoadBalancerNodePorts': true,
        'status.loadBalancer.ingress': [{}],
      },
    ],
  ],
  [
    'a Service with ingress IPv6 is taken',
    [
      'POST services/s',
      { spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } },
      { code: 201, 'spec.externalTrafficPolicy': 'Cluster', 'spec.allocateLoadBalancerNodePorts': true },
    ],
    [
      'MERGE services/s/status',
      { status: { loadBalancer: { ingress: [{ ip: '2001:db8::1' }] } } },
      {
        code: 200,
        'spec.type': 'LoadBalancer',
        'spec.externalTrafficPolicy': 'Cluster',
        'spec.allocateLoadBalancerNodePorts': true,
        'status.loadBalancer.ingress': [{ ip: '2001:db8::1', ipMode: 'VIP' }],
      },
    ],
  ],
  [
    'a Service with name is refused',
    [
      'POST services/1a',
      { spec: { ports: [{ port: 80 }] } },
      "422 Invalid: Service \"1a\" is invalid: metadata.name: Invalid value: \"1a\": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')",
    ],
    [
      'POST services/a.b',
      { spec: { ports: [{ port: 80 }] } },
      "422 Invalid: Service \"a.b\" is invalid: metadata.name: Invalid value: \"a.b\": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')",
    ],
    [
      'POST services/-',
      { spec: { ports: [{ port: 80 }] } },
      "422 Invalid: Service \"-\" is invalid: metadata.name: Invalid value: \"-\": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')",
    ],
  ],
];

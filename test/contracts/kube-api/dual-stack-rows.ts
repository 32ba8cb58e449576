import type { ShortCase } from './short-case.ts';

const ports = [{ port: 80 }];
const prefer = 'PreferDualStack';
const require = 'RequireDualStack';
const ofIpv4 = /^10\.\d+\.\d+\.\d+$/u;
const ofIpv6 = /^fd00:/u;
const both = { 'spec.clusterIPs.0': ofIpv4, 'spec.clusterIPs.1': ofIpv6, 'spec.ipFamilies': ['IPv4', 'IPv6'] };

/** Families of Services where the cluster has both, IPv4 first. */
export const dualStackRows: readonly ShortCase[] = [
  [
    'a Service that says nothing has the first family of the cluster',
    [
      'POST services/s',
      { spec: { ports } },
      { code: 201, 'spec.ipFamilyPolicy': 'SingleStack', 'spec.ipFamilies': ['IPv4'], 'spec.clusterIPs.1': undefined },
    ],
  ],
  [
    'a Service of one family has the one that it names',
    [
      'POST services/s',
      { spec: { ports, ipFamilies: ['IPv6'] } },
      { code: 201, 'spec.ipFamilyPolicy': 'SingleStack', 'spec.clusterIP': ofIpv6, 'spec.clusterIPs.1': undefined },
    ],
  ],
  ...[prefer, require].map((ipFamilyPolicy): ShortCase => [
    `a Service with the policy ${ipFamilyPolicy} has an address of each family`,
    ['POST services/s', { spec: { ports, ipFamilyPolicy } }, { code: 201, 'spec.clusterIP': ofIpv4, ...both }],
  ]),
  [
    'a Service of both families begins with the one that it names',
    [
      'POST services/s',
      { spec: { ports, ipFamilyPolicy: prefer, ipFamilies: ['IPv6'] } },
      { 'spec.clusterIPs.0': ofIpv6, 'spec.clusterIPs.1': ofIpv4, 'spec.ipFamilies': ['IPv6', 'IPv4'] },
    ],
  ],
  [
    'a Service that names both families needs a policy of both',
    [
      'POST services/s',
      { spec: { ports, ipFamilies: ['IPv4', 'IPv6'] } },
      '422 Invalid: Service "s" is invalid: spec.ipFamilyPolicy: Invalid value: "SingleStack": must be \'RequireDualStack\' or \'PreferDualStack\' when multiple IP families are specified',
    ],
  ],
  [
    'a Service gets the second family with a policy of both, and gives it up with the policy',
    ['POST services/s', { spec: { ports } }, { 'spec.clusterIPs.1': undefined }],
    ['MERGE services/s', { spec: { ipFamilyPolicy: prefer } }, { code: 200, ...both }],
    [
      'MERGE services/s',
      { spec: { ipFamilyPolicy: 'SingleStack' } },
      { 'spec.clusterIPs.0': ofIpv4, 'spec.clusterIPs.1': undefined, 'spec.ipFamilies': ['IPv4'] },
    ],
  ],
  [
    'a Service gives up its second family by the lists as well',
    ['POST services/s', { spec: { ports, ipFamilyPolicy: require } }, both],
    [
      'JSON services/s',
      [
        { op: 'replace', path: '/spec/ipFamilyPolicy', value: 'SingleStack' },
        { op: 'remove', path: '/spec/ipFamilies/1' },
        { op: 'remove', path: '/spec/clusterIPs/1' },
      ],
      { code: 200, 'spec.clusterIPs.1': undefined, 'spec.ipFamilies': ['IPv4'] },
    ],
  ],
  [
    'a Service of both families cannot give one up while its policy asks for both',
    ['POST services/s', { spec: { ports, ipFamilyPolicy: require } }, both],
    [
      'JSON services/s',
      [{ op: 'remove', path: '/spec/clusterIPs/1' }],
      '422 Invalid: Service "s" is invalid: spec.ipFamilyPolicy: Invalid value: "RequireDualStack": must be \'SingleStack\' to release the secondary cluster IP',
    ],
  ],
  [
    'a Service keeps its first family for ever',
    ['POST services/s', { spec: { ports, ipFamilyPolicy: prefer } }, both],
    [
      'MERGE services/s',
      { spec: { ipFamilies: ['IPv6', 'IPv4'] } },
      {
        code: 422,
        text: /spec\.clusterIPs\[0\]: Invalid value: .{1,30}: expected an IPv6 value as indicated by `ipFamilies\[0\]`/u,
      },
    ],
  ],
  [
    'a Service of both families keeps its addresses when it becomes a load balancer',
    ['POST services/s', { spec: { ports, ipFamilyPolicy: prefer } }, both],
    [
      'MERGE services/s',
      { spec: { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false } },
      { code: 200, 'spec.type': 'LoadBalancer', ...both },
    ],
  ],
  [
    'a headless Service has the families of its policy and no addresses',
    [
      'POST services/s',
      { spec: { ports, clusterIP: 'None', selector: { app: 'web' }, ipFamilyPolicy: prefer } },
      { code: 201, 'spec.ipFamilies': ['IPv4', 'IPv6'], 'spec.clusterIPs': ['None'] },
    ],
    [
      'POST services/one',
      { spec: { ports, clusterIP: 'None', selector: { app: 'web' } } },
      { code: 201, 'spec.ipFamilies': ['IPv4'], 'spec.ipFamilyPolicy': 'SingleStack' },
    ],
    [
      'POST services/free',
      { spec: { ports, clusterIP: 'None' } },
      { code: 201, 'spec.ipFamilies': ['IPv4', 'IPv6'], 'spec.ipFamilyPolicy': require },
    ],
  ],
  [
    'an address is of the family in whose place it stands',
    [
      'POST services/s',
      {
        spec: {
          ports,
          ipFamilyPolicy: prefer,
          ipFamilies: ['IPv6', 'IPv4'],
          clusterIPs: ['10.96.0.9'],
          clusterIP: '10.96.0.9',
        },
      },
      '422 Invalid: Service "s" is invalid: spec.clusterIPs[0]: Invalid value: "10.96.0.9": expected an IPv6 value as indicated by `ipFamilies[0]`',
    ],
  ],
  [
    'an address outside the range of its family is refused',
    [
      'POST services/s',
      { spec: { ports, ipFamilyPolicy: prefer, ipFamilies: ['IPv6'], clusterIP: 'fd12::1' } },
      '422 Invalid: Service "s" is invalid: spec.clusterIPs: Invalid value: ["fd12::1",""]: failed to allocate IP fd12::1: the provided network does not match the current range',
    ],
  ],
  [
    'a Service that is named elsewhere has no families, and both once it is served here',
    [
      'POST services/s',
      { spec: { type: 'ExternalName', externalName: 'example.com' } },
      { code: 201, 'spec.ipFamilies': undefined, 'spec.ipFamilyPolicy': undefined },
    ],
    [
      'MERGE services/s',
      { spec: { type: 'ClusterIP', externalName: null, ports, ipFamilyPolicy: prefer } },
      { code: 200, ...both },
    ],
  ],
];

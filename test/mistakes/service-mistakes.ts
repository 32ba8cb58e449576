import { announced, type Mistake, pool, service } from './mistake.ts';

const around = (...services: readonly string[]): string =>
  pool('192.168.1.240-192.168.1.250') + announced + services.join('');
const web = (...annotations: readonly string[]): string => around(service('web', { annotations }));

export const mistakesWithServices: readonly Mistake[] = [
  {
    mistake: 'the prefix that MetalLB is giving up',
    text: web('metallb.universe.tf/loadBalancerIPs: 192.168.1.241'),
    code: 'annotation-deprecated',
    at: 'metallb.universe.tf/loadBalancerIPs: 192.168.1.241',
    becomes: 'metallb.io/loadBalancerIPs: 192.168.1.241',
  },
  {
    mistake: 'an annotation in other letter cases',
    text: web('metallb.io/loadbalancerIPs: 192.168.1.241'),
    code: 'annotation-unknown',
    at: 'metallb.io/loadbalancerIPs: 192.168.1.241',
    becomes: 'metallb.io/loadBalancerIPs: 192.168.1.241',
  },
  {
    mistake: 'address-pools for address-pool',
    text: web('metallb.io/address-pools: first-pool'),
    code: 'annotation-unknown',
    at: 'metallb.io/address-pools: first-pool',
    becomes: 'metallb.io/address-pool: first-pool',
  },
  {
    mistake: 'an annotation that somebody wished for',
    text: web('metallb.io/L2Advertisement: lan'),
    code: 'annotation-unknown',
    at: 'metallb.io/L2Advertisement: lan',
  },
  {
    mistake: 'a label in place of an annotation',
    text: around(
      service('web', {}).replace('  name: web\n', '  name: web\n  labels:\n    metallb.io/address-pool: first-pool\n'),
    ),
    code: 'annotation-misplaced',
    at: 'metallb.io/address-pool: first-pool',
  },
  {
    mistake: 'true without quotes as the sharing key',
    text: web('metallb.io/allow-shared-ip: true'),
    code: 'wrong-type',
    at: 'metallb.io/allow-shared-ip: true',
    becomes: 'metallb.io/allow-shared-ip: "true"',
  },
  {
    mistake: 'a pool by the name it had before',
    text: web('metallb.io/address-pool: default'),
    code: 'service-pool-unknown',
    at: 'metallb.io/address-pool: default',
  },
  {
    mistake: 'an address that is in no pool',
    text: around(service('web', { spec: ['loadBalancerIP: 192.168.1.20'] })),
    code: 'service-address-outside',
    at: 'loadBalancerIP: 192.168.1.20',
  },
  {
    mistake: 'the address of the node itself, with a mask',
    text: around(service('web', { spec: ['loadBalancerIP: 192.168.1.241/24'] })),
    code: 'service-address-syntax',
    at: 'loadBalancerIP: 192.168.1.241/24',
  },
  {
    mistake: 'the address both as a field and as an annotation',
    text: around(
      service('web', {
        annotations: ['metallb.io/loadBalancerIPs: 192.168.1.241'],
        spec: ['loadBalancerIP: 192.168.1.241'],
      }),
    ),
    code: 'service-address-twice',
    at: 'loadBalancerIP: 192.168.1.241',
  },
  {
    mistake: 'loadBalancerIPs, the name of the annotation, as a field',
    text: around(service('web', { spec: ['loadBalancerIPs: 192.168.1.241'] })),
    code: 'unknown-key',
    at: 'loadBalancerIPs: 192.168.1.241',
    becomes: 'loadBalancerIP: 192.168.1.241',
  },
  {
    mistake: 'a range where one address belongs',
    text: web('metallb.io/loadBalancerIPs: 192.168.1.241-192.168.1.245'),
    code: 'service-address-syntax',
    at: 'metallb.io/loadBalancerIPs: 192.168.1.241-192.168.1.245',
  },
  {
    mistake: 'two Services on one address without a sharing key',
    text: around(
      service('dns-tcp', { spec: ['loadBalancerIP: 192.168.1.241'] }),
      service('dns-udp', { port: 53, spec: ['loadBalancerIP: "192.168.1.241"'] }),
    ),
    code: 'service-sharing',
    at: 'loadBalancerIP: "192.168.1.241"',
  },
  {
    mistake: 'a shared address under the policy Local, and other pods behind it',
    text: around(
      ...['a', 'b'].map((name, index) =>
        service(name, {
          port: 80 + index,
          annotations: ['metallb.io/allow-shared-ip: one'],
          spec: ['externalTrafficPolicy: Local', `loadBalancerIP: 192.168.1.241 # ${name}`],
        }),
      ),
    ),
    code: 'service-sharing',
    at: 'loadBalancerIP: 192.168.1.241 # b',
  },
  {
    mistake: 'an annotation on a Service of type ClusterIP',
    text: around(service('web', { type: 'ClusterIP', annotations: ['metallb.io/address-pool: first-pool'] })),
    code: 'annotation-without-effect',
    at: 'metallb.io/address-pool: first-pool',
  },
  {
    mistake: 'the type with a small b',
    text: around(service('web', { type: 'Loadbalancer', annotations: ['metallb.io/address-pool: first-pool'] })),
    code: 'not-allowed-value',
    at: 'type: Loadbalancer',
    becomes: 'type: LoadBalancer',
  },
  {
    mistake: 'the annotation on the pods in place of the Service',
    text: `${around()}---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    metadata:\n      annotations:\n        metallb.io/address-pool: first-pool\n`,
    code: 'annotation-misplaced',
    at: 'metallb.io/address-pool: first-pool',
  },
];

import { allow, cached, type ComponentAccess } from './access-rule.ts';

/**
 * Metalwave's own controller: allocates addresses into Services' status, tells each pool's use, says why in events. Its
 * replicas agree on a leader by a Lease. It reads no Secret.
 */
export const nativeControllerAccess: ComponentAccess = {
  cluster: [
    allow('', ['namespaces', 'services'], cached),
    allow('', ['services/status'], ['patch']),
    allow('', ['events'], ['create', 'patch']),
  ],
  namespace: [
    allow('metallb.io', ['communities', 'ipaddresspools'], cached),
    allow('metallb.io', ['ipaddresspools/status'], ['patch']),
    allow('coordination.k8s.io', ['leases'], ['create']),
    allow('coordination.k8s.io', ['leases'], ['get', 'update'], ['metalwave-controller']),
  ],
};

/**
 * Metalwave's own speaker: decides from the same objects as every other speaker which addresses this node answers for,
 * owns them by Leases, reads session passwords from Secrets of its namespace, and tells what it announces.
 */
export const nativeSpeakerAccess: ComponentAccess = {
  cluster: [
    allow('', ['namespaces', 'nodes', 'services'], cached),
    allow('discovery.k8s.io', ['endpointslices'], cached),
    allow('', ['events'], ['create', 'patch']),
  ],
  namespace: [
    allow(
      'metallb.io',
      ['bfdprofiles', 'bgpadvertisements', 'bgppeers', 'communities', 'ipaddresspools', 'l2advertisements'],
      cached,
    ),
    allow('metallb.io', ['servicebgpstatuses', 'servicel2statuses'], [...cached, 'create', 'patch', 'delete']),
    allow('metallb.io', ['servicebgpstatuses/status', 'servicel2statuses/status'], ['patch']),
    allow('', ['secrets'], cached),
    allow('coordination.k8s.io', ['leases'], [...cached, 'get', 'create', 'update', 'delete']),
  ],
};

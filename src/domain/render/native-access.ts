import type { MetalLbSettings } from '../environment/environment.ts';
import { metalLbKindsOf } from '../metallb/api.ts';
import { allow, cached, type AccessRule, type ComponentAccess } from './access-rule.ts';

/** The Lease by which replicas agree on who allocates. */
const electionLease = 'metalwave-controller';

/** Whether the configuration was taken is told in an object of this kind, where the release has it. */
function configurationState(settings: MetalLbSettings): readonly AccessRule[] {
  return metalLbKindsOf(settings.version).includes('ConfigurationState')
    ? [
        allow('metallb.io', ['configurationstates'], ['create']),
        allow('metallb.io', ['configurationstates/status'], ['patch']),
      ]
    : [];
}

/** Upstream's speakers mount the memberlist key, which MetalLB's controller makes. Made once, never read. */
function memberlistKey(settings: MetalLbSettings): readonly AccessRule[] {
  return settings.speaker.memberlist.enabled ? [allow('', ['secrets'], ['create'])] : [];
}

/**
 * The rights of Metalwave's own controller, and no more: it gives addresses in the status of Services, keeps its claims in
 * ConfigMaps, tells each pool's use, says why in events, and elects a leader by a Lease. Names of claims are not known
 * ahead, and a create cannot be limited to a name.
 */
export function nativeControllerAccess(settings: MetalLbSettings): ComponentAccess {
  return {
    cluster: [
      allow('', ['namespaces', 'services'], cached),
      allow('', ['services/status'], ['patch']),
      allow('', ['events'], ['create', 'patch']),
    ],
    namespace: [
      allow('metallb.io', ['ipaddresspools'], cached),
      allow('metallb.io', ['ipaddresspools/status'], ['patch']),
      allow('', ['configmaps'], ['get', ...cached, 'create', 'update', 'delete']),
      allow('coordination.k8s.io', ['leases'], ['create']),
      allow('coordination.k8s.io', ['leases'], ['get', 'update'], [electionLease]),
      ...memberlistKey(settings),
      ...configurationState(settings),
    ],
  };
}

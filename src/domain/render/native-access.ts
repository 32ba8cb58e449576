import type { MetalLbSettings } from '../environment/environment.ts';
import { configurationStateName } from '../health/configuration/configuration-state.ts';
import { metalLbKindsOf } from '../metallb/api.ts';
import { allow, cached, type AccessRule, type ComponentAccess } from './access-rule.ts';
import { memberlistSecret } from './metallb-profile.ts';

/** The Lease by which replicas agree on who allocates. */
const electionLease = 'metalwave-controller';

/** Whether the configuration was taken is told in an object of this kind, where the release has it. */
function configurationState(settings: MetalLbSettings): readonly AccessRule[] {
  const own = [configurationStateName('controller', '')];
  return metalLbKindsOf(settings.version).includes('ConfigurationState')
    ? [
        allow('metallb.io', ['configurationstates'], ['create']),
        allow('metallb.io', ['configurationstates'], ['get', 'patch'], own),
        allow('metallb.io', ['configurationstates/status'], ['patch'], own),
      ]
    : [];
}

/** Upstream's speakers mount the memberlist key, which MetalLB's controller makes. Made once, never read nor replaced. */
function memberlistKey(settings: MetalLbSettings): readonly AccessRule[] {
  return settings.speaker.memberlist.enabled
    ? [allow('', ['secrets'], ['create']), allow('', ['secrets'], ['patch'], [memberlistSecret])]
    : [];
}

/**
 * The rights of Metalwave's own controller, and no more: it gives addresses in the status of Services, keeps its claims in
 * ConfigMaps, tells each pool's use, says why in events, and elects a leader by a Lease. All but the claims, which it
 * replaces as a whole, it writes by server-side apply, which takes the right to patch and, for what isn't there yet, to
 * create; a create cannot be limited to a name, and the names of claims are not known ahead.
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
      allow('coordination.k8s.io', ['leases'], ['get', 'patch'], [electionLease]),
      ...memberlistKey(settings),
      ...configurationState(settings),
    ],
  };
}

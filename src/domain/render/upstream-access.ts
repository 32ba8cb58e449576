import type { MetalLbSettings } from '../environment/environment.ts';
import { metalLbKindsOf } from '../metallb/api.ts';
import { allow, cached, type AccessRule, type ComponentAccess } from './access-rule.ts';
import { memberlistSecret, webhookConfiguration, webhookSecret } from './metallb-profile.ts';

const configurationKinds = [
  'bfdprofiles',
  'bgpadvertisements',
  'bgppeers',
  'communities',
  'ipaddresspools',
  'l2advertisements',
] as const;

/** Callers of the metrics port are checked by asking the API server who they are and what they may. */
function securedMetrics(settings: MetalLbSettings): readonly AccessRule[] {
  return settings.line === '0.16'
    ? [
        allow('authentication.k8s.io', ['tokenreviews'], ['create']),
        allow('authorization.k8s.io', ['subjectaccessreviews'], ['create']),
      ]
    : [];
}

/** Since 0.15.3 both components keep a ConfigurationState of their own, whose cache spans the cluster. */
function configurationState(settings: MetalLbSettings): ComponentAccess {
  if (!metalLbKindsOf(settings.version).includes('ConfigurationState')) {
    return { cluster: [], namespace: [] };
  }
  return {
    cluster: [allow('metallb.io', ['configurationstates'], cached)],
    namespace: [
      allow('metallb.io', ['configurationstates'], ['create']),
      allow('metallb.io', ['configurationstates/status'], ['patch']),
    ],
  };
}

/** The webhook rotates its certificate itself and writes the CA into its configuration and BGPPeer's definition. */
function webhookAccess(settings: MetalLbSettings): ComponentAccess {
  if (!settings.controller.webhook) {
    return { cluster: [], namespace: [] };
  }
  return {
    cluster: [
      allow('', ['nodes'], ['list']),
      allow('admissionregistration.k8s.io', ['validatingwebhookconfigurations'], cached),
      allow('admissionregistration.k8s.io', ['validatingwebhookconfigurations'], ['update'], [webhookConfiguration]),
      allow('apiextensions.k8s.io', ['customresourcedefinitions'], cached),
      allow('apiextensions.k8s.io', ['customresourcedefinitions'], ['update'], ['bgppeers.metallb.io']),
    ],
    namespace: [
      allow('', ['secrets'], cached),
      allow('', ['secrets'], ['update'], [webhookSecret]),
      allow('metallb.io', ['bgpadvertisements', 'bgppeers', 'l2advertisements'], ['list']),
    ],
  };
}

/** The memberlist key: made once, owned by the controller's Deployment. A create cannot be limited to one name. */
function memberlistKey(settings: MetalLbSettings): readonly AccessRule[] {
  if (!settings.speaker.memberlist.enabled) {
    return [];
  }
  return [
    allow('apps', ['deployments'], ['get'], ['controller']),
    allow('', ['secrets'], ['create']),
    allow('', ['secrets'], ['list'], [memberlistSecret]),
  ];
}

/** From 0.16 on the controller starts by reading its own pod; the pod's name is not known ahead. */
function ownPod(settings: MetalLbSettings): readonly AccessRule[] {
  return settings.line === '0.16' ? [allow('', ['pods'], ['get'])] : [];
}

/** Pools tell their use in their status since 0.15. */
function poolStatus(settings: MetalLbSettings): readonly AccessRule[] {
  return settings.line === '0.14' ? [] : [allow('metallb.io', ['ipaddresspools/status'], ['update'])];
}

/** The rights of upstream's controller, and no more, for the line and options of these settings. */
export function controllerAccess(settings: MetalLbSettings): ComponentAccess {
  const state = configurationState(settings);
  const webhook = webhookAccess(settings);
  return {
    cluster: [
      allow('', ['namespaces', 'services'], cached),
      allow('', ['services/status'], ['update']),
      allow('', ['events'], ['create', 'patch']),
      ...securedMetrics(settings),
      ...state.cluster,
      ...webhook.cluster,
    ],
    namespace: [
      allow('metallb.io', ['communities', 'ipaddresspools'], cached),
      ...poolStatus(settings),
      ...memberlistKey(settings),
      ...ownPod(settings),
      ...state.namespace,
      ...webhook.namespace,
    ],
  };
}

/** Who announces a Service is written into status objects by the speaker that does. */
function announcementStatus(settings: MetalLbSettings): ComponentAccess {
  const writes = ['create', 'patch', 'delete'];
  const l2: ComponentAccess = {
    cluster: [allow('metallb.io', ['servicel2statuses'], cached)],
    namespace: [
      allow('metallb.io', ['servicel2statuses'], writes),
      allow('metallb.io', ['servicel2statuses/status'], ['patch']),
    ],
  };
  if (!metalLbKindsOf(settings.version).includes('ServiceBGPStatus')) {
    return l2;
  }
  return {
    cluster: l2.cluster,
    namespace: [
      ...l2.namespace,
      allow('metallb.io', ['servicebgpstatuses'], [...cached, ...writes]),
      allow('metallb.io', ['servicebgpstatuses/status'], ['patch']),
    ],
  };
}

/** FRR-K8s is told each node's sessions through an FRRConfiguration in the namespace it runs in. */
function frrConfigurations(settings: MetalLbSettings): readonly AccessRule[] {
  return settings.backend === 'frr-k8s'
    ? [allow('frrk8s.metallb.io', ['frrconfigurations'], [...cached, 'create', 'update', 'delete'])]
    : [];
}

/** The rights of upstream's speaker, and no more, for the line and options of these settings. */
export function speakerAccess(settings: MetalLbSettings): ComponentAccess {
  const status = announcementStatus(settings);
  const state = configurationState(settings);
  return {
    cluster: [
      allow('', ['namespaces', 'nodes', 'services'], cached),
      allow('discovery.k8s.io', ['endpointslices'], cached),
      allow('', ['events'], ['create', 'patch']),
      ...securedMetrics(settings),
      ...status.cluster,
      ...state.cluster,
      ...frrConfigurations(settings),
    ],
    namespace: [
      allow('metallb.io', configurationKinds, cached),
      allow('', ['configmaps', 'secrets'], cached),
      allow('', ['pods'], settings.speaker.memberlist.enabled ? ['get', 'list'] : ['get']),
      ...status.namespace,
      ...state.namespace,
    ],
  };
}

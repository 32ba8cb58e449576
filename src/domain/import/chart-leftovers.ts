import type { Json } from '../json.ts';

/** What MetalLB's chart says where nobody does: a copy of its values file asks for nothing by it. */
export const chartDefaults: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['rbac.create', true],
  ['psp.create', true],
  ['crds.enabled', true],
  ['crds.validationFailurePolicy', 'Fail'],
  ['controller.enabled', true],
  ['controller.serviceAccount.create', true],
  ['controller.strategy.type', 'RollingUpdate'],
  ['controller.updateStrategy.type', 'RollingUpdate'],
  ['controller.securityContext.runAsNonRoot', true],
  ['controller.securityContext.runAsUser', 65_534],
  ['controller.securityContext.fsGroup', 65_534],
  ['speaker.enabled', true],
  ['speaker.tolerateMaster', true],
  ['speaker.serviceAccount.create', true],
  ['speaker.updateStrategy.type', 'RollingUpdate'],
  ['speaker.memberlist.mlSecretKeyPath', '/etc/ml_secret_key'],
  ['prometheus.rbacPrometheus', true],
  ['prometheus.scrapeAnnotations', false],
  ['prometheus.metricsPort', 7472],
  ['prometheus.podMonitor.jobLabel', 'app.kubernetes.io/name'],
  ['prometheus.serviceMonitor.jobLabel', 'app.kubernetes.io/name'],
  ['networkpolicies.enabled', false],
  ['networkpolicies.defaultDeny', false],
  ['networkpolicies.apiPort', 6443],
  ['frrk8s.external', false],
  ...['controller', 'speaker'].flatMap((program): readonly [string, Json][] =>
    ['livenessProbe', 'readinessProbe'].flatMap((probe): readonly [string, Json][] => [
      [`${program}.${probe}.enabled`, true],
      [`${program}.${probe}.failureThreshold`, 3],
      [`${program}.${probe}.initialDelaySeconds`, 10],
      [`${program}.${probe}.periodSeconds`, 10],
      [`${program}.${probe}.successThreshold`, 1],
      [`${program}.${probe}.timeoutSeconds`, 1],
    ]),
  ),
  ['speaker.startupProbe.enabled', true],
  ['speaker.startupProbe.failureThreshold', 30],
  ['speaker.startupProbe.periodSeconds', 5],
]);

interface Reason {
  readonly why: string;
  readonly remedy: string;
}

const byMetalwave: Reason = {
  why: 'Metalwave sets this itself',
  remedy: 'Nothing is to be done; metalwave render shows what it sets.',
};

const reasons: readonly (readonly [RegExp, Reason])[] = [
  [/^(?:rbac|crds|nameOverride|fullnameOverride|networkpolicies)\b/u, byMetalwave],
  [/\.(?:strategy|updateStrategy|serviceAccount|securityContext|\w+Probe|runtimeClassName|command)$/u, byMetalwave],
  [
    /^psp\b/u,
    {
      why: 'Kubernetes has no PodSecurityPolicy since 1.25',
      remedy: 'Nothing is to be done: the namespace is labelled for pod security.',
    },
  ],
  [
    /^prometheus\.prometheusRule\b/u,
    {
      why: 'Metalwave has alert rules of its own',
      remedy:
        'Look at metallb.monitoring.thresholds and alertLabels for what can be set, and keep other rules beside it.',
    },
  ],
  [
    /^prometheus\b/u,
    { why: 'Metalwave makes its own monitors', remedy: 'Look at metallb.monitoring for what can be set.' },
  ],
  [
    /^(?:controller|speaker)\.image$/u,
    {
      why: 'the image is that of a MetalLB which Metalwave does not install, or has no tag',
      remedy: 'Set metallb.version, and image with repository and tag where the images are mirrored.',
    },
  ],
  [
    /^(?:controller|speaker)\.enabled$/u,
    {
      why: 'an environment runs both programs or, with metallb.install: false, none',
      remedy: 'Write metallb.install: false if something else runs them.',
    },
  ],
  [
    /^existingConfigMap$/u,
    { why: 'the configuration is in a ConfigMap of that name', remedy: 'Import the ConfigMap as well.' },
  ],
];

/** Why a setting of the chart has no place in an environment, and what to do about it. */
export function reasonFor(name: string): Reason {
  return (
    reasons.find(([pattern]) => pattern.test(name))?.[1] ?? {
      why: 'an environment has no such setting',
      remedy:
        'See whether it is still needed; if so, keep MetalLB in the hands of Helm and write metallb.install: false.',
    }
  );
}

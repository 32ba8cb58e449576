import type { ControllerSettings, Environment } from '../environment/environment.ts';
import type { JsonObject } from '../json.ts';
import { memberlistSecret, workloadProfile } from './metallb-profile.ts';
import { objectMetadata, podLabels } from './object-labels.ts';
import { classArgument, plainVariable, podSettings, podVariable, probes } from './pod-settings.ts';
import type { RenderUnit } from './render-unit.ts';

/** Replicas rather on two nodes than on one; where there is one node they share it. */
const apart: JsonObject = {
  podAntiAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      {
        weight: 100,
        podAffinityTerm: {
          labelSelector: { matchLabels: podLabels('controller') },
          topologyKey: 'kubernetes.io/hostname',
        },
      },
    ],
  },
};

/** The policy by which addresses of deleted Services are kept for their return; nothing where there is none. */
function reservationArguments({ reservation }: ControllerSettings): readonly string[] {
  return reservation === undefined
    ? []
    : [`--reservation-after-delete=${reservation.afterDelete}`, `--reservation-limit=${reservation.limit}`];
}

/** MetalLB's flags, by MetalLB's names. */
function controllerArguments(environment: Environment): readonly string[] {
  const settings = environment.metallb;
  return [
    `--port=${workloadProfile(settings, 'controller').metricsPort}`,
    `--log-level=${settings.controller.logLevel}`,
    ...classArgument(settings),
    ...reservationArguments(settings.controller),
  ];
}

/** Of two replicas one may be evicted at a time; one that does not run anyway holds nobody up. */
function disruptionBudget(environment: Environment): RenderUnit {
  const { namespace } = environment.metallb;
  const labels = podLabels('controller');
  return {
    step: 'controller',
    template: 'pod-disruption-budget',
    values: { metadata: objectMetadata(environment, 'controller', { namespace, labels }), selector: labels },
  };
}

function deployment(environment: Environment): RenderUnit {
  const settings = environment.metallb;
  const profile = workloadProfile(settings, 'controller');
  const { namespace } = settings;
  const labels = podLabels('controller');
  const pod = podSettings(settings, settings.controller);
  return {
    step: 'controller',
    template: 'native-controller',
    values: {
      metadata: objectMetadata(environment, 'controller', { namespace, labels }),
      podLabels: labels,
      ...pod,
      affinity: pod['affinity'] ?? apart,
      replicas: settings.controller.replicas,
      arguments: controllerArguments(environment),
      variables: [
        podVariable('METALLB_NAMESPACE', 'metadata.namespace'),
        podVariable('POD_NAME', 'metadata.name'),
        podVariable('NODE_NAME', 'spec.nodeName'),
        ...(settings.speaker.memberlist.enabled ? [plainVariable('METALLB_ML_SECRET_NAME', memberlistSecret)] : []),
      ],
      metricsPort: profile.metricsPort,
      metricsPortName: profile.metricsPortName,
      probes: probes(profile, null),
    },
  };
}

/**
 * Metalwave's controller. It bears upstream's names and labels, so that a change of engine is a roll-out of one
 * Deployment; that one stops the old pods before it starts new ones, because upstream's controller knows nothing of claims
 * and must never run beside ours.
 */
export function nativeController(environment: Environment): readonly RenderUnit[] {
  const isReplicated = environment.metallb.controller.replicas > 1;
  return [deployment(environment), ...(isReplicated ? [disruptionBudget(environment)] : [])];
}

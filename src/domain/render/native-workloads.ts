import type { Environment } from '../environment/environment.ts';
import { canonicalJson } from '../json.ts';
import { excludedInterfacesConfigMap, workloadProfile } from './metallb-profile.ts';
import { objectMetadata, podLabels, type Component } from './object-labels.ts';
import { classArgument, podSettings, podVariable, probes } from './pod-settings.ts';
import type { RenderUnit } from './render-unit.ts';

function commonArguments(environment: Environment, component: Component): readonly string[] {
  const settings = environment.metallb;
  const profile = workloadProfile(settings);
  return [
    component,
    `--metrics-port=${profile.metricsPort}`,
    `--health-port=${profile.healthPort ?? 0}`,
    `--log-level=${settings[component].logLevel}`,
    ...classArgument(settings),
  ];
}

/**
 * Metalwave's controller. It bears upstream's names and labels, so that a change of engine is a roll-out of the same
 * objects and never two engines side by side.
 */
export function nativeController(environment: Environment): RenderUnit {
  const settings = environment.metallb;
  const profile = workloadProfile(settings);
  return {
    step: 'controller',
    template: 'native-controller',
    values: {
      metadata: objectMetadata(environment, 'controller', {
        namespace: settings.namespace,
        labels: podLabels('controller'),
      }),
      podLabels: podLabels('controller'),
      ...podSettings(settings, settings.controller),
      replicas: settings.controller.replicas,
      arguments: commonArguments(environment, 'controller'),
      variables: [
        podVariable('METALWAVE_NAMESPACE', 'metadata.namespace'),
        podVariable('METALWAVE_POD_NAME', 'metadata.name'),
      ],
      metricsPort: profile.metricsPort,
      metricsPortName: profile.metricsPortName,
      probes: probes(profile, null),
    },
  };
}

/** Metalwave's speaker, one a node, on the host's network with the right to raw sockets alone. */
export function nativeSpeaker(environment: Environment): RenderUnit {
  const settings = environment.metallb;
  const profile = workloadProfile(settings);
  return {
    step: 'speaker',
    template: 'native-speaker',
    values: {
      metadata: objectMetadata(environment, 'speaker', { namespace: settings.namespace, labels: podLabels('speaker') }),
      podLabels: podLabels('speaker'),
      ...podSettings(settings, settings.speaker),
      arguments: [
        ...commonArguments(environment, 'speaker'),
        ...(settings.speaker.ignoreExcludeLabel ? ['--ignore-exclude-label'] : []),
      ],
      variables: [
        podVariable('METALWAVE_NAMESPACE', 'metadata.namespace'),
        podVariable('METALWAVE_NODE_NAME', 'spec.nodeName'),
        podVariable('METALWAVE_POD_NAME', 'metadata.name'),
        podVariable('METALWAVE_HOST_ADDRESS', 'status.hostIP'),
      ],
      metricsPort: profile.metricsPort,
      metricsPortName: profile.metricsPortName,
      probes: probes(profile, '127.0.0.1'),
      excludedInterfaces: excludedInterfacesConfigMap,
      readAtStart: canonicalJson(settings.speaker.excludedInterfaces),
    },
  };
}

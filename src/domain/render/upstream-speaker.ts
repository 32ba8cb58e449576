import type { Environment } from '../environment/environment.ts';
import type { Json, JsonObject } from '../json.ts';
import { canonicalJson } from '../json.ts';
import {
  excludedInterfacesConfigMap,
  frrStartupConfigMap,
  memberlistSecret,
  workloadProfile,
  type WorkloadProfile,
} from './metallb-profile.ts';
import { objectMetadata, podLabels } from './object-labels.ts';
import { classArgument, plainVariable, podSettings, podVariable, probes } from './pod-settings.ts';
import type { RenderUnit } from './render-unit.ts';

/** Where the speaker, FRR and the reloader meet. */
const reloaderFolder = '/etc/frr_reloader';

function memberlistVariables(environment: Environment): readonly Json[] {
  const { memberlist } = environment.metallb.speaker;
  if (!memberlist.enabled) {
    return [];
  }
  return [
    podVariable('METALLB_ML_BIND_ADDR', 'status.podIP'),
    plainVariable('METALLB_ML_BIND_PORT', String(memberlist.port)),
    plainVariable('METALLB_ML_LABELS', 'app=metallb,component=speaker'),
    plainVariable('METALLB_ML_SECRET_KEY_PATH', '/etc/ml_secret_key'),
  ];
}

function variables(environment: Environment): readonly Json[] {
  const { backend } = environment.metallb;
  const frr =
    backend === 'frr'
      ? [
          plainVariable('FRR_CONFIG_FILE', `${reloaderFolder}/frr.conf`),
          plainVariable('FRR_RELOADER_PID_FILE', `${reloaderFolder}/reloader.pid`),
        ]
      : [];
  return [
    podVariable('METALLB_NAMESPACE', 'metadata.namespace'),
    podVariable('METALLB_NODE_NAME', 'spec.nodeName'),
    podVariable('METALLB_POD_NAME', 'metadata.name'),
    podVariable('METALLB_HOST', 'status.hostIP'),
    plainVariable('METALLB_BGP_TYPE', backend),
    ...frr,
    ...memberlistVariables(environment),
  ];
}

function speakerArguments(environment: Environment): readonly string[] {
  const settings = environment.metallb;
  return [
    `--port=${workloadProfile(settings, 'speaker').metricsPort}`,
    `--log-level=${settings.speaker.logLevel}`,
    ...(settings.speaker.ignoreExcludeLabel ? ['--ignore-exclude-lb=true'] : []),
    ...classArgument(settings),
  ];
}

/** FRR and its companions, which backend `frr` runs beside the speaker. */
function frrSidecars(environment: Environment, profile: WorkloadProfile): JsonObject | null {
  const { backend, speaker } = environment.metallb;
  if (backend !== 'frr') {
    return null;
  }
  return {
    image: speaker.frrImage,
    startupConfigMap: frrStartupConfigMap,
    reloaderFolder,
    metricsPort: profile.frrMetricsPort,
    metricsPortName: profile.frrMetricsPortName,
    metricsArguments: [`--metrics-port=${profile.frrMetricsPort}`],
    livenessScheme: profile.metricsSecured ? 'HTTPS' : 'HTTP',
  };
}

/** Upstream's speaker, one a node, in each of its BGP modes. FRR-K8s itself is not rendered: it must be there. */
export function upstreamSpeaker(environment: Environment): RenderUnit {
  const settings = environment.metallb;
  const profile = workloadProfile(settings, 'speaker');
  const { memberlist } = settings.speaker;
  return {
    step: 'speaker',
    template: 'upstream-speaker',
    values: {
      metadata: objectMetadata(environment, 'speaker', { namespace: settings.namespace, labels: podLabels('speaker') }),
      podLabels: podLabels('speaker'),
      ...podSettings(settings, settings.speaker),
      arguments: speakerArguments(environment),
      variables: variables(environment),
      metricsPort: profile.metricsPort,
      metricsPortName: profile.metricsPortName,
      probes: probes(profile, profile.healthPort === undefined ? null : '127.0.0.1'),
      memberlist: memberlist.enabled ? { port: memberlist.port, secret: memberlistSecret } : null,
      excludedInterfaces: excludedInterfacesConfigMap,
      readAtStart: canonicalJson(settings.speaker.excludedInterfaces),
      frr: frrSidecars(environment, profile),
    },
  };
}

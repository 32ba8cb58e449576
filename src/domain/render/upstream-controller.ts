import type { Environment } from '../environment/environment.ts';
import { memberlistSecret, serverPortOfWebhook, webhookSecret, workloadProfile } from './metallb-profile.ts';
import { objectMetadata, podLabels } from './object-labels.ts';
import { classArgument, plainVariable, podSettings, podVariable, probes } from './pod-settings.ts';
import type { RenderUnit } from './render-unit.ts';

/** Folder in which every line finds the webhook's certificate; 0.16 is told so, the others know no other. */
const certificateFolder = '/tmp/k8s-webhook-server/serving-certs';

function controllerArguments(environment: Environment): readonly string[] {
  const settings = environment.metallb;
  const { metricsPort } = workloadProfile(settings, 'controller');
  const webhook = settings.controller.webhook
    ? ['--webhook-mode=enabled', `--cert-dir=${certificateFolder}`]
    : ['--webhook-mode=disabled', '--disable-cert-rotation=true'];
  return [
    `--port=${metricsPort}`,
    `--log-level=${settings.controller.logLevel}`,
    ...webhook,
    ...classArgument(settings),
  ];
}

/**
 * Upstream's controller. It runs once and has no leader election, so the old one is gone before the new one starts: two
 * at a time give one address twice.
 */
export function upstreamController(environment: Environment): RenderUnit {
  const settings = environment.metallb;
  const profile = workloadProfile(settings, 'controller');
  const memberlist = settings.speaker.memberlist.enabled
    ? [plainVariable('METALLB_ML_SECRET_NAME', memberlistSecret), plainVariable('METALLB_DEPLOYMENT', 'controller')]
    : [];
  return {
    step: 'controller',
    template: 'upstream-controller',
    values: {
      metadata: objectMetadata(environment, 'controller', {
        namespace: settings.namespace,
        labels: podLabels('controller'),
      }),
      podLabels: podLabels('controller'),
      ...podSettings(settings, settings.controller),
      arguments: controllerArguments(environment),
      variables: [
        podVariable('METALLB_NAMESPACE', 'metadata.namespace'),
        podVariable('METALLB_POD_NAME', 'metadata.name'),
        plainVariable('METALLB_BGP_TYPE', settings.backend),
        ...memberlist,
      ],
      metricsPort: profile.metricsPort,
      metricsPortName: profile.metricsPortName,
      probes: probes(profile, null),
      webhook: settings.controller.webhook
        ? { port: serverPortOfWebhook, secret: webhookSecret, folder: certificateFolder }
        : null,
    },
  };
}

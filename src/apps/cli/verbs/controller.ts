import { readFileSync } from 'node:fs';
import {
  controllerSettings,
  defaultPort,
  upstreamFlags,
  upstreamSwitches,
} from '../../controller/controller-settings.ts';
import { withoutGoStyle } from '../../controller/go-flags.ts';
import { jsonLog } from '../../controller/json-log.ts';
import { serveController } from '../../controller/serve-controller.ts';
import { findAccess } from '../../../adapters/kube/find-access.ts';
import { systemClock } from '../../../adapters/system/clock.ts';
import { exitCode } from '../exit-code.ts';
import { clusterOptions } from '../option-sets.ts';
import type { OptionTable, Verb, VerbContext } from '../verb.ts';

const namespaceFile = '/var/run/secrets/kubernetes.io/serviceaccount/namespace';
const noEffect = "taken for MetalLB's sake; has no effect";

const options: OptionTable = {
  ...clusterOptions,
  namespace: {
    type: 'string',
    value: 'NAME',
    description: "MetalLB's namespace (default: METALLB_NAMESPACE, the pod's own, or metallb-system)",
  },
  'lb-class': {
    type: 'string',
    value: 'CLASS',
    description: 'serve Services of this load balancer class (default: those that have none)',
  },
  port: {
    type: 'string',
    value: 'PORT',
    description: `port of /metrics, /healthz and /readyz, 0 for none (default: ${defaultPort})`,
  },
  'health-probe-port': { type: 'string', value: 'PORT', description: 'serve /healthz and /readyz on this port, too' },
  'bind-address': { type: 'string', value: 'ADDRESS', description: 'address of these ports (default: 0.0.0.0)' },
  'log-level': {
    type: 'string',
    choices: ['all', 'debug', 'info', 'warn', 'error', 'none'],
    description: 'the least that is logged (default: info)',
  },
  'leader-elect': {
    type: 'string',
    choices: ['true', 'false'],
    description: 'stand by while another controller leads (default: true)',
  },
  'reservation-after-delete': {
    type: 'string',
    value: 'DURATION',
    description: 'keep the addresses of a deleted Service that long for one of the same name (default: not at all)',
  },
  'reservation-limit': { type: 'string', value: 'COUNT', description: 'addresses kept so at most (default: 1000)' },
  'ml-secret-name': {
    type: 'string',
    value: 'NAME',
    description: "make the Secret with the key of upstream's speakers (default: METALLB_ML_SECRET_NAME)",
  },
  'pod-name': { type: 'string', value: 'NAME', description: 'name in the election (default: METALLB_POD_NAME)' },
  ...Object.fromEntries(
    upstreamFlags.map((name) => [name, { type: 'string', value: 'VALUE', description: noEffect } as const]),
  ),
  ...Object.fromEntries(upstreamSwitches.map((name) => [name, { type: 'boolean', description: noEffect } as const])),
};

/** Only who speaks by a pod's own account is told its namespace. */
function podNamespace({ options: given, env }: VerbContext): string | undefined {
  const usesKubeconfig = given.text('kubeconfig') !== undefined || (env['KUBECONFIG'] ?? '') !== '';
  if (usesKubeconfig || (env['KUBERNETES_SERVICE_HOST'] ?? '') === '') {
    return undefined;
  }
  try {
    return readFileSync(namespaceFile, 'utf8').trim();
  } catch {
    return undefined;
  }
}

export const controller: Verb = {
  usage: '[--namespace NAME] [OPTIONS]',
  about:
    "Gives addresses to Services of type LoadBalancer from MetalLB's pools, in the place of MetalLB's controller: the same\nresources, annotations, flags and metrics. Addresses are claimed in ConfigMaps before they are published, so no two\nServices ever get the same, whatever stops, restarts or runs twice. Runs until SIGTERM; logs JSON lines.",
  options,
  rewrite: (args) => withoutGoStyle(args, options),
  examples: [
    'metalwave controller --kubeconfig ~/.kube/config',
    'metalwave controller -port 7472 -lb-class example.com/metal',
    'metalwave controller --leader-elect=false --log-level=debug',
  ],
  exits: ['0  stopped by SIGTERM or Ctrl-C', '2  could not run, or cannot go on'],
  async run(context) {
    const settings = controllerSettings({ ...context, podNamespace: podNamespace(context) });
    const log = jsonLog(settings.logLevel, systemClock, context.err);
    if (settings.withoutEffect.length > 0) {
      log.write('info', 'these flags have no effect here', { flags: settings.withoutEffect.join(' ') });
    }
    const access = findAccess({
      kubeconfig: context.options.text('kubeconfig'),
      context: context.options.text('context'),
      inCluster: false,
      env: context.env,
    });
    await serveController(settings, access, log, context.signal);
    return exitCode.good;
  },
};

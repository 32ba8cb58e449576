import type { Environment } from '../environment/environment.ts';
import { accessUnits } from './access-rule.ts';
import { admissionUnits } from './admission.ts';
import { speakerConfigMaps } from './config-maps.ts';
import { metalLbResources } from './metallb-resources.ts';
import { monitoringUnits } from './monitoring.ts';
import { nativeControllerAccess } from './native-access.ts';
import { nativeController } from './native-controller.ts';
import { objectMetadata } from './object-labels.ts';
import type { RenderUnit } from './render-unit.ts';
import { controllerAccess, speakerAccess } from './upstream-access.ts';
import { upstreamController } from './upstream-controller.ts';
import { upstreamSpeaker } from './upstream-speaker.ts';
import { webhookUnits } from './webhook.ts';

/** Speakers share the host's network and open raw sockets, which pod security forbids everywhere else. */
function namespaceUnit(environment: Environment): RenderUnit {
  const labels = {
    'pod-security.kubernetes.io/audit': 'privileged',
    'pod-security.kubernetes.io/enforce': 'privileged',
    'pod-security.kubernetes.io/warn': 'privileged',
  };
  return {
    step: 'namespace',
    template: 'namespace',
    values: { metadata: objectMetadata(environment, environment.metallb.namespace, { labels }) },
  };
}

function upstreamUnits(environment: Environment): readonly RenderUnit[] {
  const settings = environment.metallb;
  return [
    ...accessUnits(environment, 'controller', controllerAccess(settings)),
    ...accessUnits(environment, 'speaker', speakerAccess(settings)),
    ...(settings.controller.webhook ? webhookUnits(environment) : []),
    upstreamController(environment),
    upstreamSpeaker(environment),
  ];
}

/** Our controller, and upstream's speaker with all that it needs: it reads the same objects, whoever allocates. */
function nativeUnits(environment: Environment): readonly RenderUnit[] {
  const settings = environment.metallb;
  return [
    ...accessUnits(environment, 'controller', nativeControllerAccess(settings)),
    ...accessUnits(environment, 'speaker', speakerAccess(settings)),
    ...admissionUnits(environment),
    ...nativeController(environment),
    upstreamSpeaker(environment),
  ];
}

function installUnits(environment: Environment): readonly RenderUnit[] {
  return [
    namespaceUnit(environment),
    ...speakerConfigMaps(environment),
    ...(environment.metallb.engine === 'native' ? nativeUnits(environment) : upstreamUnits(environment)),
  ];
}

/** Everything an environment wants in its cluster but the CRDs, which are documents of their own: a value in, values out. */
export function renderUnits(environment: Environment): readonly RenderUnit[] {
  const { install, monitoring } = environment.metallb;
  return [
    ...(install ? installUnits(environment) : []),
    ...metalLbResources(environment),
    ...(monitoring.enabled ? monitoringUnits(environment) : []),
  ];
}

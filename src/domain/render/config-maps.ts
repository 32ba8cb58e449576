import type { Environment } from '../environment/environment.ts';
import { canonicalJson, type JsonObject } from '../json.ts';
import { bgpExtrasConfigMap, excludedInterfacesConfigMap, frrStartupConfigMap } from './metallb-profile.ts';
import { objectMetadata, podLabels } from './object-labels.ts';
import type { RenderUnit } from './render-unit.ts';

/** Daemons FRR starts beside the speaker. `-p 0`: bgpd never listens, sessions are opened from here only. */
const frrStartupFiles: JsonObject = {
  daemons: [
    'bgpd=yes',
    'bfdd=yes',
    'vtysh_enable=yes',
    'zebra_options="-A 127.0.0.1 -s 90000000 --limit-fds 100000"',
    'bgpd_options="-A 127.0.0.1 -p 0 --limit-fds 100000"',
    'bfdd_options="-A 127.0.0.1 --limit-fds 100000"',
    'staticd_options="-A 127.0.0.1 --limit-fds 100000"',
    '',
  ].join('\n'),
  'frr.conf': '! Empty on purpose: the speaker writes the configuration.\n',
  'vtysh.conf': 'service integrated-vtysh-config\n',
};

function configMap(environment: Environment, name: string, data: JsonObject): RenderUnit {
  const { namespace } = environment.metallb;
  return {
    step: 'access',
    template: 'config-map',
    values: { metadata: objectMetadata(environment, name, { namespace, labels: podLabels('speaker') }), data },
  };
}

/** What the speaker reads from files: interfaces never to announce on, FRR's first files, raw FRR configuration. */
export function speakerConfigMaps(environment: Environment): readonly RenderUnit[] {
  const { backend, speaker } = environment.metallb;
  const excluded = configMap(environment, excludedInterfacesConfigMap, {
    'excludel2.yaml': canonicalJson({ announcedInterfacesToExclude: speaker.excludedInterfaces }),
  });
  if (backend !== 'frr') {
    return [excluded];
  }
  const extras =
    speaker.bgpExtras === undefined ? [] : [configMap(environment, bgpExtrasConfigMap, { extras: speaker.bgpExtras })];
  return [excluded, configMap(environment, frrStartupConfigMap, frrStartupFiles), ...extras];
}

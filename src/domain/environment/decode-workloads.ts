import type { EnvironmentConfig } from './config.generated.ts';
import type {
  ControllerSettings,
  MetalLbEngine,
  MetalLbLine,
  SpeakerSettings,
  WorkloadSettings,
} from './environment.ts';
import { defaultExcludedInterfaces, defaultFrrImage, defaultImage } from './metallb-defaults.ts';

type ControllerConfig = NonNullable<EnvironmentConfig['metallb']['controller']>;
type SpeakerConfig = NonNullable<EnvironmentConfig['metallb']['speaker']>;

/** What the default images depend on. */
export interface Programs {
  readonly engine: MetalLbEngine;
  readonly version: string;
  readonly line: MetalLbLine;
}

/** `metallb.controller` with its defaults. */
export function decodeController(config: ControllerConfig, { engine, version }: Programs): ControllerSettings {
  return {
    ...workload(config, defaultImage(engine, 'controller', version)),
    replicas: config.replicas ?? (engine === 'native' ? 2 : 1),
    webhook: config.webhook ?? false,
    reservation: config.reservation,
  };
}

/** `metallb.speaker` with its defaults. */
export function decodeSpeaker(config: SpeakerConfig, { engine, version, line }: Programs): SpeakerSettings {
  return {
    ...workload(config, defaultImage(engine, 'speaker', version)),
    frrImage: config.frr?.image ?? defaultFrrImage(line),
    excludedInterfaces: config.excludedInterfaces ?? defaultExcludedInterfaces,
    ignoreExcludeLabel: config.ignoreExcludeLabel ?? false,
    memberlist: { enabled: config.memberlist?.enabled ?? true, port: config.memberlist?.port ?? 7946 },
    bgpExtras: config.bgpExtras,
  };
}

function workload(config: ControllerConfig | SpeakerConfig, image: string): WorkloadSettings {
  return {
    image: config.image ?? image,
    logLevel: config.logLevel ?? 'info',
    resources: config.resources ?? {},
    nodeSelector: config.nodeSelector ?? {},
    tolerations: config.tolerations ?? [],
    affinity: config.affinity ?? {},
    priorityClassName: config.priorityClassName,
  };
}

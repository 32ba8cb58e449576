import { isJsonObject, type Json, numberAt, textAt, valueAt } from '../../json.ts';
import { parseGoDuration, second } from './go-duration.ts';
import type { Path, RuleContext, RuleFinding } from './rule.ts';

interface IdleSetting {
  readonly path: Path;
  /** True where the setting asks for something and nothing gives it. */
  readonly isIdle: (context: RuleContext) => boolean;
  readonly because: string;
  readonly remedy: string;
}

const isNative = ({ config }: RuleContext): boolean => textAt(config, 'metallb', 'engine') === 'native';
const isFound = ({ config }: RuleContext): boolean => valueAt(config, 'metallb', 'install') === false;
const isThere = ({ config }: RuleContext, path: Path): boolean => {
  const value = valueAt(config, ...path) ?? null;
  return value !== null && !(isJsonObject(value) && Object.keys(value).length === 0);
};

/** A setting that only a MetalLB which is rendered can take. */
function ofInstallation(...steps: readonly string[]): IdleSetting {
  const path: Path = ['metallb', ...steps];
  return {
    path,
    isIdle: (context) => isFound(context) && isThere(context, path),
    because: 'metallb.install is false: MetalLB is there already, with settings of its own',
    remedy: `Remove ${path.join('.')}, or let metallb.install be true.`,
  };
}

/** A setting that only the backend frr of a rendered MetalLB takes. */
function ofFrr(...steps: readonly string[]): IdleSetting {
  const path: Path = ['metallb', 'speaker', ...steps];
  return {
    path,
    isIdle: (context) => !isFound(context) && context.profile.backend !== 'frr' && isThere(context, path),
    because: 'only the BGP backend frr takes it',
    remedy: `Remove ${path.join('.')}, or write metallb.bgp.backend: frr.`,
  };
}

const idleSettings: readonly IdleSetting[] = [
  {
    path: ['metallb', 'controller', 'replicas'],
    isIdle: (context) =>
      !isNative(context) &&
      !isFound(context) &&
      (numberAt(context.config, 'metallb', 'controller', 'replicas') ?? 1) > 1,
    because: "MetalLB's own controller runs once: two would give out one address twice",
    remedy: 'Remove replicas, or choose engine: native.',
  },
  {
    path: ['metallb', 'controller', 'reservation'],
    isIdle: (context) =>
      !isNative(context) && !isFound(context) && isThere(context, ['metallb', 'controller', 'reservation']),
    because: "MetalLB's own controller frees an address at once",
    remedy: 'Remove reservation, or choose engine: native.',
  },
  {
    path: ['metallb', 'controller', 'webhook'],
    isIdle: (context) => isNative(context) && valueAt(context.config, 'metallb', 'controller', 'webhook') === true,
    because: 'the engine native has no such webhook',
    remedy: 'Remove webhook, or choose engine: upstream.',
  },
  {
    path: ['metallb', 'speaker', 'memberlist', 'port'],
    isIdle: (context) =>
      !isFound(context) &&
      isThere(context, ['metallb', 'speaker', 'memberlist', 'port']) &&
      valueAt(context.config, 'metallb', 'speaker', 'memberlist', 'enabled') === false,
    because: 'metallb.speaker.memberlist.enabled is false',
    remedy: 'Remove port, or let the member list be enabled.',
  },
  ofFrr('bgpExtras'),
  ofFrr('frr', 'image'),
  ofInstallation('controller'),
  ofInstallation('speaker'),
  ofInstallation('imagePullPolicy'),
  ofInstallation('imagePullSecrets'),
  ofInstallation('loadBalancerClass'),
];

/** A key that nothing reads leads people to believe in what is not there. */
export function settingsHaveEffect(context: RuleContext): readonly RuleFinding[] {
  return idleSettings
    .filter(({ path, isIdle }) => isIdle(context) && !isOnlyBackend(context.config, path))
    .map(({ path, because, remedy }) => ({
      code: 'setting-without-effect' as const,
      path,
      part: 'key' as const,
      message: `${path.join('.')} has no effect: ${because}.`,
      remedy,
    }));
}

/** `speaker.frr.enabled` says which rules hold, also for a MetalLB that is there already. */
function isOnlyBackend(config: Json, path: Path): boolean {
  const [speaker, frr] = [valueAt(config, ...path), valueAt(config, 'metallb', 'speaker', 'frr')];
  return (
    path.length === 2 &&
    path[1] === 'speaker' &&
    isJsonObject(speaker) &&
    isJsonObject(frr) &&
    Object.keys(speaker).join() === 'frr' &&
    Object.keys(frr).join() === 'enabled'
  );
}

/** A wave needs time to become healthy: with none every sync fails. */
export function wavesHaveTime({ config }: RuleContext): readonly RuleFinding[] {
  const text = textAt(config, 'sync', 'waveTimeout');
  const time = text === undefined ? undefined : parseGoDuration(text);
  return time === undefined || time >= second
    ? []
    : [
        {
          code: 'wave-without-time',
          path: ['sync', 'waveTimeout'],
          message: `sync.waveTimeout is ${text ?? ''}: no wave becomes healthy in less than a second.`,
          remedy: 'Write waveTimeout: 5m, or leave it out, which means that.',
        },
      ];
}

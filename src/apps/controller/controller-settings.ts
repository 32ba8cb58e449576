import { Failure } from '../../domain/failure.ts';
import { type LogLevel, logLevels } from '../../ports/log.ts';
import type { OptionValues } from '../cli/verb.ts';

/** How a controller is to run. */
export interface ControllerSettings {
  readonly namespace: string;
  readonly lbClass: string | undefined;
  readonly logLevel: LogLevel | 'none';
  readonly bindAddress: string;
  /** Metrics and health; 0: neither. */
  readonly port: number;
  /** Health alone, on a port of its own; 0: none. */
  readonly healthPort: number;
  readonly elects: boolean;
  readonly memberlistSecret: string | undefined;
  readonly reservation: { readonly milliseconds: number; readonly limit: number } | undefined;
  /** The name under which it stands for election, before what makes it unique. */
  readonly podName: string | undefined;
  /** Flags of MetalLB that were given and do nothing here. */
  readonly withoutEffect: readonly string[];
}

/** Where the settings come from. */
export interface SettingsSource {
  readonly options: OptionValues;
  readonly env: { readonly [name: string]: string | undefined };
  /** The namespace of the pod whose account is used; undefined where it isn't a pod's. */
  readonly podNamespace: string | undefined;
}

/** Flags that MetalLB's controller takes and that mean nothing to ours: it has no webhook, no certificates, no profiler. */
export const upstreamFlags = [
  'pprof-bind-address',
  'cert-dir',
  'cert-service-name',
  'webhook-mode',
  'webhook-secret',
  'tls-min-version',
  'tls-cipher-suites',
  'tls-curve-preferences',
  'metrics-cert-dir',
  'deployment',
] as const;
export const upstreamSwitches = ['disable-cert-rotation', 'webhook-http2'] as const;

/** The port that dashboards and scrapers of MetalLB know. */
export const defaultPort = 7472;
const defaultNamespace = 'metallb-system';
const defaultReservationLimit = 1_000;

function misuse(message: string): Failure {
  const remedy = 'metalwave controller --help lists what it takes.';
  return new Failure({ code: 'usage', retry: 'never', message, remedy });
}

/** Reads flags and environment. Throws a `usage` failure. */
export function controllerSettings(source: SettingsSource): ControllerSettings {
  const { options, env } = source;
  const given = (name: string): string | undefined => notEmpty(options.text(name));
  return {
    namespace: namespaceOf(source),
    lbClass: given('lb-class'),
    logLevel: levelOf(given('log-level') ?? 'info'),
    bindAddress: given('bind-address') ?? '0.0.0.0',
    port: portOf('port', given('port'), defaultPort),
    healthPort: portOf('health-probe-port', given('health-probe-port'), 0),
    elects: booleanOf('leader-elect', given('leader-elect') ?? 'true'),
    memberlistSecret: given('ml-secret-name') ?? notEmpty(env['METALLB_ML_SECRET_NAME']),
    reservation: reservationOf(given('reservation-after-delete'), given('reservation-limit')),
    podName: given('pod-name') ?? notEmpty(env['METALLB_POD_NAME']) ?? notEmpty(env['POD_NAME']),
    withoutEffect: [
      ...upstreamFlags.filter((name) => options.text(name) !== undefined),
      ...upstreamSwitches.filter((name) => options.flag(name)),
    ].map((name) => `--${name}`),
  };
}

function notEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

/**
 * A pod that is told of another namespace than its own would read pools nobody meant for it and keep claims where its
 * neighbours don't look, so that is refused.
 */
function namespaceOf({ options, env, podNamespace }: SettingsSource): string {
  const named = notEmpty(options.text('namespace')) ?? notEmpty(env['METALLB_NAMESPACE']);
  if (named !== undefined && podNamespace !== undefined && named !== podNamespace) {
    throw misuse(`the namespace given is ${named}, and this pod runs in ${podNamespace}: MetalLB's is the pod's own`);
  }
  const namespace = named ?? podNamespace ?? defaultNamespace;
  if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/u.test(namespace)) {
    throw misuse(`the namespace ${JSON.stringify(namespace.slice(0, 80))} is no name of one`);
  }
  return namespace;
}

function levelOf(text: string): LogLevel | 'none' {
  if (text === 'all') {
    return 'debug';
  }
  const level = logLevels.find((each) => each === text);
  if (level === undefined && text !== 'none') {
    throw misuse(`--log-level ${text}: it is one of all, ${logLevels.join(', ')}, none`);
  }
  return level ?? 'none';
}

function portOf(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) {
    return otherwise;
  }
  const port = /^\d{1,5}$/u.test(text) ? Number(text) : -1;
  if (port < 0 || port > 65_535) {
    throw misuse(`--${name} ${text}: a port is a number up to 65535, and 0 means none`);
  }
  return port;
}

function booleanOf(name: string, text: string): boolean {
  if (text !== 'true' && text !== 'false') {
    throw misuse(`--${name} ${text}: it is true or false`);
  }
  return text === 'true';
}

const unitMs: { readonly [unit: string]: number } = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** As Go writes durations: `90s`, `1h30m`. */
function durationOf(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d{1,9})(ms|s|m|h)/gu)];
  const isWhole = parts.length > 0 && parts.map(([part]) => part).join('') === text;
  return isWhole
    ? parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (unitMs[unit] ?? 0), 0)
    : undefined;
}

function reservationOf(after: string | undefined, limit: string | undefined): ControllerSettings['reservation'] {
  if (after === undefined) {
    return undefined;
  }
  const milliseconds = durationOf(after);
  if (milliseconds === undefined) {
    throw misuse(`--reservation-after-delete ${after}: a duration is written like 90s, 10m or 1h30m`);
  }
  const most = limit === undefined ? defaultReservationLimit : Number(limit);
  if (!Number.isInteger(most) || most < 1) {
    throw misuse(`--reservation-limit ${limit ?? ''}: it is a number of addresses`);
  }
  return milliseconds === 0 ? undefined : { milliseconds, limit: most };
}

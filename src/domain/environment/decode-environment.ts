import type { DocumentPlace, Finding } from '../finding/finding.ts';
import { lineOf, metalLbLines, releaseOf } from '../metallb/release.ts';
import { placeFinding, type Remark } from '../finding/place-finding.ts';
import type { EnvironmentConfig } from './config.generated.ts';
import { decodeResources } from './decode-resources.ts';
import { decodeController, decodeSpeaker } from './decode-workloads.ts';
import type {
  BgpBackend,
  Environment,
  MetalLbSettings,
  MonitoringSettings,
  NetworkSettings,
  SyncSettings,
} from './environment.ts';
import { fieldsUnknownToRelease } from './fields-of-release.ts';
import { withoutEffectYet } from './later-capabilities.ts';
import { defaultNamespace, defaultVersion } from './metallb-defaults.ts';
import { parseGoDuration } from './rules/go-duration.ts';
import { settingContradictions } from './setting-contradictions.ts';

type MetalLbConfig = EnvironmentConfig['metallb'];
type RetryConfig = NonNullable<NonNullable<EnvironmentConfig['sync']>['retry']>;

/** What a config means. With an error among the findings the environment is not to be used. */
export interface DecodedEnvironment {
  readonly environment: Environment;
  readonly findings: readonly Finding<DocumentPlace>[];
}

/** A config that keeps to the schema as the environment it means, every default filled in. */
export function decodeEnvironment(name: string, file: string, config: EnvironmentConfig): DecodedEnvironment {
  const written = config.metallb.version ?? defaultVersion;
  const known = lineOf(written) !== undefined;
  const version = releaseOf(known ? written : defaultVersion);
  const remarks = [
    ...(known ? fieldsUnknownToRelease(config, version) : [unknownVersion(written)]),
    ...settingContradictions(config),
    ...withoutEffectYet(config),
  ];
  return {
    environment: {
      name,
      file,
      cluster: { context: config.cluster?.context, inCluster: config.cluster?.inCluster ?? false },
      network: decodeNetwork(config.network ?? {}),
      sync: decodeSync(config.sync ?? {}),
      metallb: decodeMetalLb(config.metallb, version),
    },
    findings: remarks.map((remark) => placeFinding(file, remark)),
  };
}

function unknownVersion(version: string): Remark {
  const lines = metalLbLines.map((line) => `${line}.x`).join(', ');
  return {
    code: 'version-unknown',
    path: ['metallb', 'version'],
    part: 'value',
    message: `MetalLB ${version} is not supported: the known lines are ${lines}.`,
    remedy: `Write a release of one of them, such as "${defaultVersion}".`,
  };
}

function decodeNetwork(config: NonNullable<EnvironmentConfig['network']>): NetworkSettings {
  return {
    subnets: config.subnets ?? [],
    gateway: config.gateway,
    dhcp: config.dhcp ?? [],
    reserved: config.reserved ?? [],
    podCIDRs: config.podCIDRs ?? [],
    serviceCIDRs: config.serviceCIDRs ?? [],
  };
}

function decodeSync(config: NonNullable<EnvironmentConfig['sync']>): SyncSettings {
  return {
    automated: config.automated ?? false,
    prune: config.prune ?? false,
    selfHeal: config.selfHeal ?? false,
    waveTimeoutMs: milliseconds(config.waveTimeout ?? '5m'),
    retry: decodeRetry(config.retry ?? {}),
    impactBudgetServices: config.impactBudget?.services ?? 0,
    rollbackOnFailure: config.rollback?.onFailure ?? false,
  };
}

function decodeRetry({ limit, backoff }: RetryConfig): SyncSettings['retry'] {
  return {
    limit: limit ?? 3,
    backoffMs: milliseconds(backoff?.duration ?? '5s'),
    factor: backoff?.factor ?? 2,
    maxBackoffMs: milliseconds(backoff?.maxDuration ?? '3m'),
  };
}

function decodeMetalLb(config: MetalLbConfig, version: string): MetalLbSettings {
  const engine = config.engine ?? 'upstream';
  const line = lineOf(version);
  if (line === undefined) {
    throw new Error(`bug: ${version} has no line`);
  }
  const namespace = config.namespace ?? defaultNamespace;
  const programs = { engine, version, line };
  return {
    engine,
    version,
    line,
    install: config.install ?? true,
    namespace,
    backend: decodeBackend(config),
    loadBalancerClass: config.loadBalancerClass,
    imagePullPolicy: config.imagePullPolicy ?? 'IfNotPresent',
    imagePullSecrets: config.imagePullSecrets ?? [],
    controller: decodeController(config.controller ?? {}, programs),
    speaker: decodeSpeaker(config.speaker ?? {}, programs),
    monitoring: decodeMonitoring(config, namespace),
    ...decodeResources(config),
  };
}

/** `speaker.frr.enabled` is the specification's name for the backend frr. */
function decodeBackend(config: MetalLbConfig): BgpBackend {
  return config.bgp?.backend ?? (config.speaker?.frr?.enabled === true ? 'frr' : 'native');
}

/**
 * A MetalLB that somebody else installed may be monitored by its own chart already, under other labels than ours, so there
 * monitoring is only what was asked for.
 */
function decodeMonitoring(metallb: MetalLbConfig, namespace: string): MonitoringSettings {
  const config = metallb.monitoring ?? {};
  return {
    enabled: config.enabled ?? metallb.install ?? true,
    namespace: config.namespace ?? namespace,
    interval: config.interval ?? '30s',
    labels: config.labels ?? { release: 'prometheus-stack' },
    alertLabels: config.alertLabels ?? {},
    poolUsageThreshold: config.thresholds?.poolUsage ?? 0.9,
  };
}

/** The schema lets only durations through; one longer than a timer can run counts as the longest (about 24 days). */
function milliseconds(duration: string): number {
  const nanoseconds = parseGoDuration(duration);
  if (nanoseconds === undefined) {
    throw new Error(`bug: the schema let ${duration} through as a duration`);
  }
  return Math.min(Number(nanoseconds / 1_000_000n), 2_147_483_647);
}

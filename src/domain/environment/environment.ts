import type { JsonObject } from '../json.ts';
import type { FileTrace } from '../source/file-trace.ts';

/** A resource of MetalLB's API as the config gives it: its name, labels and spec, field names as in the API. */
export interface NamedSpec {
  readonly name: string;
  /** Beside the labels of the owner. */
  readonly labels?: { readonly [name: string]: string };
  readonly spec: JsonObject;
}

export type MetalLbEngine = 'upstream' | 'native';
export type BgpBackend = 'native' | 'frr' | 'frr-k8s';
/** The release line whose rules, ports and flags apply. */
export type MetalLbLine = '0.14' | '0.15' | '0.16';
export type LogLevel = 'all' | 'debug' | 'info' | 'warn' | 'error' | 'none';

/** Settings common to the controller's and the speaker's pods. Values are passed to the pod template as they stand. */
export interface WorkloadSettings {
  readonly image: string;
  readonly logLevel: LogLevel;
  readonly resources: JsonObject;
  readonly nodeSelector: JsonObject;
  readonly tolerations: readonly JsonObject[];
  readonly affinity: JsonObject;
  readonly priorityClassName: string | undefined;
}

export interface ControllerSettings extends WorkloadSettings {
  /** Replicas of the native controller; upstream's runs one. */
  readonly replicas: number;
  /** MetalLB's own admission webhook (upstream only). Off unless asked for: findings, CRD rules and CEL do its work. */
  readonly webhook: boolean;
  /** Addresses kept for the return of deleted Services (engine native). Without it they are free at once. */
  readonly reservation: ReservationSettings | undefined;
}

interface ReservationSettings {
  /** How long, as a Go duration. */
  readonly afterDelete: string;
  /** How many addresses at most; beyond it the oldest are free. */
  readonly limit: number;
}

export interface SpeakerSettings extends WorkloadSettings {
  readonly frrImage: string;
  readonly excludedInterfaces: readonly string[];
  readonly ignoreExcludeLabel: boolean;
  readonly memberlist: { readonly enabled: boolean; readonly port: number };
  /** Raw FRR configuration appended to the generated one (backend frr only). */
  readonly bgpExtras: string | undefined;
}

/** Fractions of 1 and durations in Prometheus' notation (`5m`). */
export interface MonitoringSettings {
  readonly enabled: boolean;
  readonly namespace: string;
  readonly interval: string;
  /** Labels on ServiceMonitors and PrometheusRules, by which a Prometheus selects them. */
  readonly labels: { readonly [name: string]: string };
  /** Labels on every alert, by which Alertmanager routes it. */
  readonly alertLabels: { readonly [name: string]: string };
  readonly poolUsageThreshold: number;
}

export interface MetalLbSettings {
  readonly engine: MetalLbEngine;
  readonly version: string;
  readonly line: MetalLbLine;
  /** false: MetalLB is there already and only its resources are managed. */
  readonly install: boolean;
  readonly namespace: string;
  /** How the pods of a MetalLB that was found in the cluster are selected; absent where it is installed from here. */
  readonly foundPods?: {
    readonly [component in 'controller' | 'speaker']?: { readonly [label: string]: string };
  };
  readonly backend: BgpBackend;
  readonly loadBalancerClass: string | undefined;
  readonly imagePullPolicy: 'Always' | 'IfNotPresent' | 'Never';
  readonly imagePullSecrets: readonly string[];
  readonly controller: ControllerSettings;
  readonly speaker: SpeakerSettings;
  readonly monitoring: MonitoringSettings;
  readonly pools: readonly NamedSpec[];
  readonly l2Advertisements: readonly NamedSpec[];
  readonly bgpPeers: readonly NamedSpec[];
  readonly bgpAdvertisements: readonly NamedSpec[];
  readonly bfdProfiles: readonly NamedSpec[];
  readonly communities: readonly NamedSpec[];
}

/**
 * The network the environment lives in, as the user declared it; addresses stand as written. Everything is optional:
 * what is not declared is not checked.
 */
export interface NetworkSettings {
  readonly subnets: readonly string[];
  readonly gateway: string | undefined;
  /** Scopes a DHCP server hands out, as ranges or prefixes. */
  readonly dhcp: readonly string[];
  readonly reserved: readonly string[];
  readonly podCIDRs: readonly string[];
  readonly serviceCIDRs: readonly string[];
}

export interface ClusterSettings {
  readonly context: string | undefined;
  readonly inCluster: boolean;
}

export interface SyncSettings {
  readonly automated: boolean;
  readonly prune: boolean;
  readonly selfHeal: boolean;
  /** How long one wave may take to become healthy. */
  readonly waveTimeoutMs: number;
  readonly retry: {
    readonly limit: number;
    readonly backoffMs: number;
    readonly factor: number;
    readonly maxBackoffMs: number;
  };
  readonly impactBudgetServices: number;
  /** Whether a revision whose sync isn't healthy in time is taken back to the last one that was. */
  readonly rollbackOnFailure: boolean;
}

/** One environment, validated, every default filled in. All later steps read this and never the config. */
export interface Environment {
  readonly name: string;
  readonly file: string;
  readonly cluster: ClusterSettings;
  readonly network: NetworkSettings;
  readonly sync: SyncSettings;
  readonly metallb: MetalLbSettings;
  /** What the file looks like, so that one which lost its end is told from it later; absent: it came from no file. */
  readonly trace?: FileTrace;
}

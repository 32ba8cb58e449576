import type { MetalLbSettings } from '../environment/environment.ts';
import type { Component } from './object-labels.ts';

/** How the pods of one program are reached. */
export interface WorkloadProfile {
  readonly metricsPort: number;
  /** Name of that port in the pod, as upstream's manifests call it. */
  readonly metricsPortName: 'monitoring' | 'metricshttps';
  /** Since 0.16: TLS with a certificate of its own making, and callers authorised by the API server. */
  readonly metricsSecured: boolean;
  /** Where the FRR sidecar of backend `frr` gives its metrics and its liveness. */
  readonly frrMetricsPort: number;
  readonly frrMetricsPortName: 'frrmetrics' | 'frrmetricshttps';
  /** undefined: the line has no health endpoint of its own and its metrics stand in for one. */
  readonly healthPort: number | undefined;
}

const plain: WorkloadProfile = {
  metricsPort: 7472,
  metricsPortName: 'monitoring',
  metricsSecured: false,
  frrMetricsPort: 7473,
  frrMetricsPortName: 'frrmetrics',
  healthPort: undefined,
};

const secured: WorkloadProfile = {
  metricsPort: 9120,
  metricsPortName: 'metricshttps',
  metricsSecured: true,
  frrMetricsPort: 9121,
  frrMetricsPortName: 'frrmetricshttps',
  healthPort: 17_472,
};

/** Our own program answers for everything on the plain port that dashboards know. */
const ours: WorkloadProfile = { ...plain, healthPort: plain.metricsPort };

/** Ports and protocols of the pods of one program. The native engine's controller is ours, its speaker upstream's. */
export function workloadProfile({ engine, line }: MetalLbSettings, component: Component): WorkloadProfile {
  if (engine === 'native' && component === 'controller') {
    return ours;
  }
  return line === '0.16' ? secured : plain;
}

/** Names that both engines and upstream's tools agree on. */
export const memberlistSecret = 'memberlist';
export const excludedInterfacesConfigMap = 'metallb-excludel2';
export const bgpExtrasConfigMap = 'bgpextras';
export const frrStartupConfigMap = 'frr-startup';
export const webhookService = 'metallb-webhook-service';
export const webhookSecret = 'metallb-webhook-cert';
export const webhookConfiguration = 'metallb-webhook-configuration';
export const serverPortOfWebhook = 9443;

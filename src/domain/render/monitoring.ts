import type { Environment } from '../environment/environment.ts';
import type { Json, JsonObject } from '../json.ts';
import { alertRules } from './alert-rules.ts';
import { workloadProfile } from './metallb-profile.ts';
import { objectMetadata, podLabels, type Component } from './object-labels.ts';
import type { RenderUnit } from './render-unit.ts';

/** The Services through which metrics are scraped; Prometheus takes their names as `job`, so the alerts know them. */
export const metricsServices: { readonly [component in Component]: string } = {
  controller: 'metallb-controller-metrics',
  speaker: 'metallb-speaker-metrics',
};

interface MetricsPort {
  readonly name: string;
  readonly port: number;
  readonly targetPort: string;
}

function metricsPorts(environment: Environment, component: Component): readonly MetricsPort[] {
  const { backend } = environment.metallb;
  const profile = workloadProfile(environment.metallb, component);
  const own = { name: 'metrics', port: profile.metricsPort, targetPort: profile.metricsPortName };
  const withFrr = component === 'speaker' && backend === 'frr';
  return withFrr
    ? [own, { name: 'frr-metrics', port: profile.frrMetricsPort, targetPort: profile.frrMetricsPortName }]
    : [own];
}

function metricsService(environment: Environment, component: Component): RenderUnit {
  const { namespace } = environment.metallb;
  return {
    step: 'monitors',
    template: 'metrics-service',
    values: {
      metadata: objectMetadata(environment, metricsServices[component], {
        namespace,
        labels: { ...podLabels(component), 'metalwave.io/metrics': component },
      }),
      selector: environment.metallb.foundPods?.[component] ?? podLabels(component),
      ports: metricsPorts(environment, component).map((port): JsonObject => ({
        name: port.name,
        port: port.port,
        protocol: 'TCP',
        targetPort: port.targetPort,
      })),
    },
  };
}

/** How one port is scraped. From 0.16 on the certificate is of the pod's own making and says nothing; the token does. */
function endpoint(environment: Environment, component: Component, port: MetricsPort): Json {
  const base = { port: port.name, interval: environment.metallb.monitoring.interval };
  return workloadProfile(environment.metallb, component).metricsSecured
    ? {
        ...base,
        scheme: 'https',
        tlsConfig: { insecureSkipVerify: true },
        bearerTokenFile: '/var/run/secrets/kubernetes.io/serviceaccount/token',
      }
    : base;
}

function serviceMonitor(environment: Environment, component: Component): RenderUnit {
  const { monitoring, namespace } = environment.metallb;
  return {
    step: 'monitors',
    template: 'service-monitor',
    values: {
      metadata: objectMetadata(environment, `metallb-${component}`, {
        namespace: monitoring.namespace,
        labels: monitoring.labels,
      }),
      namespaces: [namespace],
      selector: { 'metalwave.io/metrics': component },
      endpoints: metricsPorts(environment, component).map((port) => endpoint(environment, component, port)),
    },
  };
}

/** Wave 70: what Prometheus scrapes and the alerts it raises. Applied only where the operator's kinds are served. */
export function monitoringUnits(environment: Environment): readonly RenderUnit[] {
  const { monitoring } = environment.metallb;
  return [
    metricsService(environment, 'controller'),
    metricsService(environment, 'speaker'),
    serviceMonitor(environment, 'controller'),
    serviceMonitor(environment, 'speaker'),
    {
      step: 'rules',
      template: 'prometheus-rule',
      values: {
        metadata: objectMetadata(environment, 'metallb-prometheus-rules', {
          namespace: monitoring.namespace,
          labels: { prometheus: 'metallb', role: 'alert-rules', ...monitoring.labels },
        }),
        interval: monitoring.interval,
        rules: alertRules(environment.metallb),
      },
    },
  ];
}

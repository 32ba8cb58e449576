import type { KubeObject } from '../../../domain/manifest/kube-object.ts';

/** The Prometheus operator's kinds that the product applies, with an open spec: the sandbox has no operator to read them. */
export function monitoringDefinitions(): readonly KubeObject[] {
  return [definition('ServiceMonitor', 'servicemonitors'), definition('PrometheusRule', 'prometheusrules')];
}

function definition(kind: string, plural: string): KubeObject {
  const spec = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  const schema = { openAPIV3Schema: { type: 'object', required: ['spec'], properties: { spec } } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.monitoring.coreos.com` },
    spec: {
      group: 'monitoring.coreos.com',
      names: { kind, plural },
      scope: 'Namespaced',
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  };
}

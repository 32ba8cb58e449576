import type { MetalLbSettings, WorkloadSettings } from '../environment/environment.ts';
import type { Json, JsonObject } from '../json.ts';
import type { WorkloadProfile } from './metallb-profile.ts';

/** An object with something in it, or null, so that a template can leave the field out. */
function filled(value: JsonObject): JsonObject | null {
  return Object.keys(value).length === 0 ? null : value;
}

/** What the user may say about any pod. Nodes run Linux: the images exist for nothing else. */
export function podSettings(settings: MetalLbSettings, workload: WorkloadSettings): JsonObject {
  return {
    image: workload.image,
    imagePullPolicy: settings.imagePullPolicy,
    imagePullSecrets: settings.imagePullSecrets.map((name) => ({ name })),
    resources: filled(workload.resources),
    nodeSelector: { 'kubernetes.io/os': 'linux', ...workload.nodeSelector },
    tolerations: workload.tolerations,
    affinity: filled(workload.affinity),
    priorityClassName: workload.priorityClassName ?? null,
  };
}

/** Seconds between the two probes of a pod and the requests they make. `host` is for pods that listen on loopback only. */
export function probes(
  profile: WorkloadProfile,
  host: string | null,
): { readonly liveness: Json; readonly readiness: Json } {
  if (profile.healthPort === undefined) {
    const probe = { httpGet: { path: '/metrics', port: profile.metricsPortName } };
    return { liveness: { ...probe, initialDelaySeconds: 10 }, readiness: { ...probe, initialDelaySeconds: 1 } };
  }
  const where = host === null ? { port: profile.healthPort } : { host, port: profile.healthPort };
  return {
    liveness: { httpGet: { path: '/healthz', ...where }, initialDelaySeconds: 10 },
    readiness: { httpGet: { path: '/readyz', ...where }, initialDelaySeconds: 1 },
  };
}

/** An environment variable with a plain value. */
export function plainVariable(name: string, value: string): JsonObject {
  return { name, value };
}

/** An environment variable that Kubernetes fills from the pod itself. */
export function podVariable(name: string, fieldPath: string): JsonObject {
  return { name, valueFrom: { fieldRef: { fieldPath } } };
}

/** `--lb-class` where a class is set; without it Services without a class are served. */
export function classArgument(settings: MetalLbSettings): readonly string[] {
  return settings.loadBalancerClass === undefined ? [] : [`--lb-class=${settings.loadBalancerClass}`];
}

import { isJsonObject, numberAt, textAt, valueAt } from '../json.ts';
import { asJson, type KubeObject } from './kube-object.ts';

/**
 * What to write before `wanted` where it would make a Deployment of strategy Recreate grow: the same with the replicas that
 * run now. Kubernetes scales before it rolls out, so that one write with more replicas and another template starts more
 * pods of the old template first, and those of MetalLB's own controller must never be two. undefined: one write will do.
 */
export function beforeGrowing(wanted: KubeObject, live: KubeObject | undefined): KubeObject | undefined {
  const spec = valueAt(asJson(wanted), 'spec');
  if (live === undefined || wanted.kind !== 'Deployment' || !isJsonObject(spec)) {
    return undefined;
  }
  const now = numberAt(asJson(live), 'spec', 'replicas') ?? 1;
  const grows = now > 0 && (numberAt(spec, 'replicas') ?? 1) > now;
  return grows && textAt(spec, 'strategy', 'type') === 'Recreate'
    ? { ...wanted, spec: { ...spec, replicas: now } }
    : undefined;
}

/** True once the Deployment's controller has acted on the newest spec: the old pods' fate is sealed then. */
export function isObserved(deployment: KubeObject): boolean {
  const observed = numberAt(asJson(deployment), 'status', 'observedGeneration') ?? 0;
  return observed >= (deployment.metadata.generation ?? 0);
}

import type { KubeObject } from '../manifest/kube-object.ts';
import { groupOf } from '../manifest/object-id.ts';
import { abnormalHealth, genericHealth, staleStatus } from './conditions.ts';
import { customResourceDefinitionHealth } from './custom-resource-definition.ts';
import { daemonSetHealth } from './daemon-set.ts';
import { deploymentHealth } from './deployment.ts';
import { endpointSliceHealth } from './endpoint-slice.ts';
import type { Health } from './health.ts';
import { jobHealth } from './job.ts';
import { namespaceHealth } from './namespace.ts';
import { podHealth } from './pod.ts';
import { serviceHealth } from './service.ts';
import { statefulSetHealth } from './stateful-set.ts';

/** Kinds with a rule of their own, as `group/Kind`. */
const rules: ReadonlyMap<string, (object: KubeObject) => Health> = new Map([
  ['apps/Deployment', deploymentHealth],
  ['apps/DaemonSet', daemonSetHealth],
  ['apps/StatefulSet', statefulSetHealth],
  ['batch/Job', jobHealth],
  ['apiextensions.k8s.io/CustomResourceDefinition', customResourceDefinitionHealth],
  ['discovery.k8s.io/EndpointSlice', endpointSliceHealth],
  ['/Service', serviceHealth],
  ['/Namespace', namespaceHealth],
  ['/Pod', podHealth],
]);

/**
 * The health of one object by kstatus' definition (sigs.k8s.io/cli-utils, kstatus): being deleted, seen by its controller,
 * stalled or reconciling, then the rule of its kind, else its Ready condition.
 */
export function assessHealth(object: KubeObject | undefined): Health {
  if (object === undefined) {
    return { status: 'NotFound', message: 'is not there' };
  }
  if (object.metadata.deletionTimestamp !== undefined) {
    return { status: 'Terminating', message: `is being deleted since ${object.metadata.deletionTimestamp}` };
  }
  const rule = rules.get(`${groupOf(object.apiVersion)}/${object.kind}`) ?? genericHealth;
  return staleStatus(object) ?? abnormalHealth(object) ?? rule(object);
}

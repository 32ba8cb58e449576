import { numberAt } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import type { Health } from './health.ts';

/**
 * A DaemonSet is rolled out when a pod of the newest template is ready and available on every node it wants. It knows no
 * failure: one that never gets there is found by a timeout only.
 */
export function daemonSetHealth(object: KubeObject): Health {
  const root = asJson(object);
  const wanted = numberAt(root, 'status', 'desiredNumberScheduled');
  const observed = numberAt(root, 'status', 'observedGeneration');
  if (wanted === undefined || observed === undefined || object.metadata.generation === undefined) {
    return { status: 'InProgress', message: 'its controller has not looked at it yet' };
  }
  const counts = [
    ['currentNumberScheduled', 'scheduled'],
    ['updatedNumberScheduled', 'updated'],
    ['numberAvailable', 'available'],
    ['numberReady', 'ready'],
  ] as const;
  for (const [field, word] of counts) {
    const count = numberAt(root, 'status', field) ?? 0;
    if (count < wanted) {
      return { status: 'InProgress', message: `${count} of ${wanted} ${object.metadata.name} pods ${word}` };
    }
  }
  return { status: 'Current', message: `${wanted} of ${wanted} ${object.metadata.name} pods ready` };
}

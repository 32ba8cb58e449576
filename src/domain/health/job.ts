import { numberAt, textAt } from '../json.ts';
import { asJson, type KubeObject } from '../manifest/kube-object.ts';
import { conditionOf, explain } from './conditions.ts';
import type { Health } from './health.ts';

/** A Job that runs is good: it is not waited for to its end, but one that has failed is said. */
export function jobHealth(object: KubeObject): Health {
  const failed = conditionOf(object, 'Failed');
  if (failed?.status === 'True') {
    return { status: 'Failed', message: explain(failed) };
  }
  const root = asJson(object);
  const done = numberAt(root, 'status', 'succeeded') ?? 0;
  const wanted = numberAt(root, 'spec', 'completions') ?? 1;
  if (conditionOf(object, 'Complete')?.status === 'True') {
    return { status: 'Current', message: `complete: ${done} of ${wanted} done` };
  }
  return textAt(root, 'status', 'startTime') === undefined
    ? { status: 'InProgress', message: 'not started yet' }
    : { status: 'Current', message: `running: ${done} of ${wanted} done` };
}

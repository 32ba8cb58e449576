import type { KubeObject } from '../manifest/kube-object.ts';
import { conditionOf, explain } from './conditions.ts';
import type { Health } from './health.ts';

/** A definition is good once its names are accepted and it is established. Whether it is served, discovery tells. */
export function customResourceDefinitionHealth(object: KubeObject): Health {
  const names = conditionOf(object, 'NamesAccepted');
  if (names?.status === 'False') {
    return { status: 'Failed', message: `names not accepted: ${explain(names)}` };
  }
  const established = conditionOf(object, 'Established');
  if (established?.status === 'True') {
    return { status: 'Current', message: 'established' };
  }
  if (established?.status === 'False' && established.reason !== 'Installing') {
    return { status: 'Failed', message: `not established: ${explain(established)}` };
  }
  return { status: 'InProgress', message: 'not established yet' };
}

import { environmentLabel, managedByLabel, managedByValue, stateNamespace } from '../identity.ts';
import type { KubeObject } from '../manifest/kube-object.ts';
import type { ObjectId } from '../manifest/object-id.ts';
import type { History } from './history.ts';

/** Raised when an older reader would misread what is written. */
export const historyFormat = 1;

/** The ConfigMap that holds an environment's history. */
export function historyId(environment: string): ObjectId {
  return { group: '', kind: 'ConfigMap', namespace: stateNamespace, name: `history-${environment}` };
}

function lines(values: readonly object[]): string {
  return values.map((value) => JSON.stringify(value)).join('\n');
}

/** The history as it is stored: one JSON document a line. */
export function encodeHistory(history: History): KubeObject {
  const { environment, runs, approvals, quarantine, suspension } = history;
  const { namespace, name } = historyId(environment);
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace,
      labels: {
        [managedByLabel]: managedByValue,
        [environmentLabel]: environment,
        'metalwave.io/state': 'history',
      },
    },
    data: {
      format: String(historyFormat),
      environment,
      runs: lines(runs),
      approvals: lines(approvals),
      quarantine: lines(quarantine),
      suspension: lines(suspension === undefined ? [] : [suspension]),
    },
  };
}

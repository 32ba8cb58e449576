import { valueAt } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { ClusterState } from './cluster-state.ts';

/** Accepts the names of every new CustomResourceDefinition and establishes it: from then on its kind is served. */
export function establishDefinitions(state: ClusterState, timestamp: () => string): void {
  for (const definition of state.list('apiextensions.k8s.io', 'CustomResourceDefinition')) {
    if (valueAt(asJson(definition), 'status', 'conditions', 0) !== undefined) {
      continue;
    }
    const condition = (type: string, reason: string, message: string): { readonly [field: string]: string } => ({
      type,
      status: 'True',
      lastTransitionTime: timestamp(),
      reason,
      message,
    });
    const names = valueAt(asJson(definition), 'spec', 'names') ?? {};
    const versions = valueAt(asJson(definition), 'spec', 'versions', 0, 'name') ?? '';
    const conditions = [
      condition('NamesAccepted', 'NoConflicts', 'no conflicts found'),
      condition('Established', 'InitialNamesAccepted', 'the initial names have been accepted'),
    ];
    const status = { conditions, acceptedNames: names, storedVersions: [versions] };
    state.writeStatus(definition, status, 'kube-apiserver');
  }
}

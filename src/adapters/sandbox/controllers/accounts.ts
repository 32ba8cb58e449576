import { controllerManager } from './cluster-state.ts';
import type { ClusterState } from './cluster-state.ts';

/** Every namespace has its `default` ServiceAccount. */
export function keepAccounts(state: ClusterState): void {
  for (const namespace of state.list('', 'Namespace')) {
    const { name, deletionTimestamp } = namespace.metadata;
    if (deletionTimestamp === undefined && state.get('', 'ServiceAccount', name, 'default') === undefined) {
      const metadata = { name: 'default', namespace: name };
      state.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata }, controllerManager);
    }
  }
}

import { managedByLabel, managedByValue, stateNamespace } from '../domain/identity.ts';
import type { KubeObject } from '../domain/manifest/kube-object.ts';
import { objectIdOf } from '../domain/manifest/object-id.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClusterReader, ClusterWriter } from '../ports/cluster.ts';
import { withRetry } from './with-retry.ts';

/** Makes the namespace that holds Metalwave's own state, where it isn't there yet. */
export async function ensureStateNamespace(
  world: { readonly reader: ClusterReader; readonly clock: Clock; readonly signal: AbortSignal },
  writer: ClusterWriter,
): Promise<void> {
  const namespace: KubeObject = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: stateNamespace, labels: { [managedByLabel]: managedByValue } },
  };
  const there = await withRetry(() => world.reader.get('v1', objectIdOf(namespace), world.signal), world);
  if (there === undefined) {
    await withRetry(() => writer.apply(namespace, {}, world.signal), world);
  }
}

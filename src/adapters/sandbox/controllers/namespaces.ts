import { isJsonObject, valueAt } from '../../../domain/json.ts';
import type { JsonObject } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { finalizersOf } from '../requests/removal.ts';
import { controllerManager } from './cluster-state.ts';
import type { ClusterState } from './cluster-state.ts';

/** Empties every namespace that is being deleted, and lets it go when nothing is left in it. */
export function emptyNamespaces(state: ClusterState, timestamp: string): void {
  for (const namespace of state.list('', 'Namespace')) {
    if (namespace.metadata.deletionTimestamp !== undefined) {
      emptyNamespace(state, namespace, timestamp);
    }
  }
}

function emptyNamespace(state: ClusterState, namespace: KubeObject, timestamp: string): void {
  const { name } = namespace.metadata;
  for (const object of state.everything(name)) {
    if (object.metadata.deletionTimestamp === undefined) {
      state.remove(object);
    }
  }
  const left = state.everything(name);
  if (left.length > 0) {
    state.writeStatus(
      namespace,
      { phase: 'Terminating', conditions: conditionsFor(left, timestamp) },
      controllerManager,
    );
    return;
  }
  state.change(namespace, controllerManager, (live) => {
    const spec = valueAt(asJson(live), 'spec');
    return { ...live, spec: { ...(isJsonObject(spec) ? spec : {}), finalizers: [] } };
  });
}

function conditionsFor(left: readonly KubeObject[], timestamp: string): readonly JsonObject[] {
  const kinds = new Map<string, number>();
  const holds = new Map<string, number>();
  for (const object of left) {
    kinds.set(object.kind, (kinds.get(object.kind) ?? 0) + 1);
    for (const finalizer of finalizersOf(object)) {
      holds.set(finalizer, (holds.get(finalizer) ?? 0) + 1);
    }
  }
  const content = [...kinds].map(([kind, count]) => `${kind} has ${count} resource instances`).join(', ');
  const waits = [...holds].map(([name, count]) => `${name} in ${count} resource instances`).join(', ');
  return [
    condition(
      'NamespaceContentRemaining',
      'SomeResourcesRemain',
      `Some resources are remaining: ${content}`,
      timestamp,
    ),
    ...(holds.size === 0
      ? []
      : [
          condition(
            'NamespaceFinalizersRemaining',
            'SomeFinalizersRemain',
            `Some content in the namespace has finalizers remaining: ${waits}`,
            timestamp,
          ),
        ]),
  ];
}

function condition(type: string, reason: string, message: string, timestamp: string): JsonObject {
  return { type, status: 'True', lastTransitionTime: timestamp, reason, message };
}

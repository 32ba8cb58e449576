import {
  definitionStatus,
  instanceCleanup,
  terminatingStatus,
} from '../../../domain/crd/definition/definition-status.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { finalizersOf, withFinalizers } from '../requests/removal.ts';
import type { ClusterState } from './cluster-state.ts';

const manager = 'kube-apiserver';

/** Accepts the names of definitions that no other has, and establishes them: from then on their kinds are served. */
export function establishDefinitions(state: ClusterState, timestamp: () => string): void {
  const all = definitions(state);
  for (const definition of all.filter((one) => one.metadata.deletionTimestamp === undefined)) {
    // Those before it may have taken names in this very pass.
    const others = definitions(state).filter((other) => other.metadata.name !== definition.metadata.name);
    const status = definitionStatus(
      asJson(definition),
      others.map((other) => asJson(other)),
      timestamp(),
    );
    state.writeStatus(definition, status, manager);
  }
}

/** Deletes the instances of definitions that are being deleted, and lets go of those that have none left. */
export function emptyDefinitions(state: ClusterState, timestamp: () => string): void {
  for (const definition of definitions(state).filter((one) => isEnding(one))) {
    for (const instance of state.instancesOf(definition)) {
      if (instance.metadata.deletionTimestamp === undefined) {
        state.remove(instance);
      }
    }
    if (state.instancesOf(definition).length > 0) {
      const why = ['InstanceDeletionInProgress', 'CustomResource deletion is in progress'] as const;
      state.writeStatus(definition, terminatingStatus(asJson(definition), why, timestamp()), manager);
    } else {
      state.change(definition, manager, (live) =>
        withFinalizers(
          live,
          finalizersOf(live).filter((one) => one !== instanceCleanup),
        ),
      );
    }
  }
}

function definitions(state: ClusterState): readonly KubeObject[] {
  return state.list('apiextensions.k8s.io', 'CustomResourceDefinition');
}

function isEnding(definition: KubeObject): boolean {
  return definition.metadata.deletionTimestamp !== undefined && finalizersOf(definition).includes(instanceCleanup);
}

import { listAt, textAt, valueAt } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject, ObjectMeta } from '../../../domain/manifest/kube-object.ts';
import { isForeground, isOrphaning, withoutFinalizer } from '../requests/removal.ts';
import { controllerManager } from './cluster-state.ts';
import type { ClusterState } from './cluster-state.ts';

/**
 * Deletes what has lost its last owner (one that never was here is not waited for nor missed), and does what the deletion of an owner asked for: its dependents first, or without them.
 * https://kubernetes.io/docs/concepts/architecture/garbage-collection/
 */
export function collectGarbage(state: ClusterState, gone: ReadonlySet<string>): void {
  const all = state.everything();
  const byUid = new Map(all.map((object) => [object.metadata.uid ?? '', object]));
  const dependents = new Map<string, KubeObject[]>();
  for (const object of all) {
    for (const uid of ownersOf(object).map((owner) => textAt(owner, 'uid') ?? '')) {
      dependents.set(uid, [...(dependents.get(uid) ?? []), object]);
    }
  }
  for (const object of all) {
    if (ownersOf(object).length > 0) {
      followOwners(state, object, byUid, gone);
    }
    if (object.metadata.deletionTimestamp !== undefined) {
      settleOwner(state, object, dependents.get(object.metadata.uid ?? '') ?? []);
    }
  }
}

function ownersOf(object: KubeObject): readonly Json[] {
  return listAt(asJson(object), 'metadata', 'ownerReferences');
}

/** Gone with the last owner; while another lives, references to owners that are gone are taken off. */
function followOwners(
  state: ClusterState,
  object: KubeObject,
  byUid: ReadonlyMap<string, KubeObject>,
  gone: ReadonlySet<string>,
): void {
  const uids = ownersOf(object).map((owner) => textAt(owner, 'uid') ?? '');
  if (!uids.some((uid) => byUid.has(uid) || gone.has(uid))) {
    return;
  }
  const owners = ownersOf(object).map((reference) => ({ reference, owner: ownerAt(object, reference, byUid) }));
  const isWaited = owners.every(({ owner }) => owner === undefined || isForeground(owner));
  if (isWaited && object.metadata.deletionTimestamp === undefined) {
    state.remove(object, owners.some(({ owner }) => owner !== undefined) ? 'Foreground' : 'Background');
    return;
  }
  const living = owners.filter(({ owner }) => owner !== undefined).map(({ reference }) => reference);
  if (living.length < owners.length && !isWaited) {
    setOwners(state, object, living);
  }
}

/** An owner must be in the namespace of its dependent, or in none. */
function ownerAt(object: KubeObject, reference: Json, byUid: ReadonlyMap<string, KubeObject>): KubeObject | undefined {
  const owner = byUid.get(textAt(reference, 'uid') ?? '');
  const home = owner?.metadata.namespace;
  return home === undefined || home === object.metadata.namespace ? owner : undefined;
}

function settleOwner(state: ClusterState, owner: KubeObject, dependents: readonly KubeObject[]): void {
  if (isOrphaning(owner)) {
    for (const dependent of dependents) {
      const others = ownersOf(dependent).filter((one) => textAt(one, 'uid') !== owner.metadata.uid);
      setOwners(state, dependent, others);
    }
    state.change(owner, controllerManager, (live) => withoutFinalizer(live, 'orphan'));
  }
  const isBlocked = dependents.some((dependent) =>
    ownersOf(dependent).some(
      (one) => textAt(one, 'uid') === owner.metadata.uid && valueAt(one, 'blockOwnerDeletion') === true,
    ),
  );
  if (isForeground(owner) && !isBlocked) {
    state.change(owner, controllerManager, (live) => withoutFinalizer(live, 'foreground'));
  }
}

function setOwners(state: ClusterState, object: KubeObject, owners: readonly Json[]): void {
  state.change(object, controllerManager, (live) => {
    const { ownerReferences: _, ...rest } = live.metadata as ObjectMeta & { readonly ownerReferences?: Json };
    const kept = owners.length === 0 ? {} : { ownerReferences: owners };
    return { ...live, metadata: { ...rest, ...kept } };
  });
}

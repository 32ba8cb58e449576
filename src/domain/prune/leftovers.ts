import { environmentLabel, fieldManager, stateNamespace } from '../identity.ts';
import type { Inventory, InventoryEntry } from '../inventory/inventory.ts';
import type { KubeObject } from '../manifest/kube-object.ts';
import { kindKey, objectKey, type ObjectId, type ObjectKey } from '../manifest/object-id.ts';
import type { Change } from '../plan/plan.ts';
import { ownedFields } from '../plan/unchanged.ts';
import type { PruneScope } from './prune-scope.ts';
import { isProgramStep, pruneRank, stepOfObject } from './step-of-object.ts';

/** What becomes of an object that is in the inventory and no longer in the configuration. */
export type Leftover = Extract<Change, { readonly action: 'delete' | 'orphan' | 'release' | 'forget' }>;

export interface LeftoverQuestion {
  readonly inventory: Inventory | undefined;
  readonly rendered: ReadonlySet<ObjectKey>;
  /** Of all entries; what isn't here does not exist, unless its kind is missing. Never a partial list. */
  readonly live: ReadonlyMap<ObjectKey, KubeObject>;
  readonly missingKinds: ReadonlySet<string>;
  readonly scope: PruneScope | undefined;
  /** Pools that can't stay because others hold their addresses. */
  readonly replaced?: ReadonlySet<ObjectKey>;
}

/** With this annotation a person keeps a live object, whatever the configuration says. */
const keepAnnotation = 'metalwave.io/prune';
const keepValue = 'disabled';

/** The API server needs them, or the state of Metalwave is in them. */
const untouchable: ReadonlySet<string> = new Set([
  stateNamespace,
  'default',
  'kube-system',
  'kube-public',
  'kube-node-lease',
]);

type Verdict =
  { readonly action: 'delete' | 'forget' } | { readonly action: 'orphan' | 'release'; readonly reason: string };

function orphan(reason: string): Verdict {
  return { action: 'orphan', reason };
}

function isUntouchable({ id }: InventoryEntry): boolean {
  return id.namespace === stateNamespace || (id.kind === 'Namespace' && untouchable.has(id.name));
}

/** Entries whose object is not the one that was applied, and none whose is: the record was made in another cluster. */
function isForeign({ inventory, live }: LeftoverQuestion): boolean {
  const known = [...(inventory?.entries ?? [])].flatMap(([key, { uid }]) => {
    const there = live.get(key)?.metadata.uid;
    return uid === undefined || there === undefined ? [] : [uid === there];
  });
  return known.length > 0 && known.every((same) => !same);
}

/**
 * Whether what stands under the entry's name is what was applied. A uid decides; where none is known (a run broke off
 * before its answer came) our own field set and our label must both be there.
 */
function ownership(
  entry: InventoryEntry,
  live: KubeObject,
  environment: string,
  foreign: boolean,
): Verdict | undefined {
  const label = live.metadata.labels?.[environmentLabel];
  const isHeld = ownedFields(live, fieldManager) !== undefined;
  const claims = isHeld && label === environment;
  if (entry.uid !== undefined && entry.uid !== live.metadata.uid) {
    return claims
      ? orphan('it is not the object that was applied: it was made anew, and only what was applied is deleted')
      : { action: 'forget' };
  }
  if (!isHeld) {
    // Without a field of ours it was never applied, or somebody took all of it over.
    return entry.state === 'pending' ? { action: 'forget' } : orphan('Metalwave no longer holds any field of it');
  }
  if (label !== environment) {
    return label === undefined
      ? orphan(`its label ${environmentLabel} was taken away`)
      : { action: 'release', reason: `its label ${environmentLabel} says that it belongs to ${label} now` };
  }
  return entry.uid === undefined && foreign
    ? orphan('the inventory was recorded in another cluster, and it is not certain that this object was applied')
    : undefined;
}

/** What is no longer rendered is no longer served, and a webhook that nobody serves refuses every write it is asked about. */
function refusesUnserved(id: ObjectId): boolean {
  return id.kind === 'ValidatingWebhookConfiguration';
}

function wish(entry: InventoryEntry, live: KubeObject, question: LeftoverQuestion): Verdict {
  const { scope, rendered } = question;
  if (scope?.install === false && isProgramStep(stepOfObject(entry.id))) {
    return { action: 'release', reason: 'metallb.install is false: MetalLB itself is no longer managed from here' };
  }
  const cannotStay = question.replaced?.has(objectKey(entry.id)) === true || refusesUnserved(entry.id);
  if (scope === undefined || (!scope.enabled && !cannotStay)) {
    return orphan('sync.prune is off');
  }
  if (live.metadata.annotations?.[keepAnnotation] === keepValue) {
    return orphan(`its annotation ${keepAnnotation} is ${keepValue}`);
  }
  return rendered.size === 0
    ? orphan('the configuration gives no object at all, which deletes nothing')
    : { action: 'delete' };
}

function leftoverOf(entry: InventoryEntry, live: KubeObject | undefined, verdict: Verdict): Leftover {
  const { id, apiVersion } = entry;
  if (live === undefined || verdict.action === 'forget') {
    return { action: 'forget', id, apiVersion };
  }
  const ref = { uid: live.metadata.uid ?? '', resourceVersion: live.metadata.resourceVersion ?? '' };
  return 'reason' in verdict
    ? { action: verdict.action, id, apiVersion, live: ref, reason: verdict.reason }
    : { action: 'delete', id, step: stepOfObject(id), apiVersion, live: ref };
}

const order: readonly Leftover['action'][] = ['delete', 'release', 'orphan', 'forget'];

function compareLeftovers(
  [keyA, a]: readonly [ObjectKey, Leftover],
  [keyB, b]: readonly [ObjectKey, Leftover],
): number {
  const byKey = keyA < keyB ? -1 : 1;
  const byRank = a.action === 'delete' && b.action === 'delete' ? pruneRank(a.id) - pruneRank(b.id) : 0;
  return order.indexOf(a.action) - order.indexOf(b.action) || byRank || byKey;
}

/**
 * Decides about every entry of the inventory that isn't rendered: deletions first, in the order in which they are made.
 * An entry whose kind isn't served stays: nothing can be said about its object. Any doubt keeps the object.
 */
export function leftoversOf(question: LeftoverQuestion): readonly Leftover[] {
  const { inventory, rendered, live, missingKinds } = question;
  if (inventory === undefined) {
    return [];
  }
  const foreign = isForeign(question);
  const leftovers = [...inventory.entries].flatMap(([key, entry]): readonly (readonly [ObjectKey, Leftover])[] => {
    if (rendered.has(key) || missingKinds.has(kindKey(entry.apiVersion, entry.id.kind))) {
      return [];
    }
    const there = live.get(key);
    if (there === undefined) {
      return [[key, leftoverOf(entry, undefined, { action: 'forget' })]];
    }
    const verdict = isUntouchable(entry)
      ? orphan('it is never deleted: the cluster or the state of Metalwave needs it')
      : (ownership(entry, there, inventory.environment, foreign) ?? wish(entry, there, question));
    return [[key, leftoverOf(entry, there, verdict)]];
  });
  return leftovers.toSorted(compareLeftovers).map(([, leftover]) => leftover);
}

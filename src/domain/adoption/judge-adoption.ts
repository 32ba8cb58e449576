import { environmentLabel, managedByLabel } from '../identity.ts';
import type { InventoryEntry } from '../inventory/inventory.ts';
import type { KubeObject } from '../manifest/kube-object.ts';
import { objectIdOf } from '../manifest/object-id.ts';
import { differenceOf, emptySet, intersectionOf, isEmptySet } from '../merge/field-set.ts';
import type { FieldSet, PathElement } from '../merge/field-set.ts';
import { formatPath } from '../merge/fields-v1.ts';
import { isSameOwner, parseManagedFields, type Ownership } from '../merge/ownership.ts';
import { difference } from '../plan/difference.ts';
import type { HashedManifest } from '../plan/plan-input.ts';
import type { FieldChange } from '../plan/plan.ts';
import type { ManagerFields, ObjectAdoption, Obstacle } from './adoption.ts';
import { mayTakeFrom, roleOf } from './field-managers.ts';
import { holdersOf } from './holders.ts';
import { ownOwnership, ownTheSame, takeFields, type OwnerFields } from './take-fields.ts';

/** What the server foresees of an apply that takes every field, or its word that it would refuse. */
export type TakeoverPreview =
  { readonly kind: 'object'; readonly object: KubeObject } | { readonly kind: 'refused'; readonly message: string };

export interface AdoptionChoices {
  /** Objects whose values differ are adopted too; the next sync changes them. */
  readonly allowChanges: boolean;
  /** Managers that are said to run no longer: their fields may be taken. */
  readonly letGo: ReadonlySet<string>;
}

export interface AdoptionQuestion extends AdoptionChoices {
  readonly environment: string;
  readonly manifest: HashedManifest;
  /** The live object and what the server foresees; undefined where there is none. */
  readonly there: { readonly live: KubeObject; readonly preview: TakeoverPreview } | undefined;
  readonly entry: InventoryEntry | undefined;
}

const nothing = {
  managedFields: undefined,
  taken: [],
  shared: [],
  kept: [],
  marks: [],
  changes: [],
  obstacles: [],
  holders: [],
} as const;

/** Decides what adopting means for one object, from values alone. */
export function judgeAdoption(question: AdoptionQuestion): ObjectAdoption {
  const { there, manifest } = question;
  const { object, step, hash } = manifest;
  const common = { ...nothing, id: objectIdOf(object), step, hash, object };
  if (there === undefined) {
    return { ...common, verdict: 'absent', live: undefined };
  }
  const { live, preview } = there;
  if (preview.kind === 'refused') {
    const remedy = 'Make the configuration fit what is live, or leave this object out of it.';
    const obstacle: Obstacle = { code: 'refused', reason: preview.message, remedy };
    return { ...common, verdict: 'blocked', live, holders: holdersOf(live), obstacles: [obstacle] };
  }
  return { ...common, ...judgeLive(question, live, preview.object), live };
}

type Judgement = Omit<ObjectAdoption, 'id' | 'step' | 'hash' | 'object' | 'live'>;

function judgeLive(question: AdoptionQuestion, live: KubeObject, preview: KubeObject): Judgement {
  const ours = ownOwnership(preview)?.fields;
  if (ours === undefined) {
    throw new Error('bug: an apply was foreseen that owns nothing');
  }
  const mayTake = (owner: Ownership): boolean => mayTakeFrom(owner, question.letGo);
  const wanted = { ours, apiVersion: question.manifest.object.apiVersion };
  const { managedFields, taken } = takeFields(live, wanted, mayTake);
  const all = difference(live, preview);
  const marks = all.filter(({ path }) => markPaths.has(path));
  const changes = all.filter(({ path }) => !markPaths.has(path));
  const isTaking = managedFields !== undefined;
  if (isDone(question, live, { preview, isTaking, differs: changes.length > 0 })) {
    return { ...nothing, verdict: 'ours' };
  }
  const others = othersOf(live).filter((owner) => !mayTake(owner));
  const held = others.flatMap((owner) => heldBy(owner, preview, ours));
  const obstacles = obstaclesOf(question, live, { held, changes });
  const willing = changes.length > 0 ? 'defer' : 'adopt';
  return {
    verdict: obstacles.length > 0 ? 'blocked' : willing,
    managedFields,
    taken: told(taken),
    shared: told(others.map((owner) => ({ owner, fields: intersectionOf(owner.fields, ours) }))),
    kept: told(othersOf(live).map((owner) => ({ owner, fields: differenceOf(owner.fields, ours) }))),
    marks,
    changes,
    obstacles,
    holders: holdersOf(live),
  };
}

/** Our labels say whose an object is. They are no values of the configuration, so setting them changes none. */
const markPaths: ReadonlySet<string> = new Set(
  [managedByLabel, environmentLabel].map((label) => `metadata.labels[${JSON.stringify(label)}]`),
);

/** True where adopting has done all it can: the object is recorded as ours, and nobody's fields are left to take. */
function isDone(
  { entry, manifest }: AdoptionQuestion,
  live: KubeObject,
  found: { readonly preview: KubeObject; readonly isTaking: boolean; readonly differs: boolean },
): boolean {
  const own = ownOwnership(live);
  if (entry === undefined || entry.uid !== live.metadata.uid || own === undefined || found.isTaking) {
    return false;
  }
  // What differs now is for a sync to change, as after any commit.
  const confirmed = entry.state === 'applied' && entry.hash === manifest.hash;
  return found.differs || (confirmed && ownTheSame(own, ownOwnership(found.preview)));
}

/** Writers other than us of the object itself; a status is nobody's configuration. */
function othersOf(live: KubeObject): readonly Ownership[] {
  return parseManagedFields(live.metadata.managedFields).filter(
    (owner) => owner.subresource === '' && roleOf(owner) !== 'own',
  );
}

/** Fields that a writer would lose to us because it holds another value there. */
function heldBy(owner: Ownership, preview: KubeObject, ours: FieldSet): readonly OwnerFields[] {
  const after = parseManagedFields(preview.metadata.managedFields).find((other) => isSameOwner(owner, other));
  const lost = intersectionOf(differenceOf(owner.fields, after?.fields ?? emptySet), ours);
  return isEmptySet(lost) ? [] : [{ owner, fields: lost }];
}

function obstaclesOf(
  { allowChanges, environment }: AdoptionQuestion,
  live: KubeObject,
  { held, changes }: { readonly held: readonly OwnerFields[]; readonly changes: readonly FieldChange[] },
): readonly Obstacle[] {
  const obstacles: Obstacle[] = [];
  const other = live.metadata.labels?.[environmentLabel];
  if (other !== undefined && other !== environment) {
    const remedy = `Let it go there first: metalwave release --env ${other}.`;
    obstacles.push({ code: 'other-environment', reason: `It belongs to environment ${other}`, remedy });
  }
  if (live.metadata.deletionTimestamp !== undefined) {
    const reason = `It is being deleted since ${live.metadata.deletionTimestamp}`;
    obstacles.push({ code: 'being-deleted', reason, remedy: 'Wait until it is gone; a sync then makes it anew.' });
  }
  for (const { manager, fields } of told(held)) {
    obstacles.push({
      code: 'held',
      reason: `${manager} holds ${fields.join(', ')} at another value`,
      remedy: `Have it give these fields up, or set the same values; if it no longer runs, say so with --from ${manager}.`,
    });
  }
  if (changes.length > 0 && !allowChanges) {
    obstacles.push({
      code: 'value-differs',
      reason: `${changes.length === 1 ? 'A value differs' : `${changes.length} values differ`} from the configuration`,
      remedy:
        'Write the live values into the configuration, or adopt with --allow-changes: the next sync then changes them.',
    });
  }
  return obstacles;
}

function told(list: readonly OwnerFields[]): readonly ManagerFields[] {
  return list
    .filter(({ fields }) => !isEmptySet(fields))
    .map(({ owner, fields }) => ({
      manager: owner.manager,
      operation: owner.operation,
      fields: leavesOf(fields, []).map((path) => formatPath(path)),
    }));
}

/** The deepest paths of a set: what is above them says nothing more. */
function leavesOf(set: FieldSet, path: readonly PathElement[]): readonly (readonly PathElement[])[] {
  if (set.children.size === 0) {
    return set.member ? [path] : [];
  }
  return [...set.children.keys()]
    .toSorted()
    .flatMap((element) => leavesOf(set.children.get(element) ?? emptySet, [...path, element]));
}

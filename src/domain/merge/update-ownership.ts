import type { KubeObject } from '../manifest/kube-object.ts';
import { changedFields, compareValues } from './compare-values.ts';
import { emptyObject } from './empty-objects.ts';
import { differenceOf, emptySet, isEmptySet, unionOf } from './field-set.ts';
import type { FieldSet } from './field-set.ts';
import { bodyOf, ignoring, withoutLost, withOwners } from './merge-apply.ts';
import type { MergeSchema } from './merge-schema.ts';
import { isReadable, isSameOwner, parseManagedFields, unownedFields } from './ownership.ts';
import type { Ownership } from './ownership.ts';

export interface UpdateOwnershipInput {
  /** The object before the write; undefined for a create. */
  readonly live: KubeObject | undefined;
  /** The object as the write leaves it, with defaults in place. */
  readonly updated: KubeObject;
  readonly manager: string;
  readonly schema: MergeSchema;
  readonly time: string;
  readonly subresource?: string;
  readonly ignored?: FieldSet;
}

/** More updaters than this are folded into one, oldest first, so that objects do not grow without end. */
const maxUpdaters = 10;

/**
 * Records who owns what after a create, update, merge patch or JSON patch: the writer takes every field it changed,
 * from everyone; a field that is gone is nobody's. A write that changes nothing leaves the record as it was. An object that has no record of
 * owners gets one at its creation only; an empty list in the write resets it.
 */
export function updateOwnership(input: UpdateOwnershipInput): KubeObject {
  const { live, updated, schema } = input;
  const before = recordBefore(input);
  if (before.length === 0 && live !== undefined) {
    return withOwners(bodyOf(updated), []);
  }
  const base = live === undefined ? emptyObject(updated.apiVersion, updated.kind, updated.metadata.name) : bodyOf(live);
  const compared = compareValues(base, bodyOf(updated), schema);
  const comparison = ignoring(compared, input.ignored ?? emptySet);
  const taken = differenceOf(changedFields(comparison), unownedFields);
  const left = before.map((owner) => withoutLost(owner, comparison));
  return withOwners(bodyOf(updated), capUpdaters(isEmptySet(taken) ? left : withWriter(left, input, taken)));
}

/** A record that is sent counts if it can be read as a whole; an empty one, or one of a single empty entry, resets. */
function recordBefore({ live, updated, subresource }: UpdateOwnershipInput): readonly Ownership[] {
  const given = updated.metadata.managedFields;
  const known = parseManagedFields(live?.metadata.managedFields);
  if (live === undefined || given === undefined || (subresource ?? '') !== '') {
    return known;
  }
  const [first] = given;
  if (first === undefined || (given.length === 1 && Object.keys(first).length === 0)) {
    return [];
  }
  return given.every((entry) => isReadable(entry)) ? parseManagedFields(given) : known;
}

function withWriter(
  owners: readonly Ownership[],
  { updated, manager, subresource, time }: UpdateOwnershipInput,
  taken: FieldSet,
): readonly Ownership[] {
  const self = {
    manager: manager === '' ? 'unknown' : manager,
    operation: 'Update',
    apiVersion: updated.apiVersion,
    subresource: subresource ?? '',
  } as const;
  const previous = owners.find((owner) => isSameOwner(owner, self));
  const others = owners.filter((owner) => owner !== previous);
  return [...others, { ...self, time, fields: unionOf(previous?.fields ?? emptySet, taken) }];
}

function capUpdaters(owners: readonly Ownership[]): readonly Ownership[] {
  const updaters = owners.filter((owner) => owner.operation === 'Update' && !isEmptySet(owner.fields));
  if (updaters.length <= maxUpdaters) {
    return owners;
  }
  const oldest = updaters
    .toSorted((left, right) => ((left.time ?? '') < (right.time ?? '') ? -1 : 1))
    .slice(0, updaters.length - maxUpdaters + 1);
  const folded = oldest.reduce((into, owner) => ({
    ...owner,
    manager: 'ancient-changes',
    subresource: '',
    fields: unionOf(into.fields, owner.fields),
  }));
  return [...owners.filter((owner) => !oldest.includes(owner)), folded];
}

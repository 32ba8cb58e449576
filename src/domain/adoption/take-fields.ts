import { fieldManager } from '../identity.ts';
import type { KubeObject, ManagedFieldsEntry } from '../manifest/kube-object.ts';
import { emptySet, fieldSet, intersectionOf, isEmptySet, setsEqual, unionOf } from '../merge/field-set.ts';
import type { FieldSet, PathElement } from '../merge/field-set.ts';
import { formatFieldsV1 } from '../merge/fields-v1.ts';
import { parseManagedFields, type Ownership } from '../merge/ownership.ts';
import { roleOf } from './field-managers.ts';

/** Fields of one writer. */
export interface OwnerFields {
  readonly owner: Ownership;
  readonly fields: FieldSet;
}

export interface Taking {
  /** The record of owners to write; undefined where nothing is to be taken. */
  readonly managedFields: readonly ManagedFieldsEntry[] | undefined;
  readonly taken: readonly OwnerFields[];
}

/** The entry of our applies, where the object has one. */
export function ownOwnership(object: KubeObject): Ownership | undefined {
  return parseManagedFields(object.metadata.managedFields).find((owner) => roleOf(owner) === 'own');
}

/**
 * What is left of a writer's fields when we own `ours`. A mapping of which nothing is left goes with its fields: who holds
 * the bare mapping would keep it, empty, when we give its fields up, and an empty mapping is not the same as none.
 */
export function withoutTaken(fields: FieldSet, ours: FieldSet): FieldSet {
  const rest: [PathElement, FieldSet][] = [];
  for (const [element, child] of fields.children) {
    const mine = ours.children.get(element);
    rest.push([element, mine === undefined ? child : withoutTaken(child, mine)]);
  }
  const left = fieldSet(false, rest);
  const emptied = ours.children.size > 0 && left.children.size === 0;
  return fieldSet(fields.member && !ours.member && !emptied, left.children);
}

/**
 * Moves to us, of the fields in `ours`, all that writers with `mayTake` own, and nothing else: values stay, other fields of
 * those writers stay with them, other writers keep even what we share with them. An object without any record gets one that
 * says what is ours, so that the server does not hand all of it to `before-first-apply`.
 */
export function takeFields(
  live: KubeObject,
  wanted: { readonly ours: FieldSet; readonly apiVersion: string },
  mayTake: (owner: Ownership) => boolean,
): Taking {
  const entries = live.metadata.managedFields ?? [];
  if (parseManagedFields(entries).length === 0) {
    return { managedFields: [ownEntry(wanted.ours, wanted.apiVersion, undefined)], taken: [] };
  }
  const taken: OwnerFields[] = [];
  const others: ManagedFieldsEntry[] = [];
  for (const entry of entries) {
    const [owner] = parseManagedFields([entry]);
    if (owner !== undefined && roleOf(owner) === 'own') {
      continue;
    }
    const mine = owner !== undefined && mayTake(owner) ? intersectionOf(owner.fields, wanted.ours) : emptySet;
    if (owner === undefined || isEmptySet(mine)) {
      others.push(entry);
      continue;
    }
    taken.push({ owner, fields: mine });
    const left = withoutTaken(owner.fields, wanted.ours);
    if (!isEmptySet(left)) {
      others.push({ ...entry, fieldsV1: formatFieldsV1(left) });
    }
  }
  if (taken.length === 0) {
    return { managedFields: undefined, taken };
  }
  const own = ownOwnership(live);
  const fields = taken.reduce((into, one) => unionOf(into, one.fields), own?.fields ?? emptySet);
  const times = [own, ...taken.map(({ owner }) => owner)].flatMap((owner) => owner?.time ?? []);
  return { managedFields: [ownEntry(fields, wanted.apiVersion, times.toSorted().at(-1)), ...others], taken };
}

function ownEntry(fields: FieldSet, apiVersion: string, time: string | undefined): ManagedFieldsEntry {
  return {
    manager: fieldManager,
    operation: 'Apply',
    apiVersion,
    ...(time === undefined ? {} : { time }),
    fieldsType: 'FieldsV1',
    fieldsV1: formatFieldsV1(fields),
  };
}

/** True where both own the same fields, or neither owns any. */
export function ownTheSame(left: Ownership | undefined, right: Ownership | undefined): boolean {
  return setsEqual(left?.fields ?? emptySet, right?.fields ?? emptySet);
}

import { isJsonObject, jsonEqual } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import { asJson } from '../manifest/kube-object.ts';
import type { KubeObject } from '../manifest/kube-object.ts';
import { changedFields, compareValues } from './compare-values.ts';
import type { Comparison } from './compare-values.ts';
import { emptyObject } from './empty-objects.ts';
import { differenceOf, emptySet, intersectionOf, isEmptySet, pathsOf, unionOf, withoutSubtrees } from './field-set.ts';
import type { FieldSet } from './field-set.ts';
import { formatPath } from './fields-v1.ts';
import type { MergeSchema } from './merge-schema.ts';
import { mergeValues, removeFields } from './merge-values.ts';
import { fieldsOf, withDeclaredFields } from './owned-fields.ts';
import { describeOwner, formatManagedFields, isSameOwner, parseManagedFields, unownedFields } from './ownership.ts';
import type { Ownership } from './ownership.ts';

export interface MergeApplyInput {
  /** The object as it is; undefined where there is none. */
  readonly live: KubeObject | undefined;
  readonly applied: KubeObject;
  readonly manager: string;
  /** Take fields from other managers instead of stopping at a conflict. */
  readonly force: boolean;
  readonly schema: MergeSchema;
  /** RFC 3339 to the second: when the manager's entry is said to have changed. */
  readonly time: string;
  /** '' for the object itself, `status` for its status. */
  readonly subresource?: string;
  /** Fields that this endpoint ignores (status on the object itself): they are neither taken nor owned. */
  readonly ignored?: FieldSet;
}

/** One field that another manager owns and that the apply would set to another value. */
export interface ApplyConflict {
  readonly owner: Ownership;
  readonly manager: string;
  /** As the API server prints it: `.spec.ports[port=80,protocol="TCP"].name`. */
  readonly field: string;
}

export type MergeApplyResult =
  | { readonly object: KubeObject; readonly conflicts?: undefined }
  | { readonly object?: undefined; readonly conflicts: readonly ApplyConflict[] };

/**
 * Server-side apply as the API server does it (KEP-555; structured merge): the applied fields are laid over the live object,
 * fields that this manager applied before and now leaves out go unless someone else owns them, fields of others stop the
 * apply where the value differs. Defaults and admission come afterwards and are not done here. All versions of a kind
 * are taken to have one schema.
 */
export function mergeApply(input: MergeApplyInput): MergeApplyResult {
  const { applied, schema, time } = input;
  const identity = { apiVersion: applied.apiVersion, kind: applied.kind, metadata: { name: applied.metadata.name } };
  const live = bodyOf(input.live ?? identity);
  const self = {
    manager: input.manager,
    operation: 'Apply',
    apiVersion: applied.apiVersion,
    subresource: input.subresource ?? '',
  } as const;
  const owners = ownersBefore(input, live);
  const previous = owners.find((owner) => isSameOwner(owner, self));
  const others = owners.filter((owner) => owner !== previous);
  const claimed = withoutSubtrees(fieldsOf(asJson(applied), schema), input.ignored ?? emptySet);

  const laidOver = mergeValues(live, bodyOf(applied), schema) ?? null;
  const givenUp = { merged: laidOver, schema, last: previous?.fields ?? emptySet };
  const merged = withoutGivenUp(givenUp, [claimed, ...others.map((owner) => owner.fields)]);
  const comparison = ignoring(compareValues(live, merged, schema), input.ignored ?? emptySet);
  const conflicts = input.force ? [] : findConflicts(others, comparison);
  if (conflicts.length > 0) {
    return { conflicts };
  }
  const isChanged = !jsonEqual(live, merged);
  const owned = differenceOf(claimed, unownedFields);
  const mine: Ownership = { ...self, fields: owned, time: isChanged ? time : previous?.time };
  const left = others.map((owner) => withoutLost(owner, comparison));
  return { object: withOwners(merged, [mine, ...left]) };
}

/** An object without any record of owners is taken to be owned, as a whole, by `before-first-apply`. */
function ownersBefore(input: MergeApplyInput, live: JsonObject): readonly Ownership[] {
  const known = parseManagedFields(input.live?.metadata.managedFields);
  if (input.live === undefined || known.length > 0) {
    return known;
  }
  const { apiVersion, kind, metadata } = input.live;
  const empty = emptyObject(apiVersion, kind, metadata.name);
  const fields = changedFields(compareValues(empty, live, input.schema));
  const before: Ownership = {
    manager: 'before-first-apply',
    operation: 'Update',
    apiVersion: input.applied.apiVersion,
    subresource: input.subresource ?? '',
    time: input.time,
    fields: differenceOf(fields, unownedFields),
  };
  return isEmptySet(before.fields) ? [] : [before];
}

interface GivenUp {
  readonly merged: Json;
  readonly schema: MergeSchema;
  /** What the manager owned before this apply. */
  readonly last: FieldSet;
}

/** Takes away what was applied last time and is claimed by nobody now. */
function withoutGivenUp({ merged, schema, last }: GivenUp, claims: readonly FieldSet[]): Json {
  if (isEmptySet(last)) {
    return merged;
  }
  const named = (set: FieldSet): FieldSet => withDeclaredFields(set, schema);
  const present = named(fieldsOf(merged, schema));
  const withoutLast = removeFields(merged, named(last), schema);
  const kept = unionOf(named(fieldsOf(withoutLast, schema)), named(claims.reduce(unionOf, emptySet)));
  const addedBack = removeFields(merged, differenceOf(present, kept), schema);
  const gone = differenceOf(present, named(fieldsOf(addedBack, schema)));
  return removeFields(merged, intersectionOf(gone, named(last)), schema);
}

function findConflicts(others: readonly Ownership[], comparison: Comparison): readonly ApplyConflict[] {
  const changed = changedFields(comparison);
  return others
    .flatMap((owner) =>
      pathsOf(intersectionOf(owner.fields, changed)).map((path) => ({
        owner,
        manager: owner.manager,
        field: formatPath(path),
      })),
    )
    .toSorted((left, right) => (left.manager < right.manager ? -1 : Number(left.manager > right.manager)));
}

/** What another owner keeps: not what was set to another value, nor what is gone. */
export function withoutLost(owner: Ownership, comparison: Comparison): Ownership {
  return { ...owner, fields: differenceOf(differenceOf(owner.fields, changedFields(comparison)), comparison.removed) };
}

/** A comparison without what an endpoint ignores. */
export function ignoring(comparison: Comparison, ignored: FieldSet): Comparison {
  return {
    added: withoutSubtrees(comparison.added, ignored),
    modified: withoutSubtrees(comparison.modified, ignored),
    removed: withoutSubtrees(comparison.removed, ignored),
  };
}

/** The sentence of the API server's Conflict status. */
export function conflictMessage(conflicts: readonly ApplyConflict[]): string {
  const [first] = conflicts;
  if (conflicts.length === 1 && first !== undefined) {
    return `Apply failed with 1 conflict: conflict with ${describeOwner(first.owner)}: ${first.field}`;
  }
  const byOwner = new Map<string, string[]>();
  for (const conflict of conflicts) {
    const owner = describeOwner(conflict.owner);
    const lines = byOwner.get(owner) ?? [`conflicts with ${owner}:`];
    lines.push(`- ${conflict.field}`);
    byOwner.set(owner, lines);
  }
  return `Apply failed with ${conflicts.length} conflicts: ${[...byOwner.values()].flat().join('\n')}`;
}

/** The object without its record of owners, which is no field of its own. */
export function bodyOf(object: KubeObject): JsonObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

/** Puts the record of owners back; an owner that owns nothing is forgotten. */
export function withOwners(body: Json, owners: readonly Ownership[]): KubeObject {
  if (!isJsonObject(body) || !isJsonObject(body['metadata'])) {
    throw new Error('bug: an object lost its metadata in a merge');
  }
  const managedFields = formatManagedFields(owners.filter((owner) => !isEmptySet(owner.fields)));
  const metadata = managedFields.length === 0 ? body['metadata'] : { ...body['metadata'], managedFields };
  return { ...body, metadata } as unknown as KubeObject;
}

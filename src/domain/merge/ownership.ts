import type { ManagedFieldsEntry } from '../manifest/kube-object.ts';
import { fieldSetOf, isEmptySet } from './field-set.ts';
import type { FieldSet } from './field-set.ts';
import { formatFieldsV1, parseFieldsV1 } from './fields-v1.ts';

/**
 * Which fields one writer owns. An applier is known by its name and subresource, whatever version it applies through; an
 * updater by its apiVersion too.
 */
export interface Ownership {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly subresource: string;
  /** RFC 3339; undefined for a writer that never changed the object. */
  readonly time: string | undefined;
  readonly fields: FieldSet;
}

/** Fields that nobody owns: identity and what the server itself keeps. */
export const unownedFields: FieldSet = fieldSetOf([
  ['f:apiVersion'],
  ['f:kind'],
  ['f:metadata'],
  ...[
    'name',
    'namespace',
    'creationTimestamp',
    'selfLink',
    'uid',
    'generation',
    'managedFields',
    'resourceVersion',
  ].map((name) => ['f:metadata', `f:${name}`]),
]);

/** Entries that are not of format FieldsV1, or are broken, own nothing. */
export function parseManagedFields(entries: readonly ManagedFieldsEntry[] | undefined): readonly Ownership[] {
  return (entries ?? []).flatMap((entry): Ownership[] => {
    const fields = parseFieldsV1(entry.fieldsV1);
    if (fields === undefined || isEmptySet(fields) || (entry.fieldsType ?? 'FieldsV1') !== 'FieldsV1') {
      return [];
    }
    return [
      {
        manager: entry.manager ?? '',
        operation: entry.operation ?? 'Update',
        apiVersion: entry.apiVersion ?? '',
        subresource: entry.subresource ?? '',
        time: entry.time,
        fields,
      },
    ];
  });
}

/** True for an entry that the API server takes from a client. */
export function isReadable(entry: ManagedFieldsEntry): boolean {
  const operation: unknown = entry.operation;
  return (
    (operation === 'Apply' || operation === 'Update') &&
    (entry.apiVersion ?? '') !== '' &&
    entry.fieldsType === 'FieldsV1' &&
    parseFieldsV1(entry.fieldsV1 ?? {}) !== undefined
  );
}

/** In the API server's order: appliers before updaters, older first, then by name, version and subresource. */
export function formatManagedFields(owners: readonly Ownership[]): readonly ManagedFieldsEntry[] {
  return owners.toSorted(compareOwners).map(formatOwner);
}

function formatOwner(owner: Ownership): ManagedFieldsEntry {
  return {
    manager: owner.manager,
    operation: owner.operation,
    apiVersion: owner.apiVersion,
    ...(owner.time === undefined ? {} : { time: owner.time }),
    fieldsType: 'FieldsV1',
    fieldsV1: formatFieldsV1(owner.fields),
    ...(owner.subresource === '' ? {} : { subresource: owner.subresource }),
  };
}

function compareOwners(left: Ownership, right: Ownership): number {
  return (
    compareText(left.operation, right.operation) ||
    compareText(left.time ?? '', right.time ?? '') ||
    compareText(left.manager, right.manager) ||
    compareText(left.apiVersion, right.apiVersion) ||
    compareText(left.subresource, right.subresource)
  );
}

function compareText(left: string, right: string): number {
  if (left === right) {
    return 0;
  }
  return left < right ? -1 : 1;
}

/** True where both stand for the same writer. */
export function isSameOwner(
  left: Omit<Ownership, 'fields' | 'time'>,
  right: Omit<Ownership, 'fields' | 'time'>,
): boolean {
  return (
    left.manager === right.manager &&
    left.operation === right.operation &&
    left.subresource === right.subresource &&
    (left.operation === 'Apply' || left.apiVersion === right.apiVersion)
  );
}

/** The writer as conflict messages name it: `"metalwave"`, `"kubectl" using v1`, `"x" with subresource "status" using v1`. */
export function describeOwner(owner: Omit<Ownership, 'fields' | 'time'>): string {
  const name =
    JSON.stringify(owner.manager) + (owner.subresource === '' ? '' : ` with subresource "${owner.subresource}"`);
  return owner.operation === 'Update' ? `${name} using ${owner.apiVersion}` : name;
}

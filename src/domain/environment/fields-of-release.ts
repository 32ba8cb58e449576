import { isJsonArray, isJsonObject, type Json, type JsonObject, listAt, textAt } from '../json.ts';
import { metalLbApi } from '../metallb/api.ts';
import type { Field, Fields } from '../metallb/field.ts';
import { storageVersion } from '../metallb/kind.ts';
import { isSince, type Release } from '../metallb/release.ts';
import type { Remark } from '../finding/place-finding.ts';

type Path = readonly (string | number)[];

/**
 * Fields that the chosen release of MetalLB does not know. Its API refuses an apply that has them, and drops them without
 * a word from any other write.
 */
export function fieldsUnknownToRelease(config: JsonObject, release: Release): readonly Remark[] {
  return metalLbApi.flatMap(({ config: listed, kind, ...rest }) => {
    const spec = storageVersion({ kind, ...rest }).spec;
    if (listed === undefined || spec === undefined) {
      return [];
    }
    return listAt(config, 'metallb', listed.key).flatMap((item, index) => {
      const subject = `${kind} ${textAt(item, 'name') ?? ''}`;
      return unknownIn(item, spec.fields, ['metallb', listed.key, index], { release, subject });
    });
  });
}

interface Check {
  readonly release: Release;
  readonly subject: string;
}

function unknownIn(value: Json, fields: Fields, path: Path, check: Check): readonly Remark[] {
  if (!isJsonObject(value)) {
    return [];
  }
  return Object.keys(value).flatMap((name) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    const inner = value[name];
    if (field === undefined || inner === undefined) {
      return [];
    }
    if (!isSince(check.release, field.since)) {
      return [unknownField(name, field, [...path, name], check)];
    }
    return hasFieldsBelow(field) ? unknownBelow(inner, field, [...path, name], check) : [];
  });
}

function hasFieldsBelow(field: Field): boolean {
  return field.type === 'object' || (field.type === 'list' && hasFieldsBelow(field.items));
}

function unknownBelow(value: Json, field: Field, path: Path, check: Check): readonly Remark[] {
  if (field.type === 'object') {
    return unknownIn(value, field.fields, path, check);
  }
  if (field.type === 'list' && isJsonArray(value)) {
    return value.flatMap((item, index) => unknownBelow(item, field.items, [...path, index], check));
  }
  return [];
}

function unknownField(name: string, field: Field, path: Path, { release, subject }: Check): Remark {
  const since = field.since ?? release;
  return {
    code: 'field-not-in-version',
    path,
    part: 'key',
    message: `${name} of ${subject} exists from MetalLB ${since} on; version ${release} does not know it.`,
    remedy: `Set metallb.version to ${since} or later, or remove ${name}.`,
  };
}

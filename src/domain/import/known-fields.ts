import type { DocumentPath } from '../finding/place-finding.ts';
import { isJsonArray, isJsonObject, jsonEqual, type Json, type JsonObject } from '../json.ts';
import { metalLbApi } from '../metallb/api.ts';
import type { Field, Fields } from '../metallb/field.ts';
import { type ConfigListName, storageVersion } from '../metallb/kind.ts';

/** The fields that resources of a list of the config have, in any release. */
export function fieldsOf(list: ConfigListName): Fields {
  const kind = metalLbApi.find((each) => each.config?.key === list);
  return kind === undefined ? {} : (storageVersion(kind).spec?.fields ?? {});
}

/** A value without the fields that MetalLB's API does not have, and where those stood. */
export interface KnownPart {
  readonly value: JsonObject;
  readonly dropped: readonly DocumentPath[];
}

/** A resource, `name` beside the fields of its spec, as far as MetalLB's API knows it: the API server drops the rest. */
export function knownPart(list: ConfigListName, resource: JsonObject): KnownPart {
  const dropped: DocumentPath[] = [];
  const { name, ...spec } = resource;
  const value = knownObject(spec, fieldsOf(list), [], dropped);
  return { value: name === undefined ? value : { name, ...value }, dropped };
}

function knownObject(value: JsonObject, fields: Fields, path: DocumentPath, dropped: DocumentPath[]): JsonObject {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]): readonly [string, Json][] => {
      const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (field === undefined) {
        dropped.push([...path, key]);
        return [];
      }
      return [[key, knownValue(inner, field, [...path, key], dropped)]];
    }),
  );
}

function knownValue(value: Json, field: Field, path: DocumentPath, dropped: DocumentPath[]): Json {
  if (field.type === 'object' && isJsonObject(value)) {
    return knownObject(value, field.fields, path, dropped);
  }
  if (field.type === 'list' && isJsonArray(value)) {
    return value.map((item, index) => knownValue(item, field.items, [...path, index], dropped));
  }
  return value;
}

/** A resource without what the API server fills in by itself where nobody writes it. */
export function withoutDefaults(list: ConfigListName, resource: JsonObject): JsonObject {
  const fields = fieldsOf(list);
  return Object.fromEntries(
    Object.entries(resource).filter(([key, value]) => {
      const preset = Object.hasOwn(fields, key) ? fields[key]?.default : undefined;
      return preset === undefined || !jsonEqual(preset, value);
    }),
  );
}

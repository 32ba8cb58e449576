import { withDefaults } from '../crd/defaulting.ts';
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { KubeObject } from '../manifest/kube-object.ts';
import { metalLbApi, metalLbGroup } from '../metallb/api.ts';
import { structuralSchema } from '../metallb/crd-schema.ts';
import { type ConfigListName, type MetalLbKind, storageVersion } from '../metallb/kind.ts';
import { testedRelease } from '../metallb/release.ts';
import { difference } from '../plan/difference.ts';
import type { FieldChange } from '../plan/plan.ts';

/** A resource to compare: what it is called and what it says. */
export interface ComparedResource {
  readonly list: ConfigListName;
  readonly name: string;
  readonly spec: JsonObject;
}

/** One resource that is not the same on both sides. */
export interface ResourceDifference {
  /** `IPAddressPool default`. */
  readonly resource: string;
  /** Empty where the resource is on one side only. */
  readonly fields: readonly FieldChange[];
  readonly state: 'missing' | 'added' | 'changed';
}

function kindOf(list: ConfigListName): MetalLbKind {
  const found = metalLbApi.find((kind) => kind.config?.key === list);
  if (found === undefined) {
    throw new Error(`bug: no kind has the list ${list}`);
  }
  return found;
}

/**
 * A spec with the server's defaults, and without what MetalLB cannot tell from an absent field: empty lists, empty
 * mappings, false. Only `serviceAllocation` means something by being there, and there a missing priority is 0.
 */
function inFull(list: ConfigListName, spec: JsonObject): JsonObject {
  const field = storageVersion(kindOf(list)).spec;
  const schema = field === undefined ? {} : structuralSchema(field, testedRelease['0.16']);
  const { serviceAllocation, ...rest } = spec;
  const given = isJsonObject(serviceAllocation)
    ? { ...rest, serviceAllocation: { priority: 0, ...serviceAllocation } }
    : rest;
  const full = withDefaults(given, schema);
  return isJsonObject(full) ? telling(full) : {};
}

function telling(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]): readonly [string, Json][] => {
      const kept = tellingValue(inner);
      return kept === undefined ? [] : [[key, kept]];
    }),
  );
}

/** undefined for what says no more than an absent field. Items of lists stay, be they empty: `[{}]` is not `[]`. */
function tellingValue(value: Json): Json | undefined {
  if (value === false || value === null) {
    return undefined;
  }
  if (isJsonArray(value)) {
    return value.length === 0 ? undefined : value.map((item) => (isJsonObject(item) ? telling(item) : item));
  }
  if (isJsonObject(value)) {
    const kept = telling(value);
    return Object.keys(kept).length === 0 ? undefined : kept;
  }
  return value;
}

/** True where MetalLB does the same with both. */
export function meansTheSame(list: ConfigListName, left: JsonObject, right: JsonObject): boolean {
  return fieldsThatDiffer({ list, name: '', spec: left }, { list, name: '', spec: right }).length === 0;
}

function fieldsThatDiffer(before: ComparedResource, after: ComparedResource): readonly FieldChange[] {
  const object = ({ list, name, spec }: ComparedResource): KubeObject => ({
    apiVersion: `${metalLbGroup}/${storageVersion(kindOf(list)).name}`,
    kind: kindOf(list).kind,
    metadata: { name },
    spec: inFull(list, spec),
  });
  return difference(object(before), object(after));
}

const keyOf = ({ list, name }: ComparedResource): string => `${kindOf(list).kind} ${name}`;

/** Every resource that is there on one side only, or says something else. */
export function resourceDifferences(
  before: readonly ComparedResource[],
  after: readonly ComparedResource[],
): readonly ResourceDifference[] {
  const later = new Map(after.map((each) => [keyOf(each), each]));
  const earlier = new Set(before.map((each) => keyOf(each)));
  const ofEarlier = before.flatMap((each): readonly ResourceDifference[] => {
    const resource = keyOf(each);
    const other = later.get(resource);
    if (other === undefined) {
      return [{ resource, fields: [], state: 'missing' }];
    }
    const fields = fieldsThatDiffer(each, other);
    return fields.length === 0 ? [] : [{ resource, fields, state: 'changed' }];
  });
  const added = [...later.keys()].filter((resource) => !earlier.has(resource));
  return [...ofEarlier, ...added.map((resource): ResourceDifference => ({ resource, fields: [], state: 'added' }))];
}

import { createHash } from 'node:crypto';
import type { JsonObject } from '../../../domain/json.ts';
import type { ServedKind } from './served-kind.ts';
import { subresourcesOf } from '../subresources/subresource-table.ts';
import { byPriority } from './version-priority.ts';

const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
/** Those of custom kinds stand in another order. */
const customVerbs = ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'];
const endingVerbs = ['delete', 'deletecollection', 'get', 'list', 'watch'];
const verbsOfOne = verbs.filter((verb) => verb !== 'deletecollection');

/** Kinds that `kubectl get all` shows, and those of extensions. */
const categories: ReadonlyMap<string, string> = new Map([
  ['Pod', 'all'],
  ['Service', 'all'],
  ['Deployment', 'all'],
  ['ReplicaSet', 'all'],
  ['DaemonSet', 'all'],
  ['ValidatingAdmissionPolicy', 'api-extensions'],
  ['ValidatingAdmissionPolicyBinding', 'api-extensions'],
  ['ValidatingWebhookConfiguration', 'api-extensions'],
  ['CustomResourceDefinition', 'api-extensions'],
]);

/** One resource or subresource of a list of resources. */
export interface ResourceEntry {
  readonly name: string;
  readonly kind: string;
  readonly verbs: readonly string[];
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly storageVersionHash?: string;
  /** Of a subresource of another group. */
  readonly group?: string;
  readonly version?: string;
}

/** The version that the sandbox says it is: the release whose behaviour it follows. */
export const serverVersion: JsonObject = {
  major: '1',
  minor: '35',
  emulationMajor: '1',
  emulationMinor: '35',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '34',
  gitVersion: 'v1.35.4',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: '',
  compiler: 'metalwave',
  platform: 'sandbox',
};

/** `/api` */
export function coreVersions(): JsonObject {
  return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
}

/** `/apis`: every group with its versions. */
export function groupList(kinds: readonly ServedKind[]): JsonObject {
  const names = [...new Set(kinds.map((kind) => kind.group))].filter((group) => group !== '');
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: names.map((name) => groupOf(name, kinds)) };
}

/** `/apis/GROUP`, or undefined for a group that is not served. */
export function apiGroup(name: string, kinds: readonly ServedKind[]): JsonObject | undefined {
  const isServed = name !== '' && kinds.some((kind) => kind.group === name);
  return isServed ? { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(name, kinds) } : undefined;
}

function groupOf(name: string, kinds: readonly ServedKind[]): JsonObject {
  const served = kinds.filter((kind) => kind.group === name).map((kind) => kind.version);
  const versions = byPriority(served).map((version) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions, preferredVersion: versions[0] ?? {} };
}

/** `/api/v1` and `/apis/GROUP/VERSION`, or undefined where nothing is served there. */
export function resourceList(group: string, version: string, kinds: readonly ServedKind[]): JsonObject | undefined {
  const served = kinds.filter((kind) => kind.group === group && kind.version === version);
  if (served.length === 0) {
    return undefined;
  }
  const groupVersion = group === '' ? version : `${group}/${version}`;
  const resources = served.flatMap((kind) => resourcesOf(kind)).map((entry) => ({ ...entry }));
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources };
}

/** The resource itself first, then what stands below its objects. */
export function resourcesOf(kind: ServedKind): readonly ResourceEntry[] {
  const base = { singularName: kind.singular, namespaced: kind.namespaced, kind: kind.kind };
  const group = kind.custom ? kind.categories : builtInCategories(kind);
  const whole: ResourceEntry = {
    name: kind.resource,
    ...base,
    verbs: verbsFor(kind),
    ...(kind.shortNames.length === 0 ? {} : { shortNames: kind.shortNames }),
    ...(group === undefined || group.length === 0 ? {} : { categories: group }),
    ...(kind.versions === undefined ? {} : { storageVersionHash: hashOf(kind, kind.versions.storage) }),
  };
  const status = { name: `${kind.resource}/status`, ...base, singularName: '', verbs: ['get', 'patch', 'update'] };
  const others = subresourcesOf(kind).map((one) => ({
    name: `${kind.resource}/${one.name}`,
    singularName: '',
    namespaced: kind.namespaced,
    kind: one.kind.kind,
    ...(one.kind.group === kind.group ? {} : { group: one.kind.group, version: one.kind.version }),
    verbs: one.verbs,
  }));
  return [whole, ...(kind.hasStatus ? [status] : []), ...others];
}

/** Tells clients apart in which version objects are stored. */
function hashOf({ group, kind }: ServedKind, storage: string): string {
  return createHash('sha256').update(`${group}/${storage}/${kind}`).digest().subarray(0, 8).toString('base64');
}

function builtInCategories({ kind }: ServedKind): readonly string[] {
  const category = categories.get(kind);
  return category === undefined ? [] : [category];
}

function verbsFor({ kind, group, isReview, custom, isEnding }: ServedKind): readonly string[] {
  if (custom) {
    return isEnding === true ? endingVerbs : customVerbs;
  }
  if (isReview === true) {
    return ['create'];
  }
  return hasCollectionDelete({ kind, group }) ? verbs : verbsOfOne;
}

/** Namespaces alone cannot be deleted many at once. */
export function hasCollectionDelete({ kind, group }: Pick<ServedKind, 'kind' | 'group'>): boolean {
  return group !== '' || kind !== 'Namespace';
}

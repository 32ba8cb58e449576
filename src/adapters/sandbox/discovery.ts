import type { JsonObject } from '../../domain/json.ts';
import type { ServedKind } from './served-kind.ts';

const verbs = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];

/** The version that the sandbox says it is: the release whose behaviour it follows. */
export const serverVersion: JsonObject = {
  major: '1',
  minor: '35',
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
  const versions = [...new Set(served)].map((version) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions, preferredVersion: versions.at(-1) ?? {} };
}

/** `/api/v1` and `/apis/GROUP/VERSION`, or undefined where nothing is served there. */
export function resourceList(group: string, version: string, kinds: readonly ServedKind[]): JsonObject | undefined {
  const served = kinds.filter((kind) => kind.group === group && kind.version === version);
  if (served.length === 0) {
    return undefined;
  }
  const groupVersion = group === '' ? version : `${group}/${version}`;
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: served.flatMap(resourcesOf) };
}

function resourcesOf(kind: ServedKind): readonly JsonObject[] {
  const base = { singularName: kind.singular, namespaced: kind.namespaced, kind: kind.kind };
  const short = kind.shortNames.length === 0 ? {} : { shortNames: kind.shortNames };
  const whole = { name: kind.resource, ...base, verbs, ...short };
  const status = { name: `${kind.resource}/status`, ...base, singularName: '', verbs: ['get', 'patch', 'update'] };
  return kind.hasStatus ? [whole, status] : [whole];
}

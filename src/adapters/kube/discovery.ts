import { type Json, listAt, textAt, valueAt } from '../../domain/json.ts';
import { groupOf, type ObjectId, versionOf } from '../../domain/manifest/object-id.ts';
import type { ApiKind } from '../../ports/cluster.ts';

/** Path of a group version: `/api/v1` for the core group, `/apis/GROUP/VERSION` for all others. */
export function groupVersionPath(apiVersion: string): string {
  const group = groupOf(apiVersion);
  const version = encodeURIComponent(versionOf(apiVersion));
  return group === '' ? `/api/${version}` : `/apis/${encodeURIComponent(group)}/${version}`;
}

/** Path of all objects of a kind, in one namespace or in all. */
export function collectionPath(kind: ApiKind, namespace: string): string {
  const root = groupVersionPath(kind.group === '' ? kind.version : `${kind.group}/${kind.version}`);
  const scope = kind.namespaced && namespace !== '' ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${root}${scope}/${encodeURIComponent(kind.resource)}`;
}

export function objectPath(kind: ApiKind, id: ObjectId): string {
  return `${collectionPath(kind, id.namespace)}/${encodeURIComponent(id.name)}`;
}

/** Resource and group as RBAC and messages have them: `ipaddresspools.metallb.io`, `services`. */
export function resourceName(kind: ApiKind): string {
  return kind.group === '' ? kind.resource : `${kind.resource}.${kind.group}`;
}

/** The kinds of an APIResourceList by name; subresources are no kinds. */
export function kindsOf(apiVersion: string, list: Json): ReadonlyMap<string, ApiKind> {
  const kinds = new Map<string, ApiKind>();
  for (const entry of listAt(list, 'resources')) {
    const resource = textAt(entry, 'name') ?? '';
    const kind = textAt(entry, 'kind') ?? '';
    if (!resource.includes('/') && resource !== '' && kind !== '') {
      const namespaced = valueAt(entry, 'namespaced') === true;
      kinds.set(kind, { group: groupOf(apiVersion), version: versionOf(apiVersion), kind, resource, namespaced });
    }
  }
  return kinds;
}

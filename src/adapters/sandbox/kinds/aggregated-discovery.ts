import type { JsonObject } from '../../../domain/json.ts';
import { resourcesOf } from './discovery.ts';
import type { ResourceEntry } from './discovery.ts';
import type { ServedKind } from './served-kind.ts';
import { byPriority } from './version-priority.ts';

/** The media type under which clients expect the list. */
export const aggregatedType = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** Everything that is served by these kinds in one document (apidiscovery.k8s.io/v2). */
export function aggregatedDiscovery(kinds: readonly ServedKind[]): JsonObject {
  const groups = [...new Set(kinds.map((kind) => kind.group))];
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: groups.map((group) =>
      groupOf(
        group,
        kinds.filter((kind) => kind.group === group),
      ),
    ),
  };
}

function groupOf(name: string, kinds: readonly ServedKind[]): JsonObject {
  const versions = byPriority(kinds.map((kind) => kind.version));
  return {
    metadata: name === '' ? { creationTimestamp: null } : { name },
    versions: versions.map((version) => ({
      version,
      resources: kinds.filter((kind) => kind.version === version).map((kind) => resourceOf(kind)),
      freshness: 'Current',
    })),
  };
}

function resourceOf(kind: ServedKind): JsonObject {
  const [whole, ...below] = resourcesOf(kind);
  const subresources = below.map((entry) => ({
    subresource: entry.name.slice(kind.resource.length + 1),
    responseKind: responseKind(kind, entry),
    verbs: entry.verbs,
  }));
  return {
    resource: kind.resource,
    responseKind: responseKind(kind, whole),
    scope: kind.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: kind.singular,
    verbs: whole?.verbs ?? [],
    ...(whole?.shortNames === undefined ? {} : { shortNames: whole.shortNames }),
    ...(whole?.categories === undefined ? {} : { categories: whole.categories }),
    ...(subresources.length === 0 ? {} : { subresources }),
  };
}

function responseKind({ group, version, kind }: ServedKind, entry: ResourceEntry | undefined): JsonObject {
  return { group: entry?.group ?? group, version: entry?.version ?? version, kind: entry?.kind ?? kind };
}

import type { Json } from '../../../domain/json.ts';
import { readAccept } from '../answers/accept-header.ts';
import { aggregatedDiscovery, aggregatedType } from '../kinds/aggregated-discovery.ts';
import { apiGroup, coreVersions, groupList, resourceList, serverVersion } from '../kinds/discovery.ts';
import { openApiDocument } from '../openapi/openapi-documents.ts';
import type { ServedKind } from '../kinds/served-kind.ts';

export interface ServedDocument {
  readonly body: Json;
  readonly type: string;
}

const aggregated: ReadonlyMap<string, string> = new Map([['APIGroupDiscoveryList', 'v2']]);

/** The document about the server at a path: its version, what it serves and how that looks. Undefined where there is none. */
export function servedDocument(
  kinds: () => readonly ServedKind[],
  path: string,
  accept: string,
): ServedDocument | undefined {
  const isRoot = path === '/api' || path === '/apis';
  if (isRoot && readAccept(accept, aggregated).as !== undefined) {
    const served = kinds().filter((kind) => (kind.group === '') === (path === '/api'));
    return { body: aggregatedDiscovery(served), type: aggregatedType };
  }
  const body = plainDocument(kinds, path);
  return body === undefined ? undefined : { body, type: 'application/json' };
}

function plainDocument(kinds: () => readonly ServedKind[], path: string): Json | undefined {
  if (path.startsWith('/openapi/v3')) {
    return openApiDocument(path, kinds());
  }
  const [, root = '', group = '', version, ...rest] = path.replace(/\/$/u, '').split('/');
  if (rest.length > 0) {
    return undefined;
  }
  if (group === '') {
    return rootDocument(root, kinds);
  }
  if (root === 'api') {
    return version === undefined ? resourceList('', group, kinds()) : undefined;
  }
  if (root !== 'apis') {
    return undefined;
  }
  return version === undefined ? apiGroup(group, kinds()) : resourceList(group, version, kinds());
}

function rootDocument(root: string, kinds: () => readonly ServedKind[]): Json | undefined {
  if (root === 'version') {
    return serverVersion;
  }
  if (root !== 'api' && root !== 'apis') {
    return undefined;
  }
  return root === 'api' ? coreVersions() : groupList(kinds());
}

import type { Json } from '../../../domain/json.ts';
import { readAccept } from '../answers/accept-header.ts';
import type { TranslatedKind } from '../answers/accept-header.ts';
import { aggregatedDiscovery, aggregatedType } from '../kinds/aggregated-discovery.ts';
import { apiGroup, coreVersions, groupList, resourceList, serverVersion } from '../kinds/discovery.ts';
import { openApiDocument } from '../openapi/openapi-documents.ts';
import { pathsOf } from '../kinds/served-paths.ts';
import { notAllowed } from '../answers/status-error.ts';
import type { ServedKind } from '../kinds/served-kind.ts';

export interface ServedDocument {
  readonly body: Json;
  readonly type: string;
}

const aggregated: ReadonlyMap<string, TranslatedKind> = new Map([
  ['APIGroupDiscoveryList', { group: 'apidiscovery.k8s.io', versions: ['v2'] }],
]);

/** The document about the server at a path: its version, what it serves and how that looks. Undefined where there is none. */
export function servedDocument(
  kinds: () => readonly ServedKind[],
  path: string,
  accept: string,
  method: string,
): ServedDocument | undefined {
  const isRoot = path === '/api' || path === '/apis';
  if (isRoot && readAccept(accept, aggregated, 'object').as !== undefined) {
    const served = kinds().filter((kind) => (kind.group === '') === (path === '/api'));
    return { body: aggregatedDiscovery(served), type: aggregatedType };
  }
  const body = plainDocument(kinds, path.replace(/(?<=.)\/$/u, ''));
  if (body === undefined) {
    return undefined;
  }
  if (!['GET', 'HEAD'].includes(method) && !/^\/apis(?:\/[^/]+)?$/u.test(path)) {
    throw notAllowed();
  }
  return { body, type: `application/${documentFormat(path, accept)}` };
}

const untranslated: ReadonlyMap<string, TranslatedKind> = new Map();

/** Documents of discovery are objects as any other; the pages about the server are JSON. */
function documentFormat(path: string, accept: string): string {
  if (path.startsWith('/openapi/')) {
    return 'json';
  }
  const isPage = path === '/' || path.startsWith('/version');
  const kinds = path === '/api' || path === '/apis' ? aggregated : untranslated;
  // Groups are not routed as objects are.
  const isGroup = /^\/apis(?:\/[^/]+)?\/?$/u.test(path);
  const what = isGroup ? 'custom' : 'object';
  return readAccept(accept, kinds, isPage ? 'page' : what).format;
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
    return version === undefined ? rootDocument(root, kinds) : undefined;
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
  if (root === '') {
    return { paths: pathsOf(kinds()) };
  }
  if (root !== 'api' && root !== 'apis') {
    return undefined;
  }
  return root === 'api' ? coreVersions() : groupList(kinds());
}

import type { ServerResponse } from 'node:http';
import { StatusError, badRequest, notAllowed, notFound, qualifiedResource } from '../answers/status-error.ts';
import { sendText } from '../answers/send-answer.ts';
import { hasCollectionDelete } from '../kinds/discovery.ts';
import type { KindRegistry } from '../kinds/kind-registry.ts';
import type { ServedKind } from '../kinds/served-kind.ts';
import { subresourceMethods } from '../subresources/subresource-table.ts';
import type { ResourcePath } from './request-path.ts';

const ofCollections = ['GET', 'POST', 'DELETE'];
const ofObjects = ['GET', 'PUT', 'PATCH', 'DELETE'];
const ofStatus = ['GET', 'PUT', 'PATCH'];

/**
 * Whether a request leads to the kind that its path names: undefined where the server knows no such page. Built-in kinds are
 * routed path by path, so that method and scope are part of it; custom ones by what a request means. Throws what a client is
 * told in the place of either.
 */
export function isRouted(path: ResourcePath, kind: ServedKind, method: string): boolean {
  if (kind.custom) {
    return isCustomRouted(path, kind, method);
  }
  checkBuiltInRoute(path, kind, method);
  return true;
}

function checkBuiltInRoute(path: ResourcePath, kind: ServedKind, method: string): void {
  const methods = isPlaced(path, kind) ? methodsOf(path, kind) : undefined;
  if (methods === undefined) {
    throw unknownResource();
  }
  if (!methods.includes(method)) {
    throw notAllowed();
  }
}

/** Whether the path is where objects of the kind are: those of namespaces are seen everywhere as a collection alone. */
function isPlaced({ namespace, name }: ResourcePath, kind: ServedKind): boolean {
  if (namespace !== undefined) {
    return kind.namespaced;
  }
  return !kind.namespaced || name === undefined;
}

/** What may be done to an object, its collection or its subresource; undefined for a subresource that it has not. */
function methodsOf(path: ResourcePath, kind: ServedKind): readonly string[] | undefined {
  const { name, subresource } = path;
  if (kind.isReview === true) {
    return name === undefined ? ['POST'] : undefined;
  }
  if (name === undefined && kind.namespaced && path.namespace === undefined) {
    return ['GET'];
  }
  if (name === undefined) {
    return hasCollectionDelete(kind) ? ofCollections : ofCollections.filter((one) => one !== 'DELETE');
  }
  if (subresource === '') {
    return ofObjects;
  }
  return subresource === 'status' && kind.hasStatus ? ofStatus : subresourceMethods(kind, subresource);
}

const verbs: ReadonlyMap<string, string> = new Map([
  ['POST', 'create'],
  ['DELETE', 'delete'],
]);

function isCustomRouted(path: ResourcePath, kind: ServedKind, method: string): boolean {
  const isRead = ['GET', 'HEAD'].includes(method);
  if (!isPlaced(path, kind) || (kind.namespaced && path.namespace === undefined && !isRead)) {
    return false;
  }
  if (path.name === undefined && ['PUT', 'PATCH'].includes(method)) {
    throw badRequest('name must be provided');
  }
  checkCustomSubresource(path, kind, method);
  return true;
}

function checkCustomSubresource({ name = '', subresource }: ResourcePath, kind: ServedKind, method: string): void {
  const isStatus = subresource === 'status' && kind.hasStatus;
  if (subresource !== '' && !isStatus && subresourceMethods(kind, subresource) === undefined) {
    throw notFound(kind, name);
  }
  if (isStatus && !ofStatus.includes(method)) {
    const verb = verbs.get(method) ?? '';
    const message = `${verb} is not supported on resources of kind "${qualifiedResource(kind)}"`;
    throw new StatusError(405, 'MethodNotAllowed', message, { group: kind.group, kind: kind.resource });
  }
}

function unknownResource(): StatusError {
  return new StatusError(404, 'NotFound', 'the server could not find the requested resource', {});
}

/** A path below a version that is built in is an unknown resource; any other is no path of the API at all. */
export function sendUnknown(registry: KindRegistry, response: ServerResponse, pathname: string): void {
  const [root = '', first = '', second = ''] = pathname.split('/').filter((step) => step !== '');
  const [group, version] = root === 'apis' ? [first, second] : ['', first];
  const beside = registry.all().find((kind) => kind.group === group && kind.version === version);
  if (['api', 'apis'].includes(root) && beside?.custom === false) {
    throw unknownResource();
  }
  sendText(response, 404, '404 page not found\n');
}

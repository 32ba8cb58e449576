import { deleteCollection, deleteObject } from './delete-requests.ts';
import { hasCollectionDelete } from '../kinds/discovery.ts';
import { listBody, listPage } from '../objects/object-list.ts';
import { createObject, getObject, patchObject, updateObject } from './resource-requests.ts';
import type { Answer, ApiParts, ResourceRequest } from './resource-request.ts';
import { StatusError } from '../answers/status-error.ts';

type Respond = (parts: ApiParts, request: ResourceRequest) => Answer;

const toObject: { readonly [method: string]: Respond } = {
  GET: getObject,
  PUT: updateObject,
  PATCH: patchObject,
  DELETE: deleteObject,
};

const toCollection: { readonly [method: string]: Respond } = {
  GET: listObjects,
  POST: createObject,
  DELETE: deleteCollection,
};

/** What a method does with an object, its status, or all objects of a kind. */
export function respondToMethod(parts: ApiParts, request: ResourceRequest, method: string): Answer {
  const { kind, path } = request;
  const isAllowed = isMethodOf(request, method);
  const respond = (path.name === undefined ? toCollection : toObject)[method];
  if (respond === undefined || !isAllowed || (kind.isReview === true && method !== 'POST')) {
    throw notAllowed();
  }
  return respond(parts, request);
}

function isMethodOf({ kind, path }: ResourceRequest, method: string): boolean {
  if (method !== 'DELETE') {
    return true;
  }
  return path.name === undefined ? hasCollectionDelete(kind) : path.subresource === '';
}

export function notAllowed(): StatusError {
  return new StatusError(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  );
}

function listObjects({ store }: ApiParts, { kind, path, query }: ResourceRequest): Answer {
  const page = listPage(store, { kind, namespace: path.namespace, query });
  return { code: 200, body: listBody(kind, page), objects: page.items };
}

import { deleteCollection, deleteObject } from './delete-requests.ts';
import { listBody, listPage } from '../objects/object-list.ts';
import { createObject, getObject, patchObject, updateObject } from './resource-requests.ts';
import type { Answer, ApiParts, ResourceRequest } from './resource-request.ts';
import { notAllowed } from '../answers/status-error.ts';

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
  // A custom kind takes a new object wherever it is sent to.
  const isCollection = request.path.name === undefined || method === 'POST';
  const respond = (isCollection ? toCollection : toObject)[method === 'HEAD' ? 'GET' : method];
  if (respond === undefined) {
    throw notAllowed();
  }
  return respond(parts, request);
}

function listObjects({ store }: ApiParts, { kind, path, query }: ResourceRequest): Answer {
  const page = listPage(store, { kind, namespace: path.namespace, query });
  return { code: 200, body: listBody(kind, page), objects: page.items };
}

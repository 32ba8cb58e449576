import { prune } from '../../../domain/crd/pruning.ts';
import { isJsonObject, textAt } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { asJson } from '../../../domain/manifest/kube-object.ts';
import type { KubeObject } from '../../../domain/manifest/kube-object.ts';
import { conversionMistake } from '../../../domain/object-rules/conversion.ts';
import type { Target } from './target.ts';
import { undecodable } from './undecodable.ts';
import type { WriteForm } from './undecodable.ts';
import { appliedBody } from './apply-request.ts';
import { patchOf } from './patch-types.ts';
import { asObject } from './request-body.ts';
import { tellDoubts } from '../objects/decoding-doubts.ts';
import { targetOf } from './resource-request.ts';
import type { Answer, ApiParts, ResourceRequest } from './resource-request.ts';
import { apiVersionOf, collectionOf } from '../kinds/served-kind.ts';
import { asServed } from '../kinds/stored-form.ts';
import { sentObject } from './sent-object.ts';
import {
  StatusError,
  badRequest,
  forbidden,
  invalid,
  namespaceTerminating,
  notFound,
} from '../answers/status-error.ts';
import { writeOptions } from './write-options.ts';

/** A generated name has this much of its prefix, so that it is a label still. */
const longestPrefix = 58;

export function getObject({ store }: ApiParts, { path, kind }: ResourceRequest): Answer {
  const name = path.name ?? '';
  const object = store.get(collectionOf(kind), path.namespace ?? '', name);
  if (object === undefined) {
    throw notFound(kind, name);
  }
  const served = asServed(kind, object);
  return { code: 200, body: asJson(served), objects: [served] };
}

export function createObject(parts: ApiParts, request: ResourceRequest): Answer {
  const sent = sentObject(request);
  const prefix = textAt(asJson(sent), 'metadata', 'generateName') ?? '';
  const suffix = (): string => (request.nameSuffix ?? parts.newUid)().replaceAll('-', '').slice(0, 5);
  const generated = prefix === '' ? '' : `${prefix.slice(0, longestPrefix)}${suffix()}`;
  const body = sent.metadata.name === '' ? { ...sent, metadata: { ...sent.metadata, name: generated } } : sent;
  const target = targetOf(request, body.metadata.name);
  refuseTwice(target, request, sent);
  checkIdentity({ ...request, path: { ...request.path, name: undefined } }, body);
  if (body.metadata.name === '') {
    const message = 'Required value: name or generateName is required';
    throw invalid(request.kind, '', [{ reason: 'FieldValueRequired', field: 'metadata.name', message }]);
  }
  checkNamespace(parts, target);
  const object = parts.writer.create(target, body, writeOptions(request, 'Create'));
  return { code: 201, body: asJson(object), objects: [object] };
}

export function updateObject(parts: ApiParts, request: ResourceRequest): Answer {
  const options = writeOptions(request, 'Update');
  const body = sentObject(request);
  const target = targetOf(request, request.path.name ?? '');
  refuseTwice(target, request, body);
  checkIdentity(request, body);
  if (parts.store.get(collectionOf(target.kind), target.namespace, target.name) === undefined) {
    throw notFound(target.kind, target.name);
  }
  if (['', '0'].includes(body.metadata.resourceVersion ?? '') && request.kind.custom) {
    const message = 'Invalid value: 0: must be specified for an update';
    const named = { ...request.kind, kind: request.kind.resource };
    throw invalid(named, target.name, [{ reason: 'FieldValueInvalid', field: 'metadata.resourceVersion', message }]);
  }
  return finish(parts, target, parts.writer.update(target, body, options));
}

export function patchObject(parts: ApiParts, request: ResourceRequest): Answer {
  const type = request.contentType.split(';', 1)[0]?.trim() ?? '';
  if (type === 'application/apply-patch+yaml' || type === 'application/apply-patch+cbor') {
    return applyObject(parts, request);
  }
  const patch = patchOf(type, request.kind);
  const options = writeOptions(request, 'Patch');
  const target = targetOf(request, request.path.name ?? '');
  const live = parts.store.get(collectionOf(target.kind), target.namespace, target.name);
  if (live === undefined) {
    throw notFound(target.kind, target.name);
  }
  const isMerged = type === 'application/strategic-merge-patch+json';
  const form: WriteForm = isMerged ? { type: 'merged', patch: request.body ?? null } : { type: 'patched' };
  const found = patch(asJson(asServed(target.kind, live)), request.body ?? null);
  const patched = asObject(isMerged ? converted(target, found, form) : found);
  checkIdentity(request, patched);
  return finish(parts, target, parts.writer.update(target, patched, { ...options, form }));
}

/** What a strategic patch leaves, as the type that it patches whatever it says of itself. */
function converted(target: Target, merged: Json, form: WriteForm): Json {
  const { kind } = target;
  const mistake = conversionMistake(merged, kind.schema);
  if (mistake !== undefined) {
    throw undecodable(target, form, merged, mistake);
  }
  return isJsonObject(merged) ? { ...merged, apiVersion: apiVersionOf(kind), kind: kind.kind } : merged;
}

function applyObject(parts: ApiParts, request: ResourceRequest): Answer {
  const options = writeOptions(request, 'Apply');
  const body = appliedBody(request);
  if (options.validation === 'Strict' && request.refusal !== '') {
    throw badRequest(`error strict decoding YAML: error converting YAML to JSON: ${request.refusal}`);
  }
  checkIdentity(request, body);
  const target = targetOf(request, request.path.name ?? '');
  checkNamespace(parts, target);
  const { object, created } = parts.writer.apply(target, body, options);
  return { ...finish(parts, target, object), code: created ? 201 : 200 };
}

/** An object whose last finalizer went while it was being deleted goes with it. */
function finish(parts: ApiParts, target: Target, object: KubeObject): Answer {
  parts.remover.release(target, object);
  return { code: 200, body: asJson(object), objects: [object] };
}

/** What stands twice is refused by strict validation before anything else is looked at. */
function refuseTwice(target: Target, { query, doubts, refusal }: ResourceRequest, sent: KubeObject): void {
  if (query.get('fieldValidation') === 'Strict' && refusal !== '') {
    const { unknown } = prune(asJson(sent), target.kind.schema);
    tellDoubts(target, sent, unknown, { validation: 'Strict', doubts, refusal });
  }
}

function checkIdentity({ kind, path }: ResourceRequest, body: KubeObject): void {
  const { name } = body.metadata;
  if (path.name !== undefined && name === '') {
    throw badRequest(`the name of the object (${path.name} based on URL) was undeterminable: name must be provided`);
  }
  if (path.name !== undefined && path.name !== name) {
    throw badRequest(`the name of the object (${name}) does not match the name on the URL (${path.name})`);
  }
  if (body.apiVersion !== apiVersionOf(kind)) {
    throw badRequest(
      `the API version in the data (${body.apiVersion}) does not match the expected API version (${apiVersionOf(kind)})`,
    );
  }
  if (body.kind !== kind.kind) {
    const message = `Invalid value: ${JSON.stringify(body.kind)}: must be ${kind.kind}`;
    throw invalid({ ...kind, kind: body.kind }, name, [{ reason: 'FieldValueInvalid', field: 'kind', message }]);
  }
  const namespace = body.metadata.namespace ?? '';
  if (namespace !== '' && namespace !== (path.namespace ?? '')) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
}

function checkNamespace({ store }: ApiParts, target: Target): void {
  const { kind, namespace } = target;
  const home = kind.namespaced ? store.get('namespaces', '', namespace) : undefined;
  if (kind.namespaced && home === undefined) {
    const details = { name: namespace, kind: 'namespaces' };
    throw new StatusError(404, 'NotFound', `namespaces "${namespace}" not found`, details);
  }
  const isNew = store.get(collectionOf(kind), namespace, target.name) === undefined;
  if (kind.isEnding === true && isNew) {
    const why = 'create not allowed while custom resource definition is terminating';
    throw forbidden(kind, target.name, why);
  }
  if (home?.metadata.deletionTimestamp !== undefined && isNew) {
    throw namespaceTerminating(kind, target.name, namespace);
  }
}

import { isJsonArray, isJsonObject } from '../../../domain/json.ts';
import type { Json } from '../../../domain/json.ts';
import { UnmergeablePatch, strategicMerge } from '../../../domain/merge/strategic-merge.ts';
import { jsonPatch, mergePatch } from './patches.ts';
import type { ServedKind } from '../kinds/served-kind.ts';
import { StatusError, badRequest } from '../answers/status-error.ts';

type Patch = (target: Json, patch: Json) => Json;

const mostOperations = 10_000;
const builtInTypes = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
];

/** What a patch of the media type does to an object of the kind; 415 for a type that the kind doesn't know. */
export function patchOf(type: string, kind: ServedKind): Patch {
  switch (type) {
    case 'application/json-patch+json':
      return checkedJsonPatch;
    case 'application/merge-patch+json':
      return checkedMergePatch;
    case 'application/strategic-merge-patch+json':
      if (!kind.custom) {
        return strategicPatch(kind);
      }
      break;
    default:
      if (!type.includes('patch')) {
        throw new StatusError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
      }
  }
  const accepted = builtInTypes.filter((one) => !kind.custom || !one.includes('strategic')).join(', ');
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted}`;
  throw new StatusError(415, 'UnsupportedMediaType', message);
}

function checkedJsonPatch(target: Json, patch: Json): Json {
  if (patch === null) {
    return target;
  }
  if (!isJsonArray(patch)) {
    throw badRequest(
      `error decoding patch: json: cannot unmarshal ${jsonForm(patch)} into Go value of type []handlers.jsonPatchOp`,
    );
  }
  if (patch.length > mostOperations) {
    const message = `The allowed maximum operations in a JSON patch is ${mostOperations}, got ${patch.length}`;
    throw new StatusError(413, 'RequestEntityTooLarge', message);
  }
  checkOperations(patch);
  return jsonPatch(target, patch);
}

function checkOperations(patch: readonly Json[]): void {
  for (const operation of patch) {
    if (operation !== null && !isJsonObject(operation)) {
      const wanted = 'Go value of type handlers.jsonPatchOp';
      throw badRequest(`error decoding patch: json: cannot unmarshal ${jsonForm(operation)} into ${wanted}`);
    }
    for (const field of ['op', 'path', 'from']) {
      const value = operation?.[field] ?? null;
      if (value !== null && typeof value !== 'string') {
        const wanted = `Go struct field jsonPatchOp.${field} of type string`;
        throw badRequest(`error decoding patch: json: cannot unmarshal ${jsonForm(value)} into ${wanted}`);
      }
    }
  }
}

function checkedMergePatch(target: Json, patch: Json): Json {
  if (patch === null) {
    throw badRequest('Invalid JSON Patch');
  }
  if (!isJsonObject(patch)) {
    const wanted = 'map[string]interface {}';
    throw badRequest(`error decoding patch: json: cannot unmarshal ${jsonForm(patch)} into Go value of type ${wanted}`);
  }
  return mergePatch(target, patch);
}

function strategicPatch(kind: ServedKind): Patch {
  return (target, patch) => {
    if (patch === null) {
      return target;
    }
    if (!isJsonObject(target) || !isJsonObject(patch)) {
      throw badRequest(`json: cannot unmarshal ${jsonForm(patch)} into Go value of type map[string]interface {}`);
    }
    try {
      return strategicMerge(target, patch, kind.schema);
    } catch (error) {
      if (!(error instanceof UnmergeablePatch)) {
        throw error;
      }
      throw error.isMalformed ? badRequest(error.message) : new StatusError(500, '', error.message);
    }
  };
}

/** What a value is in the words of Go's JSON decoder. */
export function jsonForm(value: Json): string {
  if (value === null || isJsonArray(value)) {
    return value === null ? 'null' : 'array';
  }
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

import { Failure } from '../../domain/failure.ts';
import { isJsonObject, type Json, numberAt, textAt, valueAt } from '../../domain/json.ts';
import type { KubeObject } from '../../domain/manifest/kube-object.ts';
import { type Asked, statusFailure } from './status-failure.ts';

/** One line of a watch. */
export type WatchEvent =
  | { readonly type: 'put' | 'gone'; readonly object: KubeObject; readonly version: string }
  | { readonly type: 'bookmark'; readonly version: string };

/** What came can't be followed on from: only a new list tells what there is. */
export class LostTrackFailure extends Failure {
  constructor(message: string, cause?: unknown) {
    super({ code: 'cluster-error', retry: 'now', message, cause });
  }
}

const types: Readonly<Record<string, 'put' | 'gone' | 'bookmark'>> = {
  ADDED: 'put',
  MODIFIED: 'put',
  DELETED: 'gone',
  BOOKMARK: 'bookmark',
};

/**
 * Reads one line. An ERROR event is thrown as the Failure that the same status would be as an answer; a line that is no
 * event is a LostTrackFailure, because what it told can't be known.
 */
export function readWatchEvent(line: string, asked: Asked): WatchEvent {
  const event = parsed(line, asked);
  const name = textAt(event, 'type') ?? '';
  const object = valueAt(event, 'object');
  if (name === 'ERROR') {
    throw errorEvent(object, asked);
  }
  const type = Object.hasOwn(types, name) ? types[name] : undefined;
  const version = textAt(object, 'metadata', 'resourceVersion');
  if (type === undefined || version === undefined) {
    throw unreadable(asked);
  }
  if (type === 'bookmark') {
    return { type, version };
  }
  if (!isObject(object)) {
    throw unreadable(asked);
  }
  return { type, object, version };
}

function parsed(line: string, asked: Asked): Json {
  try {
    return JSON.parse(line) as Json;
  } catch {
    // The parser quotes what it read, which may be a secret.
    throw unreadable(asked);
  }
}

function unreadable(asked: Asked): LostTrackFailure {
  return new LostTrackFailure(`The API server sent something that is no event while ${asked.subject} were watched`);
}

function isObject(value: Json | undefined): value is KubeObject {
  return (
    isJsonObject(value) &&
    textAt(value, 'apiVersion') !== undefined &&
    textAt(value, 'kind') !== undefined &&
    textAt(value, 'metadata', 'name') !== undefined
  );
}

function errorEvent(status: Json | undefined, asked: Asked): Failure {
  const seconds = numberAt(status, 'details', 'retryAfterSeconds');
  return statusFailure({
    status: numberAt(status, 'code') ?? 500,
    body: status,
    retryAfterMs: seconds === undefined ? undefined : seconds * 1000,
    asked,
  });
}

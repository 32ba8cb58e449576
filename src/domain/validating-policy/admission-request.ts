import { JsonMap } from '../cel/value.ts';
import type { CelValue } from '../cel/value.ts';
import { isJsonObject } from '../json.ts';
import type { Json, JsonObject } from '../json.ts';
import type { UserInfo } from '../rbac/user-info.ts';

/** One write, as the rules of admission see it. */
export interface AdmissionRequest {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE';
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly resource: string;
  readonly subresource: string;
  readonly namespaced: boolean;
  readonly namespace: string;
  readonly name: string;
  readonly user: UserInfo;
  readonly dryRun: boolean;
  /** null for a deletion. */
  readonly object: JsonObject | null;
  /** null for a creation. */
  readonly oldObject: JsonObject | null;
  /** The namespace of a namespaced object. */
  readonly namespaceObject: JsonObject | null;
}

/** The request as an AdmissionReview shows it, without what is only sent to webhooks. */
export function requestJson(request: AdmissionRequest): JsonObject {
  const { group, version, kind, resource, subresource, namespace, name, operation, user, dryRun } = request;
  const ofKind = { group, version, kind };
  const ofResource = { group, version, resource };
  const below = subresource === '' ? {} : { subResource: subresource, requestSubResource: subresource };
  return {
    kind: ofKind,
    resource: ofResource,
    ...below,
    requestKind: ofKind,
    requestResource: ofResource,
    ...(name === '' ? {} : { name }),
    ...(namespace === '' ? {} : { namespace }),
    operation,
    userInfo: {
      username: user.name,
      ...(user.uid === undefined ? {} : { uid: user.uid }),
      groups: user.groups,
      ...(user.extra === undefined ? {} : { extra: user.extra }),
    },
    dryRun,
  };
}

/** The same as a value of expressions, where fields that are empty can be read. */
export function requestValue(request: AdmissionRequest): CelValue {
  const { subresource, namespace, name } = request;
  const empty = { subResource: subresource, requestSubResource: subresource, namespace, name };
  const whole = { ...empty, ...requestJson(request) };
  return new JsonMap(whole);
}

/** An object as a value: null where there is none. */
export function objectValue(object: Json): CelValue {
  return isJsonObject(object) ? new JsonMap(object) : null;
}

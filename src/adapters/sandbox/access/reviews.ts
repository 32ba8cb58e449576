import { prune, withoutNulls } from '../../../domain/crd/pruning.ts';
import { isJsonObject, listAt, textAt, valueAt } from '../../../domain/json.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';
import type { Action } from '../../../domain/rbac/policy-rule.ts';
import { encodeRule } from '../../../domain/rbac/policy-rule.ts';
import { rulesOf } from '../../../domain/rbac/authorization.ts';
import type { UserInfo } from '../../../domain/rbac/user-info.ts';
import type { Answer, ResourceRequest } from '../requests/resource-request.ts';
import { checkWriteOptions } from '../requests/write-options.ts';
import { apiVersionOf } from '../kinds/served-kind.ts';
import { badRequest, invalid } from '../answers/status-error.ts';
import type { StatusError } from '../answers/status-error.ts';
import type { AccessControl } from './access-control.ts';
import { tokenIssuer } from './account-tokens.ts';

/** Answers questions about rights: objects that are asked and never kept. */
export function answerReview(access: AccessControl, request: ResourceRequest, now: number): Answer {
  const { kind, body = {} } = request;
  checkWriteOptions(request, 'Create');
  const asked = withoutNulls(prune(body, kind.schema).value);
  const spec = valueAt(asked, 'spec') ?? {};
  const head = { kind: kind.kind, apiVersion: apiVersionOf(kind) };
  const answer = (status: JsonObject): Answer => ({ code: 201, body: { ...head, metadata: {}, spec, status } });
  switch (kind.kind) {
    case 'SelfSubjectReview': {
      const status = { userInfo: userJson(request.user) };
      return {
        code: 201,
        body: { ...head, metadata: { creationTimestamp: `${new Date(now).toISOString().slice(0, 19)}Z` }, status },
      };
    }
    case 'TokenReview':
      return answer(tokenStatus(access, spec));
    case 'SelfSubjectRulesReview':
      return answer(rulesStatus(access, request.user, textAt(spec, 'namespace') ?? ''));
    case 'SelfSubjectAccessReview':
      return answer(accessStatus(access, request.user, actionIn(request, spec)));
    default:
      return answer(accessStatus(access, userIn(request, spec), actionIn(request, spec)));
  }
}

/** A user as reviews show it. */
export function userJson({ name, uid, groups, extra }: UserInfo): JsonObject {
  return {
    username: name,
    ...(uid === undefined ? {} : { uid }),
    groups,
    ...(extra === undefined ? {} : { extra }),
  };
}

function accessStatus(access: AccessControl, user: UserInfo, action: Action): JsonObject {
  const { allowed, reason, errors } = access.decide(user, action);
  const list = errors.length === 1 ? (errors[0] ?? '') : `[${errors.join(', ')}]`;
  return {
    allowed,
    ...(reason === '' ? {} : { reason }),
    ...(errors.length === 0 || allowed ? {} : { evaluationError: list }),
  };
}

function rulesStatus(access: AccessControl, user: UserInfo, namespace: string): JsonObject {
  if (namespace === '') {
    throw badRequest('no namespace on request');
  }
  const { rules, errors } = rulesOf(access.roles, user, namespace);
  const encoded = rules.map((rule) => encodeRule(rule));
  return {
    resourceRules: encoded.filter((rule) => rule['resources'] !== undefined),
    nonResourceRules: encoded.filter((rule) => rule['nonResourceURLs'] !== undefined),
    incomplete: errors.length > 0,
    ...(errors.length === 0 ? {} : { evaluationError: errors.join(', ') }),
  };
}

function tokenStatus(access: AccessControl, spec: Json): JsonObject {
  const asked = listAt(spec, 'audiences').filter((one) => typeof one === 'string');
  const audiences = asked.length === 0 ? [tokenIssuer] : asked;
  const user = access.userOfToken(textAt(spec, 'token') ?? '', audiences);
  return user === undefined
    ? { user: {}, error: 'invalid bearer token' }
    : { authenticated: true, user: userJson(user), audiences };
}

function actionIn(request: ResourceRequest, spec: Json): Action {
  const ofResource = valueAt(spec, 'resourceAttributes');
  const ofPath = valueAt(spec, 'nonResourceAttributes');
  if ((ofResource === undefined) === (ofPath === undefined)) {
    const which = 'exactly one of nonResourceAttributes or resourceAttributes must be specified';
    const why =
      ofResource === undefined
        ? `Invalid value: null: ${which}`
        : `Invalid value: cannot be specified in combination with nonResourceAttributes`;
    throw refusal(request, ofResource === undefined ? 'spec.resourceAttributes' : 'spec.nonResourceAttributes', why);
  }
  const text = (name: string): string => textAt(ofResource ?? ofPath, name) ?? '';
  if (ofPath !== undefined) {
    return { verb: text('verb'), path: text('path') };
  }
  const isLocal = request.kind.kind === 'LocalSubjectAccessReview';
  const namespace = text('namespace');
  if (isLocal && namespace !== request.path.namespace) {
    throw badRequest(`spec.resourceAttributes.namespace must match namespace: ${request.path.namespace ?? ''}`);
  }
  return {
    verb: text('verb'),
    group: text('group'),
    version: text('version'),
    resource: text('resource'),
    subresource: text('subresource'),
    namespace,
    name: text('name'),
  };
}

function userIn(request: ResourceRequest, spec: Json): UserInfo {
  const name = textAt(spec, 'user') ?? '';
  const groups = listAt(spec, 'groups').filter((group) => typeof group === 'string');
  if (name === '' && groups.length === 0) {
    throw refusal(request, 'spec.user', 'Invalid value: "": at least one of user or group must be specified');
  }
  const extra = valueAt(spec, 'extra');
  const lists = isJsonObject(extra)
    ? Object.entries(extra).map(([key]) => [key, listAt(extra, key).filter((one) => typeof one === 'string')] as const)
    : [];
  return { name, groups, ...(lists.length === 0 ? {} : { extra: Object.fromEntries(lists) }) };
}

/** The server names neither kind nor object in these refusals. */
function refusal({ kind }: ResourceRequest, field: string, message: string): StatusError {
  return invalid({ ...kind, kind: '' }, '', [{ reason: 'FieldValueInvalid', field, message }]);
}

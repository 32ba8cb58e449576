import type { IncomingHttpHeaders } from 'node:http';
import type { ResourceAction } from '../../../domain/rbac/policy-rule.ts';
import {
  anonymousUser,
  authenticated,
  serviceAccountGroups,
  serviceAccountOf,
} from '../../../domain/rbac/user-info.ts';
import type { UserInfo } from '../../../domain/rbac/user-info.ts';
import { StatusError } from '../answers/status-error.ts';

const authenticationGroup = 'authentication.k8s.io';
const prefix = 'impersonate-extra-';

/** The user that the `Impersonate-…` headers name, once `demand` has let the speaker be each of its parts. */
export function impersonated(
  speaker: UserInfo,
  headers: IncomingHttpHeaders,
  demand: (action: ResourceAction) => void,
): UserInfo {
  if (!Object.keys(headers).some((header) => header.startsWith('impersonate-'))) {
    return speaker;
  }
  const name = listOf(headers['impersonate-user'])[0] ?? '';
  const groups = listOf(headers['impersonate-group']);
  const uid = listOf(headers['impersonate-uid'])[0] ?? '';
  const extra = Object.entries(headers).flatMap(([header, value]) =>
    header.startsWith(prefix) ? [[decodeKey(header.slice(prefix.length)), listOf(value)] as const] : [],
  );
  if (name === '') {
    checkNobody(groups, uid !== '' || extra.length > 0);
    return speaker;
  }
  const account = serviceAccountOf(name);
  const parts = [
    account === undefined ? action('users', name) : action('serviceaccounts', account.name, '', account.namespace),
    ...groups.map((group) => action('groups', group)),
    ...extra.flatMap(([key, values]) =>
      values.map((value) => ({ ...action('userextras', value, authenticationGroup), subresource: key })),
    ),
    ...(uid === '' ? [] : [action('uids', uid, authenticationGroup)]),
  ];
  for (const part of parts) {
    demand(part);
  }
  return {
    name,
    ...(uid === '' ? {} : { uid }),
    groups: groupsOf(name, groups, account?.namespace),
    ...(extra.length === 0 ? {} : { extra: Object.fromEntries(extra) }),
  };
}

function checkNobody(groups: readonly string[], hasMore: boolean): void {
  if (groups.length > 0 || hasMore) {
    const asked = groups.map((group) => `{Group  ${group}    }`).join(' ');
    throw new StatusError(400, 'BadRequest', `requested [${asked}] without impersonating a user`);
  }
}

function groupsOf(name: string, asked: readonly string[], namespace: string | undefined): readonly string[] {
  const own = asked.length > 0 || namespace === undefined ? asked : serviceAccountGroups(namespace);
  if (name === anonymousUser.name) {
    return [...new Set([...own, ...anonymousUser.groups])];
  }
  return own.includes(authenticated) ? own : [...own, authenticated];
}

function action(resource: string, name: string, group = '', namespace = ''): ResourceAction {
  return { verb: 'impersonate', group, version: 'v1', resource, subresource: '', namespace, name };
}

/** Node joins a header that stands several times with commas; names hold none that is followed by a blank. */
function listOf(value: string | readonly string[] | undefined): readonly string[] {
  const texts = typeof value === 'string' ? value.split(', ') : (value ?? []);
  return texts.filter((text) => text !== '');
}

function decodeKey(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

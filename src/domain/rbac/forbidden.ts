import type { Action } from './policy-rule.ts';
import { isPathAction } from './policy-rule.ts';
import type { UserInfo } from './user-info.ts';

/** Why a request is refused, as the API server says it: what it asked for, and whatever more the authorizer knows. */
export function forbiddenText(user: UserInfo, action: Action, reason: string): string {
  const more = reason === '' ? '' : `: ${reason}`;
  const who = `User ${JSON.stringify(user.name)} cannot ${action.verb}`;
  if (isPathAction(action)) {
    return `${who} path ${JSON.stringify(action.path)}${more}`;
  }
  const { resource, subresource, group, namespace } = action;
  const whole = subresource === '' ? resource : `${resource}/${subresource}`;
  const place = namespace === '' ? 'at the cluster scope' : `in the namespace ${JSON.stringify(namespace)}`;
  return `${who} resource ${JSON.stringify(whole)} in API group ${JSON.stringify(group)} ${place}${more}`;
}

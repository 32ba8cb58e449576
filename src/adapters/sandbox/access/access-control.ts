import type { IncomingHttpHeaders } from 'node:http';
import { authorize } from '../../../domain/rbac/authorization.ts';
import type { RoleSource, Verdict } from '../../../domain/rbac/authorization.ts';
import { forbiddenText } from '../../../domain/rbac/forbidden.ts';
import type { Action } from '../../../domain/rbac/policy-rule.ts';
import { isPathAction } from '../../../domain/rbac/policy-rule.ts';
import type { UserInfo } from '../../../domain/rbac/user-info.ts';
import type { Clock } from '../../../ports/clock.ts';
import { StatusError } from '../answers/status-error.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { AccountTokens, tokenIssuer } from './account-tokens.ts';
import { Authenticator } from './authenticator.ts';
import { StoredRoles } from './stored-roles.ts';
import { impersonated } from './impersonation.ts';

/** Who may do what: tokens become users, and users have the rights that roles and bindings give them. */
export class AccessControl {
  readonly #authenticator: Authenticator;
  readonly #clock: Clock;
  readonly #store: ObjectStore;
  readonly roles: RoleSource;
  readonly tokens: AccountTokens;

  constructor(token: string, store: ObjectStore, clock: Clock) {
    this.tokens = new AccountTokens();
    this.roles = new StoredRoles(store);
    this.#clock = clock;
    this.#store = store;
    this.#authenticator = new Authenticator({ token, store, clock, tokens: this.tokens });
  }

  /** Milliseconds since 1970, by the clock that tokens end by. */
  now(): number {
    return this.#clock.now();
  }

  /** The user who speaks, or for whom an entitled one speaks. Throws Unauthorized or Forbidden. */
  userOf(headers: IncomingHttpHeaders): UserInfo {
    const user = this.#authenticator.userOf(headers.authorization);
    return impersonated(user, headers, (action) => {
      this.demand(user, action);
    });
  }

  userOfToken(token: string, audiences: readonly string[]): UserInfo | undefined {
    return this.#authenticator.userOfToken(token, audiences);
  }

  /** A token of a service account for an hour, as a pod of it would have; undefined where there is no such account. */
  accountToken(namespace: string, name: string): string | undefined {
    const uid = this.#store.get('serviceaccounts', namespace, name)?.metadata.uid;
    const now = Math.floor(this.now() / 1000);
    const claims = { namespace, name, audiences: [tokenIssuer], expires: now + 3600, pod: undefined };
    return uid === undefined ? undefined : this.tokens.issue({ ...claims, uid }, now);
  }

  decide(user: UserInfo, action: Action): Verdict {
    return authorize(this.roles, user, action);
  }

  /** Throws Forbidden unless the user may. */
  demand(user: UserInfo, action: Action): void {
    const { allowed, reason } = this.decide(user, action);
    if (!allowed) {
      throw forbidden(action, forbiddenText(user, action, reason));
    }
  }
}

/** The refusal of an action on a resource or path, for a reason in words. */
export function forbidden(action: Action, why: string): StatusError {
  if (isPathAction(action)) {
    return new StatusError(403, 'Forbidden', `forbidden: ${why}`, {});
  }
  const { group, resource, name } = action;
  const type = group === '' ? resource : `${resource}.${group}`;
  const details = { ...(name === '' ? {} : { name }), ...(group === '' ? {} : { group }), kind: resource };
  return new StatusError(403, 'Forbidden', `${type}${name === '' ? '' : ` "${name}"`} is forbidden: ${why}`, details);
}

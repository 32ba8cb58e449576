import { timingSafeEqual } from 'node:crypto';
import {
  anonymousUser,
  authenticated,
  serviceAccountGroups,
  serviceAccountName,
  superusers,
} from '../../../domain/rbac/user-info.ts';
import type { UserInfo } from '../../../domain/rbac/user-info.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { ObjectStore } from '../objects/object-store.ts';
import { StatusError } from '../answers/status-error.ts';
import { tokenIssuer } from './account-tokens.ts';
import type { AccountClaims, AccountTokens } from './account-tokens.ts';

const admin: UserInfo = { name: 'admin', uid: 'admin', groups: [superusers, authenticated] };

/** Who brings which token: the administrator's own, and those of service accounts that are still there. */
export class Authenticator {
  readonly #adminToken: Buffer;
  readonly #store: ObjectStore;
  readonly #clock: Clock;
  readonly #tokens: AccountTokens;

  constructor(parts: {
    readonly token: string;
    readonly store: ObjectStore;
    readonly clock: Clock;
    readonly tokens: AccountTokens;
  }) {
    this.#adminToken = Buffer.from(parts.token);
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#tokens = parts.tokens;
  }

  /** The user behind an `Authorization` header; nobody certain where there is none. Throws Unauthorized on a bad token. */
  userOf(header: string | undefined): UserInfo {
    const [, token] = /^bearer +(\S+)/iu.exec(header ?? '') ?? [];
    if (token === undefined) {
      return anonymousUser;
    }
    const user = this.userOfToken(token, [tokenIssuer]);
    if (user === undefined) {
      throw new StatusError(401, 'Unauthorized', 'Unauthorized');
    }
    return user;
  }

  /** The user behind a token that is meant for one of the audiences, or undefined. */
  userOfToken(token: string, audiences: readonly string[]): UserInfo | undefined {
    const bytes = Buffer.from(token);
    // How long the token is, is no secret.
    if (bytes.length === this.#adminToken.length && timingSafeEqual(bytes, this.#adminToken)) {
      return admin;
    }
    const claims = this.#tokens.prove(token);
    const isValid = claims !== undefined && claims.audiences.some((one) => audiences.includes(one));
    return isValid && this.#stillHolds(claims) ? accountUser(claims) : undefined;
  }

  #stillHolds({ namespace, name, uid, expires, pod }: AccountClaims): boolean {
    const account = this.#store.get('serviceaccounts', namespace, name);
    const isAlive = account?.metadata.uid === uid && account.metadata.deletionTimestamp === undefined;
    const hasPod = pod === undefined || this.#store.get('pods', namespace, pod.name)?.metadata.uid === pod.uid;
    return isAlive && hasPod && this.#clock.now() < expires * 1000;
  }
}

function accountUser({ namespace, name, uid, id, pod }: AccountClaims): UserInfo {
  const prefix = 'authentication.kubernetes.io';
  const extra: { readonly [key: string]: readonly string[] } = {
    ...(id === undefined ? {} : { [`${prefix}/credential-id`]: [`JTI=${id}`] }),
    ...(pod === undefined ? {} : { [`${prefix}/pod-name`]: [pod.name], [`${prefix}/pod-uid`]: [pod.uid] }),
  };
  return {
    name: serviceAccountName(namespace, name),
    uid,
    groups: [...serviceAccountGroups(namespace), authenticated],
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
}

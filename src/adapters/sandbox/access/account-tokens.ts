import { createHash, generateKeyPairSync, randomUUID, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { listAt, numberAt, textAt, valueAt } from '../../../domain/json.ts';
import type { Json, JsonObject } from '../../../domain/json.ts';

export const tokenIssuer = 'https://kubernetes.default.svc';

/** What a service account's token says of its bearer. */
export interface AccountClaims {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly audiences: readonly string[];
  /** Seconds since 1970. */
  readonly expires: number;
  readonly id: string | undefined;
  readonly pod: { readonly name: string; readonly uid: string } | undefined;
}

interface SigningKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly id: string;
}

/** Proven tokens that are remembered, so that each is proven once. */
const provenLimit = 1000;

/** Signs and proves the tokens of service accounts (RFC 7519, ES256), with a key that lives as long as the server. */
export class AccountTokens {
  #key: SigningKey | undefined;
  readonly #proven = new Map<string, AccountClaims>();

  /** A bound token, as the TokenRequest API gives it. */
  issue(claims: Omit<AccountClaims, 'id'>, now: number): string {
    const { namespace, name, uid, audiences, expires, pod } = claims;
    const bound = pod === undefined ? {} : { pod: { name: pod.name, uid: pod.uid } };
    const payload = {
      aud: audiences,
      exp: expires,
      iat: now,
      iss: tokenIssuer,
      jti: randomUUID(),
      'kubernetes.io': { namespace, ...bound, serviceaccount: { name, uid } },
      nbf: now,
      sub: `system:serviceaccount:${namespace}:${name}`,
    };
    return this.#sign(payload);
  }

  /** What the token says, or undefined where this server did not sign it. Whether it still holds is the caller's question. */
  prove(token: string): AccountClaims | undefined {
    const known = this.#proven.get(token);
    if (known !== undefined) {
      return known;
    }
    const [head = '', body = '', signature = '', more] = token.split('.');
    const key = this.#key;
    if (key === undefined || more !== undefined || signature === '' || token.length > 8192) {
      return undefined;
    }
    const isOurs = verify(
      'sha256',
      Buffer.from(`${head}.${body}`),
      { key: key.publicKey, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    if (!isOurs) {
      return undefined;
    }
    const claims = claimsOf(JSON.parse(Buffer.from(body, 'base64url').toString()) as Json);
    if (this.#proven.size >= provenLimit) {
      this.#proven.clear();
    }
    this.#proven.set(token, claims);
    return claims;
  }

  #sign(payload: JsonObject): string {
    this.#key ??= newKey();
    const head = encode({ alg: 'ES256', kid: this.#key.id });
    const text = `${head}.${encode(payload)}`;
    const key = { key: this.#key.privateKey, dsaEncoding: 'ieee-p1363' } as const;
    return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
  }
}

function newKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64url');
  return { privateKey, publicKey, id };
}

function encode(value: JsonObject): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function claimsOf(payload: Json): AccountClaims {
  const bound = valueAt(payload, 'kubernetes.io');
  const podName = textAt(bound, 'pod', 'name');
  return {
    namespace: textAt(bound, 'namespace') ?? '',
    name: textAt(bound, 'serviceaccount', 'name') ?? '',
    uid: textAt(bound, 'serviceaccount', 'uid') ?? '',
    audiences: listAt(payload, 'aud').filter((one) => typeof one === 'string'),
    expires: numberAt(payload, 'exp') ?? 0,
    id: textAt(payload, 'jti'),
    pod: podName === undefined ? undefined : { name: podName, uid: textAt(bound, 'pod', 'uid') ?? '' },
  };
}

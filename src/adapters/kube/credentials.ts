import { readFileSync } from 'node:fs';
import { Failure } from '../../domain/failure.ts';
import { type JsonObject, listAt, textAt } from '../../domain/json.ts';
import type { Credentials, CredentialSource } from './access.ts';
import { kubeconfigFailure } from './kubeconfig.ts';

/** Service account tokens are replaced on disk well before they end; this is how stale ours may be. */
const tokenFileAgeMs = 60_000;

/** Credentials that stay as they are. */
export function fixedCredentials(credentials: Credentials): CredentialSource {
  return { current: () => Promise.resolve(credentials), refused: () => false };
}

/** A token that something else renews in a file: read anew once a minute, and at once when the server refuses it. */
export function tokenFileCredentials(path: string, monotonic: () => number): CredentialSource {
  let held: { readonly credentials: Credentials; readonly readAt: number } | undefined;
  const read = (): Credentials => {
    try {
      return bearer(readFileSync(path, 'utf8').trim());
    } catch (cause) {
      throw new Failure({
        code: 'cluster-credentials',
        retry: 'later',
        message: `Cannot read the token file ${path}`,
        remedy: 'Check that the file exists and that this user may read it.',
        cause,
      });
    }
  };
  return {
    current: () => {
      if (held === undefined || monotonic() - held.readAt > tokenFileAgeMs) {
        held = { credentials: read(), readAt: monotonic() };
      }
      return Promise.resolve(held.credentials);
    },
    refused: (sent) => {
      held = { credentials: read(), readAt: monotonic() };
      return held.credentials.headers['authorization'] !== sent.headers['authorization'];
    },
  };
}

function bearer(token: string): Credentials {
  return { headers: { authorization: `Bearer ${token}` }, certificate: undefined, key: undefined };
}

/** The value of a field, or the content of the file that its twin names; data wins, as kubectl has it. */
export function dataOrFile(entry: JsonObject, dataField: string, fileField: string): string | undefined {
  const data = textAt(entry, dataField) ?? '';
  if (data !== '') {
    return Buffer.from(data, 'base64').toString('utf8');
  }
  const path = textAt(entry, fileField) ?? '';
  if (path === '') {
    return undefined;
  }
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw kubeconfigFailure(
      `Cannot read ${fileField} ${path}`,
      'Check the path in the kubeconfig and its permissions.',
      cause,
    );
  }
}

/** Credentials that stand in the user entry itself. */
export function credentialsOf(user: JsonObject, monotonic: () => number): CredentialSource {
  const tokenFile = textAt(user, 'tokenFile') ?? '';
  if (tokenFile !== '') {
    return withHeaders(tokenFileCredentials(tokenFile, monotonic), impersonation(user));
  }
  const certificate = dataOrFile(user, 'client-certificate-data', 'client-certificate');
  const key = dataOrFile(user, 'client-key-data', 'client-key');
  if ((certificate === undefined) !== (key === undefined)) {
    throw kubeconfigFailure('The user has a client certificate or its key, but not both', 'Add the other one.');
  }
  return fixedCredentials({ headers: { ...authorization(user), ...impersonation(user) }, certificate, key });
}

function authorization(user: JsonObject): Readonly<Record<string, string>> {
  const token = textAt(user, 'token') ?? '';
  if (token !== '') {
    return bearer(token).headers;
  }
  const name = textAt(user, 'username') ?? '';
  if (name !== '') {
    const pair = Buffer.from(`${name}:${textAt(user, 'password') ?? ''}`).toString('base64');
    return { authorization: `Basic ${pair}` };
  }
  return {};
}

function impersonation(user: JsonObject): Readonly<Record<string, string>> {
  const name = textAt(user, 'as') ?? '';
  if (listAt(user, 'as-groups').length > 0) {
    throw kubeconfigFailure('The user impersonates groups (as-groups), which is not supported', 'Use another user.');
  }
  return name === '' ? {} : { 'impersonate-user': name };
}

function withHeaders(source: CredentialSource, headers: Readonly<Record<string, string>>): CredentialSource {
  return {
    current: async (signal) => {
      const credentials = await source.current(signal);
      return { ...credentials, headers: { ...credentials.headers, ...headers } };
    },
    refused: (sent) => source.refused(sent),
  };
}

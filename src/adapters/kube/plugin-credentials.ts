import type { RequestOptions } from 'node:https';
import { Failure } from '../../domain/failure.ts';
import { isJsonObject, type Json, type JsonObject, listAt, textAt, valueAt } from '../../domain/json.ts';
import type { Credentials, CredentialSource } from './access.ts';

const pluginLimitMs = 60_000;

/** True where the user's credentials come from a program or an identity provider, which client-node knows how to ask. */
export function needsPlugin(user: JsonObject): boolean {
  return isJsonObject(valueAt(user, 'exec')) || isJsonObject(valueAt(user, 'auth-provider'));
}

/**
 * Credentials by client-node's exec, oidc and cloud providers. They are kept until the server refuses them: client-node
 * runs a plugin that names no expiry for every single request.
 */
export function pluginCredentials(user: JsonObject, server: string): CredentialSource {
  let held: Promise<Credentials> | undefined;
  let latest: Credentials | undefined;
  return {
    current: (signal) => {
      held ??= askPlugin(user, server).then(
        (credentials) => {
          latest = credentials;
          return credentials;
        },
        (error: unknown) => {
          held = undefined;
          throw error;
        },
      );
      return orAborted(held, signal);
    },
    refused: (sent) => {
      if (sent === latest) {
        held = undefined;
        latest = undefined;
      }
      return true;
    },
  };
}

async function askPlugin(user: JsonObject, server: string): Promise<Credentials> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  const name = 'metalwave';
  config.loadFromOptions({
    clusters: [{ name, server, skipTLSVerify: false }],
    users: [{ name, exec: execOf(user), authProvider: valueAt(user, 'auth-provider') }],
    contexts: [{ name, cluster: name, user: name }],
    currentContext: name,
  });
  const options: RequestOptions = {};
  try {
    await limited(config.applyToHTTPSOptions(options));
  } catch (error) {
    throw pluginFailure(user, error);
  }
  const headers: unknown = options.headers;
  const authorization = textAt(headers as Json | undefined, 'Authorization');
  return {
    headers: authorization === undefined ? {} : { authorization },
    certificate: typeof options.cert === 'string' ? options.cert : undefined,
    key: typeof options.key === 'string' ? options.key : undefined,
  };
}

/** Some plugins insist on the variable by which kubectl tells them what it expects. */
function execOf(user: JsonObject): unknown {
  const exec = valueAt(user, 'exec');
  if (!isJsonObject(exec)) {
    return undefined;
  }
  const info = { apiVersion: textAt(exec, 'apiVersion') ?? '', kind: 'ExecCredential', spec: { interactive: false } };
  return { ...exec, env: [...listAt(exec, 'env'), { name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(info) }] };
}

/** What a plugin printed may hold a credential, so only its first line on standard error is told, and only its start. */
function pluginFailure(user: JsonObject, error: unknown): Failure {
  const name = textAt(user, 'exec', 'command') ?? textAt(user, 'auth-provider', 'name') ?? 'plugin';
  const reason = error instanceof SyntaxError ? 'its answer is no JSON' : firstLine(error);
  return new Failure({
    code: 'cluster-credentials',
    retry: 'later',
    message: `The credential plugin ${name} failed: ${reason}`,
    remedy: 'Run the plugin by hand, or log in again with the tool it belongs to.',
  });
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.trim().split('\n')[0] ?? '').slice(0, 200);
}

async function limited(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${pluginLimitMs / 1000} s`));
    }, pluginLimitMs);
  });
  try {
    await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const listening = new AbortController();
  const aborted = new Promise<never>((_resolve, reject) => {
    const stop = (): void => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', stop, { once: true, signal: listening.signal });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    listening.abort();
  }
}

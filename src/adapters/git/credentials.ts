import { readFile } from 'node:fs/promises';
import { Failure } from '../../domain/failure.ts';
import type { SourceUrl } from '../../domain/source/source-url.ts';

/** Where a secret stands. It is read anew for every call, so that a rotated one is taken up. */
export type SecretPlace = { readonly file: string } | { readonly variable: string };

/** How to prove who we are. Only places are named here; a secret never enters an option, a URL or a message. */
export interface GitCredentials {
  /** User name for https. Any will do for a forge's token; default `git`. */
  readonly username?: string | undefined;
  /** Password or token for https. */
  readonly password?: SecretPlace | undefined;
  /** Sends the password over plain http as well. Off: the network would see it. */
  readonly allowPlainHttp?: boolean | undefined;
  /** CA certificates to trust for https, in PEM. */
  readonly caFile?: string | undefined;
  /** Private key for ssh, without a passphrase. Without it ssh's own agent and settings are used. */
  readonly sshKeyFile?: string | undefined;
  /** Host keys to trust for ssh. An unknown host is always refused. */
  readonly knownHostsFile?: string | undefined;
}

/** What one git call gets beside the sealed settings. `secrets` are for taking out of messages, never for arguments. */
export interface PreparedCredentials {
  readonly environment: Readonly<Record<string, string>>;
  readonly configuration: readonly string[];
  readonly secrets: readonly string[];
}

/** The environment that settings are looked up in, given by the caller. */
export type Variables = Readonly<Record<string, string | undefined>>;

const usernameVariable = 'METALWAVE_GIT_USERNAME';
const passwordVariable = 'METALWAVE_GIT_PASSWORD';

/**
 * A credential helper (gitcredentials(7)) whose text is constant: git runs it through the shell, and it prints two
 * variables of its own environment. So no secret stands in an argument, a file or the mirror.
 */
const helper = `credential.helper=!f() { test "$1" = get && printf 'username=%s\\npassword=%s\\n' "$${usernameVariable}" "$${passwordVariable}"; }; f`;

export async function prepareCredentials(
  url: SourceUrl,
  credentials: GitCredentials,
  variables: Variables,
): Promise<PreparedCredentials> {
  if (url.transport === 'ssh') {
    return {
      environment: sshEnvironment(credentials, variables),
      configuration: ['credential.helper='],
      secrets: [],
    };
  }
  const ca = credentials.caFile === undefined ? {} : { GIT_SSL_CAINFO: credentials.caFile };
  if (credentials.password === undefined || url.transport === 'file') {
    return { environment: ca, configuration: ['credential.helper='], secrets: [] };
  }
  if (url.transport === 'http' && credentials.allowPlainHttp !== true) {
    throw new Failure({
      code: 'source-refused',
      message: `${url.text} is plain http, and the password would be sent unencrypted.`,
      retry: 'never',
      remedy: 'Use https, or allow plain http in the credentials where the network is trusted.',
    });
  }
  const username = credentials.username ?? 'git';
  const password = await readSecret(credentials.password, variables);
  checkPrintable(username, 'user name');
  return {
    environment: { ...ca, [usernameVariable]: username, [passwordVariable]: password },
    configuration: ['credential.helper=', helper],
    secrets: [password, encodeURIComponent(password), Buffer.from(`${username}:${password}`).toString('base64')],
  };
}

async function readSecret(place: SecretPlace, variables: Variables): Promise<string> {
  const where = 'file' in place ? `the file ${place.file}` : `the environment variable ${place.variable}`;
  const text = 'file' in place ? await readSecretFile(place.file, where) : variables[place.variable];
  const secret = (text ?? '').replace(/[\r\n]+$/u, '');
  if (secret === '') {
    throw credentialsFailure(`No password stands in ${where}.`, `Put the password or token into ${where}.`);
  }
  checkPrintable(secret, `password in ${where}`);
  return secret;
}

async function readSecretFile(file: string, where: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw credentialsFailure(`The password cannot be read from ${where} (${code}).`, `Check ${where} and its mode.`);
  }
}

/** The helper's protocol is lines, so a line break would end the value and start another key. */
function checkPrintable(text: string, what: string): void {
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u001F\u007F]/u.test(text) || text.length > 16_384) {
    throw credentialsFailure(
      `The ${what} holds a control character or is longer than 16384 characters.`,
      'Store the bare password or token, on one line.',
    );
  }
}

function credentialsFailure(message: string, remedy: string): Failure {
  return new Failure({ code: 'source-credentials', message, retry: 'later', remedy });
}

/**
 * With a key file ssh is sealed too: no configuration, no agent, just that key and those hosts. Without one it works as
 * its user set it up. It never asks, and never trusts a host that it does not know.
 */
function sshEnvironment(credentials: GitCredentials, variables: Variables): Readonly<Record<string, string>> {
  const options = ['BatchMode=yes', 'StrictHostKeyChecking=yes', 'UpdateHostKeys=no', 'ConnectTimeout=10'];
  options.push('ServerAliveInterval=5', 'ServerAliveCountMax=3', 'ClearAllForwardings=yes', 'PermitLocalCommand=no');
  const words = ['ssh'];
  if (credentials.sshKeyFile !== undefined) {
    words.push('-F', '/dev/null', '-i', quotePath(credentials.sshKeyFile));
    options.push('IdentitiesOnly=yes', 'IdentityAgent=none', 'PreferredAuthentications=publickey');
  }
  if (credentials.knownHostsFile !== undefined) {
    options.push(`UserKnownHostsFile=${quotePath(credentials.knownHostsFile)}`, 'GlobalKnownHostsFile=/dev/null');
  }
  const agent = credentials.sshKeyFile === undefined ? variables['SSH_AUTH_SOCK'] : undefined;
  return {
    GIT_SSH_COMMAND: [...words, ...options.map((option) => `-o ${option}`)].join(' '),
    GIT_SSH_VARIANT: 'ssh',
    ...(agent === undefined ? {} : { SSH_AUTH_SOCK: agent }),
  };
}

/** Both the shell and ssh read these paths, each with its own marks, so only characters without meaning may stand there. */
function quotePath(path: string): string {
  if (!/^[\p{L}\p{N}_./@+=,:-]+$/u.test(path) || path.startsWith('-')) {
    throw new Failure({
      code: 'source-refused',
      message: `The path ${JSON.stringify(path)} holds characters that ssh or the shell would read otherwise.`,
      retry: 'never',
      remedy: 'Keep keys and known hosts under paths of letters, digits and _ . / @ + = , : - only.',
    });
  }
  return path;
}

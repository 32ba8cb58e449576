import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { openFolderSource } from '../../../adapters/folder/open-folder-source.ts';
import type { GitCredentials } from '../../../adapters/git/credentials.ts';
import type { SignatureCheck } from '../../../adapters/git/signature-check.ts';
import { Failure } from '../../../domain/failure.ts';
import { environmentsFolder } from '../../../engine/find-environments.ts';
import type { Source } from '../../../ports/source.ts';
import type { VerbContext } from '../verb.ts';

/** Where mirrors of remote repositories are kept between runs. */
function cacheFolder(env: VerbContext['env']): string {
  const explicit = env['METALWAVE_CACHE'];
  const xdg = env['XDG_CACHE_HOME'];
  if (explicit !== undefined && explicit !== '') {
    return explicit;
  }
  return xdg !== undefined && xdg !== '' ? join(xdg, 'metalwave') : join(homedir(), '.cache', 'metalwave');
}

/** Secrets come from files or the environment, never from arguments. */
function credentialsOf(env: VerbContext['env']): GitCredentials {
  const text = (name: string): string | undefined => (env[name] === '' ? undefined : env[name]);
  const file = text('METALWAVE_GIT_TOKEN_FILE');
  const variable = text('METALWAVE_GIT_TOKEN') === undefined ? undefined : { variable: 'METALWAVE_GIT_TOKEN' };
  return {
    username: text('METALWAVE_GIT_USERNAME'),
    password: file === undefined ? variable : { file },
    allowPlainHttp: text('METALWAVE_GIT_ALLOW_PLAIN_HTTP') === 'true',
    caFile: text('METALWAVE_GIT_CA_FILE'),
    sshKeyFile: text('METALWAVE_GIT_SSH_KEY_FILE'),
    knownHostsFile: text('METALWAVE_GIT_KNOWN_HOSTS_FILE'),
  };
}

function usage(message: string, remedy: string): Failure {
  return new Failure({ code: 'usage', retry: 'never', message, remedy });
}

/** Which signatures are asked for. Keys come from the environment, as the policy of who runs this, never from the repository. */
function signaturesOf({ options, env, folder }: VerbContext): SignatureCheck | undefined {
  const text = (name: string): string | undefined => (env[name] === '' ? undefined : env[name]);
  const file = (name: string): string | undefined => {
    const value = text(name);
    return value === undefined ? undefined : resolve(folder, value);
  };
  const scope = options.text('verify-signatures') ?? text('METALWAVE_GIT_VERIFY_SIGNATURES') ?? 'none';
  if (scope === 'none') {
    return undefined;
  }
  if (scope !== 'head' && scope !== 'all') {
    throw usage(`METALWAVE_GIT_VERIFY_SIGNATURES is ${JSON.stringify(scope)}`, 'It is one of none, head and all.');
  }
  const allowedSignersFile = file('METALWAVE_GIT_ALLOWED_SIGNERS_FILE');
  const keyringFile = file('METALWAVE_GIT_KEYRING_FILE');
  if (allowedSignersFile === undefined && keyringFile === undefined) {
    throw usage(
      'signatures are to be verified and no keys are given',
      'Name them in METALWAVE_GIT_ALLOWED_SIGNERS_FILE (SSH) or METALWAVE_GIT_KEYRING_FILE (GPG).',
    );
  }
  const since = options.text('verified-since') ?? text('METALWAVE_GIT_VERIFIED_SINCE');
  return { scope, allowedSignersFile, keyringFile, since };
}

/**
 * Whose signatures a reading checks where all are asked for, down to what is deployed: that of the commit that is read,
 * before it is known what that is, and then those of all commits since.
 */
export type SignedPart = 'as-asked' | 'head' | { readonly since: string | undefined };

/** True where all commits since the last deployed are to be signed, and the cluster is to say which one that is. */
export function checksSinceDeployed(context: VerbContext): boolean {
  const asked = signaturesOf(context);
  return asked?.scope === 'all' && asked.since === undefined;
}

function checkOf(context: VerbContext, part: SignedPart): SignatureCheck | undefined {
  const asked = signaturesOf(context);
  if (asked === undefined || part === 'as-asked') {
    return asked;
  }
  return part === 'head' ? { ...asked, scope: 'head' } : { ...asked, since: part.since };
}

function locationOf({ options, env, folder }: VerbContext): string {
  return options.text('config-repo') ?? env['METALWAVE_CONFIG_REPO'] ?? folder;
}

/** The configuration root, where it is a folder that is read as it stands and so may be written to; else undefined. */
export function writableRoot(context: VerbContext): string | undefined {
  const folder = resolve(context.folder, locationOf(context));
  const asItStands = existsSync(folder) && context.options.text('revision') === undefined;
  return asItStands ? join(folder, context.options.text('config-path') ?? '') : undefined;
}

/**
 * The configuration repository of this call. A local folder without `--revision` is read as it stands; anything else goes
 * through Git. `versioned: false` spares asking Git about a folder where nobody wants to know its revision.
 */
export async function openSource(
  context: VerbContext,
  versioned: boolean,
  signed: SignedPart = 'as-asked',
): Promise<Source> {
  const location = locationOf(context);
  const revision = context.options.text('revision');
  const path = context.options.text('config-path') ?? '';
  const folder = resolve(context.folder, location);
  const isLocal = existsSync(folder);
  const signatures = checkOf(context, signed);
  if (isLocal && revision === undefined) {
    if (signatures !== undefined) {
      throw usage(
        'signatures are of commits, and a folder is read as it stands',
        'Name the commit with --revision, for example --revision HEAD.',
      );
    }
    return openFolderSource({ folder, path, only: environmentsFolder, versioned });
  }
  const { openGitSource } = await import('../../../adapters/git/open-git-source.ts');
  return openGitSource({
    url: isLocal ? folder : location,
    ref: revision,
    path,
    cacheDir: join(cacheFolder(context.env), 'git'),
    credentials: credentialsOf(context.env),
    signatures,
    variables: context.env,
  });
}

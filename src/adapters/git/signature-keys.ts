import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { signatureFailure } from '../../domain/source/signature.ts';
import type { Variables } from './credentials.ts';

/** Files with the keys whose signatures count. At least one is needed. */
export interface TrustedKeys {
  /** OpenSSH allowed signers (ssh-keygen(1), ALLOWED SIGNERS). */
  readonly allowedSignersFile?: string | undefined;
  /** Public keys as `gpg --export` writes them, with or without `--armor`. */
  readonly keyringFile?: string | undefined;
}

/** What a git call needs to check signatures against these keys and no others. */
export interface KeyRoom {
  readonly environment: Readonly<Record<string, string>>;
  readonly configuration: readonly string[];
}

const maxKeyBytes = 4 * 1024 * 1024;
const importTimeoutMs = 30_000;
const run = promisify(execFile);

/**
 * Hands `work` a private folder that holds copies of the keys, and removes it afterwards. The user's own keyring and agent
 * are never looked at.
 */
export async function withKeys<T>(
  keys: TrustedKeys,
  variables: Variables,
  signal: AbortSignal,
  work: (room: KeyRoom) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'metalwave-keys-'));
  try {
    const signers = path.join(folder, 'allowed-signers');
    await writeFile(signers, await readKeys(keys.allowedSignersFile, 'allowed signers file'), { mode: 0o600 });
    const keyring = await readKeys(keys.keyringFile, 'keyring file');
    if (keyring.length > 0) {
      await importKeyring(folder, keyring, variables, signal);
    }
    return await work({
      environment: { GNUPGHOME: folder },
      configuration: [
        `gpg.ssh.allowedSignersFile=${signers}`,
        'gpg.program=gpg',
        'gpg.ssh.program=ssh-keygen',
        'gpg.x509.program=false',
        'gpg.minTrustLevel=undefined',
        'log.showSignature=false',
      ],
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readKeys(file: string | undefined, what: string): Promise<Buffer> {
  if (file === undefined) {
    return Buffer.alloc(0);
  }
  const seen = await stat(file).catch(() => undefined);
  const bytes =
    seen?.isFile() === true && seen.size <= maxKeyBytes ? await readFile(file).catch(() => undefined) : undefined;
  if (bytes === undefined || bytes.length === 0) {
    throw signatureFailure(
      `The ${what} ${JSON.stringify(file)} is missing, empty, unreadable or larger than ${String(maxKeyBytes)} bytes.`,
      'Name a file with the public keys that may sign.',
    );
  }
  return bytes;
}

async function importKeyring(
  folder: string,
  keyring: Buffer,
  variables: Variables,
  signal: AbortSignal,
): Promise<void> {
  const file = path.join(folder, 'keys');
  await writeFile(file, keyring, { mode: 0o600 });
  const args = ['--homedir', folder, '--batch', '--no-tty', '--quiet', '--no-autostart', '--import', file];
  const env = { PATH: variables['PATH'], HOME: '/dev/null', LC_ALL: 'C' };
  try {
    await run('gpg', args, { env, timeout: importTimeoutMs, killSignal: 'SIGKILL', maxBuffer: maxKeyBytes, signal });
  } catch (error) {
    signal.throwIfAborted();
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw isAbsent
      ? signatureFailure('gpg is not installed, and a keyring is to be checked against.', 'Install GnuPG 2.2 or newer.')
      : signatureFailure(
          'gpg cannot import the keyring file.',
          'Write it with `gpg --export --armor KEY… > FILE`; a keybox (pubring.kbx) is no export.',
        );
  }
}

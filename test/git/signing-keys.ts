import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Why there can be no GPG signatures here, or undefined. */
export const gpgMissing: string | undefined =
  spawnSync('gpg', ['--version']).status === 0 ? undefined : 'gpg is not installed (Debian package gnupg)';

/** Settings of git that sign with one key. */
export type SigningSettings = readonly string[];

/** A new SSH key pair; signs as git does with `gpg.format=ssh`. */
export function newSshKey(
  folder: string,
  name: string,
): { readonly publicKey: string; readonly settings: SigningSettings } {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', file]);
  return {
    publicKey: readFileSync(`${file}.pub`, 'utf8').trim(),
    settings: ['-c', 'gpg.format=ssh', '-c', `user.signingKey=${file}`],
  };
}

/** GPG in a home of its own. `close` ends its agent. */
export class GpgHome {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  run(args: readonly string[]): Buffer {
    return execFileSync('gpg', ['--homedir', this.folder, '--batch', '--quiet', ...args], { stdio: 'pipe' });
  }

  /** Makes a key without a passphrase and exports its public half to a file. `expires` as GPG takes it. */
  newKey(
    mail: string,
    expires = 'never',
    clock?: string,
  ): { readonly publicFile: string; readonly settings: SigningSettings } {
    const time = clock === undefined ? [] : ['--faked-system-time', clock];
    this.run([...time, '--passphrase', '', '--quick-generate-key', mail, 'ed25519', 'sign', expires]);
    const publicFile = path.join(this.folder, `${mail}.asc`);
    writeFileSync(publicFile, this.run(['--armor', '--export', mail]));
    const program = path.join(this.folder, `${mail}.sh`);
    writeFileSync(program, `#!/bin/sh\nexec gpg --homedir ${this.folder} ${time.join(' ')} "$@"\n`, { mode: 0o755 });
    return {
      publicFile,
      settings: ['-c', 'gpg.format=openpgp', '-c', `gpg.program=${program}`, '-c', `user.signingKey=${mail}`],
    };
  }

  close(): void {
    spawnSync('gpgconf', ['--homedir', this.folder, '--kill', 'all']);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

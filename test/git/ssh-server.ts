import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from '../plane/free-ports.ts';

export interface SshGitServer {
  readonly port: number;
  readonly user: string;
  readonly keyFile: string;
  readonly strangerKeyFile: string;
  readonly knownHostsFile: string;
  close(): Promise<void>;
}

const sshd = ['/usr/sbin/sshd', '/usr/local/sbin/sshd'].find((file) => existsSync(file));

/** Why no ssh server can be started here, or undefined. */
export const sshMissing: string | undefined =
  sshd === undefined ? 'sshd is not installed (Debian package openssh-server)' : undefined;

/** A real sshd on loopback with keys of its own, for this user only. */
export async function startSshGitServer(folder: string): Promise<SshGitServer> {
  if (sshd === undefined) {
    throw new Error(sshMissing);
  }
  mkdirSync(folder, { recursive: true });
  const file = (name: string): string => path.join(folder, name);
  for (const name of ['host', 'client', 'stranger']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file(name)]);
  }
  const [port = 0] = await freePorts(1);
  writeFileSync(file('authorized'), readFileSync(file('client.pub')), { mode: 0o600 });
  writeFileSync(file('known_hosts'), `[127.0.0.1]:${String(port)} ${readFileSync(file('host.pub'), 'utf8')}`);
  const settings = [
    `ListenAddress 127.0.0.1:${String(port)}`,
    `HostKey ${file('host')}`,
    `AuthorizedKeysFile ${file('authorized')}`,
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
    `PidFile ${file('pid')}`,
  ];
  writeFileSync(file('config'), `${settings.join('\n')}\n`);
  if (process.getuid?.() === 0) {
    // Where sshd wants its own folder for separated privileges (Debian makes it when the service starts).
    mkdirSync('/run/sshd', { recursive: true });
  }
  const server = spawn(sshd, ['-D', '-e', '-f', file('config')], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await waitForPort(port);
  return {
    port,
    user: userInfo().username,
    keyFile: file('client'),
    strangerKeyFile: file('stranger'),
    knownHostsFile: file('known_hosts'),
    close: async () => {
      server.kill('SIGKILL');
      await ended;
    },
  };
}

async function waitForPort(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (open) {
      return;
    }
    await sleep(25);
  }
  throw new Error(`sshd did not come up on port ${String(port)}`);
}

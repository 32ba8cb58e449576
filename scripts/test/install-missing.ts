import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fetchJunitSchema } from './junit-schema.ts';

/** A program that some tests need, the Debian package that brings it, and where it lies when it is not on PATH. */
const programs: readonly { readonly program: string; readonly packages: readonly string[]; readonly at?: string }[] = [
  { program: 'git', packages: ['git'], at: '/usr/bin/git' },
  { program: 'ip', packages: ['iproute2'], at: '/usr/sbin/ip' },
  { program: 'openssl', packages: ['openssl'], at: '/usr/bin/openssl' },
  { program: 'sshd', packages: ['openssh-server', 'openssh-client'], at: '/usr/sbin/sshd' },
  { program: 'gpg', packages: ['gnupg'], at: '/usr/bin/gpg' },
  { program: 'xmllint', packages: ['libxml2-utils'], at: '/usr/bin/xmllint' },
  { program: 'promtool', packages: ['prometheus'], at: '/usr/bin/promtool' },
];

export interface Missing {
  /** Why the real control plane cannot run here; undefined where it can. */
  readonly plane: string | undefined;
}

function isThere(program: string, at: string | undefined): boolean {
  return (at !== undefined && existsSync(at)) || spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

function installPackages(packages: readonly string[]): void {
  console.log(`Installing ${packages.join(', ')} (Debian packages that tests use) …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', ...packages],
  ]) {
    const result = spawnSync('apt-get', args, { env, encoding: 'utf8' });
    if (result.status !== 0) {
      console.log(`apt-get ${args[0] ?? ''} failed; tests that need these packages are skipped.\n${result.stderr}`);
      return;
    }
  }
}

function buildPlane(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    return 'it needs Linux and root (network namespaces)';
  }
  if (!isThere('ip', '/usr/sbin/ip')) {
    return 'iproute2 is missing';
  }
  const built = spawnSync('npx', ['tsx', 'test/plane/build.ts'], { stdio: 'inherit' });
  return built.status === 0 ? undefined : 'it could not be built (see above)';
}

/** Installs and builds what the tests need, with progress; what stays impossible is told, not thrown. */
export function installMissing(): Missing {
  const absent = programs.filter(({ program, at }) => !isThere(program, at)).flatMap(({ packages }) => packages);
  if (absent.length > 0) {
    const canInstall = process.platform === 'linux' && process.getuid?.() === 0 && isThere('apt-get', undefined);
    if (canInstall) {
      installPackages(absent);
    } else {
      console.log(`Missing for some tests: ${absent.join(', ')}. They are skipped.`);
    }
  }
  fetchJunitSchema();
  return { plane: buildPlane() };
}

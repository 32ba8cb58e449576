import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Run after `npm install` where the registry mirror lacks some platforms' optional packages.
 * npm then leaves them out of the lock file, and `npm ci` calls the lock file out of date. The entries carry the name,
 * version and platform that their parent package declares; npm skips them everywhere else. Download addresses are removed.
 */
interface LockedPackage {
  readonly optionalDependencies?: { readonly [name: string]: string };
  readonly [field: string]: unknown;
}
interface LockFile {
  readonly packages: { readonly [path: string]: LockedPackage };
}

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x'];

function entryFor(name: string, version: string): LockedPackage | undefined {
  const parts = name.split(/[/-]/u);
  const os = systems.find((candidate) => parts.includes(candidate));
  const cpu = processors.find((candidate) => parts.includes(candidate));
  return os === undefined || cpu === undefined
    ? undefined
    : { version, cpu: [cpu], dev: true, optional: true, os: [os] };
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as LockFile;
const packages = new Map<string, LockedPackage>();
for (const [path, { resolved, ...rest }] of Object.entries(lock.packages)) {
  packages.set(path, typeof resolved === 'string' && !resolved.startsWith('http') ? { resolved, ...rest } : rest);
}
const before = packages.size;
for (const { optionalDependencies } of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies ?? {})) {
    const entry = entryFor(name, version);
    if (!packages.has(`node_modules/${name}`) && entry !== undefined) {
      packages.set(`node_modules/${name}`, entry);
    }
  }
}
const sorted = Object.fromEntries([...packages].toSorted(([left], [right]) => (left < right ? -1 : 1)));
writeFileSync('package-lock.json', `${JSON.stringify({ ...lock, packages: sorted }, undefined, 2)}\n`);
console.log(`package-lock.json: ${packages.size - before} entries added`);

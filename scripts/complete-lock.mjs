/**
 * Run after `npm install` where the registry mirror lacks some platforms' optional packages.
 * npm then leaves them out of the lock file, and `npm ci` calls the lock file out of date. The entries carry the name,
 * version and platform that their parent package declares; npm skips them everywhere else. Download addresses are removed.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const platforms = {
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  openharmony: 'openharmony',
  win32: 'win32',
};
const cpus = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x'];

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
let added = 0;
for (const parent of Object.values(lock.packages)) {
  delete parent.resolved;
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    const parts = name.split(/[/-]/);
    const os = parts.map((part) => platforms[part]).find(Boolean);
    const cpu = cpus.find((candidate) => parts.includes(candidate));
    if (lock.packages[key] || !os || !cpu) continue;
    lock.packages[key] = { version, cpu: [cpu], dev: true, optional: true, os: [os] };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
console.log(`package-lock.json: ${added} entries added`);

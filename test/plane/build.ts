import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { clientProgram } from './clients.ts';
import { lockFile } from './lock.ts';
import {
  envtestParts,
  metallbVersions,
  modulesFolder,
  monitoringModule,
  type Part,
  type PartName,
  parts,
} from './parts.ts';

/** Says what is being built and how long it took; a line each. */
export type Progress = (line: string) => void;

const toStandardError: Progress = (line) => {
  process.stderr.write(`${line}\n`);
};

/** Folder of the built programs; its name changes with every version, checksum and flag, so a stale one is never used. */
export function cacheFolder(): string {
  const root = process.env['METALWAVE_CACHE'] ?? join(homedir(), '.cache', 'metalwave');
  const hash = createHash('sha256').update(JSON.stringify(parts));
  for (const module of new Set(parts.map((part) => part.module))) {
    hash.update(readFileSync(join(modulesFolder, module, 'go.mod')));
    hash.update(readFileSync(join(modulesFolder, module, 'go.sum')));
  }
  return join(root, 'plane', hash.digest('hex').slice(0, 16));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Where a program is, or will be once built. KUBEBUILDER_ASSETS wins for the programs that envtest has. */
export function programPath(name: PartName): string {
  const assets = process.env['KUBEBUILDER_ASSETS'];
  if (assets !== undefined && assets !== '' && envtestParts.includes(name)) {
    return join(assets, name);
  }
  return join(cacheFolder(), name);
}

/** Programs of this list that are neither built nor given by KUBEBUILDER_ASSETS. */
export function missingPrograms(names: readonly PartName[]): readonly PartName[] {
  return names.filter((name) => !isExecutable(programPath(name)));
}

/**
 * Builds what is missing of these programs, one after the other. Safe to call from several processes at once: one builds,
 * the others wait and then find everything there. A build that is interrupted leaves no half-written program.
 */
export async function buildPrograms(names: readonly PartName[], progress: Progress = toStandardError): Promise<void> {
  if (missingPrograms(names).length === 0) {
    return;
  }
  const folder = cacheFolder();
  mkdirSync(folder, { recursive: true });
  const release = await lockFile(join(folder, 'lock'), () => {
    progress('Another process is building the control plane; waiting for it');
  });
  try {
    const missing = missingPrograms(names);
    for (const [index, name] of missing.entries()) {
      await buildOne(name, folder, `${index + 1}/${missing.length}`, progress);
    }
  } finally {
    release();
  }
}

async function buildOne(name: PartName, folder: string, position: string, progress: Progress): Promise<void> {
  const part = parts.find((candidate) => candidate.name === name);
  if (part === undefined) {
    throw new Error(`bug: no part is called ${name}`);
  }
  if (programPath(name) !== join(folder, name)) {
    throw new Error(`KUBEBUILDER_ASSETS has no program ${name}: put one there or unset the variable`);
  }
  progress(`[${position}] Building ${name} (minutes the first time)`);
  const started = performance.now();
  const unfinished = join(folder, `${name}.unfinished`);
  await runGo(placeOf(part), [
    'build',
    '-mod=readonly',
    '-trimpath',
    '-ldflags',
    part.ldflags,
    '-o',
    unfinished,
    part.package,
  ]);
  renameSync(unfinished, join(folder, name));
  progress(`[${position}] Built ${name} in ${Math.round((performance.now() - started) / 1000)} s`);
}

function placeOf(part: Part): { readonly name: string; readonly folder: string } {
  return { name: part.name, folder: join(modulesFolder, part.module) };
}

/** Runs go in a folder and gives what it printed; its own words are the error's where it fails. */
async function runGo(
  place: { readonly name: string; readonly folder: string },
  args: readonly string[],
): Promise<string> {
  const env = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' };
  const child = spawn('go', args, { cwd: place.folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-4000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) {
    throw new Error(`go ${args[0] ?? ''} of ${place.name} failed:\n${errors}`);
  }
  return output.trim();
}

/** A folder of the cache, copied from `source` the first time; several processes may ask at once. */
async function cachedCopy(name: string, source: () => Promise<string>): Promise<string> {
  const folder = join(cacheFolder(), name);
  if (!existsSync(folder)) {
    const unfinished = `${folder}.${process.pid}`;
    cpSync(await source(), unfinished, { recursive: true });
    try {
      renameSync(unfinished, folder);
    } catch (error) {
      rmSync(unfinished, { recursive: true, force: true });
      if (!existsSync(folder)) {
        throw error;
      }
    }
  }
  return folder;
}

/**
 * Folder with upstream's CRD files of a MetalLB release, as its module ships them. They stay in the cache: tests compare
 * with them, the product never reads them.
 */
export async function upstreamCrds(version: (typeof metallbVersions)[number]): Promise<string> {
  const part = parts.find((candidate) => candidate.module === `metallb-${version}`);
  if (part === undefined) {
    throw new Error(`bug: no part pins MetalLB ${version}`);
  }
  return cachedCopy(`metallb-crds-${version}`, async () => {
    const module = await runGo(placeOf(part), [
      'list',
      '-mod=readonly',
      '-m',
      '-f',
      '{{.Dir}}',
      'go.universe.tf/metallb',
    ]);
    return join(module, 'config', 'crd', 'bases');
  });
}

/** Folder with the Prometheus operator's CRD files, as its module ships them. */
export async function monitoringCrds(): Promise<string> {
  const { path, version, sum } = monitoringModule;
  return cachedCopy(`monitoring-crds-${version}`, async () => {
    const answer = await runGo({ name: path, folder: '/' }, ['mod', 'download', '-json', `${path}@${version}`]);
    const found = JSON.parse(answer) as { readonly Dir: string; readonly Sum: string };
    if (found.Sum !== sum) {
      throw new Error(`${path} ${version} has the checksum ${found.Sum} where ${sum} is expected`);
    }
    return join(found.Dir, 'example', 'prometheus-operator-crd');
  });
}

/** Everything the tests can need, for building ahead: `npx tsx test/plane/build.ts`. */
async function buildEverything(progress: Progress = toStandardError): Promise<void> {
  await buildPrograms(
    parts.map((part) => part.name),
    progress,
  );
  for (const version of metallbVersions) {
    await upstreamCrds(version);
  }
  await monitoringCrds();
  await clientProgram();
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await buildEverything();
    process.stdout.write(`${cacheFolder()}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { manyServices } from '../plane/plane-arguments.ts';
import { type ApiPlace, type Plane, startPlane } from '../plane/plane.ts';
import { applyTime, makeServices, type Watched, watchServices } from './api-load.ts';
import { type BenchRow, median, milliseconds } from './measure.ts';
import { residentMiB } from './process-cost.ts';

const services = 10_000;
const starts = 5;

/** What one of both takes, of the same work. */
interface Figures {
  readonly startMs: number;
  readonly appliesMs: number;
  readonly watched: Watched;
  /** With the Services alone, before anybody watches. */
  readonly residentMiB: number;
}

/** An embedded control plane in a process of its own, so that its memory and time are its own. */
interface Embedded extends ApiPlace {
  readonly startMs: number;
  readonly pid: number;
  stop(): void;
}

/** Bundled as the product is: what a loader of TypeScript costs is not ours. */
async function bundleServer(folder: string): Promise<string> {
  const outfile = join(folder, 'server.cjs');
  await build({
    entryPoints: ['test/bench/embedded-server.ts'],
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });
  return outfile;
}

interface Ready {
  readonly startMs: number;
  readonly server: string;
  readonly token: string;
  readonly certificate: string;
}

async function startEmbedded(folder: string, program: string): Promise<Embedded> {
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [ready] = (await once(child, 'message', { signal: AbortSignal.timeout(30_000) })) as [Ready];
  const ca = join(folder, `ca-${child.pid ?? 0}.pem`);
  writeFileSync(ca, ready.certificate);
  const { startMs, server, token: adminToken } = ready;
  return { startMs, server, adminToken, ca, pid: child.pid ?? 0, stop: () => child.kill() };
}

async function embeddedFigures(folder: string): Promise<Figures> {
  const program = await bundleServer(folder);
  const times: number[] = [];
  for (let round = 0; round < starts; round += 1) {
    const started = await startEmbedded(folder, program);
    times.push(started.startMs);
    started.stop();
  }
  const applied = await startEmbedded(folder, program);
  const full = await startEmbedded(folder, program);
  try {
    const appliesMs = await applyTime(applied);
    const work = await withServices(full, () => residentMiB(full.pid));
    return { startMs: median(times), appliesMs, ...work };
  } finally {
    applied.stop();
    full.stop();
  }
}

async function withServices(
  place: ApiPlace,
  resident: () => number,
): Promise<Pick<Figures, 'residentMiB' | 'watched'>> {
  await makeServices(place, services);
  const now = resident();
  return { residentMiB: now, watched: await watchServices(place, services) };
}

/** kube-apiserver and etcd. Built programs, etcd without waiting for the disk. */
async function realFigures(): Promise<Figures> {
  const begun = performance.now();
  const plane = await startReal();
  const startMs = performance.now() - begun;
  try {
    const appliesMs = await applyTime(plane);
    const resident = (): number => residentMiB(plane.apiServer.pid) + residentMiB(plane.etcd.pid);
    return { startMs, appliesMs, ...(await withServices(plane, resident)) };
  } finally {
    await plane.stop();
  }
}

function startReal(): Promise<Plane> {
  return startPlane({ audit: 'writes', serviceRange: '10.144.0.0/18', apiServerArguments: manyServices });
}

/** The embedded control plane beside the real one: how fast it is up, takes applies, tells watchers, and what it holds in memory. */
export async function benchEmbedded(): Promise<readonly BenchRow[]> {
  // Beside the modules that the bundle loads.
  const folder = mkdtempSync(join('node_modules', '.bench-'));
  try {
    return rowsOf(await embeddedFigures(folder), await realFigures());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Figure {
  readonly what: string;
  readonly value: (figures: Figures) => number;
  readonly unit: (value: number) => string;
  readonly limit: number;
}

const mebibytes = (value: number): string => `${Math.round(value)} MiB`;

const compared: readonly Figure[] = [
  {
    what: 'start to serving',
    value: ({ startMs }) => startMs,
    unit: milliseconds,
    limit: 150,
  },
  { what: '1,000 server-side applies', value: ({ appliesMs }) => appliesMs, unit: milliseconds, limit: 500 },
  {
    what: '100 watches of 10,000 Services: the last event behind the last of 100 writes',
    value: ({ watched }) => watched.lagMs,
    unit: milliseconds,
    limit: 1_000,
  },
  { what: 'memory at 10,000 Services', value: (figures) => figures.residentMiB, unit: mebibytes, limit: 150 },
];

function rowsOf(ours: Figures, real: Figures): readonly BenchRow[] {
  return compared.map(({ what, value, unit, limit }) => ({
    what: `embedded control plane: ${what}`,
    ours: unit(value(ours)),
    alternative: `kube-apiserver and etcd ${unit(value(real))}`,
    ratio: value(real) / value(ours),
    target: `<= ${unit(limit)}`,
    reached: value(ours) <= limit,
  }));
}

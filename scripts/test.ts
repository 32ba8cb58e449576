import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { installMissing } from './test/install-missing.ts';
import { lanesOf, planeFiles } from './test/plane-lanes.ts';

/**
 * `npm test`: every test. What is needed and missing is installed or built first; where that is impossible the tests that
 * need it are skipped by name and counted. With CI=true nothing may be skipped.
 */
interface Assertion {
  readonly status: string;
  readonly fullName: string;
}
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly Assertion[];
  }[];
}

/** A control plane keeps about one core busy, and most tests wait for it half their time. */
const laneCount = 2;
const inCi = process.env['CI'] === 'true';

function run(command: string, args: readonly string[]): number {
  return spawnSync(command, args, { stdio: 'inherit' }).status ?? 1;
}

function runNear(report: string): number {
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
  return run('npx', ['vitest', 'run', '--project', 'unit', '--project', 'road', ...reporters]);
}

/** One share of the tests against the real control plane, in a network namespace of its own; its lines bear its name. */
async function runLane(name: string, files: readonly string[], report: string): Promise<number> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const test = ['npx', 'vitest', 'run', '--project', 'plane', ...reporters, ...files];
  const child = spawn('npx', ['tsx', 'test/plane/in-namespace.ts', ...test], { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      console.log(`${name} | ${line}`);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve(code ?? 1);
    });
  });
}

async function runPlane(folder: string): Promise<readonly number[]> {
  const lanes = lanesOf(planeFiles(), laneCount);
  return Promise.all(
    lanes.map(async (files, at) => runLane(`plane ${at + 1}`, files, join(folder, `plane-${at + 1}.json`))),
  );
}

function readReport(file: string): Report {
  const nothing: Report = { testResults: [] };
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : nothing;
}

async function main(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'metalwave-test-'));
  const missing = installMissing();
  console.log('Building the command line that the tests run …');
  const built = run('npx', ['tsx', 'scripts/build.ts']);
  if (built !== 0) {
    return built;
  }
  const started = performance.now();
  const codes = [runNear(join(folder, 'near.json'))];
  if (missing.plane === undefined) {
    codes.push(...(await runPlane(folder)));
  } else {
    console.log(`\nTests against the real control plane are skipped: ${missing.plane}`);
  }
  const files = readdirSync(folder).flatMap((name) => readReport(join(folder, name)).testResults);
  rmSync(folder, { recursive: true, force: true });
  const tests = files.flatMap((file) => file.assertionResults);
  const passed = tests.filter((test) => test.status === 'passed').length;
  const brokenFiles = files.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const failed = tests.filter((test) => test.status === 'failed').length + brokenFiles.length;
  const skipped = tests.filter((test) => ['pending', 'skipped', 'todo', 'disabled'].includes(test.status));
  for (const file of brokenFiles) {
    console.log(`failed to load: ${file.name}\n${file.message}`);
  }
  for (const test of skipped) {
    console.log(`skipped: ${test.fullName}`);
  }
  console.log(`\n${Math.round((performance.now() - started) / 1000)} s`);
  const skippedInCi = inCi && (skipped.length > 0 || missing.plane !== undefined);
  if (skippedInCi) {
    console.log('In CI nothing may be skipped.');
  }
  console.log(`${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
  return codes.every((code) => code === 0) && failed === 0 && !skippedInCi ? 0 : 1;
}

process.exitCode = await main();

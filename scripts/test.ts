import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installMissing } from './test/install-missing.ts';

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

const inCi = process.env['CI'] === 'true';

function run(command: string, args: readonly string[]): number {
  return spawnSync(command, args, { stdio: 'inherit' }).status ?? 1;
}

function vitest(projects: readonly string[], report: string, launcher: readonly string[]): number {
  const args = [
    'vitest',
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const [command = 'npx', ...rest] = [...launcher, 'npx', ...args];
  return run(command, rest);
}

function readReport(file: string): Report {
  const nothing: Report = { testResults: [] };
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : nothing;
}

function main(): number {
  const folder = mkdtempSync(join(tmpdir(), 'metalwave-test-'));
  const missing = installMissing();
  console.log('Building the command line that the tests run …');
  const built = run('npx', ['tsx', 'scripts/build.ts']);
  if (built !== 0) {
    return built;
  }
  const started = performance.now();
  const codes = [vitest(['unit', 'road'], join(folder, 'near.json'), [])];
  if (missing.plane === undefined) {
    codes.push(vitest(['plane'], join(folder, 'plane.json'), ['npx', 'tsx', 'test/plane/in-namespace.ts']));
  } else {
    console.log(`\nTests against the real control plane are skipped: ${missing.plane}`);
  }
  const files = ['near.json', 'plane.json'].flatMap((name) => readReport(join(folder, name)).testResults);
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

process.exitCode = main();

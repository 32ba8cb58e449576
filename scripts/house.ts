import { spawnSync } from 'node:child_process';

/** The static checks, one line each: all must pass, none only warns. */
const checks: readonly { readonly name: string; readonly command: string; readonly args: readonly string[] }[] = [
  { name: 'format', command: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
  { name: 'types', command: 'tsc', args: ['-p', '.'] },
  { name: 'generated files are current', command: 'tsx', args: ['scripts/generate.ts', '--check'] },
  { name: 'lint, sizes, purity', command: 'oxlint', args: ['--deny-warnings'] },
  {
    name: 'import rule',
    command: 'depcruise',
    args: ['src', 'speaker', 'scripts', 'test', '--config', '.dependency-cruiser.cjs'],
  },
  { name: 'dead code', command: 'knip', args: [] },
  { name: 'duplicates', command: 'jscpd', args: ['src', 'speaker', 'scripts', '--silent'] },
];

let failed = 0;
for (const check of checks) {
  const started = performance.now();
  const run = spawnSync(`node_modules/.bin/${check.command}`, check.args, { encoding: 'utf8' });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const good = run.status === 0;
  console.log(`${good ? 'ok  ' : 'FAIL'} ${check.name} (${seconds} s)`);
  if (!good) {
    failed += 1;
    console.log(`${run.stdout}${run.stderr}`.trimEnd());
  }
}
console.log(failed === 0 ? 'The house is in order.' : `${failed} of ${checks.length} checks failed.`);
process.exitCode = failed === 0 ? 0 : 1;

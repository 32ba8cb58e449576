import { spawnSync } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles the command line into one file whose parts are initialised when a verb needs them, and has V8 keep the code it
 * compiled for a validation and a plan, so that they start nearly as fast as node itself. Runs on `npm ci`
 * (prepare) and before the tests. The new bundle takes the old one's place in one step, so that a command that starts
 * meanwhile finds either.
 */
const fresh = `dist.${process.pid}`;
const old = `${fresh}.old`;

await build({
  entryPoints: ['src/apps/cli/main.ts'],
  outfile: `${fresh}/cli.cjs`,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  // V8's code cache loses the callback that a real import() needs, so externals are required.
  supported: { 'dynamic-import': false },
  minifySyntax: true,
  minifyWhitespace: true,
  mainFields: ['module', 'main'],
  // Loaded only when needed, and as they are: their CommonJS would lose its named exports in a bundle.
  external: ['@kubernetes/client-node', 'simple-git', 'yaml'],
  logLevel: 'warning',
  define: { 'import.meta.url': 'bundleUrl' },
  // A function of what Node gives a module: `bin/load-bundle` runs the file as it stands, without a copy around it.
  banner: {
    js: "(function (exports, require, module, __filename) {const bundleUrl = require('node:url').pathToFileURL(__filename).href;",
  },
  footer: { js: '})' },
});
try {
  renameSync('dist', old);
} catch {
  // There was none yet.
}
renameSync(fresh, 'dist');
rmSync(old, { recursive: true, force: true });

const folder = mkdtempSync(join(tmpdir(), 'metalwave-build-'));
try {
  const snapshot = join(folder, 'cluster.json');
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } };
  writeFileSync(snapshot, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [namespace] }));
  const warm = spawnSync(process.execPath, ['bin/warm-code-cache', snapshot], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  process.exitCode = warm.status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

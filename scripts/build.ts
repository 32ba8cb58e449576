import { renameSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

/**
 * Bundles the command line into dist/: one small entry, everything else in chunks that load when a verb needs them, so
 * that `--version` and `validate` start as fast as node itself. Runs on `npm ci` (prepare) and before the tests. The new
 * bundle takes the old one's place in one step, so that a command that starts meanwhile finds either.
 */
const fresh = `dist.${process.pid}`;
const old = `${fresh}.old`;

await build({
  entryPoints: { cli: 'src/apps/cli/main.ts' },
  outdir: fresh,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  mainFields: ['module', 'main'],
  chunkNames: 'chunks/[name]-[hash]',
  // Loaded only when needed, and as they are: their CommonJS would lose its named exports in a bundle.
  external: ['@kubernetes/client-node', 'selfsigned', 'simple-git', 'yaml'],
  logLevel: 'warning',
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
  },
});
try {
  renameSync('dist', old);
} catch {
  // There was none yet.
}
renameSync(fresh, 'dist');
rmSync(old, { recursive: true, force: true });

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { generatedFiles } from './generate/outputs.ts';

/**
 * Writes what is generated from the table of MetalLB's API and the hand-written rest of the config schema: the published
 * schema, the config's types, the compiled validator. With `--check` nothing is written and a stale file fails.
 */
async function main(): Promise<number> {
  const checkOnly = process.argv.includes('--check');
  let stale = 0;
  for (const [path, wanted] of await generatedFiles()) {
    const current = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    if (current === wanted) {
      continue;
    }
    stale += 1;
    if (checkOnly) {
      console.error(`${path} is stale: run npm run generate`);
    } else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, wanted);
      console.log(`wrote ${path}`);
    }
  }
  return checkOnly && stale > 0 ? 1 : 0;
}

process.exitCode = await main();

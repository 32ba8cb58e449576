/**
 * Throws changed files at the whole of reading and checking until the time is over: `npm run fuzz -- --seconds 300 --seed 7`.
 * Anything thrown that is no Failure, and any hang, is saved and makes the exit code 1.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Jury } from '../hostile/jury.ts';
import { generate } from './generate.ts';
import { mutate, randomFrom } from './mutate.ts';

/** Of processor time, which a busy machine does not stretch much. A file that takes more counts as a hang. */
const hangMs = 2_000;
const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' }, corpus: { type: 'string' } },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 32));
const home = path.resolve('node_modules/.cache/metalwave-fuzz');
const found = path.join(home, 'found');

/** The corpus where there is one, and the examples always. */
function readSeeds(): readonly string[] {
  const folders = ['environments', values.corpus ?? '../shared/corpus'];
  return folders.flatMap((folder) => yamlFiles(folder).map((file) => readFileSync(file, 'utf8')));
}

function yamlFiles(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && /\.ya?ml$/u.test(entry.name))
      .map((entry) => path.join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}

async function run(): Promise<number> {
  mkdirSync(found, { recursive: true });
  const location = path.join(home, 'repository');
  const file = path.join(location, 'environments/dev/config-dev.yaml');
  mkdirSync(path.dirname(file), { recursive: true });
  const jury = await Jury.gather(home);
  const random = randomFrom(seed);
  const seeds = readSeeds().toSorted();
  const pick = (): string => seeds[Math.floor(random() * seeds.length)] ?? '';
  const end = performance.now() + Number(values.seconds) * 1_000;
  let tried = 0;
  let bad = 0;
  for (; performance.now() < end; tried += 1) {
    const base = random() < 0.3 ? generate(random) : pick();
    const text = random() < 0.1 ? base : mutate(base, pick(), random);
    writeFileSync(file, text);
    const verdict = await jury.ask({ location });
    if (verdict.kind === 'bug' || verdict.cpuMs > hangMs) {
      bad += 1;
      const name = path.join(found, `seed-${String(seed)}-${String(tried)}.yaml`);
      writeFileSync(name, text);
      console.log(`${name}: ${verdict.codes.join(' ')} (${verdict.cpuMs.toFixed(0)} ms)`);
    }
  }
  jury.stop();
  console.log(
    `${String(tried)} files from ${String(seeds.length)} seeds, ${String(bad)} bad. Again with --seed ${String(seed)}.`,
  );
  return bad === 0 ? 0 : 1;
}

console.log(`Seed ${String(seed)}, ${values.seconds} s.`);
process.exitCode = await run();

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { controllerRows, crowdRows } from '../test/faults/allocation/rows.ts';
import {
  claimModelRow,
  embeddedRows,
  type FaultRow,
  isGood,
  lockRow,
  realRows,
  scoreboard,
  type Selection,
} from '../test/faults/scoreboard.ts';
import { isInNamespace, planeUnavailable } from '../test/plane/availability.ts';

const help = `npm run faults [-- OPTION…]

Disturbs a sync at every one of its requests and tells whether it still comes to the same end: a pool gets another name,
its advertisement and a peer change, and a pool is pruned. Then the native controller while it serves, moves and releases
addresses; a recorder that follows the Services from the beginning tells whether one was held twice at any version, or lost.
Ends with 0 only where every point converged, and nothing was wrongly deleted, lost or held twice.

  --json FILE   write the rows as JSON, too
  --sample N    N points a row, spread over the run, in place of all
  --seed N      choose other points of a sample (1 unless given)
  --only PART   sync, controller (harm at each of its requests) or crowd (thousands of Services); may be given again
  --embedded    leave out what needs the real control plane
  --help        this text

METALWAVE_CLAIM_RUNS: how many histories the model of the controller's claims goes through (20000 unless set).
`;

const parts = ['sync', 'controller', 'crowd'] as const;
type Part = (typeof parts)[number];

class UsageError extends Error {}

interface Options {
  readonly json: string | undefined;
  readonly sample: number | undefined;
  readonly seed: number;
  readonly only: readonly Part[];
  readonly embedded: boolean;
  readonly help: boolean;
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/u.test(text) || (name === 'sample' && Number(text) === 0)) {
    throw new UsageError(`--${name} ${text}: a whole number is needed`);
  }
  return Number(text);
}

function partOf(text: string): Part {
  const part = parts.find((each) => each === text);
  if (part === undefined) {
    throw new UsageError(`--only ${text}: it is one of ${parts.join(', ')}`);
  }
  return part;
}

function readOptions(): Options {
  const text = { type: 'string' } as const;
  const texts = { type: 'string', multiple: true } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = { json: text, sample: text, seed: text, only: texts, embedded: flag, help: flag };
  try {
    const { values } = parseArgs({ options });
    const { json, sample, seed, only, embedded } = values;
    return {
      json,
      sample: sample === undefined ? undefined : wholeNumber('sample', sample),
      seed: seed === undefined ? 1 : wholeNumber('seed', seed),
      only: only?.map((each) => partOf(each)) ?? parts,
      embedded,
      help: values.help,
    };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** Runs this again inside a network namespace of its own, where the real control plane may be. */
function enterNamespace(): number {
  const args = ['tsx', 'test/plane/in-namespace.ts', 'npx', 'tsx', 'scripts/faults.ts', ...process.argv.slice(2)];
  return spawnSync('npx', args, { stdio: 'inherit' }).status ?? 1;
}

/** On a terminal one line that is written over, else a line now and then. */
function progress(): (line: string) => void {
  let last = 0;
  return (line) => {
    if (process.stderr.isTTY) {
      process.stderr.write(`\r\u001B[K${line}`);
    } else if (performance.now() - last > 10_000) {
      last = performance.now();
      process.stderr.write(`${line}\n`);
    }
  };
}

/** What takes hours tells each row once it is there. */
function tellRow(row: FaultRow): void {
  const line = `${isGood(row) ? 'ok ' : 'BAD'} ${row.what} (${row.cluster}): ${row.converged} of ${row.points}`;
  process.stderr.write(`${process.stderr.isTTY ? '\r\u001B[K' : ''}${[line, ...row.wrong].join('\n  ')}\n`);
}

async function syncRows(selection: Selection, unavailable: string | undefined): Promise<readonly FaultRow[]> {
  const rows = [...(await embeddedRows(selection)), ...(await realRows(selection, unavailable))];
  selection.onProgress('two processes at once');
  return [...rows, lockRow('embedded', undefined), lockRow('real', unavailable)];
}

async function rowsFor({ sample, seed, only }: Options, unavailable: string | undefined): Promise<readonly FaultRow[]> {
  const onProgress = progress();
  const selection = { sample, seed, onProgress, onRow: tellRow };
  const rows: FaultRow[] = only.includes('sync') ? [...(await syncRows(selection, unavailable))] : [];
  if (only.includes('controller')) {
    rows.push(...(await controllerRows(selection, unavailable)));
    onProgress('the model of the claims');
    rows.push(claimModelRow());
  }
  if (only.includes('crowd')) {
    rows.push(...(await crowdRows(selection, unavailable)));
  }
  process.stderr.write(process.stderr.isTTY ? '\r\u001B[K' : '');
  return rows;
}

async function main(): Promise<number> {
  const options = readOptions();
  if (options.help) {
    process.stdout.write(help);
    return 0;
  }
  const unavailable = options.embedded ? 'left out by --embedded' : planeUnavailable();
  if (unavailable === undefined && !isInNamespace()) {
    return enterNamespace();
  }
  const built = spawnSync('npx', ['tsx', 'scripts/build.ts'], { stdio: 'inherit' }).status ?? 1;
  if (built !== 0) {
    return built;
  }
  const rows = await rowsFor(options, unavailable);
  console.log(scoreboard(rows));
  if (options.json !== undefined) {
    writeFileSync(options.json, `${JSON.stringify({ formatVersion: 1, seed: options.seed, rows }, undefined, 2)}\n`);
  }
  return rows.every((row) => isGood(row)) ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof UsageError)) {
    throw error;
  }
  process.stderr.write(`${error.message}\n\n${help}`);
  process.exitCode = 2;
}

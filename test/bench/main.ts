import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { isInNamespace, planeUnavailable } from '../plane/availability.ts';
import { benchAddressPlan } from './address-plan.ts';
import { benchAllocator } from './allocator.ts';
import { benchApply } from './apply.ts';
import { benchEmbedded } from './embedded.ts';
import { benchDocuments } from './documents.ts';
import { benchLargeConfigs } from './large-configs.ts';
import { benchManyServices } from './many-services.ts';
import type { BenchRow } from './measure.ts';
import { benchPlan } from './plan.ts';
import { benchStartUp } from './start-up.ts';
import { benchWaitingServices } from './waiting-services.ts';

/**
 * Speed as ratios: ours and the named alternative in one run on the same machine. Prints a table; `--json FILE` writes the
 * rows, and names of parts, or what they begin with, as in `npm run bench -- controller`, run these alone. What needs the real control plane runs in
 * a network namespace of its own and is left out, by name, where it can't.
 */
function enterNamespace(): number {
  const args = ['tsx', 'test/plane/in-namespace.ts', 'npx', 'tsx', 'test/bench/main.ts', ...process.argv.slice(2)];
  return spawnSync('npx', args, { stdio: 'inherit' }).status ?? 1;
}

interface Part {
  readonly name: string;
  readonly needsPlane: boolean;
  readonly run: () => readonly BenchRow[] | Promise<readonly BenchRow[]>;
}

const parts: readonly Part[] = [
  { name: 'start-up', needsPlane: false, run: benchStartUp },
  { name: 'documents', needsPlane: false, run: benchDocuments },
  { name: 'address-plan', needsPlane: false, run: benchAddressPlan },
  { name: 'allocator', needsPlane: false, run: benchAllocator },
  { name: 'large-configs', needsPlane: false, run: benchLargeConfigs },
  { name: 'apply', needsPlane: true, run: benchApply },
  { name: 'plan', needsPlane: true, run: benchPlan },
  { name: 'controller-waiting', needsPlane: true, run: benchWaitingServices },
  { name: 'controller-many', needsPlane: true, run: benchManyServices },
  { name: 'embedded', needsPlane: true, run: benchEmbedded },
];

function isMeant(part: Part, name: string): boolean {
  return part.name === name || part.name.startsWith(`${name}-`);
}

/** The parts that were asked for; none means all. */
function chosenParts(): readonly Part[] {
  const given = process.argv.slice(2).filter((arg, index, all) => !arg.startsWith('--') && all[index - 1] !== '--json');
  const unknown = given.find((name) => !parts.some((part) => isMeant(part, name)));
  if (unknown !== undefined) {
    throw new Error(`${unknown} is none of ${parts.map(({ name }) => name).join(', ')}`);
  }
  return given.length === 0 ? parts : parts.filter((part) => given.some((name) => isMeant(part, name)));
}

function printTable(rows: readonly BenchRow[]): void {
  const cells = rows.map((row) => [
    row.reached ? 'ok  ' : 'MISS',
    row.what,
    row.ours,
    row.alternative,
    row.ratio === undefined ? '' : row.ratio.toFixed(2),
    row.target,
  ]);
  const table = [['', 'what', 'ours', 'alternative', 'ratio', 'target'], ...cells];
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  for (const row of table) {
    console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  }
}

async function main(): Promise<number> {
  const reason = planeUnavailable();
  if (reason === undefined && !isInNamespace()) {
    return enterNamespace();
  }
  const rows: BenchRow[] = [];
  for (const { run, needsPlane } of chosenParts()) {
    if (!needsPlane || reason === undefined) {
      rows.push(...(await run()));
    }
  }
  if (reason !== undefined) {
    console.log(`left out: everything against the real control plane (${reason})`);
  }
  printTable(rows);
  const file = process.argv.at(process.argv.indexOf('--json') + 1);
  if (process.argv.includes('--json') && file !== undefined) {
    writeFileSync(file, `${JSON.stringify({ formatVersion: 1, rows }, undefined, 2)}\n`);
  }
  return rows.every((row) => row.reached) ? 0 : 1;
}

process.exitCode = await main();

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KillMoment } from '../road/kill.ts';
import { harmAt, harms, killAt, type Undisturbed, undisturbedMove, undisturbedProcess } from './move/points.ts';
import { MoveScene, type Verdict } from './move/scene.ts';

/** One line of the scoreboard. */
export interface FaultRow {
  readonly what: string;
  readonly cluster: 'embedded' | 'real';
  readonly points: number;
  readonly converged: number;
  readonly wronglyDeleted: number;
  readonly lost: number;
  readonly doubled: number;
  readonly seconds: number;
  /** Why it was left out. */
  readonly skipped?: string;
  /** What was wrong, by point. */
  readonly wrong: readonly string[];
}

/** Which of a row's points are tried. */
export interface Selection {
  /** Points a row; undefined: all. */
  readonly sample: number | undefined;
  readonly seed: number;
  readonly onProgress: (line: string) => void;
  /** Called with each row when it is done. */
  readonly onRow: (row: FaultRow) => void;
}

const nothing = { points: 0, converged: 0, wronglyDeleted: 0, lost: 0, doubled: 0, seconds: 0, wrong: [] };

/** One from each equal share of the points, chosen by the seed: together they cover all of the run. */
export function pointsOf(count: number, { sample, seed }: Pick<Selection, 'sample' | 'seed'>): readonly number[] {
  const wanted = Math.min(sample ?? count, count);
  let state = seed >>> 0;
  return Array.from({ length: wanted }, (_, index) => {
    // Linear congruence with the factor and increment of Numerical Recipes: the same seed gives the same points everywhere.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const [from, to] = [(index * count) / wanted, ((index + 1) * count) / wanted].map((at) => Math.floor(at));
    return 1 + (from ?? 0) + Math.floor((state / 2 ** 32) * ((to ?? 0) - (from ?? 0)));
  });
}

/** A row that was left out. */
export function withoutPoints(what: string, cluster: FaultRow['cluster'], skipped: string): FaultRow {
  return { ...nothing, what, cluster, skipped };
}

/** Does the work of a row at each of its points, and gathers what came of it. */
export async function tryPoints(
  row: Pick<FaultRow, 'what' | 'cluster'>,
  points: readonly number[],
  selection: Selection,
  work: (number: number) => Promise<Verdict>,
): Promise<FaultRow> {
  const started = performance.now();
  const verdicts: Verdict[] = [];
  const wrong: string[] = [];
  for (const number of points) {
    const verdict = await work(number);
    verdicts.push(verdict);
    wrong.push(...verdict.wrong.map((line) => `point ${number}: ${line}`));
    selection.onProgress(`${row.what}: ${verdicts.length} of ${points.length}`);
  }
  const sum = (of: (verdict: Verdict) => number): number => verdicts.reduce((all, one) => all + of(one), 0);
  const done = {
    ...row,
    points: points.length,
    converged: verdicts.filter((verdict) => verdict.wrong.length === 0).length,
    wronglyDeleted: sum((verdict) => verdict.wronglyDeleted),
    lost: sum((verdict) => verdict.lost),
    doubled: sum((verdict) => verdict.doubled),
    seconds: (performance.now() - started) / 1000,
    wrong,
  };
  selection.onRow(done);
  return done;
}

const moments: readonly (readonly [KillMoment, string])[] = [
  ['arrived', 'SIGKILL before the server acts'],
  ['answered', 'SIGKILL after the server acted'],
];

async function killRows(
  scene: MoveScene,
  cluster: FaultRow['cluster'],
  selection: Selection,
): Promise<readonly FaultRow[]> {
  const undisturbed = await undisturbedProcess(scene);
  const rows: FaultRow[] = [];
  for (const [moment, what] of moments) {
    const points = pointsOf(undisturbed.requests, selection);
    rows.push(
      await tryPoints({ what, cluster }, points, selection, (number) => killAt(scene, undisturbed, moment, number)),
    );
  }
  return rows;
}

async function harmRows(
  scene: MoveScene,
  undisturbed: Undisturbed,
  selection: Selection,
): Promise<readonly FaultRow[]> {
  const rows: FaultRow[] = [];
  for (const harm of harms) {
    const points = pointsOf(undisturbed.requests, selection);
    const row = { what: harm.name, cluster: 'embedded' as const };
    rows.push(await tryPoints(row, points, selection, (number) => harmAt(scene, undisturbed, harm, number)));
  }
  return rows;
}

/** Harm to single requests, answered in this process, and kills of the built program; on the embedded control plane. */
export async function embeddedRows(selection: Selection): Promise<readonly FaultRow[]> {
  const scene = await MoveScene.embedded();
  try {
    const rows = await harmRows(scene, await undisturbedMove(scene), selection);
    return [...rows, ...(await killRows(scene, 'embedded', selection))];
  } finally {
    await scene.close();
  }
}

/** Kills of the built program against the real API server. */
export async function realRows(selection: Selection, unavailable: string | undefined): Promise<readonly FaultRow[]> {
  if (unavailable !== undefined) {
    return moments.map(([, what]) => withoutPoints(what, 'real', unavailable));
  }
  const scene = await MoveScene.real();
  try {
    return await killRows(scene, 'real', selection);
  } finally {
    await scene.close();
  }
}

interface TestReport {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Tests of the lock as a row. */
export function lockRow(cluster: FaultRow['cluster'], unavailable: string | undefined): FaultRow {
  const what = 'two processes at once, a paused lock holder';
  if (unavailable !== undefined) {
    return withoutPoints(what, cluster, unavailable);
  }
  return cluster === 'real'
    ? testsRow({ what, cluster }, 'plane', 'test/e2e/lock.test.ts')
    : testsRow({ what, cluster }, 'road', 'test/faults/lock.test.ts');
}

const claimRuns = 20_000;

/**
 * The model of several controllers that all believe to lead, as a row: METALWAVE_CLAIM_RUNS says how many histories of
 * 400 steps it tries.
 */
export function claimModelRow(): FaultRow {
  const runs = process.env['METALWAVE_CLAIM_RUNS'] ?? String(claimRuns);
  const what = `controller: a model of 2 to 3 at once, ${Number(runs).toLocaleString('en')} histories`;
  return testsRow({ what, cluster: 'embedded' }, 'unit', 'test/domain/claims/interleavings.test.ts', {
    METALWAVE_CLAIM_RUNS: runs,
  });
}

/** Each test is one point, and what it must show is in its name. */
function testsRow(
  row: Pick<FaultRow, 'what' | 'cluster'>,
  project: string,
  file: string,
  env: NodeJS.ProcessEnv = {},
): FaultRow {
  const folder = mkdtempSync(join(tmpdir(), 'metalwave-faults-'));
  const report = join(folder, 'report.json');
  const started = performance.now();
  const reporter = ['--reporter=json', `--outputFile=${report}`];
  const args = ['vitest', 'run', '--project', project, '--testTimeout', '7200000', ...reporter, file];
  const { stderr } = spawnSync('npx', args, { encoding: 'utf8', env: { ...process.env, ...env } });
  try {
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as TestReport;
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
    const failed = tests.filter(({ status }) => status !== 'passed');
    return {
      ...nothing,
      ...row,
      points: tests.length,
      converged: tests.length - failed.length,
      seconds: (performance.now() - started) / 1000,
      wrong: failed.map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages.join(' ')}`),
    };
  } catch (cause) {
    throw new Error(`${file} gave no report: ${stderr}`, { cause });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function isGood(row: FaultRow): boolean {
  const tried = row.points > 0 && row.converged === row.points;
  return row.skipped !== undefined || (tried && row.wronglyDeleted + row.lost + row.doubled === 0);
}

function markOf(row: FaultRow): string {
  if (row.skipped !== undefined) {
    return 'skip';
  }
  return isGood(row) ? 'ok' : 'BAD';
}

/** The rows as a table, the bad ones with what was wrong. */
export function scoreboard(rows: readonly FaultRow[]): string {
  const head = ['', 'what', 'cluster', 'points', 'converged', 'wrongly deleted', 'lost', 'doubled', 'seconds'];
  const cells = rows.map((row) => [
    markOf(row),
    row.what,
    row.cluster,
    ...[row.points, row.converged, row.wronglyDeleted, row.lost, row.doubled, Math.round(row.seconds)].map(String),
  ]);
  const widths = head.map((name, column) => Math.max(name.length, ...cells.map((line) => line[column]?.length ?? 0)));
  const lines = [head, ...cells].map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const skipped = rows.flatMap(({ what, cluster, skipped: why }) =>
    why === undefined ? [] : [`skipped: ${what} (${cluster}): ${why}`],
  );
  const wrong = rows.flatMap((row) => row.wrong.map((line) => `${row.what} (${row.cluster}), ${line}`));
  return [...lines, ...skipped, ...wrong].join('\n');
}

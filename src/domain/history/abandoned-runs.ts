import type { LockHolder } from '../lock/lease.ts';
import type { History, RunRecord } from './history.ts';

/** Clocks of machines differ: so long after its end a lease counts as over, for people who look. */
const clockDoubtMs = 30_000;

function isOver({ renewed, leaseMs }: LockHolder, now: number): boolean {
  return renewed !== undefined && now > renewed + leaseMs + clockDoubtMs;
}

/** The history as it is shown: a run that never recorded its end and no longer holds the lock was interrupted. */
export function tellInterrupted(history: History, holder: LockHolder | undefined, now: number): History {
  if (holder !== undefined && !isOver(holder, now)) {
    return history;
  }
  const runs = history.runs.map((run) =>
    run.outcome === 'running' ? { ...run, outcome: 'interrupted' as const } : run,
  );
  return { ...history, runs };
}

/** A run, and those right before it that were interrupted while they deployed the same. */
export interface ShownRun {
  readonly run: RunRecord;
  readonly interrupted: readonly RunRecord[];
}

function goesOn(run: RunRecord, before: RunRecord | undefined): before is RunRecord {
  return (
    before?.outcome === 'interrupted' &&
    before.kind === run.kind &&
    before.revision === run.revision &&
    before.renderedHash === run.renderedHash
  );
}

/** The runs for people, newest first: what was killed and then carried to its end is one entry. */
export function shownRuns(runs: readonly RunRecord[]): readonly ShownRun[] {
  const shown: ShownRun[] = [];
  for (const run of runs.toReversed()) {
    const last = shown.at(-1);
    const newer = last?.interrupted.at(-1) ?? last?.run;
    if (last !== undefined && newer !== undefined && goesOn(newer, run)) {
      shown.splice(-1, 1, { ...last, interrupted: [...last.interrupted, run] });
    } else {
      shown.push({ run, interrupted: [] });
    }
  }
  return shown;
}

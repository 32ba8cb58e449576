import type { RunReport } from '../report/run-report.ts';
import type { Approval, History, Quarantined, RecordedOutcome, RunRecord, Suspension } from './history.ts';

const runsKept = 20;
const approvalsKept = 20;
const quarantineKept = 50;
const longestReason = 400;

/** Texts of others are cut: the whole history must fit one ConfigMap. */
export function shortReason(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  return line.length > longestReason ? `${line.slice(0, longestReason - 1)}…` : line;
}

/** The newest runs, and with them always the last two different states that were healthy: a rollback needs them. */
function bounded(runs: readonly RunRecord[]): readonly RunRecord[] {
  const healthy = runs.filter((run) => run.outcome === 'healthy').toReversed();
  const [last] = healthy;
  const before = healthy.find((run) => run.renderedHash !== last?.renderedHash);
  const needed = new Set([last?.id, before?.id]);
  let surplus = runs.length - runsKept;
  return runs.filter((run) => {
    const drop = surplus > 0 && !needed.has(run.id);
    surplus -= drop ? 1 : 0;
    return !drop;
  });
}

/** Records that a run begins. Whoever begins holds the lock, so a run that is still `running` never came to its end. */
export function beginRun(history: History, run: RunRecord, approval?: Approval): History {
  const ended = history.runs.map((one) =>
    one.outcome === 'running' ? { ...one, outcome: 'interrupted' as const } : one,
  );
  const approvals = approval === undefined ? history.approvals : [...history.approvals, approval].slice(-approvalsKept);
  return { ...history, runs: bounded([...ended, run]), approvals };
}

/** Records how a run ended. A run that is no longer in the history stays forgotten. */
export function endRun(history: History, ended: RunRecord): History {
  return { ...history, runs: bounded(history.runs.map((one) => (one.id === ended.id ? ended : one))) };
}

/** A run's record with what its report says. */
export function recordedEnd(
  run: RunRecord,
  report: RunReport,
  end: { readonly outcome: RecordedOutcome; readonly durationMs: number; readonly reason: string | undefined },
): RunRecord {
  const counts: { [result: string]: number } = {};
  for (const { result } of report.objects.values()) {
    counts[result] = (counts[result] ?? 0) + 1;
  }
  const waves = report.waves.map(({ wave, name, progress, durationMs }) => ({
    wave,
    name,
    durationMs: progress === 'healthy' ? durationMs : undefined,
  }));
  const reason = end.reason === undefined ? undefined : shortReason(end.reason);
  return { ...run, outcome: end.outcome, durationMs: end.durationMs, reason, counts, waves };
}

/** Puts a revision away until a person releases it. */
export function quarantine(history: History, bad: Quarantined): History {
  const others = history.quarantine.filter(
    (one) => one.revision !== bad.revision || one.renderedHash !== bad.renderedHash,
  );
  return {
    ...history,
    quarantine: [...others, { ...bad, reason: shortReason(bad.reason) }].slice(-quarantineKept),
  };
}

/** Releases these of the quarantined revisions. */
export function releaseRevisions(history: History, released: readonly Quarantined[]): History {
  const revisions = new Set(released.map(({ revision }) => revision));
  return { ...history, quarantine: history.quarantine.filter(({ revision }) => !revisions.has(revision)) };
}

/** Stops syncs until `resume`. */
export function suspend(history: History, suspension: Suspension): History {
  return { ...history, suspension: { ...suspension, reason: shortReason(suspension.reason) } };
}

/** Lets syncs run again. */
export function resume(history: History): History {
  return { ...history, suspension: undefined };
}

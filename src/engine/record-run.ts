import type { AddressPlan } from '../domain/address-plan/address-plan.ts';
import { isFailure } from '../domain/failure.ts';
import { affectedServices } from '../domain/guard/impact-budget.ts';
import { beginRun, endRun, quarantine, recordedEnd } from '../domain/history/change-history.ts';
import type { RunRecord } from '../domain/history/history.ts';
import { describeObject } from '../domain/manifest/object-id.ts';
import type { RunEvent } from '../domain/report/run-event.ts';
import { foldRun, type RunReport } from '../domain/report/run-report.ts';
import { formatUtc } from '../domain/time/utc-time.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClusterReader, ClusterWriter } from '../ports/cluster.ts';
import type { Host } from '../ports/host.ts';
import type { ApplyResult } from './apply-plan.ts';
import type { ApplyRun } from './run-progress.ts';
import { noteOf } from './failure-note.ts';
import { fencedWriter, type HeldLock } from './held-lock.ts';
import { updateHistory } from './keep-history.ts';
import type { RunTerms } from './run-terms.ts';

export interface RunToRecord {
  readonly reader: ClusterReader;
  readonly writer: ClusterWriter;
  readonly clock: Clock;
  readonly host: Host;
  readonly signal: AbortSignal;
  readonly emit: ApplyRun['emit'];
  readonly environment: string;
  readonly revision: string;
  readonly rendered: string;
  readonly planHash: string;
  readonly addresses: AddressPlan | undefined;
  readonly terms: RunTerms;
}

/** What a run under a lock works with in place of its own. */
export interface Fenced {
  readonly writer: ClusterWriter;
  readonly signal: AbortSignal;
  readonly emit: ApplyRun['emit'];
}

function runId(now: number, random: string): string {
  return `${formatUtc(now).replaceAll(/[-:Z]/gu, '').replace('T', '-')}-${random}`;
}

function newRecord(run: RunToRecord): RunRecord {
  const { clock, host, terms, addresses } = run;
  const { replaces } = terms;
  return {
    id: runId(clock.now(), host.randomId()),
    kind: terms.kind,
    revision: run.revision,
    signer: terms.signer,
    renderedHash: run.rendered,
    planHash: run.planHash,
    by: host.by,
    attempt: terms.attempt,
    startedAt: clock.now(),
    durationMs: undefined,
    outcome: 'running',
    reason: undefined,
    counts: {},
    waves: [],
    services: addresses === undefined ? undefined : affectedServices(addresses),
    replaces: replaces && { revision: replaces.revision, renderedHash: replaces.renderedHash },
  };
}

async function recordBegin(run: RunToRecord, record: RunRecord, writer: ClusterWriter): Promise<void> {
  const { host, terms } = run;
  const by = { by: host.by, at: record.startedAt };
  const approved = terms.approval?.planHash === run.planHash;
  const approval = approved ? { planHash: run.planHash, run: record.id, ...by } : undefined;
  await updateHistory({ ...run, writer }, (history) => {
    const begun = beginRun(history, record, approval);
    return terms.replaces === undefined ? begun : quarantine(begun, { ...terms.replaces, ...by });
  });
}

/** Progress that only repeats itself isn't kept: a run may wait for hours. */
const passing: ReadonlySet<RunEvent['type']> = new Set(['step-waiting', 'object-retried']);

function whyStopped(report: RunReport): string | undefined {
  const wave = report.waves.find(({ progress }) => progress === 'stopped');
  const waiting = wave?.steps.flatMap((step) => step.waiting) ?? [];
  const names = waiting.slice(0, 5).map(({ id, health }) => `${describeObject(id)}: ${health.message}`);
  return wave?.reason === undefined ? undefined : [wave.reason, ...names].join('; ');
}

async function recordEnd(
  run: RunToRecord,
  record: RunRecord,
  ended: {
    readonly writer: ClusterWriter;
    readonly events: readonly RunEvent[];
    readonly result: ApplyResult;
    readonly durationMs: number;
  },
): Promise<ApplyResult> {
  const { result, durationMs } = ended;
  const report = foldRun(ended.events);
  if (report === undefined) {
    throw new Error('bug: a run has no events');
  }
  const reason = result.failure?.message ?? whyStopped(report);
  const last = recordedEnd(record, report, { outcome: result.outcome, durationMs, reason });
  // What was done is recorded also after an interruption.
  const { signal } = new AbortController();
  try {
    await updateHistory({ ...run, signal, writer: ended.writer }, (history) => endRun(history, last));
    return result;
  } catch (error) {
    if (!isFailure(error)) {
      throw error;
    }
    return result.outcome === 'healthy' ? { ...result, outcome: 'failed', failure: noteOf(error) } : result;
  }
}

/** Does the work of a run under its lock, and records its beginning and its end. A lock that is lost stops it. */
export async function recordRun(
  run: RunToRecord,
  lock: HeldLock,
  work: (fenced: Fenced) => Promise<ApplyResult>,
): Promise<ApplyResult> {
  const { clock, terms } = run;
  const writer = fencedWriter(run.writer, lock, terms.lock);
  const record = newRecord(run);
  const started = clock.monotonic();
  await recordBegin(run, record, writer);
  const { environment, revision, planHash } = run;
  const begun = { environment, revision, planHash, toCreate: 0, toUpdate: 0, unchanged: 0 };
  const events: RunEvent[] = [{ at: clock.now(), type: 'run-started', ...begun }];
  const worked = await work({
    writer,
    signal: AbortSignal.any([run.signal, lock.lost]),
    emit: (event) => {
      run.emit(event);
      if (!passing.has(event.type)) {
        events.push({ at: clock.now(), ...event });
      }
    },
  });
  if (lock.failure === undefined) {
    return recordEnd(run, record, { writer, events, result: worked, durationMs: clock.monotonic() - started });
  }
  return { ...worked, outcome: 'failed', failure: noteOf(lock.failure) };
}

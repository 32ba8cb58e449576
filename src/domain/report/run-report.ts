import type { ObjectId, ObjectKey } from '../manifest/object-id.ts';
import { objectKey } from '../manifest/object-id.ts';
import type { StepName, WaveNumber } from '../manifest/waves.ts';
import type { FailureNote, RunEvent, RunOutcome, Waiting } from './run-event.ts';

export type Progress = 'running' | 'healthy' | 'stopped';

/** What a run did to one object. */
export interface ObjectReport {
  readonly id: ObjectId;
  readonly step: StepName;
  readonly result: 'created' | 'updated' | 'unchanged' | 'skipped' | 'failed' | 'deleted' | 'released';
  readonly reason: string | undefined;
  readonly retries: number;
}

export interface StepReport {
  readonly step: StepName;
  readonly objects: number;
  readonly progress: Progress;
  readonly durationMs: number | undefined;
  /** What the step's gate waits for now, or waited for when it stopped. */
  readonly waiting: readonly Waiting[];
}

export interface WaveReport {
  readonly wave: WaveNumber;
  readonly name: string;
  readonly objects: number;
  readonly progress: Progress;
  readonly durationMs: number | undefined;
  /** Why it stopped. */
  readonly reason: string | undefined;
  readonly steps: readonly StepReport[];
}

/** The deletions after the last wave. */
export interface PruneReport {
  readonly objects: number;
  readonly progress: Progress;
  readonly durationMs: number | undefined;
  /** What is deleted and not yet gone. */
  readonly waiting: readonly Waiting[];
}

/** A run as it stands after some of its events; at any moment, also of a run that was killed. */
export interface RunReport {
  readonly environment: string;
  readonly revision: string;
  readonly planHash: string;
  readonly startedAt: number;
  readonly updatedAt: number;
  /** undefined while the run goes on, or when it broke off. */
  readonly outcome: RunOutcome | undefined;
  readonly durationMs: number | undefined;
  readonly failure: FailureNote | undefined;
  readonly waves: readonly WaveReport[];
  /** undefined where nothing is deleted or released, or not yet. */
  readonly pruning: PruneReport | undefined;
  /** In the order in which they were first heard of. */
  readonly objects: ReadonlyMap<ObjectKey, ObjectReport>;
}

type Event<T extends RunEvent['type']> = Extract<RunEvent, { readonly type: T }>;

function begin(event: Event<'run-started'>): RunReport {
  return {
    environment: event.environment,
    revision: event.revision,
    planHash: event.planHash,
    startedAt: event.at,
    updatedAt: event.at,
    outcome: undefined,
    durationMs: undefined,
    failure: undefined,
    waves: [],
    pruning: undefined,
    objects: new Map(),
  };
}

function withWave(report: RunReport, wave: WaveNumber, change: (wave: WaveReport) => WaveReport): RunReport {
  return { ...report, waves: report.waves.map((one) => (one.wave === wave ? change(one) : one)) };
}

function withStep(
  report: RunReport,
  wave: WaveNumber,
  step: StepName,
  change: (step: StepReport) => StepReport,
): RunReport {
  return withWave(report, wave, (one) => ({
    ...one,
    steps: one.steps.map((known) => (known.step === step ? change(known) : known)),
  }));
}

/** The three events that say what became of an object, in one shape. */
interface ObjectEvent {
  readonly id: ObjectId;
  readonly step: StepName;
  readonly result: ObjectReport['result'];
  readonly reason?: string;
}

function onWave(report: RunReport, event: RunEvent): RunReport {
  if (event.type === 'wave-started') {
    const { wave, name, objects } = event;
    const started = { wave, name, objects, progress: 'running', durationMs: undefined, reason: undefined } as const;
    return { ...report, waves: [...report.waves, { ...started, steps: [] }] };
  }
  if (event.type === 'wave-healthy') {
    return withWave(report, event.wave, (wave) => ({ ...wave, progress: 'healthy', durationMs: event.durationMs }));
  }
  if (event.type === 'wave-stopped') {
    const { reason, waiting } = event;
    const stopped = withWave(report, event.wave, (wave) => ({ ...wave, progress: 'stopped', reason }));
    return withStep(stopped, event.wave, event.step, (step) => ({ ...step, progress: 'stopped', waiting }));
  }
  return onStep(report, event);
}

function onStep(report: RunReport, event: RunEvent): RunReport {
  if (event.type === 'step-started') {
    const { step, objects } = event;
    const started: StepReport = { step, objects, progress: 'running', durationMs: undefined, waiting: [] };
    return withWave(report, event.wave, (wave) => ({ ...wave, steps: [...wave.steps, started] }));
  }
  if (event.type === 'step-waiting') {
    return withStep(report, event.wave, event.step, (step) => ({ ...step, waiting: event.waiting }));
  }
  if (event.type === 'step-healthy') {
    const done = { progress: 'healthy', durationMs: event.durationMs, waiting: [] } as const;
    return withStep(report, event.wave, event.step, (step) => ({ ...step, ...done }));
  }
  if (event.type === 'prune-started') {
    const { objects } = event;
    return { ...report, pruning: { objects, progress: 'running', durationMs: undefined, waiting: [] } };
  }
  if (event.type === 'prune-waiting' || event.type === 'prune-finished') {
    return withPruning(report, event);
  }
  if (event.type === 'run-finished') {
    const { outcome, durationMs, failure } = event;
    return { ...closeOpen(report, outcome), outcome, durationMs, failure };
  }
  return report;
}

function withPruning(report: RunReport, event: Event<'prune-waiting' | 'prune-finished'>): RunReport {
  const done = { progress: 'healthy', waiting: [] } as const;
  const news = event.type === 'prune-waiting' ? { waiting: event.waiting } : { ...done, durationMs: event.durationMs };
  return report.pruning === undefined ? report : { ...report, pruning: { ...report.pruning, ...news } };
}

function closed<T extends { readonly progress: Progress }>(one: T): T {
  return one.progress === 'running' ? { ...one, progress: 'stopped' } : one;
}

/** A run that ends otherwise than healthy leaves its open waves and steps stopped. */
function closeOpen(report: RunReport, outcome: RunOutcome): RunReport {
  if (outcome === 'healthy') {
    return report;
  }
  const waves = report.waves.map((wave) => closed({ ...wave, steps: wave.steps.map((step) => closed(step)) }));
  const pruning = report.pruning === undefined ? undefined : closed(report.pruning);
  return { ...report, waves, pruning };
}

function objectEvent(event: RunEvent): ObjectEvent | undefined {
  if (event.type === 'object-applied' || event.type === 'object-pruned') {
    return event;
  }
  if (event.type === 'object-skipped') {
    return { ...event, result: 'skipped' };
  }
  return event.type === 'object-failed'
    ? { id: event.id, step: event.step, result: 'failed', reason: event.failure.message }
    : undefined;
}

/**
 * Folds the events of one run, in order, into what stands. Every view of a run is made from this; nothing else is read.
 * Events before the run's start are a bug; no events at all give undefined.
 */
export function foldRun(events: Iterable<RunEvent>): RunReport | undefined {
  let report: RunReport | undefined;
  const objects = new Map<ObjectKey, ObjectReport>();
  const retries = new Map<ObjectKey, number>();
  for (const event of events) {
    if (event.type === 'run-started') {
      report = begin(event);
    } else if (report === undefined) {
      throw new Error(`bug: ${event.type} came before run-started`);
    } else {
      report = { ...onWave(report, event), updatedAt: event.at };
    }
    if (event.type === 'object-retried') {
      retries.set(objectKey(event.id), event.attempt);
    }
    const told = objectEvent(event);
    if (told !== undefined) {
      const key = objectKey(told.id);
      const { id, step, result, reason } = told;
      objects.set(key, { id, step, result, reason, retries: retries.get(key) ?? 0 });
    }
  }
  return report === undefined ? undefined : { ...report, objects };
}

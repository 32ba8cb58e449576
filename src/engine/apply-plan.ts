import { isFailure } from '../domain/failure.ts';
import type { ProgramReport } from '../domain/health/configuration/evidence.ts';
import { markPending, withFile } from '../domain/inventory/widen.ts';
import { waves, type StepName, type Wave } from '../domain/manifest/waves.ts';
import type { FailureNote, RunOutcome, Waiting } from '../domain/report/run-event.ts';
import { begunFile, healthyFile } from '../domain/source/file-trace.ts';
import { awaitHealth } from './await-health.ts';
import { noteOf } from './failure-note.ts';
import { gateMetalLb, readBefore } from './gate-metallb.ts';
import { pruneLeftovers } from './prune-step.ts';
import { retireWebhooks } from './retire-webhooks.ts';
import {
  isPlanned,
  isWriting,
  settle,
  type ApplyRun,
  type PlannedChange,
  type Progress,
  type Stop,
} from './run-progress.ts';
import { pruneRunOf, transit } from './run-transition.ts';
import { writeStep } from './write-step.ts';

const metallbWave = 10;

export interface ApplyResult {
  readonly outcome: RunOutcome;
  readonly applied: number;
  readonly failure: FailureNote | undefined;
}

async function gateStep(
  run: ApplyRun,
  progress: Progress,
  at: { readonly wave: Wave; readonly step: StepName; readonly deadline: number },
  changes: readonly PlannedChange[],
): Promise<Stop | undefined> {
  const objects = changes.filter((change) => change.action !== 'skip').map((change) => change.object);
  const webhooks = run.plan.changes
    .filter((change) => isPlanned(change) && change.action !== 'skip')
    .map((change) => change.object)
    .filter((object) => at.step === 'controller' && object.kind === 'ValidatingWebhookConfiguration');
  const waiting = await awaitHealth({
    ...run,
    objects,
    webhooks,
    known: progress.live,
    deadline: at.deadline,
    onWaiting: (list) => {
      run.emit({ type: 'step-waiting', wave: at.wave.number, step: at.step, waiting: list });
    },
  });
  if (waiting.length === 0) {
    return undefined;
  }
  const failed = waiting.some((one) => one.health.status === 'Failed');
  const reason = failed ? 'an object has failed' : `not healthy within ${Math.round(run.waveTimeoutMs / 1000)} s`;
  run.emit({ type: 'wave-stopped', wave: at.wave.number, step: at.step, reason, waiting });
  return { outcome: 'unhealthy', failure: undefined };
}

/** The last gate of MetalLB's wave: what is stored must be in force. */
async function checkMetalLb(
  run: ApplyRun,
  progress: Progress,
  at: { readonly wave: Wave; readonly step: StepName; readonly deadline: number },
  before: readonly ProgramReport[],
): Promise<Stop | undefined> {
  const { wroteAt } = progress;
  const wave = at.wave.number;
  const onWaiting = (waiting: readonly Waiting[]): void => {
    run.emit({ type: 'step-waiting', wave, step: at.step, waiting });
  };
  const verdict = await gateMetalLb(run, before, { wroteAt, deadline: at.deadline, onWaiting });
  const { taken, unknown, services, waiting } = verdict;
  if (waiting.length === 0) {
    run.emit({ type: 'metallb-checked', wave, taken, unknown, services });
    return undefined;
  }
  const reason =
    services === undefined
      ? 'MetalLB has not taken the configuration'
      : `${waiting.length} Services do not hold the address they should`;
  run.emit({ type: 'wave-stopped', wave, step: at.step, reason, waiting });
  return { outcome: 'unhealthy', failure: undefined };
}

async function runWave(run: ApplyRun, progress: Progress, wave: Wave): Promise<Stop | undefined> {
  const steps = wave.steps.map((step) => ({
    step,
    changes: run.plan.changes.filter(isPlanned).filter((change) => change.step === step),
  }));
  const all = steps.flatMap(({ changes }) => changes);
  if (all.length === 0) {
    return undefined;
  }
  const started = run.clock.monotonic();
  const deadline = started + run.waveTimeoutMs;
  run.emit({ type: 'wave-started', wave: wave.number, name: wave.name, objects: all.length });
  const writing = all.filter(isWriting);
  const before = wave.number === metallbWave && writing.length > 0 ? await readBefore(run) : [];
  if (writing.length > 0) {
    const file = begunFile(progress.inventory.file, run.plan.file);
    progress.inventory = withFile(markPending(settle(progress), writing), file);
    await run.keeper.save(progress.inventory);
  }
  for (const { step, changes } of steps) {
    if (changes.length > 0) {
      const stepStarted = run.clock.monotonic();
      run.emit({ type: 'step-started', wave: wave.number, step, objects: changes.length });
      const stop =
        (await transit(run, progress, step)) ??
        (await writeStep(run, progress, step, changes)) ??
        (await gateStep(run, progress, { wave, step, deadline }, changes));
      if (stop !== undefined) {
        return stop;
      }
      const durationMs = run.clock.monotonic() - stepStarted;
      run.emit({ type: 'step-healthy', wave: wave.number, step, durationMs });
    }
  }
  if (wave.number === metallbWave) {
    const step = steps.findLast(({ changes }) => changes.length > 0)?.step ?? wave.steps[0];
    const stop = await checkMetalLb(run, progress, { wave, step, deadline }, before);
    if (stop !== undefined) {
      return stop;
    }
  }
  const durationMs = run.clock.monotonic() - started;
  run.emit({ type: 'wave-healthy', wave: wave.number, name: wave.name, durationMs });
  return undefined;
}

async function runWaves(run: ApplyRun, progress: Progress): Promise<Stop> {
  const unretired = await retireWebhooks(run, progress);
  if (unretired !== undefined) {
    return unretired;
  }
  for (const wave of waves) {
    const stop = await runWave(run, progress, wave);
    if (stop !== undefined) {
      return stop;
    }
  }
  // After the last gate: nothing is taken away before what replaces it is healthy.
  const stop = await pruneLeftovers(pruneRunOf(run, progress));
  return stop ?? { outcome: 'healthy', failure: undefined };
}

/**
 * Applies a plan wave by wave, then deletes what is no longer wanted. The inventory is widened before a wave's first write
 * and confirmed afterwards, whatever the outcome. Failures of the world end the run and are part of the result; only bugs
 * are thrown.
 */
export async function applyPlan(run: ApplyRun): Promise<ApplyResult> {
  const progress: Progress = {
    inventory: run.keeper.inventory,
    confirmed: [],
    applied: 0,
    live: new Map(run.live),
    wroteAt: undefined,
    done: new Set(),
  };
  let stop: Stop;
  try {
    stop = await runWaves(run, progress);
  } catch (error) {
    if (!run.signal.aborted && !isFailure(error)) {
      throw error;
    }
    const outcome = run.signal.aborted ? 'cancelled' : 'failed';
    stop = { outcome, failure: run.signal.aborted ? undefined : noteOf(error) };
  }
  const failure = (await saveOutcome(run, progress, stop.outcome)) ?? stop.failure;
  const outcome = stop.outcome === 'healthy' && failure !== undefined ? 'failed' : stop.outcome;
  return { outcome, applied: progress.applied, failure };
}

/** Records what was confirmed; a run that ended healthy also records its revision. Nothing new costs no request. */
async function saveOutcome(run: ApplyRun, progress: Progress, outcome: RunOutcome): Promise<FailureNote | undefined> {
  const inventory = settle(progress);
  const isHealthy = outcome === 'healthy';
  const revision = isHealthy ? run.plan.revision : inventory.revision;
  const file = isHealthy ? healthyFile(inventory.file, run.plan.file) : inventory.file;
  const { keeper } = run;
  const isSameFile = file?.last.digest === keeper.inventory.file?.last.digest;
  const unchanged = inventory === keeper.inventory && revision === keeper.inventory.revision && isSameFile;
  if (unchanged) {
    return undefined;
  }
  try {
    await keeper.save({ ...withFile(inventory, file), revision });
    return undefined;
  } catch (error) {
    if (!isFailure(error)) {
      throw error;
    }
    return noteOf(error);
  }
}

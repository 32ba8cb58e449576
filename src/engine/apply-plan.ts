import type { AddressPlan } from '../domain/address-plan/address-plan.ts';
import type { MetalLbSettings } from '../domain/environment/environment.ts';
import { isFailure } from '../domain/failure.ts';
import { confirmEntries, markPending, withoutEntries, type ConfirmedWrite } from '../domain/inventory/widen.ts';
import type { Inventory } from '../domain/inventory/inventory.ts';
import type { ProgramReport } from '../domain/health/configuration/evidence.ts';
import type { KubeObject } from '../domain/manifest/kube-object.ts';
import { keyOf, objectKey, type ObjectKey } from '../domain/manifest/object-id.ts';
import { waves, type StepName, type Wave } from '../domain/manifest/waves.ts';
import type { Change, Plan } from '../domain/plan/plan.ts';
import type { FailureNote, RunEvent, RunOutcome, Waiting } from '../domain/report/run-event.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClusterReader, ClusterWriter } from '../ports/cluster.ts';
import type { PodReader } from '../ports/pod-reader.ts';
import { applyChange, type WritingChange } from './apply-change.ts';
import { awaitHealth } from './await-health.ts';
import { noteOf } from './failure-note.ts';
import { gateMetalLb, readBefore } from './gate-metallb.ts';
import { inParallel } from './in-parallel.ts';
import type { InventoryKeeper } from './keep-inventory.ts';
import { pruneLeftovers } from './prune-step.ts';

const writesInFlight = 16;
const metallbWave = 10;

type Emit = (event: DistributiveOmit<RunEvent, 'at'>) => void;
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

export interface ApplyRun {
  readonly reader: ClusterReader & PodReader;
  readonly writer: ClusterWriter;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly emit: Emit;
  readonly plan: Plan;
  readonly metallb: MetalLbSettings;
  /** What the plan says of Services; undefined where they could not be read. */
  readonly addresses: AddressPlan | undefined;
  /** Live objects the plan was made on. */
  readonly live: ReadonlyMap<ObjectKey, KubeObject>;
  readonly keeper: InventoryKeeper;
  readonly waveTimeoutMs: number;
}

export interface ApplyResult {
  readonly outcome: RunOutcome;
  readonly applied: number;
  readonly failure: FailureNote | undefined;
}

/** What the configuration wants, in contrast to what it no longer does. */
type PlannedChange = Extract<Change, { readonly object: KubeObject } | { readonly action: 'skip' }>;

function isPlanned(change: Change): change is PlannedChange {
  return 'object' in change || change.action === 'skip';
}

function isWriting(change: Change): change is WritingChange {
  return change.action === 'create' || change.action === 'update';
}

interface Stop {
  readonly outcome: RunOutcome;
  readonly failure: FailureNote | undefined;
}

/** What a run carries from step to step: the inventory as it was saved, what was confirmed since, and what was written. */
interface Progress {
  inventory: Inventory;
  readonly confirmed: ConfirmedWrite[];
  applied: number;
  readonly live: Map<ObjectKey, KubeObject>;
  /** Monotonic time of the last write. */
  wroteAt: number | undefined;
}

/** What is kept is ours too: an entry that was lost or never confirmed is made good without a write to the object. */
function confirmKept(progress: Progress, change: PlannedChange): void {
  if (change.action === 'keep') {
    const entry = progress.inventory.entries.get(objectKey(change.id));
    const known = entry?.state === 'applied' && entry.hash === change.hash && entry.uid === change.live.uid;
    if (!known) {
      progress.confirmed.push({ change, uid: change.live.uid });
    }
  }
}

/** Moves what was confirmed into the inventory. */
function settle(progress: Progress): Inventory {
  if (progress.confirmed.length > 0) {
    progress.inventory = confirmEntries(progress.inventory, progress.confirmed.splice(0));
  }
  return progress.inventory;
}

async function writeStep(
  run: ApplyRun,
  progress: Progress,
  step: StepName,
  changes: readonly PlannedChange[],
): Promise<Stop | undefined> {
  const failures: FailureNote[] = [];
  await inParallel(changes, writesInFlight, async (change) => {
    if (change.action === 'skip') {
      run.emit({ type: 'object-skipped', step, id: change.id, reason: change.reason });
      return;
    }
    if (!isWriting(change)) {
      confirmKept(progress, change);
      run.emit({ type: 'object-applied', step, id: change.id, result: 'unchanged' });
      return;
    }
    try {
      const planned = run.live.get(objectKey(change.id));
      const onRetry = (failure: Error, attempt: number, delayMs: number): void => {
        run.emit({ type: 'object-retried', step, id: change.id, attempt, delayMs, failure: noteOf(failure) });
      };
      const object = await applyChange(change, planned, { ...run, onRetry });
      progress.applied += 1;
      progress.wroteAt = run.clock.monotonic();
      progress.live.set(keyOf(object), object);
      progress.confirmed.push({ change, uid: object.metadata.uid });
      const result = change.action === 'create' ? 'created' : 'updated';
      run.emit({ type: 'object-applied', step, id: change.id, result });
    } catch (error) {
      if (!isFailure(error)) {
        throw error;
      }
      failures.push(noteOf(error));
      run.emit({ type: 'object-failed', step, id: change.id, failure: noteOf(error) });
    }
  });
  return failures.length === 0 ? undefined : { outcome: 'failed', failure: failures[0] };
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
    progress.inventory = markPending(settle(progress), writing);
    await run.keeper.save(progress.inventory);
  }
  for (const { step, changes } of steps) {
    if (changes.length > 0) {
      const stepStarted = run.clock.monotonic();
      run.emit({ type: 'step-started', wave: wave.number, step, objects: changes.length });
      const stop =
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
  for (const wave of waves) {
    const stop = await runWave(run, progress, wave);
    if (stop !== undefined) {
      return stop;
    }
  }
  return (await prune(run, progress)) ?? { outcome: 'healthy', failure: undefined };
}

/** After the last gate: nothing is taken away before what replaces it is healthy. */
async function prune(run: ApplyRun, progress: Progress): Promise<Stop | undefined> {
  return pruneLeftovers({
    ...run,
    forget: async (gone) => {
      if (gone.size > 0) {
        progress.inventory = withoutEntries(settle(progress), gone);
        await run.keeper.save(progress.inventory);
      }
    },
  });
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
  const revision = outcome === 'healthy' ? run.plan.revision : inventory.revision;
  const unchanged = inventory === run.keeper.inventory && revision === run.keeper.inventory.revision;
  if (unchanged) {
    return undefined;
  }
  try {
    await run.keeper.save({ ...inventory, revision });
    return undefined;
  } catch (error) {
    if (!isFailure(error)) {
      throw error;
    }
    return noteOf(error);
  }
}

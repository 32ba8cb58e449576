import type { AddressPlan } from '../domain/address-plan/address-plan.ts';
import type { Digest } from '../domain/digest.ts';
import type { Environment } from '../domain/environment/environment.ts';
import { isFailure } from '../domain/failure.ts';
import { approvalReasons, approvalRefusal } from '../domain/guard/approval.ts';
import { quarantinedFailure, suspendedFailure } from '../domain/guard/deployable.ts';
import { hasWork } from '../domain/guard/has-work.ts';
import { newestRun, type History } from '../domain/history/history.ts';
import { renderedHash } from '../domain/history/rendered-hash.ts';
import type { Manifest } from '../domain/manifest/manifest.ts';
import { describeObject } from '../domain/manifest/object-id.ts';
import { hashManifests } from '../domain/plan/plan-input.ts';
import type { Change, Plan } from '../domain/plan/plan.ts';
import { addressRulesOf } from '../domain/plan/planned-addresses.ts';
import { transitionAnnotation } from '../domain/identity.ts';
import { pruneScopeOf } from '../domain/prune/prune-scope.ts';
import type { FailureNote, RunEvent } from '../domain/report/run-event.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClusterReader, ClusterWriter } from '../ports/cluster.ts';
import type { Host } from '../ports/host.ts';
import type { PodReader } from '../ports/pod-reader.ts';
import { acquireLock } from './acquire-lock.ts';
import { applyPlan, type ApplyResult } from './apply-plan.ts';
import { noteOf } from './failure-note.ts';
import { keepInventory, readInventory, type StoredInventory } from './keep-inventory.ts';
import { readHistory } from './keep-history.ts';
import { planEnvironment, type PlannedEnvironment } from './plan-environment.ts';
import { recordRun, type RunToRecord } from './record-run.ts';
import type { RunTerms } from './run-terms.ts';

export interface SyncRequest {
  readonly reader: ClusterReader & PodReader;
  readonly writer: ClusterWriter;
  readonly clock: Clock;
  readonly host: Host;
  readonly digest: Digest;
  readonly signal: AbortSignal;
  readonly emit: (event: RunEvent) => void;
  /** As it is for this cluster: where MetalLB is there already, its version and namespace count. */
  readonly environment: Environment;
  readonly revision: string;
  readonly manifests: readonly Manifest[];
  readonly terms: RunTerms;
}

type Emit = Parameters<typeof applyPlan>[0]['emit'];

/** A request with what every part of the run needs of it. */
interface Run extends Omit<SyncRequest, 'emit' | 'environment'> {
  readonly emit: Emit;
  readonly environment: string;
  readonly settings: Environment;
  readonly rendered: string;
}

/** The world as it was read, what is to be done about it, and why it may not be. */
interface Assessment {
  readonly history: History;
  readonly stored: StoredInventory;
  readonly planned: PlannedEnvironment;
  readonly refusal: FailureNote | undefined;
}

function countOf(plan: Plan, action: Change['action']): number {
  return plan.changes.filter((change) => change.action === action).length;
}

/** Fields that others hold are never taken by force: the run names them and ends before its first write. */
function conflictRefusal(plan: Plan): FailureNote | undefined {
  const conflicts = plan.changes.filter((change) => change.action === 'conflict');
  if (conflicts.length === 0) {
    return undefined;
  }
  const lines = conflicts.flatMap((change) =>
    change.conflicts.map(({ field, manager }) => `${describeObject(change.id)} ${field} belongs to ${manager}`),
  );
  const managers = [...new Set(conflicts.flatMap((change) => change.conflicts.map(({ manager }) => manager)))];
  return {
    code: 'field-conflict',
    message: `Other managers hold fields at other values: ${lines.join('; ')}`,
    remedy: `Let ${managers.join(', ')} give up these fields, or set them to the same values in the configuration.`,
  };
}

/** With a check in the cluster that refuses the overlap, addresses can't change their pool without loss. */
function transitionRefusal({ transition }: Plan): FailureNote | undefined {
  if (transition?.refusal === undefined) {
    return undefined;
  }
  const moves = transition.moves.map(({ from, to, ranges }) => `${ranges} from pool ${from} to pool ${to}`).join('; ');
  return {
    code: 'admission-refused',
    message: `Addresses can't change their pool here without loss (${moves}): ${transition.refusal}`,
    remedy: `Let the admission webhook pass pools with the annotation ${transitionAnnotation} (a matchCondition), or switch it off.`,
  };
}

/** What MetalLB refuses as a whole never comes into force: it would go on with what it has, deaf to every later change. */
function configurationRefusal({ addresses }: Plan): FailureNote | undefined {
  if (addresses?.state !== 'predicted' || addresses.plan.refused === undefined) {
    return undefined;
  }
  return {
    code: 'configuration-refused',
    message: `MetalLB would refuse its whole configuration after this change: ${addresses.plan.refused}`,
    remedy:
      'Change the configuration, or what is in its way in the cluster: objects of MetalLB that others have made count too.',
  };
}

function refusalOf(run: Run, plan: Plan): FailureNote | undefined {
  const { approval, command } = run.terms;
  const budget = run.settings.sync.impactBudgetServices;
  const impossible = conflictRefusal(plan) ?? transitionRefusal(plan) ?? configurationRefusal(plan);
  return impossible ?? approvalRefusal(plan, approvalReasons(plan, budget), approval, command);
}

/** Reads the world and decides. Throws where this environment or revision isn't to be deployed at all. */
async function assess(run: Run): Promise<Assessment> {
  const history = await readHistory(run);
  const suspended = run.terms.kind === 'rollback' ? undefined : suspendedFailure(history);
  const stop = suspended ?? quarantinedFailure(history, { revision: run.revision, renderedHash: run.rendered });
  if (stop !== undefined) {
    throw stop;
  }
  const stored = await readInventory(run);
  const { settings } = run;
  const rules = { pruning: pruneScopeOf(settings), addresses: addressRulesOf(settings) };
  const planned = await planEnvironment({ ...run, ...rules, inventory: stored.inventory });
  return { history, stored, planned, refusal: refusalOf(run, planned.plan) };
}

function announce(run: Run, { plan }: PlannedEnvironment): void {
  run.emit({
    type: 'run-started',
    environment: run.environment,
    revision: run.revision,
    ...(run.terms.signer === undefined ? {} : { signer: run.terms.signer }),
    planHash: plan.hash,
    toCreate: countOf(plan, 'create'),
    toUpdate: countOf(plan, 'update'),
    unchanged: countOf(plan, 'keep'),
  });
}

/** Another run may have been at work between reading and taking the lock: then everything is read and decided anew. */
async function reassess(run: Run, before: Assessment): Promise<Assessment> {
  const [was, is] = [newestRun(before.history), newestRun(await readHistory(run))];
  if (was?.outcome !== 'running' && was?.id === is?.id && was?.outcome === is?.outcome) {
    return before;
  }
  const now = await assess(run);
  if (now.planned.plan.hash !== before.planned.plan.hash) {
    announce(run, now.planned);
  }
  return now;
}

function applyOf(run: Run, { planned, stored }: Assessment): Parameters<typeof applyPlan>[0] {
  const { settings } = run;
  return {
    ...run,
    ...planned,
    metallb: settings.metallb,
    addresses: predicted(planned.plan),
    keeper: keepInventory(run, run.writer, stored),
    waveTimeoutMs: settings.sync.waveTimeoutMs,
  };
}

function predicted({ addresses }: Plan): AddressPlan | undefined {
  return addresses?.state === 'predicted' ? addresses.plan : undefined;
}

function refused(failure: FailureNote): ApplyResult {
  return { outcome: 'refused', applied: 0, failure };
}

async function runLocked(run: Run, before: Assessment): Promise<ApplyResult> {
  const { terms } = run;
  const world = { ...run, timing: terms.lock, waitMs: terms.lockWaitMs, onWaiting: terms.onLocked };
  const lock = await acquireLock(world);
  try {
    const now = await reassess(run, before);
    if (now.refusal !== undefined) {
      return refused(now.refusal);
    }
    const record: RunToRecord = { ...run, planHash: now.planned.plan.hash, addresses: predicted(now.planned.plan) };
    return await recordRun(record, lock, (fenced) => applyPlan(applyOf({ ...run, ...fenced }, now)));
  } finally {
    await lock.release();
  }
}

async function carryOut(run: Run, assessment: Assessment): Promise<ApplyResult> {
  const { refusal, planned, stored, history } = assessment;
  if (refusal !== undefined) {
    return refused(refusal);
  }
  if (!hasWork(planned.plan, stored.inventory, history)) {
    return applyPlan(applyOf(run, assessment));
  }
  try {
    return await runLocked(run, assessment);
  } catch (error) {
    if (run.signal.aborted) {
      return { outcome: 'cancelled', applied: 0, failure: undefined };
    }
    if (!isFailure(error)) {
      throw error;
    }
    const stopped = isFailure(error, 'lock-held', 'suspended', 'quarantined');
    return stopped ? refused(noteOf(error)) : { outcome: 'failed', applied: 0, failure: noteOf(error) };
  }
}

/**
 * One sync, from reading the world to its end: plan, guards, lock, waves. Everything that happens is an event; the result
 * is what the last event says. Failures while reading, before any write, are thrown.
 */
export async function syncEnvironment(request: SyncRequest): Promise<ApplyResult> {
  const { clock, digest, environment, manifests } = request;
  const started = clock.monotonic();
  const run: Run = {
    ...request,
    environment: environment.name,
    settings: environment,
    rendered: renderedHash(hashManifests(manifests, digest), digest),
    emit: (event) => {
      request.emit({ at: clock.now(), ...event });
    },
  };
  const assessment = await assess(run);
  announce(run, assessment.planned);
  const result = await carryOut(run, assessment);
  run.emit({ type: 'run-finished', ...result, durationMs: clock.monotonic() - started });
  return result;
}

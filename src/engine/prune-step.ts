import { Failure, isFailure } from '../domain/failure.ts';
import { listAt, textAt, type Json } from '../domain/json.ts';
import { asJson, type KubeObject } from '../domain/manifest/kube-object.ts';
import { describeObject, objectIdOf, objectKey, type ObjectKey } from '../domain/manifest/object-id.ts';
import { difference } from '../domain/plan/difference.ts';
import type { Change, Plan } from '../domain/plan/plan.ts';
import { objectRails } from '../domain/prune/prune-rails.ts';
import { pruneRank, stepOfObject } from '../domain/prune/step-of-object.ts';
import type { FailureNote, RunEvent, RunOutcome, Waiting } from '../domain/report/run-event.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClusterReader, ClusterWriter } from '../ports/cluster.ts';
import { noteOf } from './failure-note.ts';
import { inParallel } from './in-parallel.ts';
import { readUses } from './read-uses.ts';
import { withRetry } from './with-retry.ts';

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

export interface PruneRun {
  readonly reader: ClusterReader;
  readonly writer: ClusterWriter;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly emit: (event: DistributiveOmit<RunEvent, 'at'>) => void;
  readonly plan: Plan;
  /** Live objects the plan was made on. */
  readonly live: ReadonlyMap<ObjectKey, KubeObject>;
  /** How long the deleted objects of one step may take until they are gone. */
  readonly waveTimeoutMs: number;
  /** Saves the inventory without these entries. */
  readonly forget: (gone: ReadonlySet<ObjectKey>) => Promise<void>;
}

type Deletion = Extract<Change, { readonly action: 'delete' }>;

const requestsInFlight = 16;
const firstPollMs = 100;
const slowestPollMs = 2_000;
/** Controllers write status all the time, so a fence may be passed by several of their writes before ours gets in. */
const fencesTried = 10;

/** How a prune ended otherwise than with everything gone. */
export interface PruneStop {
  readonly outcome: RunOutcome;
  readonly failure: FailureNote;
}

/** Deletions that may go at the same time, in the order in which the groups go. */
function groupsOf(plan: Plan): readonly (readonly Deletion[])[] {
  const groups = new Map<number, Deletion[]>();
  for (const change of plan.changes) {
    if (change.action === 'delete') {
      const rank = pruneRank(change.id);
      groups.set(rank, [...(groups.get(rank) ?? []), change]);
    }
  }
  return [...groups].toSorted(([left], [right]) => left - right).map(([, group]) => group);
}

async function read(run: PruneRun, change: Deletion): Promise<KubeObject | undefined> {
  const now = await withRetry(() => run.reader.get(change.apiVersion, change.id, run.signal), run);
  return now?.metadata.uid === change.live.uid ? now : undefined;
}

/**
 * Deletes exactly the object that was planned for, by uid and resourceVersion. Where it has moved since, the deletion goes
 * on only if nothing but status has; another object under its name means that it is gone.
 */
async function deleteOne(run: PruneRun, change: Deletion): Promise<void> {
  let base = run.live.get(objectKey(change.id));
  for (let tried = 1; base !== undefined && base.metadata.deletionTimestamp === undefined; tried += 1) {
    const fence = { uid: change.live.uid, resourceVersion: base.metadata.resourceVersion ?? '' };
    try {
      await withRetry(() => run.writer.delete(change.apiVersion, change.id, fence, run.signal), run);
      return;
    } catch (error) {
      if (!isFailure(error, 'object-changed') || tried >= fencesTried) {
        throw error;
      }
      const now = await read(run, change);
      if (now === undefined) {
        return;
      }
      if (difference(base, now).length > 0) {
        throw new Failure({
          code: 'object-changed',
          retry: 'later',
          message: `${describeObject(change.id)} was changed by someone else after the plan was made, so it is not deleted`,
          remedy: 'Run the sync again: it plans anew on what is there now.',
          cause: error,
        });
      }
      base = now;
    }
  }
}

/** What keeps an object that is being deleted: the finalizers on it, and for a namespace what its conditions say. */
function holdUp(live: KubeObject): Pick<Waiting, 'health' | 'evidence'> {
  const root: Json = asJson(live);
  const names = [...listAt(root, 'metadata', 'finalizers'), ...listAt(root, 'spec', 'finalizers')];
  const finalizers = names.filter((name) => typeof name === 'string');
  const held = finalizers.length === 0 ? 'is still there' : `waits for its finalizers: ${finalizers.join(', ')}`;
  const evidence = listAt(root, 'status', 'conditions')
    .filter((condition) => textAt(condition, 'status') === 'True')
    .flatMap((condition) => textAt(condition, 'message') ?? []);
  return { health: { status: 'Terminating', message: `deleted, ${held}` }, evidence };
}

/** Waits until the objects are gone. Gives those that are not when time is up. */
async function awaitGone(run: PruneRun, deleted: readonly Deletion[], deadline: number): Promise<readonly Waiting[]> {
  const since = run.clock.now();
  let there = deleted;
  for (let pollMs = firstPollMs; ; pollMs = Math.min(pollMs * 1.5, slowestPollMs)) {
    const lives = await inParallel(there, requestsInFlight, async (change) => ({
      change,
      live: await read(run, change),
    }));
    const left = lives.flatMap(({ change, live }) => (live === undefined ? [] : [{ change, live }]));
    const waiting = left.map(({ live }): Waiting => ({ id: objectIdOf(live), since, ...holdUp(live) }));
    if (left.length === 0 || run.clock.monotonic() >= deadline) {
      return waiting;
    }
    there = left.map(({ change }) => change);
    run.emit({ type: 'prune-waiting', waiting });
    await run.clock.sleep(pollMs, run.signal);
  }
}

/** A use that has begun since the plan was made asks for an approval of its own. */
async function refuseNewUse(run: PruneRun, group: readonly Deletion[]): Promise<void> {
  const deleted = group.map(({ id }) => id);
  const rendered = run.plan.changes.flatMap((change) => ('object' in change ? [change.object] : []));
  const uses = await readUses(run, deleted, run.live);
  const approved = new Set(
    run.plan.rails.flatMap(({ code, id }) => (id === undefined ? [] : [`${code} ${objectKey(id)}`])),
  );
  const handed = run.plan.transition?.handed;
  const rail = objectRails(deleted, {
    live: run.live,
    rendered,
    uses,
    ...(handed === undefined ? {} : { handed }),
  }).find(({ code, id }) => id !== undefined && !approved.has(`${code} ${objectKey(id)}`));
  if (rail !== undefined) {
    const message = `Since the plan was made: ${rail.reason}`;
    throw new Failure({ code: 'approval-needed', retry: 'later', message, remedy: 'Plan again and look at it anew.' });
  }
}

function stillThere(waiting: readonly Waiting[]): PruneStop {
  const names = waiting.map(({ id, health }) => `${describeObject(id)} (${health.message})`).join('; ');
  return {
    outcome: 'unhealthy',
    failure: {
      code: 'prune-timeout',
      message: `Not gone in time: ${names}`,
      remedy: 'Find out who removes these finalizers and why it does not; running the sync again goes on waiting.',
    },
  };
}

/** Deletes objects that may go at the same time, waits until they are gone, and forgets them. */
export async function pruneGroup(run: PruneRun, group: readonly Deletion[]): Promise<PruneStop | undefined> {
  await refuseNewUse(run, group);
  const deadline = run.clock.monotonic() + run.waveTimeoutMs;
  const failed = new Map<Deletion, FailureNote>();
  await inParallel(group, requestsInFlight, async (change) => {
    try {
      await deleteOne(run, change);
    } catch (error) {
      if (!isFailure(error)) {
        throw error;
      }
      failed.set(change, noteOf(error));
      run.emit({ type: 'object-failed', step: change.step, id: change.id, failure: noteOf(error) });
    }
  });
  const waiting = await awaitGone(
    run,
    group.filter((change) => !failed.has(change)),
    deadline,
  );
  const left = new Set<ObjectKey>(waiting.map(({ id }) => objectKey(id)));
  const gone = group.filter((change) => !failed.has(change) && !left.has(objectKey(change.id)));
  await run.forget(new Set(gone.map(({ id }) => objectKey(id))));
  for (const { id, step } of gone) {
    run.emit({ type: 'object-pruned', step, id, result: 'deleted' });
  }
  const [failure] = failed.values();
  if (failure !== undefined) {
    return { outcome: 'failed', failure };
  }
  return waiting.length === 0 ? undefined : stillThere(waiting);
}

/** Entries whose object is gone or not ours: each is looked at once more, because the plan may be minutes old. */
async function letGo(run: PruneRun): Promise<void> {
  const released = run.plan.changes.filter((change) => change.action === 'release');
  const forgotten = run.plan.changes.filter((change) => change.action === 'forget');
  const gone = new Set<ObjectKey>(released.map(({ id }) => objectKey(id)));
  await inParallel(forgotten, requestsInFlight, async ({ apiVersion, id }) => {
    const now = await withRetry(() => run.reader.get(apiVersion, id, run.signal), run);
    if (now?.metadata.uid === run.live.get(objectKey(id))?.metadata.uid) {
      gone.add(objectKey(id));
    }
  });
  await run.forget(gone);
  for (const { id } of released) {
    run.emit({ type: 'object-pruned', step: stepOfObject(id), id, result: 'released' });
  }
}

/**
 * Deletes what a plan says, the steps in reverse, each when the one before it is gone; only after every wave is healthy.
 * An entry leaves the inventory once its object is known to be gone, so a run that breaks off anywhere forgets nothing.
 * Gives why it stopped, or nothing where all is done.
 */
export async function pruneLeftovers(run: PruneRun): Promise<PruneStop | undefined> {
  const groups = groupsOf(run.plan);
  const objects = groups.flat().length + run.plan.changes.filter(({ action }) => action === 'release').length;
  const started = run.clock.monotonic();
  if (objects > 0) {
    run.emit({ type: 'prune-started', objects });
  }
  for (const group of groups) {
    const stop = await pruneGroup(run, group);
    if (stop !== undefined) {
      return stop;
    }
  }
  await letGo(run);
  if (objects > 0) {
    run.emit({ type: 'prune-finished', objects, durationMs: run.clock.monotonic() - started });
  }
  return undefined;
}

import { isFailure } from '../domain/failure.ts';
import { objectIdOf, objectKey, type ObjectKey } from '../domain/manifest/object-id.ts';
import type { StepName } from '../domain/manifest/waves.ts';
import type { Change } from '../domain/plan/plan.ts';
import type { Transition } from '../domain/transition/transition.ts';
import { withTransitionMark } from '../domain/transition/transition-mark.ts';
import type { WritingChange } from './apply-change.ts';
import { noteOf } from './failure-note.ts';
import { inParallel } from './in-parallel.ts';
import { pruneGroup, type PruneRun } from './prune-step.ts';
import { forgetGone, isWriting, type ApplyRun, type Progress, type Stop } from './run-progress.ts';
import { writeChange, writeObject } from './write-step.ts';

const transitionStep: StepName = 'pools';
const writesInFlight = 16;
/** MetalLB's webhook judges by a cache of the pools: for a moment it refuses what the last write has made good. */
const webhookLagMs = 10_000;
const webhookPollMs = 250;

/** A prune on behalf of a run: what is gone leaves the run's inventory, and what a transition has deleted is done. */
export function pruneRunOf(run: ApplyRun, progress: Progress): PruneRun {
  const changes = run.plan.changes.filter(({ action, id }) => action !== 'delete' || !progress.done.has(objectKey(id)));
  return {
    ...run,
    plan: { ...run.plan, changes },
    forget: async (gone) => forgetGone(run, progress, gone),
  };
}

/** Everything that speaks for the new pools, before there is anything to lose: new advertisements and the widened ones. */
async function widen(run: ApplyRun, progress: Progress, transition: Transition): Promise<void> {
  const wide = new Map(transition.widened.map((object) => [objectKey(objectIdOf(object)), object]));
  const changes = run.plan.changes.filter(isWriting).filter(({ step }) => step === 'advertisements');
  await inParallel(changes, writesInFlight, async (change) => {
    const object = wide.get(objectKey(change.id));
    if (object !== undefined) {
      await writeObject(run, progress, transitionStep, { ...change, object });
    } else if (change.action === 'create') {
      await writeChange(run, progress, 'advertisements', change);
      progress.done.add(objectKey(change.id));
    }
  });
}

/** Pools that take addresses carry the mark until those who gave them are written. */
function takersOf(transition: Transition): ReadonlySet<string> {
  return new Set(transition.moves.map(({ to }) => to));
}

/** Writes a pool as planned, as soon as the webhook has seen the pools as they stand. */
async function writeUnmarked(run: ApplyRun, progress: Progress, change: WritingChange): Promise<void> {
  const deadline = run.clock.monotonic() + webhookLagMs;
  for (;;) {
    try {
      await writeChange(run, progress, transitionStep, change);
      return;
    } catch (error) {
      if (!isFailure(error, 'admission-refused') || run.clock.monotonic() >= deadline) {
        throw error;
      }
      await run.clock.sleep(webhookPollMs, run.signal);
    }
  }
}

async function writePool(run: ApplyRun, progress: Progress, change: WritingChange, marked: boolean): Promise<void> {
  if (!marked) {
    await writeUnmarked(run, progress, change);
    return;
  }
  await writeObject(run, progress, transitionStep, { ...change, object: withTransitionMark(change.object) });
}

async function writePools(run: ApplyRun, progress: Progress, transition: Transition): Promise<Stop | undefined> {
  const changes = new Map<ObjectKey, Change>(run.plan.changes.map((change) => [objectKey(change.id), change]));
  const takers = takersOf(transition);
  const marked: WritingChange[] = [];
  for (const key of transition.order) {
    const change = changes.get(key);
    if (change?.action === 'delete') {
      const stop = await pruneGroup(pruneRunOf(run, progress), [change]);
      if (stop !== undefined) {
        return stop;
      }
      progress.wroteAt = run.clock.monotonic();
    } else if (change !== undefined && isWriting(change)) {
      const mark = run.metallb.controller.webhook && takers.has(change.id.name);
      await writePool(run, progress, change, mark);
      if (mark) {
        marked.push(change);
      }
    }
    progress.done.add(key);
  }
  for (const change of marked) {
    await writeUnmarked(run, progress, change);
  }
  return undefined;
}

/**
 * Lets addresses change their pool without any Service losing one: advertisements are widened, then pools are written one
 * after the other, who takes before who gives; what is replaced goes at once, since the configuration is valid only then.
 * It may break off anywhere: what is left is recognised and finished by the next run. Does nothing in other steps.
 */
export async function transit(run: ApplyRun, progress: Progress, step: StepName): Promise<Stop | undefined> {
  const { transition } = run.plan;
  if (transition === undefined || step !== transitionStep) {
    return undefined;
  }
  run.emit({ type: 'transition-started', moves: transition.moves });
  try {
    await widen(run, progress, transition);
    const stop = await writePools(run, progress, transition);
    if (stop === undefined) {
      run.emit({ type: 'transition-finished', moves: transition.moves });
    }
    return stop;
  } catch (error) {
    if (!isFailure(error)) {
      throw error;
    }
    return { outcome: 'failed', failure: noteOf(error) };
  }
}

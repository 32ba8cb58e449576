import { isFailure } from '../domain/failure.ts';
import type { KubeObject } from '../domain/manifest/kube-object.ts';
import { keyOf, objectKey } from '../domain/manifest/object-id.ts';
import type { StepName } from '../domain/manifest/waves.ts';
import type { FailureNote } from '../domain/report/run-event.ts';
import type { WritingChange } from './apply-change.ts';
import { noteOf } from './failure-note.ts';
import { inParallel } from './in-parallel.ts';
import { applyInOrder } from './roll-out-first.ts';
import { confirmKept, isWriting, type ApplyRun, type PlannedChange, type Progress, type Stop } from './run-progress.ts';

const writesInFlight = 16;

/** Applies one change on top of what the run last saw of the object. Gives the object as it now stands. */
export async function writeObject(
  run: ApplyRun,
  progress: Progress,
  step: StepName,
  change: WritingChange,
): Promise<KubeObject> {
  const onRetry = (failure: Error, attempt: number, delayMs: number): void => {
    run.emit({ type: 'object-retried', step, id: change.id, attempt, delayMs, failure: noteOf(failure) });
  };
  const object = await applyInOrder(change, progress.live.get(objectKey(change.id)), { ...run, onRetry });
  progress.applied += 1;
  progress.wroteAt = run.clock.monotonic();
  progress.live.set(keyOf(object), object);
  return object;
}

/** Applies one change as planned, and says so. */
export async function writeChange(
  run: ApplyRun,
  progress: Progress,
  step: StepName,
  change: WritingChange,
): Promise<void> {
  const object = await writeObject(run, progress, step, change);
  progress.confirmed.push({ change, uid: object.metadata.uid });
  const result = change.action === 'create' ? 'created' : 'updated';
  run.emit({ type: 'object-applied', step, id: change.id, result });
}

/** All changes of a step, as many at a time as the server likes; one that fails does not keep the others. */
export async function writeStep(
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
    if (progress.done.has(objectKey(change.id))) {
      return;
    }
    try {
      await writeChange(run, progress, step, change);
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

import { Failure, isFailure } from '../domain/failure.ts';
import type { KubeObject } from '../domain/manifest/kube-object.ts';
import { describeObject } from '../domain/manifest/object-id.ts';
import { difference } from '../domain/plan/difference.ts';
import type { Change } from '../domain/plan/plan.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClusterReader, ClusterWriter } from '../ports/cluster.ts';
import { withRetry } from './with-retry.ts';

export type WritingChange = Extract<Change, { readonly action: 'create' | 'update' }>;

export interface ChangeWriter {
  readonly reader: ClusterReader;
  readonly writer: ClusterWriter;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onRetry: (failure: Failure, attempt: number, delayMs: number) => void;
}

/** Controllers write status all the time, so a fence may be passed by several of their writes before ours gets in. */
const fencesTried = 10;

function changedMeanwhile(change: WritingChange, cause: unknown): Failure {
  return new Failure({
    code: 'object-changed',
    retry: 'later',
    message: `${describeObject(change.id)} was changed by someone else after the plan was made`,
    remedy: 'Run the sync again: it plans anew on what is there now.',
    cause,
  });
}

/**
 * Applies one change. An update is fenced by uid and resourceVersion: it lands only on the very object that was planned
 * against. Where the resourceVersion has moved, the write goes on only if nothing but status has changed since, or if the
 * object already is as wanted (an answer of ours was lost on the way).
 */
export async function applyChange(
  change: WritingChange,
  planned: KubeObject | undefined,
  world: ChangeWriter,
): Promise<KubeObject> {
  let base = planned;
  for (let tried = 1; ; tried += 1) {
    const fence =
      base?.metadata.uid === undefined || base.metadata.resourceVersion === undefined
        ? {}
        : { uid: base.metadata.uid, resourceVersion: base.metadata.resourceVersion };
    try {
      return await withRetry(() => world.writer.apply(change.object, fence, world.signal), world);
    } catch (error) {
      if (!isFailure(error, 'object-changed') || base === undefined || tried >= fencesTried) {
        throw error;
      }
      const now = await withRetry(() => world.reader.get(change.object.apiVersion, change.id, world.signal), world);
      if (now === undefined || now.metadata.uid !== base.metadata.uid) {
        throw changedMeanwhile(change, error);
      }
      if (difference(base, now).length > 0 && !(await isAsWanted(change, now, world))) {
        throw changedMeanwhile(change, error);
      }
      base = now;
    }
  }
}

/** True where an apply would change nothing: our own write has landed though its answer was lost. */
async function isAsWanted(change: WritingChange, now: KubeObject, world: ChangeWriter): Promise<boolean> {
  const outcome = await withRetry(() => world.reader.dryRunApply(change.object, {}, world.signal), world);
  return difference(now, outcome).length === 0;
}

import { isFailure } from '../domain/failure.ts';
import { jsonEqual, valueAt } from '../domain/json.ts';
import { asJson, type KubeObject } from '../domain/manifest/kube-object.ts';
import { objectIdOf } from '../domain/manifest/object-id.ts';
import type { Clock } from '../ports/clock.ts';
import type { ApplyOptions, ClusterReader, ClusterWriter } from '../ports/cluster.ts';
import { type RetryPolicy, withRetry } from './with-retry.ts';

export interface SwapWorld {
  readonly reader: ClusterReader;
  readonly writer: ClusterWriter;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly policy?: RetryPolicy;
}

/**
 * No object ever has it: etcd's first write has revision 2. A server-side apply that carries it makes an object that is
 * absent, and answers 409 for one that is there.
 */
export const absentVersion = '1';

function fenceFor(before: KubeObject | undefined): ApplyOptions {
  if (before === undefined) {
    return { resourceVersion: absentVersion };
  }
  const { uid, resourceVersion } = before.metadata;
  if (uid === undefined || resourceVersion === undefined) {
    throw new Error('bug: an object that was read has no uid or resourceVersion');
  }
  return { uid, resourceVersion };
}

function sameContent(left: KubeObject, right: KubeObject): boolean {
  return ['spec', 'data'].every((field) => jsonEqual(valueAt(asJson(left), field), valueAt(asJson(right), field)));
}

/**
 * Writes an object in the place of the one that was read, or where none was there. Gives what stands then, or undefined
 * where somebody else was faster. A write whose answer was lost is recognised by its content.
 */
export async function compareAndSwap(
  world: SwapWorld,
  before: KubeObject | undefined,
  wanted: KubeObject,
): Promise<KubeObject | undefined> {
  try {
    return await withRetry(() => world.writer.apply(wanted, fenceFor(before), world.signal), world);
  } catch (error) {
    if (!isFailure(error, 'object-changed', 'object-conflict')) {
      throw error;
    }
    const id = objectIdOf(wanted);
    const now = await withRetry(() => world.reader.get(wanted.apiVersion, id, world.signal), world);
    return now !== undefined && sameContent(now, wanted) ? now : undefined;
  }
}

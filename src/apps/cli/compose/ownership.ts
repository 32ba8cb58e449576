import { systemClock } from '../../../adapters/system/clock.ts';
import { systemHost } from '../../../adapters/system/host.ts';
import { defaultLeaseMs, lockTiming } from '../../../domain/lock/lock-timing.ts';
import { describeHolder } from '../../../domain/lock/lease.ts';
import { describeObject } from '../../../domain/manifest/object-id.ts';
import type { OwnershipResult } from '../../../engine/adopt-environment.ts';
import { type LockedWorld, underLock } from '../../../engine/under-lock.ts';
import type { ClusterReader, ClusterWriter } from '../../../ports/cluster.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';
import type { VerbContext } from '../verb.ts';

/** Says what went wrong object by object; its code is the verb's. */
export function tellFailures(context: VerbContext, { failures }: OwnershipResult): ExitCode {
  for (const { id, failure } of failures) {
    const help = failure.remedy === undefined ? '' : `\n  help: ${failure.remedy}`;
    context.err(`${describeObject(id)}: ${failure.message}${help}\n`);
  }
  return failures.length > 0 ? exitCode.failed : exitCode.good;
}

/** Changes who owns an environment's objects while no sync of it runs. */
export function whileNobodySyncs<T>(
  context: VerbContext,
  environment: string,
  cluster: ClusterReader & ClusterWriter,
  work: (world: LockedWorld) => Promise<T>,
): Promise<T> {
  const lock = { environment, timing: lockTiming(defaultLeaseMs), waitMs: 0, signal: context.signal };
  const world = { reader: cluster, writer: cluster, clock: systemClock, host: systemHost };
  const onWaiting: Parameters<typeof underLock>[0]['onWaiting'] = (holder) => {
    context.err(`Waiting for ${describeHolder(holder)} to let go of the lock of ${environment}.\n`);
  };
  return underLock({ ...world, ...lock, onWaiting }, work);
}

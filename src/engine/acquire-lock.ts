import { Failure } from '../domain/failure.ts';
import { describeHolder, leaseApiVersion, leaseIdOf, type LockHolder } from '../domain/lock/lease.ts';
import { syncLease } from '../domain/lock/sync-lease.ts';
import type { KubeObject } from '../domain/manifest/kube-object.ts';
import { HeldLock, type LockWorld } from './held-lock.ts';
import { LeaseWatch, type Sighting } from './lease/lease-watch.ts';
import { takeLease } from './lease/tenure.ts';
import { ensureStateNamespace } from './state-namespace.ts';
import { withRetry } from './with-retry.ts';

export interface LockRequest extends LockWorld {
  readonly signal: AbortSignal;
  /** How long to wait for another holder to finish; 0: only as long as it takes to tell whether it is at work. */
  readonly waitMs: number;
  /** Called when a wait begins and whenever the holder changes. */
  readonly onWaiting: (holder: LockHolder) => void;
}

const slowestPollMs = 1_000;
/** Without `waitMs` nobody waits longer than this for a lease that says it runs for hours. */
const longestWatchMs = 120_000;

function mayTake({ host }: LockRequest, { holder, isOver }: Sighting): boolean {
  return holder === undefined || isOver || (holder.process !== undefined && host.isGone(holder.process));
}

function heldBy(environment: string, holder: LockHolder): Failure {
  return new Failure({
    code: 'lock-held',
    retry: 'later',
    message: `${environment} is locked by ${describeHolder(holder)}`,
    remedy: 'Wait until that run has ended, or run again with --wait.',
  });
}

async function take(request: LockRequest, lease: KubeObject | undefined): Promise<HeldLock | undefined> {
  const { host, environment, timing, signal } = request;
  const identity = `${host.by} process ${host.processId} ${host.randomId()}`;
  const claimant = { identity, leaseMs: timing.leaseMs, process: host.process };
  const taken = await takeLease({ ...request, lease: syncLease(environment) }, lease, claimant, { signal });
  return taken && new HeldLock(request, taken);
}

/** Throws `lock-held` once there is no more point, or no more time, in waiting. */
function checkPatience(request: LockRequest, { holder, isAtWork }: Sighting, started: number): void {
  const waited = request.clock.monotonic() - started;
  const enough = request.waitMs > 0 ? waited >= request.waitMs : isAtWork || waited >= longestWatchMs;
  if (holder !== undefined && enough) {
    throw heldBy(request.environment, holder);
  }
}

/**
 * Takes the lock of an environment. A lock that is held is watched: a holder that renews it is at work (`lock-held`, or
 * waited for); one that doesn't for the length of its lease, by the clock of this machine, or whose process is known to be
 * gone, is taken over.
 */
export async function acquireLock(request: LockRequest): Promise<HeldLock> {
  const { reader, clock, signal, environment, timing } = request;
  await ensureStateNamespace(request, request.writer);
  const started = clock.monotonic();
  const watch = new LeaseWatch(clock);
  for (;;) {
    const id = leaseIdOf(syncLease(environment));
    const lease = await withRetry(() => reader.get(leaseApiVersion, id, signal), request);
    const seen = watch.see(lease);
    if (seen.holder !== undefined && seen.isOther) {
      request.onWaiting(seen.holder);
    }
    const lock = mayTake(request, seen) ? await take(request, lease) : undefined;
    if (lock !== undefined) {
      return lock;
    }
    checkPatience(request, seen, started);
    await clock.sleep(Math.min(slowestPollMs, timing.renewEveryMs / 2), signal);
  }
}

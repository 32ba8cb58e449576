import { Failure } from '../domain/failure.ts';
import {
  describeHolder,
  leaseApiVersion,
  leaseId,
  leaseObject,
  type LeaseState,
  type LockHolder,
  readLease,
} from '../domain/lock/sync-lease.ts';
import type { KubeObject } from '../domain/manifest/kube-object.ts';
import { compareAndSwap } from './compare-and-swap.ts';
import { HeldLock, type LockWorld } from './held-lock.ts';
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

/** What is known of a holder by watching: its Lease as last seen, and since when it is unchanged. */
interface Watched {
  readonly identity: string;
  readonly version: string | undefined;
  readonly since: number;
}

function mayTake(request: LockRequest, holder: LockHolder, watched: Watched): boolean {
  // The holder's own wall clock says nothing here: only time that passed under our eyes counts.
  const expired = request.clock.monotonic() - watched.since >= holder.leaseMs;
  return expired || (holder.process !== undefined && request.host.isGone(holder.process));
}

function heldBy(environment: string, holder: LockHolder): Failure {
  return new Failure({
    code: 'lock-held',
    retry: 'later',
    message: `${environment} is locked by ${describeHolder(holder)}`,
    remedy: 'Wait until that run has ended, or run again with --wait.',
  });
}

async function take(
  request: LockRequest,
  lease: KubeObject | undefined,
  state: LeaseState | undefined,
): Promise<HeldLock | undefined> {
  const { clock, host, environment, timing } = request;
  const sent = { wall: clock.now(), monotonic: clock.monotonic() };
  const holder: LockHolder = {
    identity: `${host.by} process ${host.processId} ${host.randomId()}`,
    since: sent.wall,
    renewed: sent.wall,
    leaseMs: timing.leaseMs,
    process: host.process,
  };
  const wanted = leaseObject(environment, { holder, transitions: (state?.transitions ?? 0) + 1 });
  const taken = await compareAndSwap(request, lease, wanted);
  return taken === undefined ? undefined : new HeldLock(request, taken, sent);
}

/** Undefined: look again after a pause. */
async function tryOnce(
  request: LockRequest,
  lease: KubeObject | undefined,
  watched: Watched | undefined,
): Promise<HeldLock | undefined> {
  const state = lease && readLease(lease);
  const holder = state?.holder;
  if (holder === undefined || (watched !== undefined && mayTake(request, holder, watched))) {
    return take(request, lease, state);
  }
  return undefined;
}

function watch(request: LockRequest, lease: KubeObject | undefined, before: Watched | undefined): Watched | undefined {
  const holder = lease && readLease(lease).holder;
  if (lease === undefined || holder === undefined) {
    return undefined;
  }
  const version = `${lease.metadata.uid ?? ''} ${lease.metadata.resourceVersion ?? ''}`;
  if (before?.version === version) {
    return before;
  }
  if (before?.identity !== holder.identity) {
    request.onWaiting(holder);
  }
  return { identity: holder.identity, version, since: request.clock.monotonic() };
}

/** Throws `lock-held` once there is no more point, or no more time, in waiting. */
function checkPatience(request: LockRequest, lease: KubeObject, started: number, isAtWork: boolean): void {
  const holder = readLease(lease).holder;
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
  let watched: Watched | undefined;
  for (;;) {
    const lease = await withRetry(() => reader.get(leaseApiVersion, leaseId(environment), signal), request);
    const before = watched;
    watched = watch(request, lease, before);
    const lock = await tryOnce(request, lease, watched);
    if (lock !== undefined) {
      return lock;
    }
    if (lease !== undefined && watched !== undefined) {
      const isAtWork = before !== undefined && before.version !== watched.version;
      checkPatience(request, lease, started, isAtWork);
    }
    await clock.sleep(Math.min(slowestPollMs, timing.renewEveryMs / 2), signal);
  }
}

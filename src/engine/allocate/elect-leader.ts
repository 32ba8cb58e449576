import { controllerLease, controllerLeaseId } from '../../domain/election/controller-lease.ts';
import { type Failure, isFailure } from '../../domain/failure.ts';
import { leaseApiVersion, type LeaseState, type LockHolder, readLease } from '../../domain/lock/sync-lease.ts';
import type { KubeObject } from '../../domain/manifest/kube-object.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ClusterReader, ClusterWriter } from '../../ports/cluster.ts';
import { compareAndSwap } from '../compare-and-swap.ts';

/** How long leading lasts without a renewal, and how often it is renewed and asked for. */
export interface ElectionTiming {
  readonly leaseMs: number;
  /** Without a renewal for that long the leader stops by itself: well before others may take over. */
  readonly resignMs: number;
  readonly everyMs: number;
}

export const defaultElection: ElectionTiming = { leaseMs: 15_000, resignMs: 10_000, everyMs: 2_000 };

export interface Election {
  readonly reader: ClusterReader;
  readonly writer: ClusterWriter;
  readonly clock: Clock;
  readonly namespace: string;
  /** Unique for each process. */
  readonly identity: string;
  readonly timing: ElectionTiming;
  /** Works as the leader until the signal is aborted. */
  readonly lead: (signal: AbortSignal) => Promise<void>;
  readonly onTrouble: (failure: Failure) => void;
  readonly onLeading: (isLeading: boolean) => void;
}

/** A Lease as last seen, and since when it is unchanged by our own clock. */
interface Watched {
  readonly version: string;
  readonly since: number;
}

/**
 * Leads whenever it can, until the signal is aborted; then gives the Lease back, so that another takes over at once. Nothing
 * rests on this for safety: claims keep two leaders from giving an address twice. It keeps them from working against each
 * other.
 */
export async function electLeader(election: Election, signal: AbortSignal): Promise<void> {
  let watched: Watched | undefined;
  while (!signal.aborted) {
    try {
      const lease = await election.reader.get(leaseApiVersion, controllerLeaseId(election.namespace), signal);
      watched = watch(election, lease, watched);
      if (mayTake(election, lease, watched)) {
        await tryToLead(election, lease, signal);
        watched = undefined;
      }
    } catch (error) {
      report(election, error, signal);
    }
    await pause(election, signal);
  }
}

function watch({ clock }: Election, lease: KubeObject | undefined, before: Watched | undefined): Watched {
  const version = `${lease?.metadata.uid ?? ''} ${lease?.metadata.resourceVersion ?? ''}`;
  return before?.version === version ? before : { version, since: clock.monotonic() };
}

/** A holder that renews is at work. Its wall clock says nothing here: only time that passed under our eyes counts. */
function mayTake({ clock, identity }: Election, lease: KubeObject | undefined, watched: Watched): boolean {
  const holder = lease === undefined ? undefined : readLease(lease).holder;
  return holder === undefined || holder.identity === identity || clock.monotonic() - watched.since >= holder.leaseMs;
}

async function tryToLead(election: Election, lease: KubeObject | undefined, signal: AbortSignal): Promise<void> {
  const before = lease === undefined ? undefined : readLease(lease);
  const asked = election.clock.monotonic();
  const state = { holder: holderNow(election, undefined), transitions: (before?.transitions ?? 0) + 1 };
  const taken = await swap(election, lease, state, signal);
  if (taken === undefined) {
    return;
  }
  const leading = new AbortController();
  const stop = (): void => {
    leading.abort();
  };
  signal.addEventListener('abort', stop, { once: true });
  election.onLeading(true);
  const work = election.lead(leading.signal).finally(stop);
  const last = await renewUntil(election, { lease: taken, renewed: asked }, leading.signal);
  stop();
  signal.removeEventListener('abort', stop);
  try {
    await work;
  } finally {
    election.onLeading(false);
    await giveBack(election, last);
  }
}

interface Tenure {
  readonly lease: KubeObject;
  /** When the last renewal was sent. */
  readonly renewed: number;
}

/** Gives the Lease as last written, or undefined where it is another's. */
async function renewUntil(election: Election, start: Tenure, signal: AbortSignal): Promise<KubeObject | undefined> {
  let tenure = start;
  for (;;) {
    await pause(election, signal);
    if (signal.aborted) {
      return tenure.lease;
    }
    const now = election.clock.monotonic();
    if (now - tenure.renewed >= election.timing.resignMs) {
      return tenure.lease;
    }
    try {
      const next = await renew(election, tenure.lease, signal);
      if (next === undefined) {
        return undefined;
      }
      tenure = { lease: next, renewed: now };
    } catch (error) {
      report(election, error, signal);
    }
  }
}

/** undefined: somebody else holds it. */
async function renew(election: Election, lease: KubeObject, signal: AbortSignal): Promise<KubeObject | undefined> {
  const state = readLease(lease);
  const next = await swap(election, lease, { ...state, holder: holderNow(election, state.holder) }, signal);
  if (next !== undefined) {
    return next;
  }
  // An earlier renewal may have been made though its answer was lost.
  const live = await election.reader.get(leaseApiVersion, controllerLeaseId(election.namespace), signal);
  return live !== undefined && readLease(live).holder?.identity === election.identity ? live : undefined;
}

async function giveBack(election: Election, lease: KubeObject | undefined): Promise<void> {
  if (lease === undefined) {
    return;
  }
  const ending = new AbortController();
  try {
    const { transitions } = readLease(lease);
    await swap(election, lease, { holder: undefined, transitions }, ending.signal);
  } catch (error) {
    // It ends by itself.
    report(election, error, ending.signal);
  }
}

function holderNow({ clock, identity, timing }: Election, before: LockHolder | undefined): LockHolder {
  const now = clock.now();
  return { identity, since: before?.since ?? now, renewed: now, leaseMs: timing.leaseMs, process: undefined };
}

/** One attempt with a short limit: the next beat is the next attempt. */
function swap(
  { reader, writer, clock, namespace, timing }: Election,
  before: KubeObject | undefined,
  state: LeaseState,
  signal: AbortSignal,
): Promise<KubeObject | undefined> {
  const limit = { timeoutMs: timing.everyMs, beforeSend: () => undefined };
  const limited: ClusterWriter = {
    apply: (object, options, given) => writer.apply(object, { ...options, limit }, given),
    delete: writer.delete.bind(writer),
  };
  const policy = { attempts: 1, firstDelayMs: 0, factor: 1, maxDelayMs: 0 };
  return compareAndSwap({ reader, writer: limited, clock, signal, policy }, before, controllerLease(namespace, state));
}

function report(election: Election, error: unknown, signal: AbortSignal): void {
  if (signal.aborted) {
    return;
  }
  if (!isFailure(error)) {
    throw error;
  }
  election.onTrouble(error);
}

async function pause({ clock, timing }: Election, signal: AbortSignal): Promise<void> {
  await clock.sleep(timing.everyMs, signal).catch(() => undefined);
}

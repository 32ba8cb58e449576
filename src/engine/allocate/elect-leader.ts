import { controllerLease } from '../../domain/election/controller-lease.ts';
import { type Failure, isFailure } from '../../domain/failure.ts';
import { leaseApiVersion, leaseIdOf } from '../../domain/lock/lease.ts';
import type { KubeObject } from '../../domain/manifest/kube-object.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ClusterReader, ClusterWriter } from '../../ports/cluster.ts';
import { LeaseWatch } from '../lease/lease-watch.ts';
import { takeLease, Tenure } from '../lease/tenure.ts';
import { singleAttempt } from '../with-retry.ts';

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

/**
 * Leads whenever it can, until the signal is aborted; then gives the Lease back, so that another takes over at once. Nothing
 * rests on this for safety: claims keep two leaders from giving an address twice. It keeps them from working against each
 * other.
 */
export async function electLeader(election: Election, signal: AbortSignal): Promise<void> {
  const { reader, clock, identity, namespace } = election;
  const id = leaseIdOf(controllerLease(namespace));
  const watch = new LeaseWatch(clock);
  while (!signal.aborted) {
    try {
      const lease = await reader.get(leaseApiVersion, id, signal);
      const { holder, isOver } = watch.see(lease);
      if (holder === undefined || holder.identity === identity || isOver) {
        await tryToLead(election, lease, signal);
      }
    } catch (error) {
      report(election, error, signal);
    }
    await pause(election, signal);
  }
}

async function tryToLead(election: Election, lease: KubeObject | undefined, signal: AbortSignal): Promise<void> {
  const { identity, timing, namespace } = election;
  const world = { ...election, lease: controllerLease(namespace) };
  const claimant = { identity, leaseMs: timing.leaseMs, process: undefined };
  const taken = await takeLease(world, lease, claimant, { signal, policy: singleAttempt, writeMs: timing.everyMs });
  if (taken === undefined) {
    return;
  }
  const tenure = new Tenure(world, taken, timing.everyMs);
  const leading = new AbortController();
  const stop = (): void => {
    leading.abort();
  };
  signal.addEventListener('abort', stop, { once: true });
  election.onLeading(true);
  const work = election.lead(leading.signal).finally(stop);
  const isOurs = await renewUntil(election, tenure, leading.signal);
  stop();
  signal.removeEventListener('abort', stop);
  try {
    await work;
  } finally {
    election.onLeading(false);
    if (isOurs) {
      await giveBack(election, tenure);
    }
  }
}

/** False where it is another's by now. */
async function renewUntil(election: Election, tenure: Tenure, signal: AbortSignal): Promise<boolean> {
  const { clock, timing } = election;
  for (;;) {
    await pause(election, signal);
    if (signal.aborted || clock.monotonic() - tenure.sentAt.monotonic >= timing.resignMs) {
      return true;
    }
    try {
      if ((await tenure.renew(signal)) !== undefined) {
        return false;
      }
    } catch (error) {
      report(election, error, signal);
    }
  }
}

async function giveBack(election: Election, tenure: Tenure): Promise<void> {
  const ending = new AbortController();
  try {
    await tenure.giveBack(ending.signal);
  } catch (error) {
    // It ends by itself.
    report(election, error, ending.signal);
  }
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

import { type LockHolder, readLease } from '../../domain/lock/lease.ts';
import type { KubeObject } from '../../domain/manifest/kube-object.ts';
import type { Clock } from '../../ports/clock.ts';

/** A Lease as it was seen just now. */
export interface Sighting {
  /** undefined: nobody holds it. */
  readonly holder: LockHolder | undefined;
  /** Its holder has let it stand unchanged for its whole length: it may be taken over. */
  readonly isOver: boolean;
  /** It was renewed between this look and the one before: its holder is at work. */
  readonly isAtWork: boolean;
  /** Another holds it than at the look before. */
  readonly isOther: boolean;
}

interface Watched {
  readonly identity: string;
  readonly version: string;
  readonly since: number;
}

const free: Sighting = { holder: undefined, isOver: false, isAtWork: false, isOther: false };

/** Watches a Lease. Only time that passed under our eyes counts: the wall clock of its holder says nothing here. */
export class LeaseWatch {
  private readonly clock: Clock;
  private watched: Watched | undefined;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** What the Lease that was read says, compared with what was seen before. */
  see(lease: KubeObject | undefined): Sighting {
    const holder = lease && readLease(lease).holder;
    if (lease === undefined || holder === undefined) {
      this.watched = undefined;
      return free;
    }
    const before = this.watched;
    const now = this.clock.monotonic();
    const version = `${lease.metadata.uid ?? ''} ${lease.metadata.resourceVersion ?? ''}`;
    const isSame = before?.version === version;
    const since = isSame ? before.since : now;
    this.watched = { identity: holder.identity, version, since };
    return {
      holder,
      isOver: now - since >= holder.leaseMs,
      isAtWork: before !== undefined && !isSame,
      isOther: before?.identity !== holder.identity,
    };
  }
}

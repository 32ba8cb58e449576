import { Failure, isFailure } from '../domain/failure.ts';
import type { LockTiming } from '../domain/lock/lock-timing.ts';
import { describeHolder } from '../domain/lock/lease.ts';
import { syncLease } from '../domain/lock/sync-lease.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClusterReader, ClusterWriter, WriteLimit } from '../ports/cluster.ts';
import type { Host } from '../ports/host.ts';
import { type Moment, type TakenLease, Tenure } from './lease/tenure.ts';

/** What a lock needs of the world around it. */
export interface LockWorld {
  readonly reader: ClusterReader;
  readonly writer: ClusterWriter;
  readonly clock: Clock;
  readonly host: Host;
  readonly environment: string;
  readonly timing: LockTiming;
}

/** Wall and monotonic clock that differ by more than this since the last renewal: the machine slept, or its clock was set. */
const clockDoubtMs = 2_000;

/**
 * A lock that is held: renewed in time, soon again where that failed, and asked before every write. It ends by this machine's monotonic clock,
 * counted from before its last renewal was sent, so never later than any other process may take it over.
 */
export class HeldLock {
  /** Aborted when the lock is lost. */
  readonly lost: AbortSignal;
  private readonly world: LockWorld;
  private readonly losing = new AbortController();
  private readonly stopBeating: () => void;
  private readonly tenure: Tenure;
  /** When the last renewal that counts was sent. */
  private renewed: Moment;
  private renewing: Promise<void> | undefined;
  private loss: Failure | undefined;

  constructor(world: LockWorld, taken: TakenLease) {
    this.world = world;
    this.lost = this.losing.signal;
    const lease = syncLease(world.environment);
    this.tenure = new Tenure({ ...world, lease }, taken, world.timing.leaseMs / 3);
    this.renewed = taken.sentAt;
    this.stopBeating = world.host.every(world.timing.tryAgainMs, () => {
      if (this.age() >= world.timing.renewEveryMs) {
        this.renew().catch(() => undefined);
      }
    });
  }

  /** The lock's own failure once it is lost. */
  get failure(): Failure | undefined {
    return this.loss;
  }

  /** Resolves where the lock surely holds long enough for a write; renews it first where that is in doubt. */
  async assure(neededMs: number): Promise<void> {
    this.throwIfLost();
    if (this.remaining() < neededMs || this.clocksDisagree()) {
      await this.renew();
      this.throwIfLost();
    }
  }

  /** The limit of one write: it isn't sent unless the lock has `neededMs` left at that very moment. */
  limit(neededMs: number): WriteLimit {
    return {
      timeoutMs: this.world.timing.writeTimeoutMs,
      beforeSend: () => {
        this.throwIfLost();
        if (this.remaining() < neededMs || this.clocksDisagree()) {
          throw new Failure({
            code: 'lock-lost',
            retry: 'now',
            message: 'The lock has to be renewed before anything more is written',
          });
        }
      },
    };
  }

  /** Gives the lock back, as far as it is still held. Failing to is no failure of the run: the lock ends by itself. */
  async release(): Promise<void> {
    this.stopBeating();
    await this.renewing?.catch(() => undefined);
    if (this.loss !== undefined) {
      return;
    }
    this.loss = lockLost(this.world.environment, 'it was given back');
    try {
      await this.tenure.giveBack(unending());
    } catch (error) {
      if (!isFailure(error)) {
        throw error;
      }
    }
  }

  private age(): number {
    return this.world.clock.monotonic() - this.renewed.monotonic;
  }

  private remaining(): number {
    return this.world.timing.leaseMs - this.age();
  }

  private clocksDisagree(): boolean {
    const { clock } = this.world;
    const [wall, monotonic] = [clock.now() - this.renewed.wall, clock.monotonic() - this.renewed.monotonic];
    return Math.abs(wall - monotonic) > clockDoubtMs;
  }

  private throwIfLost(): void {
    if (this.loss === undefined && this.remaining() <= 0) {
      this.lose('it ran out before it could be renewed');
    }
    if (this.loss !== undefined) {
      throw this.loss;
    }
  }

  private lose(why: string): void {
    this.loss = lockLost(this.world.environment, why);
    this.stopBeating();
    this.losing.abort(this.loss);
  }

  private renew(): Promise<void> {
    this.renewing ??= this.renewNow().finally(() => {
      this.renewing = undefined;
    });
    return this.renewing;
  }

  private async renewNow(): Promise<void> {
    this.throwIfLost();
    const lost = await this.tenure.renew(unending());
    if (lost !== undefined) {
      const { holder } = lost;
      this.lose(holder === undefined ? 'its Lease was taken away' : `it is held by ${describeHolder(holder)}`);
    }
    this.throwIfLost();
    this.renewed = this.tenure.sentAt;
  }
}

/** Renewals go on while a run winds up, so they don't end with its signal. Each has its own time limit. */
function unending(): AbortSignal {
  return new AbortController().signal;
}

/** The lock of a run is gone: another may be at work, so nothing more is written. */
function lockLost(environment: string, why: string): Failure {
  return new Failure({
    code: 'lock-lost',
    retry: 'never',
    message: `The lock on ${environment} was lost: ${why}`,
    remedy: 'What is applied stands, and nothing more was written. Run the sync again: it goes on from what it finds.',
  });
}

/**
 * A writer that writes only while the lock is held. Updates and deletions are fenced by the object too; a create is not, so
 * it is sent only in the first part of the lock and ended well inside it.
 */
export function fencedWriter(writer: ClusterWriter, lock: HeldLock, timing: LockTiming): ClusterWriter {
  return {
    apply: async (object, options, signal) => {
      const needed = options.uid === undefined ? timing.createNeedsMs : timing.writeTimeoutMs;
      await lock.assure(needed);
      return writer.apply(object, { ...options, limit: lock.limit(needed) }, signal);
    },
    delete: async (apiVersion, id, options, signal) => {
      await lock.assure(timing.writeTimeoutMs);
      await writer.delete(apiVersion, id, { ...options, limit: lock.limit(timing.writeTimeoutMs) }, signal);
    },
  };
}

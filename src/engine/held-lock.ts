import { Failure, isFailure } from '../domain/failure.ts';
import type { LockTiming } from '../domain/lock/lock-timing.ts';
import {
  describeHolder,
  leaseApiVersion,
  leaseId,
  leaseObject,
  type LeaseState,
  readLease,
} from '../domain/lock/sync-lease.ts';
import type { KubeObject } from '../domain/manifest/kube-object.ts';
import type { Clock } from '../ports/clock.ts';
import type { ApplyOptions, ClusterReader, ClusterWriter, WriteLimit } from '../ports/cluster.ts';
import type { Host } from '../ports/host.ts';
import { compareAndSwap, type SwapWorld } from './compare-and-swap.ts';

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

/** One attempt: the next beat, or the caller's own retry, is the next one. */
const once = { attempts: 1, firstDelayMs: 0, factor: 1, maxDelayMs: 0 };

interface Moment {
  readonly wall: number;
  readonly monotonic: number;
}

/**
 * A lock that is held: renewed with every beat, and asked before every write. It ends by this machine's monotonic clock,
 * counted from before its last renewal was sent, so never later than any other process may take it over.
 */
export class HeldLock {
  /** Aborted when the lock is lost. */
  readonly lost: AbortSignal;
  private readonly world: LockWorld;
  private readonly losing = new AbortController();
  private readonly stopBeating: () => void;
  private lease: KubeObject;
  private readonly state: LeaseState;
  private renewed: Moment;
  private renewing: Promise<void> | undefined;
  private loss: Failure | undefined;

  /** `renewed` is when the write that took the lock was sent. */
  constructor(world: LockWorld, lease: KubeObject, renewed: Moment) {
    this.world = world;
    this.lost = this.losing.signal;
    this.lease = lease;
    this.state = readLease(lease);
    this.renewed = renewed;
    this.stopBeating = world.host.every(world.timing.renewEveryMs, () => {
      this.renew().catch(() => undefined);
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
    const free = leaseObject(this.world.environment, { holder: undefined, transitions: this.state.transitions });
    try {
      await compareAndSwap(this.swapWorld(), this.lease, free);
    } catch (error) {
      if (!isFailure(error)) {
        throw error;
      }
    }
  }

  private remaining(): number {
    return this.world.timing.leaseMs - (this.world.clock.monotonic() - this.renewed.monotonic);
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
    const { clock, environment } = this.world;
    const at = { wall: clock.now(), monotonic: clock.monotonic() };
    const { holder, transitions } = this.state;
    const state = { holder: holder && { ...holder, renewed: at.wall }, transitions };
    const wanted = leaseObject(environment, state);
    const world = this.swapWorld();
    let next = await compareAndSwap(world, this.lease, wanted);
    if (next === undefined && (await this.isStillOurs())) {
      next = await compareAndSwap(world, this.lease, wanted);
    }
    this.throwIfLost();
    if (next !== undefined) {
      this.lease = next;
      this.renewed = at;
    }
  }

  /** An earlier renewal may have been made though its answer was lost: then the Lease still names this run. */
  private async isStillOurs(): Promise<boolean> {
    const { reader, environment } = this.world;
    const lease = await reader.get(leaseApiVersion, leaseId(environment), new AbortController().signal);
    const holder = lease && readLease(lease).holder;
    if (lease !== undefined && holder !== undefined && holder.identity === this.state.holder?.identity) {
      this.lease = lease;
      return true;
    }
    this.lose(holder === undefined ? 'its Lease was taken away' : `it is held by ${describeHolder(holder)}`);
    return false;
  }

  /** Renewals go on while a run winds up, so they don't end with its signal. Each has its own time limit. */
  private swapWorld(): SwapWorld {
    const { reader, writer, clock, timing } = this.world;
    const apply = (object: KubeObject, options: ApplyOptions, signal: AbortSignal): Promise<KubeObject> =>
      writer.apply(
        object,
        { ...options, limit: { timeoutMs: timing.leaseMs / 3, beforeSend: () => undefined } },
        signal,
      );
    return {
      reader,
      writer: { apply, delete: writer.delete.bind(writer) },
      clock,
      signal: new AbortController().signal,
      policy: once,
    };
  }
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

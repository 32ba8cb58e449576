import {
  leaseApiVersion,
  leaseIdOf,
  type LeaseName,
  leaseObject,
  type LockHolder,
  readLease,
} from '../../domain/lock/lease.ts';
import type { LeaseState } from '../../domain/lock/lease.ts';
import type { KubeObject } from '../../domain/manifest/kube-object.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ClusterReader, ClusterWriter } from '../../ports/cluster.ts';
import { compareAndSwap } from '../compare-and-swap.ts';
import { type RetryPolicy, singleAttempt } from '../with-retry.ts';

export interface LeaseWorld {
  readonly reader: ClusterReader;
  readonly writer: ClusterWriter;
  readonly clock: Clock;
  readonly lease: LeaseName;
}

/** One instant, by both clocks. */
export interface Moment {
  readonly wall: number;
  readonly monotonic: number;
}

/** A Lease that was taken, and when the write that took it was sent: it runs from there at the latest. */
export interface TakenLease {
  readonly object: KubeObject;
  readonly sentAt: Moment;
}

/** Who takes a Lease, and for how long. */
export type Claimant = Pick<LockHolder, 'identity' | 'leaseMs' | 'process'>;

function momentOf(clock: Clock): Moment {
  return { wall: clock.now(), monotonic: clock.monotonic() };
}

/** How long the server may take over each write. */
function limitedWriter(writer: ClusterWriter, timeoutMs: number): ClusterWriter {
  const limit = { timeoutMs, beforeSend: () => undefined };
  return {
    apply: (object, options, signal) => writer.apply(object, { ...options, limit }, signal),
    delete: writer.delete.bind(writer),
  };
}

/** Takes a Lease in the place of what was read. undefined where somebody else was faster. */
export async function takeLease(
  world: LeaseWorld,
  before: KubeObject | undefined,
  claimant: Claimant,
  how: { readonly signal: AbortSignal; readonly policy?: RetryPolicy; readonly writeMs?: number },
): Promise<TakenLease | undefined> {
  const sentAt = momentOf(world.clock);
  const holder = { ...claimant, since: sentAt.wall, renewed: sentAt.wall };
  const transitions = (before === undefined ? 0 : readLease(before).transitions) + 1;
  const writer = how.writeMs === undefined ? world.writer : limitedWriter(world.writer, how.writeMs);
  const wanted = leaseObject(world.lease, { holder, transitions });
  const object = await compareAndSwap({ ...world, ...how, writer }, before, wanted);
  return object && { object, sentAt };
}

/** A Lease that is ours no more, and who holds it now. */
export interface LostLease {
  readonly holder: LockHolder | undefined;
}

/**
 * A Lease that we hold. Each write is one attempt, bounded in time, in the place of exactly what we wrote last, so that no
 * other holder is ever written over. How often it is renewed, and what follows when it isn't, is decided by who holds it.
 */
export class Tenure {
  private readonly world: LeaseWorld;
  private readonly writeMs: number;
  private readonly state: LeaseState;
  private object: KubeObject;
  private last: Moment;

  constructor(world: LeaseWorld, taken: TakenLease, writeMs: number) {
    this.world = world;
    this.writeMs = writeMs;
    this.state = readLease(taken.object);
    this.object = taken.object;
    this.last = taken.sentAt;
  }

  /** When the last renewal that was made was sent. */
  get sentAt(): Moment {
    return this.last;
  }

  /** Renews it. Gives whose it is where it isn't ours; throws the Failure of an attempt that may be repeated. */
  async renew(signal: AbortSignal): Promise<LostLease | undefined> {
    const sentAt = momentOf(this.world.clock);
    const { holder, transitions } = this.state;
    const state = { holder: holder && { ...holder, renewed: sentAt.wall }, transitions };
    let next = await this.swap(state, signal);
    if (next === undefined) {
      // An earlier renewal may have been made though its answer was lost: then the Lease still names us.
      const { reader, lease } = this.world;
      const live = await reader.get(leaseApiVersion, leaseIdOf(lease), signal);
      const now = live && readLease(live).holder;
      if (live === undefined || now?.identity !== holder?.identity) {
        return { holder: now };
      }
      this.object = live;
      next = await this.swap(state, signal);
    }
    if (next !== undefined) {
      this.object = next;
      this.last = sentAt;
    }
    return undefined;
  }

  /** Frees it, if it is still as we wrote it; otherwise it ends by itself. */
  async giveBack(signal: AbortSignal): Promise<void> {
    await this.swap({ holder: undefined, transitions: this.state.transitions }, signal);
  }

  private swap(state: LeaseState, signal: AbortSignal): Promise<KubeObject | undefined> {
    const { writer, lease } = this.world;
    const limited = limitedWriter(writer, this.writeMs);
    const world = { ...this.world, writer: limited, signal, policy: singleAttempt };
    return compareAndSwap(world, this.object, leaseObject(lease, state));
  }
}

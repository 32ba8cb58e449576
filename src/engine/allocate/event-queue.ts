import type { Digest } from '../../domain/digest.ts';
import { type EventCount, eventName, eventObject, type ServiceEvent } from '../../domain/publication/event-object.ts';
import type { ServiceRecord } from '../../domain/publication/service-record.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ClusterWriter } from '../../ports/cluster.ts';
import { Wake } from './wake.ts';

interface Parts {
  readonly writer: ClusterWriter;
  readonly clock: Clock;
  readonly digest: Digest;
  /** While true, events wait: addresses come first. */
  readonly isBusy: () => boolean;
  readonly onDropped: () => void;
}

interface QueuedEvent {
  readonly record: ServiceRecord;
  readonly event: ServiceEvent;
  readonly times: EventCount;
}

const longestQueue = 1_000;
const mostRemembered = 2_000;
/** So many at once, and then one each `pauseMs`. */
const burst = 100;
const pauseMs = 50;
const busyPauseMs = 20;

/**
 * Events on their way: told when there is time, at a bounded rate, and the same one of a Service counted instead of told
 * again. What finds no room is dropped and counted: no allocation ever waits for an event.
 */
export class EventQueue {
  private readonly parts: Parts;
  /** By Service, reason and text. */
  private readonly queued = new Map<string, QueuedEvent>();
  private readonly told = new Map<string, EventCount>();
  private readonly wake: Wake;
  private tokens = burst;
  private refilled = 0;

  constructor(parts: Parts) {
    this.parts = parts;
    this.wake = new Wake(parts.clock);
  }

  get size(): number {
    return this.queued.size;
  }

  offer(record: ServiceRecord, event: ServiceEvent): void {
    const same = `${record.uid} ${event.reason} ${event.message}`;
    const known = this.queued.get(same)?.times ?? this.told.get(same);
    if (!this.queued.has(same) && this.queued.size >= longestQueue) {
      this.parts.onDropped();
      return;
    }
    const now = this.parts.clock.now();
    const times = { first: known?.first ?? now, last: now, count: (known?.count ?? 0) + 1 };
    this.queued.set(same, { record, event, times });
    this.wake.raise();
  }

  /** Tells what is queued, until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const [next] = this.queued;
      if (next === undefined) {
        await this.wake.wait(60_000, signal);
      } else if (this.parts.isBusy()) {
        await this.parts.clock.sleep(busyPauseMs, signal).catch(() => undefined);
      } else if (this.takeToken()) {
        await this.tell(next[0], next[1], signal);
      } else {
        await this.parts.clock.sleep(pauseMs, signal).catch(() => undefined);
      }
    }
  }

  private takeToken(): boolean {
    const now = this.parts.clock.monotonic();
    this.tokens = Math.min(burst, this.tokens + (now - this.refilled) / pauseMs);
    this.refilled = now;
    if (this.tokens < 1) {
      return false;
    }
    this.tokens -= 1;
    return true;
  }

  private async tell(same: string, { record, event, times }: QueuedEvent, signal: AbortSignal): Promise<void> {
    this.queued.delete(same);
    this.told.delete(same);
    this.told.set(same, times);
    for (const oldest of this.told.keys()) {
      if (this.told.size <= mostRemembered) {
        break;
      }
      this.told.delete(oldest);
    }
    const name = eventName(record, event, this.parts.digest);
    try {
      await this.parts.writer.apply(eventObject(record, event, name, times), {}, signal);
    } catch {
      // Its namespace may be going, or the server busy: an event is worth no second attempt.
      this.parts.onDropped();
    }
  }
}

import type { Failure } from '../../domain/failure.ts';
import type { ServicePlan } from '../../domain/publication/plan-service.ts';
import type { ServiceRecord } from '../../domain/publication/service-record.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { throwUnlessAborted } from './aborted.ts';
import { adoptAddresses } from './adopt-addresses.ts';
import type { AllocationState } from './allocation-state.ts';
import { ClaimBatches } from './claim-batches.ts';
import type { ControllerFigures } from './controller-figures.ts';
import { Departures } from './departures.ts';
import type { EventQueue } from './event-queue.ts';
import { PendingEvents } from './pending-events.ts';
import { Publisher } from './publisher.ts';
import { ReleaseQueue } from './release-queue.ts';
import { type RetryPace, RetryTimes } from './retry-times.ts';
import { ServicePlanner } from './service-planner.ts';
import type { ServiceWriter } from './service-writer.ts';
import { UnderWay } from './under-way.ts';

export interface LoopParts {
  readonly state: AllocationState;
  readonly writer: ServiceWriter;
  readonly events: EventQueue;
  readonly figures: ControllerFigures;
  readonly clock: Clock;
  /** At least 0 and below 1. */
  readonly random: () => number;
  readonly log: Log;
}

/** A plan that has begun at that time. */
interface Job {
  readonly plan: ServicePlan;
  readonly begun: number;
}

/** So many may wait to be written before no more are claimed. */
const longestQueue = 1_024;
/** How long the loop sleeps at most. */
const idleMs = 5_000;
const nothing = { looked: 0, plans: [] };

/**
 * The controller at work: what may have changed is decided, claimed, published and given up, each Service on its own. It
 * runs while this process leads; a run that is cut off at any point leaves nothing that the next one can't take up.
 */
export class AllocationLoop {
  private readonly parts: LoopParts;
  private readonly retries: RetryTimes;
  private readonly releases: ReleaseQueue;
  private readonly pending: PendingEvents;
  private readonly underWay: UnderWay;
  private readonly planner: ServicePlanner;
  private readonly claims: ClaimBatches;
  private publisher: Publisher<Job> | undefined;
  private beat: number;

  constructor(parts: LoopParts) {
    const { state, clock, random, log, events } = parts;
    this.parts = parts;
    this.beat = clock.monotonic();
    this.retries = new RetryTimes(clock, random);
    this.pending = new PendingEvents(events);
    this.releases = new ReleaseQueue(state.claims, clock, (message) => {
      log.write('warn', 'claims could not be given back yet', { error: message });
    });
    this.underWay = new UnderWay((uid) => {
      state.look(uid);
    });
    const departures = new Departures({ state, clock, writer: parts.writer, releases: this.releases });
    const { retries, pending, releases, underWay } = this;
    this.planner = new ServicePlanner({ ...parts, retries, pending, releases, underWay, departures });
    this.claims = new ClaimBatches({
      ...parts,
      onFailed: (record, failure, pace) => {
        this.tryLater(record, failure, pace);
      },
      onRefused: (record, pace) => {
        underWay.end(record.uid);
        retries.failed(record, pace);
      },
    });
  }

  /** Services that are waiting to be looked at or written. */
  get depth(): number {
    return (this.publisher?.waiting ?? 0) + this.parts.state.again.size;
  }

  /** When the loop last came round; while it leads that is at least every few seconds. */
  get lastBeat(): number {
    return this.beat;
  }

  /** Works until the signal is aborted, and ends what it has begun. */
  async lead(signal: AbortSignal): Promise<void> {
    const { state, clock } = this.parts;
    this.beat = clock.monotonic();
    state.refresh();
    await adoptAddresses(this.parts, signal).catch((error: unknown) => {
      throwUnlessAborted(error, signal);
    });
    for (const uid of [...state.services.records.keys(), ...state.claims.holders()]) {
      state.again.add(uid);
    }
    const publisher = new Publisher<Job>(
      (job) => this.publish(job, signal),
      () => {
        state.wake.raise();
      },
    );
    this.publisher = publisher;
    const releasing = this.releases.run(signal);
    while (!signal.aborted) {
      this.beat = clock.monotonic();
      const isFull = publisher.waiting >= longestQueue || this.claims.isFull;
      const { looked, plans } = isFull ? nothing : this.planner.next(signal);
      this.begin(plans, publisher, signal);
      if (looked === 0) {
        await state.wake.wait(Math.min(this.retries.nextDueIn() ?? idleMs, idleMs), signal);
      } else {
        // Many Services that need nothing must not keep everything else waiting.
        await clock.sleep(0, signal).catch(() => undefined);
      }
    }
    await this.claims.settled();
    await publisher.stop();
    await releasing;
    this.underWay.clear();
  }

  private begin(plans: readonly ServicePlan[], publisher: Publisher<Job>, signal: AbortSignal): void {
    const begun = this.parts.clock.monotonic();
    const publish = (plan: ServicePlan): void => {
      publisher.push({ plan, begun });
    };
    for (const plan of plans) {
      if (plan.claims.length === 0) {
        publish(plan);
      }
    }
    const claiming = plans.filter(({ claims }) => claims.length > 0);
    if (claiming.length > 0) {
      this.claims.begin(claiming, signal, publish);
    }
  }

  private async publish({ plan, begun }: Job, signal: AbortSignal): Promise<void> {
    const { writer, figures, clock, state } = this.parts;
    const { record, publication } = plan;
    if (publication === undefined) {
      this.retries.succeeded(record.uid);
      this.pending.tell(record);
      this.underWay.end(record.uid);
      return;
    }
    const outcome = await writer.write(plan, publication, signal);
    switch (outcome.kind) {
      case 'written':
        figures.published += 1;
        if (publication.added.length > 0) {
          figures.tookSeconds((clock.monotonic() - begun) / 1_000);
        }
        this.retries.succeeded(record.uid);
        this.pending.tell(state.services.records.get(record.uid) ?? record);
        this.underWay.end(record.uid);
        if (plan.isReleasedLater) {
          state.look(record.uid);
        }
        break;
      case 'failed':
        figures.publishConflicts += outcome.failure.code === 'object-changed' ? 1 : 0;
        this.tryLater(record, outcome.failure, outcome.pace);
        break;
      case 'moved':
        this.underWay.end(record.uid);
        state.look(record.uid);
        break;
    }
  }

  private tryLater(record: ServiceRecord, failure: Failure, pace: RetryPace): void {
    this.parts.figures.updateErrors += 1;
    this.retries.failed(record, pace, failure.retryAfterMs);
    this.parts.log.write(failure.code === 'object-changed' ? 'debug' : 'warn', 'a Service could not be written', {
      service: record.key,
      error: failure.message,
    });
    this.underWay.end(record.uid);
  }
}

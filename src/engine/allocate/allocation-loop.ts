import { isServedBy } from '../../domain/allocation/service-view.ts';
import type { ClaimRefusal } from '../../domain/claims/claim-in.ts';
import type { Failure } from '../../domain/failure.ts';
import { planService, releasesOf, type ServicePlan } from '../../domain/publication/plan-service.ts';
import type { ServiceRecord } from '../../domain/publication/service-record.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { ClaimOutcome } from '../claims/claim-store.ts';
import { throwUnlessAborted } from './aborted.ts';
import { adoptAddresses } from './adopt-addresses.ts';
import type { AllocationState } from './allocation-state.ts';
import type { ControllerFigures } from './controller-figures.ts';
import { Departures } from './departures.ts';
import type { EventQueue } from './event-queue.ts';
import { PendingEvents } from './pending-events.ts';
import { Publisher } from './publisher.ts';
import { ReleaseQueue } from './release-queue.ts';
import { type RetryPace, RetryTimes } from './retry-times.ts';
import type { ServiceWriter } from './service-writer.ts';

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

const batchSize = 512;
/** So many may wait to be written before no more are claimed. */
const longestQueue = 1_024;
/** Batches whose claims are on their way at a time. */
const mostClaiming = 4;
/** How long the loop sleeps at most. */
const idleMs = 5_000;

/**
 * The controller at work: what may have changed is decided, claimed, published and given up, each Service on its own. It
 * runs while this process leads; a run that is cut off at any point leaves nothing that the next one can't take up.
 */
export class AllocationLoop {
  private readonly parts: LoopParts;
  private readonly retries: RetryTimes;
  private readonly releases: ReleaseQueue;
  private readonly pending: PendingEvents;
  private readonly departures: Departures;
  /** Claims on their way. */
  private readonly claiming = new Set<Promise<void>>();
  /** Services whose plan is being carried out. */
  private readonly busy = new Set<string>();
  /** Of these, the ones to look at again when it has been. */
  private readonly afterwards = new Set<string>();
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
    this.departures = new Departures({ state, clock, writer: parts.writer, releases: this.releases });
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
      const isFull = publisher.waiting >= longestQueue || this.claiming.size >= mostClaiming;
      const uids = isFull ? [] : this.nextBatch();
      if (uids.length === 0) {
        await state.wake.wait(Math.min(this.retries.nextDueIn() ?? idleMs, idleMs), signal);
      } else {
        this.pass(uids, publisher, signal);
        // Many Services that need nothing must not keep everything else waiting.
        await clock.sleep(0, signal).catch(() => undefined);
      }
    }
    await Promise.all(this.claiming);
    await publisher.stop();
    await releasing;
    this.busy.clear();
    this.afterwards.clear();
  }

  private nextBatch(): readonly string[] {
    const { state, clock } = this.parts;
    state.refresh();
    state.allocator.expire(clock.monotonic());
    const uids = new Set(this.retries.takeDue());
    for (const uid of state.again) {
      if (uids.size >= batchSize) {
        break;
      }
      state.again.delete(uid);
      uids.add(uid);
    }
    for (const uid of state.allocator.takeDirty(batchSize)) {
      uids.add(uid);
    }
    return [...uids];
  }

  private pass(uids: readonly string[], publisher: Publisher<Job>, signal: AbortSignal): void {
    const begun = this.parts.clock.monotonic();
    const plans = uids.flatMap((uid) => this.planFor(uid, signal) ?? []);
    for (const plan of plans) {
      this.busy.add(plan.record.uid);
      if (plan.claims.length === 0) {
        publisher.push({ plan, begun });
      }
    }
    const claiming = plans.filter(({ claims }) => claims.length > 0);
    if (claiming.length > 0) {
      const work = this.claim(claiming, signal, (plan) => {
        publisher.push({ plan, begun });
      }).finally(() => {
        this.claiming.delete(work);
        this.parts.state.wake.raise();
      });
      this.claiming.add(work);
    }
  }

  /** Beside the next batch: what is slow here holds up nobody else. */
  private async claim(
    plans: readonly ServicePlan[],
    signal: AbortSignal,
    publish: (plan: ServicePlan) => void,
  ): Promise<void> {
    const { state, figures } = this.parts;
    try {
      const wanted = plans.flatMap(({ claims }) => claims);
      const outcome = await state.claims.claim(wanted, signal);
      figures.claims(outcome.claimed.length, outcome.refused.length + outcome.failed.length);
      this.afterClaims(plans, outcome, publish);
    } catch (error) {
      throwUnlessAborted(error, signal);
    }
  }

  /** Publishes those that got all they asked for; the others are decided anew. */
  private afterClaims(
    plans: readonly ServicePlan[],
    { refused, failed }: ClaimOutcome,
    publish: (plan: ServicePlan) => void,
  ): void {
    const { state } = this.parts;
    const refusals = new Map(refused.map((refusal) => [refusal.claim.uid, refusal]));
    const failures = new Map(failed.map(({ claim, failure }) => [claim.uid, failure]));
    for (const plan of plans) {
      const { uid } = plan.record;
      const [refusal, failure] = [refusals.get(uid), failures.get(uid)];
      if (failure !== undefined) {
        this.tryLater(plan.record, failure, failure.retry === 'never' ? 'late' : 'soon');
      } else if (refusal === undefined) {
        publish(plan);
      } else {
        state.allocator.forget(uid);
        this.done(uid);
        this.retries.failed(plan.record, paceOf[refusal.why]);
      }
    }
  }

  private planFor(uid: string, signal: AbortSignal): ServicePlan | undefined {
    const { state, clock, figures } = this.parts;
    if (this.busy.has(uid)) {
      this.afterwards.add(uid);
      return undefined;
    }
    const record = state.services.records.get(uid);
    if (record === undefined) {
      this.retries.succeeded(uid);
      this.pending.drop(uid);
      this.departures.settle(uid, signal);
      return undefined;
    }
    if (this.retries.isWaiting(record)) {
      return undefined;
    }
    const stored = state.claims.claimsOf(uid);
    if (!isServedBy(record.view, state.lbClass)) {
      this.releases.add(releasesOf(record, stored));
      return undefined;
    }
    if (state.pools.config === undefined) {
      return undefined;
    }
    const decision = state.allocator.decide(uid);
    figures.decisions += 1;
    this.pending.keep(uid, decision.events);
    const plan = planService(record, decision, stored, clock.now());
    this.releases.add(plan.releases);
    if (plan.publication === undefined && plan.claims.length === 0) {
      this.retries.succeeded(uid);
      this.pending.tell(record);
      return undefined;
    }
    return plan;
  }

  private async publish({ plan, begun }: Job, signal: AbortSignal): Promise<void> {
    const { writer, figures, clock, state } = this.parts;
    const { record, publication } = plan;
    if (publication === undefined) {
      this.retries.succeeded(record.uid);
      this.pending.tell(record);
      this.done(record.uid);
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
        this.done(record.uid);
        if (plan.isReleasedLater) {
          state.look(record.uid);
        }
        break;
      case 'failed':
        figures.publishConflicts += outcome.failure.code === 'object-changed' ? 1 : 0;
        this.tryLater(record, outcome.failure, outcome.pace);
        break;
      case 'moved':
        this.done(record.uid);
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
    this.done(record.uid);
  }

  private done(uid: string): void {
    this.busy.delete(uid);
    if (this.afterwards.delete(uid)) {
      this.parts.state.look(uid);
    }
  }
}

const paceOf: { readonly [why in ClaimRefusal]: RetryPace } = {
  taken: 'soon',
  outdated: 'soon',
  unreadable: 'late',
  full: 'late',
};

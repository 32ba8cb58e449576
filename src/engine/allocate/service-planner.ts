import { isServedBy } from '../../domain/allocation/service-view.ts';
import { planService, releasesOf, type ServicePlan } from '../../domain/publication/plan-service.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AllocationState } from './allocation-state.ts';
import type { ControllerFigures } from './controller-figures.ts';
import type { Departures } from './departures.ts';
import type { PendingEvents } from './pending-events.ts';
import type { ReleaseQueue } from './release-queue.ts';
import type { RetryTimes } from './retry-times.ts';
import type { UnderWay } from './under-way.ts';

interface Parts {
  readonly state: AllocationState;
  readonly figures: ControllerFigures;
  readonly clock: Clock;
  readonly retries: RetryTimes;
  readonly pending: PendingEvents;
  readonly departures: Departures;
  readonly releases: ReleaseQueue;
  readonly underWay: UnderWay;
}

/** What there was to look at, and what came of it. */
interface PlannedBatch {
  readonly looked: number;
  readonly plans: readonly ServicePlan[];
}

/** So many Services are looked at before anything else gets its turn. */
const batchSize = 512;

/** Looks at the Services whose decision may be another than before, and plans what is to be done about each. */
export class ServicePlanner {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /**
   * The next batch, in serving order. A decision may let another Service be served that waits for the same; that one belongs
   * to the batch too, so that a hundred who share an address are claimed together.
   */
  next(signal: AbortSignal): PlannedBatch {
    const { state, clock } = this.parts;
    state.refresh();
    state.allocator.expire(clock.monotonic());
    const plans: ServicePlan[] = [];
    let looked = 0;
    while (looked < batchSize) {
      const uids = this.nextUids(batchSize - looked);
      if (uids.size === 0) {
        break;
      }
      looked += uids.size;
      for (const uid of uids) {
        const plan = this.plan(uid, signal);
        if (plan !== undefined) {
          this.parts.underWay.begin(uid);
          plans.push(plan);
        }
      }
    }
    return { looked, plans };
  }

  private nextUids(limit: number): ReadonlySet<string> {
    const { state, retries } = this.parts;
    const uids = new Set(retries.takeDue());
    for (const uid of state.again) {
      if (uids.size >= limit) {
        break;
      }
      state.again.delete(uid);
      uids.add(uid);
    }
    for (const uid of state.allocator.takeDirty(limit)) {
      uids.add(uid);
    }
    return uids;
  }

  private plan(uid: string, signal: AbortSignal): ServicePlan | undefined {
    const { state, clock, figures, underWay, retries, pending, departures, releases } = this.parts;
    if (underWay.holdsUp(uid)) {
      return undefined;
    }
    const record = state.services.records.get(uid);
    if (record === undefined) {
      retries.succeeded(uid);
      pending.drop(uid);
      departures.settle(uid, signal);
      return undefined;
    }
    if (retries.isWaiting(record)) {
      return undefined;
    }
    const stored = state.claims.claimsOf(uid);
    if (!isServedBy(record.view, state.lbClass)) {
      releases.add(releasesOf(record, stored));
      return undefined;
    }
    if (state.pools.config === undefined) {
      return undefined;
    }
    const decision = state.allocator.decide(uid);
    figures.decisions += 1;
    pending.keep(uid, decision.events);
    const plan = planService(record, decision, stored, clock.now());
    releases.add(plan.releases);
    if (plan.publication === undefined && plan.claims.length === 0) {
      retries.succeeded(uid);
      pending.tell(record);
      return undefined;
    }
    return plan;
  }
}

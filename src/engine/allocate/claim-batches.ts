import type { ClaimRefusal } from '../../domain/claims/claim-in.ts';
import type { Failure } from '../../domain/failure.ts';
import type { ServicePlan } from '../../domain/publication/plan-service.ts';
import type { ServiceRecord } from '../../domain/publication/service-record.ts';
import type { ClaimOutcome } from '../claims/claim-store.ts';
import { throwUnlessAborted } from './aborted.ts';
import type { AllocationState } from './allocation-state.ts';
import type { ControllerFigures } from './controller-figures.ts';
import type { RetryPace } from './retry-times.ts';

interface Parts {
  readonly state: AllocationState;
  readonly figures: ControllerFigures;
  /** A plan whose claims could not be written. */
  readonly onFailed: (record: ServiceRecord, failure: Failure, pace: RetryPace) => void;
  /** A plan that came too late: its Service is decided anew after a pause. */
  readonly onRefused: (record: ServiceRecord, pace: RetryPace) => void;
}

/** Batches whose claims are on their way at a time. */
const mostClaiming = 4;

/** Makes the claims of plans durable, some batches at a time: what is slow about one holds up no other. */
export class ClaimBatches {
  private readonly parts: Parts;
  private readonly claiming = new Set<Promise<void>>();

  constructor(parts: Parts) {
    this.parts = parts;
  }

  get isFull(): boolean {
    return this.claiming.size >= mostClaiming;
  }

  /** `publish` hears of each plan that got all it asked for. */
  begin(plans: readonly ServicePlan[], signal: AbortSignal, publish: (plan: ServicePlan) => void): void {
    const work = this.claim(plans, signal, publish).finally(() => {
      this.claiming.delete(work);
      this.parts.state.wake.raise();
    });
    this.claiming.add(work);
  }

  /** Ends when nothing is on its way. */
  async settled(): Promise<void> {
    await Promise.all(this.claiming);
  }

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
      this.sort(plans, outcome, publish);
    } catch (error) {
      throwUnlessAborted(error, signal);
    }
  }

  private sort(
    plans: readonly ServicePlan[],
    { refused, failed }: ClaimOutcome,
    publish: (plan: ServicePlan) => void,
  ): void {
    const { state, onFailed, onRefused } = this.parts;
    const refusals = new Map(refused.map((refusal) => [refusal.claim.uid, refusal]));
    const failures = new Map(failed.map(({ claim, failure }) => [claim.uid, failure]));
    for (const plan of plans) {
      const { record } = plan;
      const [refusal, failure] = [refusals.get(record.uid), failures.get(record.uid)];
      if (failure !== undefined) {
        onFailed(record, failure, failure.retry === 'never' ? 'late' : 'soon');
      } else if (refusal === undefined) {
        publish(plan);
      } else {
        state.allocator.forget(record.uid);
        onRefused(record, paceOf[refusal.why]);
      }
    }
  }
}

const paceOf: { readonly [why in ClaimRefusal]: RetryPace } = {
  taken: 'soon',
  outdated: 'soon',
  unreadable: 'late',
  full: 'late',
};

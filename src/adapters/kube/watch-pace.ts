import type { Failure } from '../../domain/failure.ts';
import { backoffPause } from '../../domain/time/backoff.ts';

/** A watch that lived that long was a good one: what comes after it is no repetition. */
const settledMs = 5_000;
const quick = { firstMs: 100, factor: 2, longestMs: 5_000 };
/** Somebody has to mend it first: a grant, a CRD, a certificate. */
const slow = { firstMs: 1_000, factor: 2, longestMs: 30_000 };
/** No server keeps us away for longer by its Retry-After. */
const longestWaitAskedMs = 60_000;

/**
 * How long to wait before the next attempt. Pauses double from attempt to attempt up to a cap. A watch that the server ends at once, again and
 * again, is slowed down like a failure.
 */
export class WatchPace {
  private readonly random: () => number;
  private attempts = 0;

  constructor(random: () => number) {
    this.random = random;
  }

  /** `failure` is undefined where the server ended the watch in order; `livedMs` is how long the watch was open. */
  pauseAfter(failure: Failure | undefined, livedMs: number): number {
    this.attempts = livedMs >= settledMs ? 1 : this.attempts + 1;
    const growth = failure?.retry === 'later' ? slow : quick;
    const asked = Math.min(failure?.retryAfterMs ?? 0, longestWaitAskedMs);
    return Math.max(backoffPause(growth, this.attempts, this.random()), asked);
  }
}

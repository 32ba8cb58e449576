import type { Failure } from '../../domain/failure.ts';

/** A watch that lived that long was a good one: what comes after it is no repetition. */
const settledMs = 5_000;
const quick = { firstMs: 100, longestMs: 5_000 };
/** Somebody has to mend it first: a grant, a CRD, a certificate. */
const slow = { firstMs: 1_000, longestMs: 30_000 };
/** No server keeps us away for longer by its Retry-After. */
const longestWaitAskedMs = 60_000;

/**
 * How long to wait before the next attempt. Pauses double from attempt to attempt up to a cap, and half of each is random,
 * so that clients which lost the same server don't come back as one. A watch that the server ends at once, again and
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
    const { firstMs, longestMs } = failure?.retry === 'later' ? slow : quick;
    const grown = Math.min(firstMs * 2 ** (this.attempts - 1), longestMs);
    const asked = Math.min(failure?.retryAfterMs ?? 0, longestWaitAskedMs);
    return Math.max(grown / 2 + (grown / 2) * this.random(), asked);
  }
}

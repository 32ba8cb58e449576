import { Failure } from '../domain/failure.ts';
import { grownPause } from '../domain/time/backoff.ts';
import type { Clock } from '../ports/clock.ts';

/** How often and how long to try again. Delays grow by `factor` up to `maxDelayMs`; a server's Retry-After wins where it is longer. */
export interface RetryPolicy {
  readonly attempts: number;
  readonly firstDelayMs: number;
  readonly factor: number;
  readonly maxDelayMs: number;
}

/** For one request inside a run: rides out a restart of the API server (some ten seconds), then lets the run stop. */
export const requestRetry: RetryPolicy = { attempts: 8, firstDelayMs: 100, factor: 2, maxDelayMs: 5_000 };

/** For the first request of a run: where nobody answers, nothing is at stake yet and a person waits. */
export const firstContactRetry: RetryPolicy = { attempts: 4, firstDelayMs: 150, factor: 2, maxDelayMs: 5_000 };

/** For a caller that comes again by itself. */
export const singleAttempt: RetryPolicy = { attempts: 1, firstDelayMs: 0, factor: 1, maxDelayMs: 0 };

/** The pause before attempt `attempt` + 1 (attempts count from 1). */
export function retryDelay(policy: RetryPolicy, attempt: number, retryAfterMs: number | undefined): number {
  const growth = { firstMs: policy.firstDelayMs, factor: policy.factor, longestMs: policy.maxDelayMs };
  return Math.max(grownPause(growth, attempt), retryAfterMs ?? 0);
}

/**
 * Tries `work` until it succeeds, fails for good, or the attempts are used up; then throws its last failure. Only Failures
 * that say `now` are tried again. `onRetry` hears of every pause.
 */
export async function withRetry<T>(
  work: () => Promise<T>,
  options: {
    readonly clock: Clock;
    readonly signal: AbortSignal;
    readonly policy?: RetryPolicy;
    readonly onRetry?: (failure: Failure, attempt: number, delayMs: number) => void;
  },
): Promise<T> {
  const policy = options.policy ?? requestRetry;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      options.signal.throwIfAborted();
      if (!(error instanceof Failure) || error.retry !== 'now' || attempt >= policy.attempts) {
        throw error;
      }
      const delayMs = retryDelay(policy, attempt, error.retryAfterMs);
      options.onRetry?.(error, attempt, delayMs);
      await options.clock.sleep(delayMs, options.signal);
    }
  }
}

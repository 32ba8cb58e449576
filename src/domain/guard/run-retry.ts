import { grownPause } from '../time/backoff.ts';
import type { FailureNote, RunOutcome } from '../report/run-event.ts';

/** How often a failed run is followed by another, and after which pauses. */
export interface RunRetry {
  readonly limit: number;
  readonly backoffMs: number;
  readonly factor: number;
  readonly maxBackoffMs: number;
}

/** Failures that another run, which reads the world anew, may not meet again. */
const passing: ReadonlySet<FailureNote['code']> = new Set([
  'cluster-unreachable',
  'cluster-busy',
  'cluster-error',
  'object-changed',
  'object-conflict',
  'object-not-found',
  'kind-missing',
  'admission-refused',
  'pod-unreachable',
]);

/** Whether a run that ended so is worth another one. One that wasn't healthy in time has waited long enough already. */
export function isRetryable(ended: {
  readonly outcome: RunOutcome;
  readonly failure: FailureNote | undefined;
}): boolean {
  return ended.outcome === 'failed' && ended.failure !== undefined && passing.has(ended.failure.code);
}

/** The pause after run `attempt` (from 1): it grows, and differs by up to a quarter, so that many don't come back at once. */
export function runPause(retry: RunRetry, attempt: number, random: number): number {
  const growth = { firstMs: retry.backoffMs, factor: retry.factor, longestMs: retry.maxBackoffMs };
  return Math.round(grownPause(growth, attempt) * (0.75 + random / 2));
}

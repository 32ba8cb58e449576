import { isFailure } from '../domain/failure.ts';
import { isRetryable, runPause, type RunRetry } from '../domain/guard/run-retry.ts';
import type { RunEvent } from '../domain/report/run-event.ts';
import type { Clock } from '../ports/clock.ts';
import type { Host } from '../ports/host.ts';
import type { ApplyResult } from './apply-plan.ts';
import { noteOf } from './failure-note.ts';

export interface RunSeries<T> {
  readonly clock: Clock;
  readonly host: Host;
  readonly signal: AbortSignal;
  readonly emit: (event: RunEvent) => void;
  readonly retry: RunRetry;
  /** What to deploy, as the source gives it now; undefined where that is not valid. */
  load(): Promise<T | undefined>;
  run(loaded: T, attempt: number): Promise<ApplyResult>;
}

/** How a series of runs ended, and what the last of them deployed. */
export interface SeriesResult<T> {
  readonly result: ApplyResult;
  readonly loaded: T;
}

/** A source that can't be reached just now is no reason to give up what was read before. */
async function loadAgain<T>(series: RunSeries<T>, before: T): Promise<T | undefined> {
  try {
    return await series.load();
  } catch (error) {
    if (!isFailure(error)) {
      throw error;
    }
    return before;
  }
}

/** A first run that can't even read the cluster ends here: nothing is at stake yet, and a person waits. */
async function runAgain<T>(series: RunSeries<T>, loaded: T, attempt: number): Promise<ApplyResult> {
  try {
    return await series.run(loaded, attempt);
  } catch (error) {
    if (attempt === 1 || !isFailure(error)) {
      throw error;
    }
    const result = { outcome: 'failed', applied: 0, failure: noteOf(error) } as const;
    series.emit({ at: series.clock.now(), type: 'run-finished', ...result, durationMs: 0 });
    return result;
  }
}

/**
 * Runs until one ends well, fails for good, or the limit is reached. Every run reads source and cluster anew, so that a
 * newer revision takes the place of one that fails; a newer revision that isn't valid ends the series.
 */
export async function retryRuns<T>(series: RunSeries<T>, first: T): Promise<SeriesResult<T>> {
  const { clock, host, signal, retry } = series;
  let loaded = first;
  for (let attempt = 1; ; attempt += 1) {
    const result = await runAgain(series, loaded, attempt);
    if (attempt > retry.limit || !isRetryable(result)) {
      return { result, loaded };
    }
    const delayMs = runPause(retry, attempt, host.random());
    series.emit({ at: clock.now(), type: 'run-retrying', attempt: attempt + 1, lastAttempt: retry.limit + 1, delayMs });
    try {
      await clock.sleep(delayMs, signal);
    } catch (error) {
      if (!signal.aborted) {
        throw error;
      }
      return { result: { ...result, outcome: 'cancelled' }, loaded };
    }
    const next = await loadAgain(series, loaded);
    if (next === undefined) {
      return { result, loaded };
    }
    loaded = next;
  }
}

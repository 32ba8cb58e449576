import type { FailureCode } from '../failure.ts';
import type { Health } from '../health/health.ts';
import type { ObjectId } from '../manifest/object-id.ts';
import type { StepName, WaveNumber } from '../manifest/waves.ts';

/** An object that a gate waits for, since when (wall clock, ms), and why. */
export interface Waiting {
  readonly id: ObjectId;
  readonly since: number;
  readonly health: Health;
  /** Kubernetes Events and conditions that explain it, newest first, one line each. */
  readonly evidence: readonly string[];
}

export interface FailureNote {
  readonly code: FailureCode | 'bug' | 'cancelled';
  readonly message: string;
  readonly remedy: string | undefined;
}

/** How a run ended. */
export type RunOutcome = 'healthy' | 'failed' | 'unhealthy' | 'cancelled' | 'refused';

/**
 * All that happens in a run, in order; `at` is wall clock milliseconds. Terminal, JSON lines, page, metrics and conditions
 * are folds of this stream and read nothing else.
 */
export type RunEvent = { readonly at: number } & (
  | {
      readonly type: 'run-started';
      readonly environment: string;
      readonly revision: string;
      readonly planHash: string;
      readonly toCreate: number;
      readonly toUpdate: number;
      readonly unchanged: number;
    }
  | { readonly type: 'wave-started'; readonly wave: WaveNumber; readonly name: string; readonly objects: number }
  | { readonly type: 'step-started'; readonly wave: WaveNumber; readonly step: StepName; readonly objects: number }
  | {
      readonly type: 'object-applied';
      readonly step: StepName;
      readonly id: ObjectId;
      readonly result: 'created' | 'updated' | 'unchanged';
    }
  | { readonly type: 'object-skipped'; readonly step: StepName; readonly id: ObjectId; readonly reason: string }
  | {
      readonly type: 'object-retried';
      readonly step: StepName;
      readonly id: ObjectId;
      readonly attempt: number;
      readonly delayMs: number;
      readonly failure: FailureNote;
    }
  | { readonly type: 'object-failed'; readonly step: StepName; readonly id: ObjectId; readonly failure: FailureNote }
  | {
      readonly type: 'step-waiting';
      readonly wave: WaveNumber;
      readonly step: StepName;
      readonly waiting: readonly Waiting[];
    }
  | { readonly type: 'step-healthy'; readonly wave: WaveNumber; readonly step: StepName; readonly durationMs: number }
  | { readonly type: 'wave-healthy'; readonly wave: WaveNumber; readonly name: string; readonly durationMs: number }
  | {
      readonly type: 'wave-stopped';
      readonly wave: WaveNumber;
      readonly step: StepName;
      readonly reason: string;
      readonly waiting: readonly Waiting[];
    }
  | {
      readonly type: 'run-finished';
      readonly outcome: RunOutcome;
      readonly applied: number;
      readonly durationMs: number;
      readonly failure: FailureNote | undefined;
    }
);

import type { FailureCode } from '../failure.ts';
import type { Health } from '../health/health.ts';
import type { ObjectId } from '../manifest/object-id.ts';
import type { StepName, WaveNumber } from '../manifest/waves.ts';
import type { PoolMove } from '../transition/transition.ts';

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
      /** Who signed the commit, where that was checked. */
      readonly signer?: string;
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
  | {
      /** Whether MetalLB has taken the configuration, and whether Services hold what they should. */
      readonly type: 'metallb-checked';
      readonly wave: WaveNumber;
      /** Programs (controller, speakers) that have taken it. */
      readonly taken: number;
      /** Programs that could not be asked. */
      readonly unknown: readonly { readonly pod: string; readonly why: string }[];
      /** Services by what they hold; undefined where they were not looked at. */
      readonly services: { readonly good: number; readonly pending: readonly string[] } | undefined;
    }
  | { readonly type: 'wave-healthy'; readonly wave: WaveNumber; readonly name: string; readonly durationMs: number }
  | {
      readonly type: 'wave-stopped';
      readonly wave: WaveNumber;
      readonly step: StepName;
      readonly reason: string;
      readonly waiting: readonly Waiting[];
    }
  | { readonly type: 'transition-started' | 'transition-finished'; readonly moves: readonly PoolMove[] }
  | { readonly type: 'prune-started'; readonly objects: number }
  | { readonly type: 'prune-waiting'; readonly waiting: readonly Waiting[] }
  | {
      readonly type: 'object-pruned';
      /** The step that once applied it. */
      readonly step: StepName;
      readonly id: ObjectId;
      readonly result: 'deleted' | 'released';
    }
  | { readonly type: 'prune-finished'; readonly objects: number; readonly durationMs: number }
  | {
      /** A run has failed, and another one follows after a pause. */
      readonly type: 'run-retrying';
      /** Of the run that follows, from 2. */
      readonly attempt: number;
      /** Of the last run that is tried. */
      readonly lastAttempt: number;
      readonly delayMs: number;
    }
  | {
      readonly type: 'run-finished';
      readonly outcome: RunOutcome;
      readonly applied: number;
      readonly durationMs: number;
      readonly failure: FailureNote | undefined;
    }
);

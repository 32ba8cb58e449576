import type { RunOutcome } from '../report/run-event.ts';

export type RunKind = 'sync' | 'rollback' | 'automatic-rollback';

/** `running` until its end is recorded; `interrupted` where it never was: the next run found it so. */
export type RecordedOutcome = RunOutcome | 'running' | 'interrupted';

/** What was deployed: the commit, and a digest of every rendered object. */
export interface Deployed {
  readonly revision: string;
  readonly renderedHash: string;
}

export interface RecordedWave {
  readonly wave: number;
  readonly name: string;
  /** undefined: it did not become healthy. */
  readonly durationMs: number | undefined;
}

/** One run that took the lock. Times are wall clock milliseconds. */
export interface RunRecord extends Deployed {
  readonly id: string;
  readonly kind: RunKind;
  readonly planHash: string;
  readonly by: string;
  /** Who signed the commit; undefined where no signature was asked for. */
  readonly signer?: string | undefined;
  /** From 1; more where earlier attempts of the same call failed. */
  readonly attempt: number;
  readonly startedAt: number;
  readonly durationMs: number | undefined;
  readonly outcome: RecordedOutcome;
  /** Why it ended otherwise than healthy. */
  readonly reason: string | undefined;
  /** Objects by what became of them: created, updated, deleted, unchanged, … */
  readonly counts: { readonly [result: string]: number };
  readonly waves: readonly RecordedWave[];
  /** Services that were to change or lose an address; undefined where that was not known. */
  readonly services: AffectedServices | undefined;
  /** Of a rollback: what it took back. */
  readonly replaces: Deployed | undefined;
}

export interface AffectedServices {
  readonly count: number;
  /** The first few, as `namespace/name`. */
  readonly names: readonly string[];
}

/** A person's word for one plan. */
export interface Approval {
  readonly planHash: string;
  readonly by: string;
  readonly at: number;
  /** The run that went on by it. */
  readonly run: string;
}

/** A revision that isn't to be deployed again until a person releases it. Another commit with other content is free. */
export interface Quarantined extends Deployed {
  readonly reason: string;
  readonly by: string;
  readonly at: number;
}

export interface Suspension {
  readonly reason: string;
  readonly by: string;
  readonly at: number;
}

/** What an environment's cluster remembers of its runs. Lists are oldest first and bounded. */
export interface History {
  readonly environment: string;
  readonly runs: readonly RunRecord[];
  readonly approvals: readonly Approval[];
  readonly quarantine: readonly Quarantined[];
  readonly suspension: Suspension | undefined;
}

/** The history of an environment that nothing was ever deployed to. */
export function emptyHistory(environment: string): History {
  return { environment, runs: [], approvals: [], quarantine: [], suspension: undefined };
}

/** The run that began last. */
export function newestRun(history: History): RunRecord | undefined {
  return history.runs.at(-1);
}

import type { GivenApproval } from '../domain/guard/approval.ts';
import type { Deployed, RunKind } from '../domain/history/history.ts';
import type { LockTiming } from '../domain/lock/lock-timing.ts';
import type { LockHolder } from '../domain/lock/lease.ts';

/** What a sync is told beside what to deploy. */
export interface RunTerms {
  readonly kind: RunKind;
  /** From 1. */
  readonly attempt: number;
  /** Who signed the commit, where that was checked. */
  readonly signer?: string | undefined;
  readonly approval: GivenApproval | undefined;
  /** The command line that `--approve HASH` is added to. */
  readonly command: string;
  readonly lock: LockTiming;
  readonly lockWaitMs: number;
  readonly onLocked: (holder: LockHolder) => void;
  /** Of a rollback: what it takes back and quarantines. */
  readonly replaces: (Deployed & { readonly reason: string }) | undefined;
}

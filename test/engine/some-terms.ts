import { lockTiming } from '../../src/domain/lock/lock-timing.ts';
import type { RunTerms } from '../../src/engine/run-terms.ts';

/** The terms of a plain sync. */
export function someTerms(changes: Partial<RunTerms> = {}): RunTerms {
  return {
    kind: 'sync',
    attempt: 1,
    approval: undefined,
    command: 'metalwave sync --env dev',
    lock: lockTiming(30_000),
    lockWaitMs: 0,
    onLocked: () => undefined,
    replaces: undefined,
    ...changes,
  };
}

import { describe, expect, it } from 'vitest';
import { shownRuns, tellInterrupted } from '../../../src/domain/history/abandoned-runs.ts';
import { emptyHistory, type RunRecord } from '../../../src/domain/history/history.ts';
import type { LockHolder } from '../../../src/domain/lock/lease.ts';

function aRun(id: string, outcome: RunRecord['outcome'], revision = 'r1'): RunRecord {
  return {
    id,
    outcome,
    revision,
    kind: 'sync',
    renderedHash: 'h',
    planHash: 'p',
    by: 'alice',
    attempt: 1,
    startedAt: 1,
    durationMs: undefined,
    reason: undefined,
    counts: {},
    waves: [],
    services: undefined,
    replaces: undefined,
  };
}

const holder: LockHolder = { identity: 'alice', since: 0, renewed: 100_000, leaseMs: 30_000, process: undefined };

describe('a run that never recorded its end', () => {
  const history = { ...emptyHistory('dev'), runs: [aRun('a', 'healthy'), aRun('b', 'running')] };

  it.each([
    ['running while the lock is held', holder, 120_000, 'running'],
    ['running while clocks may differ', holder, 150_000, 'running'],
    ['running where the Lease does not say since when', { ...holder, renewed: undefined }, 999_999, 'running'],
    ['interrupted once nobody holds the lock', undefined, 0, 'interrupted'],
    ['interrupted long after the lock was last renewed', holder, 161_000, 'interrupted'],
  ] as const)('is %s', (_what, held, now, outcome) => {
    expect(tellInterrupted(history, held, now).runs.map((run) => run.outcome)).toEqual(['healthy', outcome]);
  });

  it('is one entry with the run that carried the same to its end, and its own else', () => {
    const runs = [
      aRun('a', 'interrupted', 'r0'),
      aRun('b', 'interrupted'),
      aRun('c', 'interrupted'),
      aRun('d', 'healthy'),
      aRun('e', 'interrupted'),
    ];
    expect(shownRuns(runs).map(({ run, interrupted }) => [run.id, ...interrupted.map(({ id }) => id)])).toEqual([
      ['e'],
      ['d', 'c', 'b'],
      ['a'],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import type { AddressPlan, ServiceOutcome } from '../../../src/domain/address-plan/address-plan.ts';
import { approvalOf, approvalRefusal } from '../../../src/domain/guard/approval.ts';
import { quarantinedFailure, suspendedFailure } from '../../../src/domain/guard/deployable.ts';
import { budgetReasons } from '../../../src/domain/guard/impact-budget.ts';
import { isRetryable, runPause } from '../../../src/domain/guard/run-retry.ts';
import { emptyHistory } from '../../../src/domain/history/history.ts';
import type { Change } from '../../../src/domain/plan/plan.ts';
import type { FailureNote } from '../../../src/domain/report/run-event.ts';
import type { PlannedAddresses } from '../../../src/domain/plan/planned-addresses.ts';

function outcome(name: string, changes: Partial<ServiceOutcome>): ServiceOutcome {
  const before = ['10.0.0.1'];
  const known = { namespace: 'web', name, before, after: [before], exact: true, verdict: 'kept', reason: '' } as const;
  return { ...known, addresses: [], advertised: [], ...changes };
}

function predicted(...services: readonly ServiceOutcome[]): PlannedAddresses {
  const plan: AddressPlan = { services, pools: [], exact: true, notes: [] };
  return { state: 'predicted', plan };
}

const poolDeleted: Change = {
  action: 'delete',
  id: { group: 'metallb.io', kind: 'IPAddressPool', namespace: 'metallb-system', name: 'default' },
  step: 'pools',
  apiVersion: 'metallb.io/v1beta1',
  live: { uid: 'u', resourceVersion: '1' },
};

describe('the impact budget', () => {
  const harmless = [
    outcome('kept', {}),
    outcome('gained', { verdict: 'gained', before: [] }),
    outcome('pending', { verdict: 'pending', before: [], after: [[]] }),
    outcome('pending-inexact', { verdict: 'pending', before: [], exact: false }),
  ];
  const harmed = [
    outcome('moved', { verdict: 'moved' }),
    outcome('lost', { verdict: 'lost' }),
    outcome('perhaps', { verdict: 'kept', exact: false }),
  ];

  it('counts Services that move, lose, or may lose an address, and no others', () => {
    expect(budgetReasons([], predicted(...harmless), 0)).toEqual([]);
    expect(budgetReasons([], predicted(...harmless, ...harmed), 3)).toEqual([]);
    const [reason] = budgetReasons([], predicted(...harmless, ...harmed), 2);
    expect(reason?.reason).toContain('3 Services may change or lose an address, and the budget is 2');
    expect(reason?.reason).toContain('web/moved moved (10.0.0.1)');
  });

  it('wants an approval where nobody can tell what a change of pools does, and none for other changes', () => {
    const unknown: PlannedAddresses = { state: 'unknown', reason: 'Services may not be listed' };
    expect(budgetReasons([], unknown, 5)).toEqual([]);
    expect(budgetReasons([poolDeleted], unknown, 5)[0]?.reason).toContain('Services may not be listed');
    expect(budgetReasons([poolDeleted], undefined, 0)).toEqual([]);
  });
});

describe('an approval', () => {
  const plan = { environment: 'prod', hash: `sha256:${'a'.repeat(64)}` };
  const other = `sha256:${'b'.repeat(64)}`;
  const reasons = [{ reason: 'pool default is in use', remedy: 'Move its Services' }];

  it('is needed where anything asks for one, with the command that gives it', () => {
    expect(approvalRefusal(plan, [], undefined, 'metalwave sync --env prod')).toBeUndefined();
    const refusal = approvalRefusal(plan, reasons, undefined, 'metalwave sync --env prod');
    expect(refusal).toMatchObject({ code: 'approval-needed' });
    expect(refusal?.message).toContain('pool default is in use');
    expect(refusal?.remedy).toContain(`metalwave sync --env prod --approve ${plan.hash}`);
  });

  it('covers the very plan that it names, and is stale for any other', () => {
    expect(approvalRefusal(plan, reasons, approvalOf('a'.repeat(64)), '')).toBeUndefined();
    const stale = approvalRefusal(plan, reasons, approvalOf(other), 'metalwave sync');
    expect(stale?.message).toContain('no longer the plan');
    expect(stale?.remedy).toContain(plan.hash);
  });

  it.each(['', 'yes', 'sha256:', 'sha256:abc', `md5:${'a'.repeat(64)}`, `${'a'.repeat(63)}g`])(
    'is none where the text is %j',
    (text) => {
      expect(approvalOf(text)).toBeUndefined();
    },
  );
});

describe('what may be deployed', () => {
  const bad = { revision: '1'.repeat(40), renderedHash: 'sha256:bad' };
  const words = { reason: 'lost the gateway', by: 'alice@here', at: 0 };
  const history = { ...emptyHistory('prod'), quarantine: [{ ...bad, ...words }] };

  it('is nothing while the environment is suspended, and the reason is told', () => {
    expect(suspendedFailure(history)).toBeUndefined();
    const failure = suspendedFailure({ ...history, suspension: words });
    expect(failure?.message).toBe('prod is suspended since 1970-01-01T00:00:00Z by alice@here: lost the gateway');
  });

  it('is not the quarantined revision, nor another that renders the same', () => {
    const good = { revision: '2'.repeat(40), renderedHash: 'sha256:good' };
    expect(quarantinedFailure(history, good)).toBeUndefined();
    expect(quarantinedFailure(history, { ...good, revision: bad.revision })?.code).toBe('quarantined');
    expect(quarantinedFailure(history, { ...good, renderedHash: bad.renderedHash })?.message).toContain(
      'renders the same',
    );
  });

  it('is judged by content alone where a revision names no content', () => {
    const folder = { ...history, quarantine: [{ revision: 'unversioned', renderedHash: 'sha256:x', ...words }] };
    expect(quarantinedFailure(folder, { revision: 'unversioned', renderedHash: 'sha256:y' })).toBeUndefined();
    expect(quarantinedFailure(folder, { revision: 'unversioned', renderedHash: 'sha256:x' })).toBeDefined();
  });
});

function note(code: FailureNote['code']): FailureNote {
  return { code, message: '', remedy: undefined };
}

describe('trying a run again', () => {
  const retry = { limit: 3, backoffMs: 1_000, factor: 2, maxBackoffMs: 5_000 };

  it('is for failures that may pass, not for refusals, lost locks or runs that were not healthy in time', () => {
    expect(isRetryable({ outcome: 'failed', failure: note('cluster-busy') })).toBe(true);
    expect(isRetryable({ outcome: 'failed', failure: note('object-invalid') })).toBe(false);
    expect(isRetryable({ outcome: 'failed', failure: note('lock-lost') })).toBe(false);
    expect(isRetryable({ outcome: 'refused', failure: note('cluster-busy') })).toBe(false);
    expect(isRetryable({ outcome: 'unhealthy', failure: undefined })).toBe(false);
  });

  it('pauses longer each time, never longer than the limit by more than a quarter, and never twice the same', () => {
    expect([1, 2, 3, 4, 9].map((attempt) => runPause(retry, attempt, 0.5))).toEqual([1000, 2000, 4000, 5000, 5000]);
    expect(runPause(retry, 1, 0)).toBe(750);
    expect(runPause(retry, 9, 0.999)).toBeLessThanOrEqual(6_250);
  });
});

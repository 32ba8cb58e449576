import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginRun, endRun, quarantine, shortReason, suspend } from '../../../src/domain/history/change-history.ts';
import { decodeHistory } from '../../../src/domain/history/decode-history.ts';
import { encodeHistory } from '../../../src/domain/history/encode-history.ts';
import { emptyHistory, type History, type RunRecord } from '../../../src/domain/history/history.ts';
import { historyJson } from '../../../src/domain/history/history-json.ts';
import { printHistory } from '../../../src/domain/history/print-history.ts';
import { rollbackTarget } from '../../../src/domain/history/rollback-target.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import { plainPalette } from '../../../src/domain/palette.ts';

function commit(digit: string): string {
  return digit.repeat(40);
}

function aRun(id: string, changes: Partial<RunRecord> = {}): RunRecord {
  return {
    id,
    kind: 'sync',
    revision: commit('1'),
    renderedHash: 'sha256:one',
    planHash: 'sha256:plan',
    by: 'alice@here',
    attempt: 1,
    startedAt: 1_000,
    durationMs: 500,
    outcome: 'healthy',
    reason: undefined,
    counts: { created: 2 },
    waves: [{ wave: 10, name: 'MetalLB', durationMs: 400 }],
    services: { count: 1, names: ['web/shop'] },
    replaces: undefined,
    ...changes,
  };
}

function historyOf(...runs: readonly RunRecord[]): History {
  return { ...emptyHistory('prod'), runs };
}

const outcomes = fc.constantFrom('healthy', 'failed', 'unhealthy', 'cancelled', 'running', 'interrupted' as const);
const someRun = fc
  .record({
    id: fc.uuid(),
    outcome: outcomes,
    renderedHash: fc.constantFrom('a', 'b', 'c'),
    reason: fc.option(fc.string(), { nil: undefined }),
  })
  .map((changes) => aRun(changes.id, changes));

describe('a history', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.array(someRun, { maxLength: 25 }), fc.string(), (runs, reason) => {
        const word = { reason, by: 'alice@here', at: 7 };
        const approval = { planHash: 'sha256:p', by: 'bob@there', at: 9, run: 'r' };
        const bad = { revision: commit('2'), renderedHash: 'x', ...word };
        const history = suspend(quarantine({ ...historyOf(...runs), approvals: [approval] }, bad), word);
        expect(decodeHistory('prod', encodeHistory(history))).toEqual({ state: 'usable', history });
      }),
    );
  });

  it('keeps twenty runs, and always the last two different states that were healthy', () => {
    fc.assert(
      fc.property(fc.array(someRun, { maxLength: 80 }), (runs) => {
        let history = emptyHistory('prod');
        for (const run of runs) {
          history = endRun(beginRun(history, { ...run, outcome: 'running' }), run);
        }
        expect(history.runs.length).toBe(Math.min(20, runs.length));
        const healthy = runs.filter(({ outcome }) => outcome === 'healthy').toReversed();
        const before = healthy.find(({ renderedHash }) => renderedHash !== healthy[0]?.renderedHash);
        for (const wanted of [healthy[0], before].filter((run) => run !== undefined)) {
          expect(history.runs.map(({ id }) => id)).toContain(wanted.id);
        }
        expect(history.runs.at(-1)?.id).toBe(runs.at(-1)?.id);
      }),
      { numRuns: 50 },
    );
  });

  it('fits a ConfigMap whatever others write into it', () => {
    const long = 'x'.repeat(100_000);
    let history = emptyHistory('prod');
    for (let number = 0; number < 100; number += 1) {
      const run = aRun(String(number), { outcome: 'failed', reason: shortReason(long) });
      history = beginRun(history, run, { planHash: 'h', by: 'b', at: 1, run: run.id });
      history = quarantine(history, { revision: String(number), renderedHash: 'h', reason: long, by: 'b', at: 1 });
    }
    expect(JSON.stringify(encodeHistory(history)).length).toBeLessThan(100_000);
  });

  it('calls a run interrupted that never told its end, once another begins', () => {
    const history = beginRun(historyOf(aRun('a', { outcome: 'running' })), aRun('b', { outcome: 'running' }));
    expect(history.runs.map(({ outcome }) => outcome)).toEqual(['interrupted', 'running']);
  });

  it('is nothing where it was never written, and never nothing where it cannot be read', () => {
    expect(decodeHistory('prod', undefined)).toEqual({ state: 'usable', history: emptyHistory('prod') });
    const good = encodeHistory(historyOf(aRun('a')));
    const data = good['data'] as Record<string, string>;
    const spoilt: readonly (readonly [Record<string, string | undefined>, RegExp])[] = [
      [{ format: '2' }, /format 2/u],
      [{ format: 'one' }, /no version/u],
      [{ environment: 'dev' }, /belongs to environment "dev"/u],
      [{ runs: undefined }, /no runs/u],
      [{ runs: '{' }, /no JSON/u],
      [{ runs: '{}' }, /no revision/u],
      [{ runs: (data['runs'] ?? '').replace('"healthy"', '"splendid"') }, /unknown outcome "splendid"/u],
      [{ quarantine: '{"revision":"a","renderedHash":"b"}' }, /no reason/u],
      [{ suspension: '[]' }, /no reason/u],
    ];
    for (const [changes, words] of spoilt) {
      const kept = Object.entries({ ...data, ...changes }).filter(([, value]) => value !== undefined);
      const read = decodeHistory('prod', { ...good, data: Object.fromEntries(kept) } as KubeObject);
      expect(read).toMatchObject({ state: 'unusable', reason: expect.stringMatching(words) as string });
    }
  });

  it('is shown newest first, with what stands in the way, and no control characters of others', () => {
    const bad = { revision: commit('2'), renderedHash: 'x', reason: 'red\u001B[31m', by: 'alice@here', at: 7 };
    const history = quarantine(historyOf(aRun('first'), aRun('second', { kind: 'rollback', attempt: 2 })), bad);
    const text = printHistory(history, plainPalette);
    expect(text.indexOf('second')).toBeLessThan(text.indexOf('first'));
    expect(text).toContain('quarantined    222222222222 since 1970-01-01T00:00:00Z by alice@here');
    expect(text).toContain('1 Service affected: web/shop');
    expect(text).not.toContain('\u001B');
    expect(historyJson(history)).toMatchObject({ runs: [{ id: 'second', startedAt: '1970-01-01T00:00:01.000Z' }, {}] });
  });
});

describe('a rollback', () => {
  const one = aRun('r1');
  const two = aRun('r2', { revision: commit('2'), renderedHash: 'sha256:two' });
  const three = aRun('r3', { revision: commit('3'), renderedHash: 'sha256:three', outcome: 'unhealthy' });

  it('goes to the last healthy state that differs, and takes back what was deployed last, healthy or not', () => {
    expect(rollbackTarget(historyOf(one, two), undefined)).toMatchObject({ to: one, bad: { revision: commit('2') } });
    expect(rollbackTarget(historyOf(one, two, three), undefined)).toMatchObject({
      to: two,
      bad: { revision: commit('3') },
    });
  });

  it('passes over states that are quarantined', () => {
    const bad = { revision: commit('2'), renderedHash: 'sha256:two', reason: 'bad', by: 'b', at: 1 };
    const history = quarantine(historyOf(one, two, three), bad);
    expect(rollbackTarget(history, undefined).to).toEqual(one);
  });

  it('that was killed takes back the same when it is started again', () => {
    const replaces = { revision: commit('2'), renderedHash: 'sha256:two' };
    const killed = aRun('r4', { kind: 'rollback', outcome: 'interrupted', replaces });
    expect(rollbackTarget(historyOf(one, two, killed), undefined)).toMatchObject({
      to: { revision: one.revision },
      bad: replaces,
    });
  });

  it('goes to a named run, revision, or the beginning of one', () => {
    for (const name of ['r1', commit('1'), '1111111']) {
      expect(rollbackTarget(historyOf(one, two, three), name).to).toEqual(one);
    }
  });

  it.each([
    [historyOf(), undefined, /Nothing was deployed/u],
    [historyOf(one), undefined, /no earlier state/u],
    [historyOf(one, two), 'r9', /no run and no revision/u],
    [historyOf(one, three), 'r3', /never ended healthy/u],
    [historyOf(one, two), '11111', /no run and no revision/u],
    [historyOf(aRun('r0', { revision: commit('2') }), two, three), '', /no run and no revision/u],
    [historyOf(aRun('r0', { revision: 'unversioned' }), two), undefined, /no commit/u],
    [historyOf(one, two, aRun('r5', { revision: commit('5') })), 'r1', /render the same/u],
  ])('is refused with its reason: case %#', (history, name, words) => {
    expect(() => rollbackTarget(history, name)).toThrow(words);
  });
});

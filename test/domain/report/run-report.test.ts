import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/domain/report/run-event.ts';
import { foldRun } from '../../../src/domain/report/run-report.ts';

const id = { group: 'metallb.io', kind: 'IPAddressPool', namespace: 'metallb-system', name: 'default' };
const failure = { code: 'cluster-busy', message: 'too many requests', remedy: undefined } as const;
const waiting = [
  { id, since: 3, health: { status: 'InProgress', message: '2 of 3 ready' }, evidence: ['pod a: no image'] },
] as const;

const start: RunEvent = {
  at: 1,
  type: 'run-started',
  environment: 'prod',
  revision: 'r',
  planHash: 'sha256:0',
  toCreate: 1,
  toUpdate: 0,
  unchanged: 1,
};
const begun: readonly RunEvent[] = [
  start,
  { at: 2, type: 'wave-started', wave: 10, name: 'metallb', objects: 2 },
  { at: 3, type: 'step-started', wave: 10, step: 'pools', objects: 2 },
  { at: 4, type: 'object-retried', step: 'pools', id, attempt: 1, delayMs: 100, failure },
  { at: 5, type: 'object-applied', step: 'pools', id, result: 'created' },
  { at: 6, type: 'object-skipped', step: 'pools', id: { ...id, name: 'other' }, reason: 'not served' },
  { at: 7, type: 'step-waiting', wave: 10, step: 'pools', waiting },
];
const good: readonly RunEvent[] = [
  ...begun,
  { at: 8, type: 'step-healthy', wave: 10, step: 'pools', durationMs: 5 },
  { at: 9, type: 'wave-healthy', wave: 10, name: 'metallb', durationMs: 7 },
  { at: 10, type: 'run-finished', outcome: 'healthy', applied: 1, durationMs: 9, failure: undefined },
];
const bad: readonly RunEvent[] = [
  ...begun,
  { at: 8, type: 'object-failed', step: 'pools', id: { ...id, name: 'third' }, failure },
  { at: 9, type: 'wave-stopped', wave: 10, step: 'pools', reason: 'not healthy within 5 s', waiting },
  { at: 10, type: 'run-finished', outcome: 'unhealthy', applied: 1, durationMs: 9, failure },
];

describe('foldRun', () => {
  it('tells waves, steps and objects of a run that ended well', () => {
    const report = foldRun(good);
    expect(report).toMatchObject({
      environment: 'prod',
      outcome: 'healthy',
      startedAt: 1,
      updatedAt: 10,
      durationMs: 9,
    });
    expect(report?.waves).toMatchObject([
      {
        wave: 10,
        progress: 'healthy',
        durationMs: 7,
        steps: [{ step: 'pools', progress: 'healthy', durationMs: 5, waiting: [] }],
      },
    ]);
    expect([...(report?.objects.values() ?? [])].map((one) => [one.id.name, one.result, one.retries])).toEqual([
      ['default', 'created', 1],
      ['other', 'skipped', 0],
    ]);
  });

  it('keeps what a stopped wave waited for and why', () => {
    expect(foldRun(bad)).toMatchObject({
      outcome: 'unhealthy',
      failure,
      waves: [{ progress: 'stopped', reason: 'not healthy within 5 s', steps: [{ progress: 'stopped', waiting }] }],
    });
  });

  it('says of a run that broke off that it has no outcome, and what it was at', () => {
    expect(foldRun(begun)).toMatchObject({
      outcome: undefined,
      waves: [{ progress: 'running', steps: [{ progress: 'running', waiting }] }],
    });
    expect(foldRun([])).toBeUndefined();
  });

  it('leaves no wave running when a run was cancelled', () => {
    const report = foldRun([
      ...begun,
      { at: 8, type: 'run-finished', outcome: 'cancelled', applied: 1, durationMs: 7, failure: undefined },
    ]);
    expect(report?.waves).toMatchObject([{ progress: 'stopped', steps: [{ progress: 'stopped' }] }]);
  });

  it('calls events before the start a bug', () => {
    expect(() => foldRun(begun.slice(1))).toThrow(/bug/u);
  });
});

describe('the published form of run events', () => {
  const schema = JSON.parse(
    readFileSync(new URL('../../../schemas/run-events.schema.json', import.meta.url), 'utf8'),
  ) as object;
  const validate = new Ajv.default({ allErrors: true, strict: true }).compile(schema);

  it('takes every event as it is written', () => {
    for (const event of [...good, ...bad]) {
      const line: unknown = JSON.parse(JSON.stringify(event));
      expect(validate(line), `${event.type}: ${JSON.stringify(validate.errors)}`).toBe(true);
    }
  });

  it('refuses what is no event', () => {
    expect(validate({ at: 1, type: 'run-exploded' })).toBe(false);
    expect(validate({ ...start, planHash: 3 })).toBe(false);
  });
});

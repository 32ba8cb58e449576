import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/domain/json.ts';
import { readConfigurationState } from '../../../../src/domain/health/configuration/configuration-state.ts';
import type { ConfigurationEvidence } from '../../../../src/domain/health/configuration/evidence.ts';
import { judgeConfiguration } from '../../../../src/domain/health/configuration/judge-configuration.ts';
import { readMetalLbMetrics } from '../../../../src/domain/health/configuration/metallb-metrics.ts';

function metrics(over: Partial<Extract<ConfigurationEvidence, { kind: 'metrics' }>> = {}): ConfigurationEvidence {
  return { kind: 'metrics', loaded: true, stale: false, updates: 10, updateErrors: 0, ...over };
}

function state(valid: string, resourceVersion: string, message = ''): ConfigurationEvidence {
  return {
    kind: 'state',
    valid,
    reason: valid === 'True' ? 'Reconciled' : 'ConfigurationError',
    message,
    resourceVersion,
  };
}

const deaf: ConfigurationEvidence = { kind: 'silent', why: 'connection refused', final: false };

describe('whether a program has taken the configuration', () => {
  it.each<[string, ConfigurationEvidence, ConfigurationEvidence | undefined, number | undefined, string]>([
    ['metrics right after the write tell of an older look', metrics({ updates: 11 }), metrics(), 500, 'InProgress'],
    ['good metrics once it had time to look', metrics({ updates: 11 }), metrics(), 2_000, 'Current'],
    ['good metrics of a program whom the change does not concern', metrics(), metrics(), 2_000, 'Current'],
    ['good metrics where nothing was written', metrics(), undefined, undefined, 'Current'],
    ['a program that has just started and loaded nothing', metrics({ loaded: false }), undefined, 60_000, 'InProgress'],
    ['stale for a moment', metrics({ stale: true }), metrics(), 2_500, 'InProgress'],
    ['stale for long', metrics({ stale: true }), metrics(), 10_000, 'Failed'],
    ['stale though nothing was written', metrics({ stale: true }), undefined, undefined, 'Failed'],
    ['stale before and after, no new error', metrics({ stale: true }), metrics({ stale: true }), 3_000, 'Unknown'],
    [
      'stale before and after, with a new error',
      metrics({ stale: true, updates: 12, updateErrors: 1 }),
      metrics({ stale: true }),
      12_000,
      'Failed',
    ],
    [
      'a restart in between: its counters start again',
      metrics({ stale: true, updates: 2 }),
      metrics(),
      12_000,
      'Failed',
    ],
    ['a fresh good state', state('True', '8'), state('True', '7'), 1_000, 'Current'],
    ['a fresh good state, but of another write of ours', state('True', '8'), state('True', '7'), 200, 'InProgress'],
    ['a good state that has not moved yet', state('True', '7'), state('True', '7'), 1_500, 'InProgress'],
    ['a good state that had no reason to move', state('True', '7'), state('True', '7'), 2_000, 'Current'],
    ['a bad state that is fresh', state('False', '8'), state('True', '7'), 1_200, 'InProgress'],
    ['a bad state that stands', state('False', '8'), state('True', '7'), 10_000, 'Failed'],
    ['a state nobody knows', state('Unknown', '8'), state('True', '7'), 10_000, 'Failed'],
    ['one that does not answer yet', deaf, undefined, 1_000, 'InProgress'],
    ['one that goes on not answering', deaf, undefined, 2_000, 'Unknown'],
    ['one that may not be asked', { ...deaf, final: true }, undefined, 0, 'Unknown'],
  ])('%s', (_case, now, before, since, status) => {
    expect(judgeConfiguration(now, before, since).status).toBe(status);
  });

  it("repeats MetalLB's own words", () => {
    const health = judgeConfiguration(state('False', '8', 'CIDR "10.0.0.0/24" overlaps'), undefined, undefined);
    expect(health.message).toBe('refuses the configuration: ConfigurationError: CIDR "10.0.0.0/24" overlaps');
  });
});

function condition(type: string, status: string, reason: string): JsonObject {
  return { type, status, reason, message: '' };
}

describe('what the evidence is read from', () => {
  it('reads gauges and counters, with labels or without', () => {
    const page = [
      '# TYPE metallb_k8s_client_config_loaded_bool gauge',
      'metallb_k8s_client_config_loaded_bool 1',
      'metallb_k8s_client_config_stale_bool{job="x"} 1',
      'metallb_k8s_client_updates_total 1.2e+01',
      'metallb_k8s_client_update_errors_total 3',
      'metallb_speaker_announced{ip="10.0.0.1"} 1',
    ].join('\n');
    const expected = { kind: 'metrics', loaded: true, stale: true, updates: 12, updateErrors: 3 };
    expect(readMetalLbMetrics(page)).toEqual(expected);
  });

  it.each(['', 'Unauthorized', 'go_goroutines 5\n', 'metallb_k8s_client_config_loaded_bool x\n'])(
    'does not take %j for metrics of MetalLB',
    (page) => {
      expect(readMetalLbMetrics(page)).toMatchObject({ kind: 'silent', final: true });
    },
  );

  it.each([
    [
      'the bad one of two conditions',
      [condition('a', 'True', 'Reconciled'), condition('b', 'False', 'UnknownError')],
      'False',
    ],
    ['an unsure one', [condition('a', 'True', 'Reconciled'), condition('b', 'Unknown', 'x')], 'Unknown'],
    ['a good one', [condition('a', 'True', 'Reconciled')], 'True'],
  ])('lets %s decide, whatever the result says', (_case, conditions, valid) => {
    const object = {
      apiVersion: 'metallb.io/v1beta1',
      kind: 'ConfigurationState',
      metadata: { name: 'controller', resourceVersion: '5' },
      status: { result: 'Valid', errorSummary: 'no such pool', conditions },
    };
    expect(readConfigurationState(object)).toMatchObject({ kind: 'state', valid, message: 'no such pool' });
  });

  it('waits for a state that is not written yet', () => {
    expect(readConfigurationState(undefined)).toMatchObject({ kind: 'silent', final: false });
  });
});

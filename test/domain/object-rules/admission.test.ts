import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import { listAt, valueAt } from '../../../src/domain/json.ts';
import { admittedPod } from '../../../src/domain/object-rules/pod/pod-admission.ts';
import { admittedBinding, admittedNamespace } from '../../../src/domain/object-rules/small-kind-admission.ts';
import { admittedDaemonSet } from '../../../src/domain/object-rules/workload/workload-admission.ts';

function podOf(spec: JsonObject): JsonObject {
  return admittedPod({ metadata: { name: 'web' }, spec });
}

function tolerated(pod: JsonObject): readonly unknown[] {
  return listAt(pod, 'spec', 'tolerations').map((one) => [valueAt(one, 'key'), valueAt(one, 'tolerationSeconds')]);
}

const gone = 'node.kubernetes.io/unreachable';
const unready = 'node.kubernetes.io/not-ready';

describe('a pod as it is admitted', () => {
  it.each([
    ['shop/web', 'Always'],
    ['shop/web:latest', 'Always'],
    ['registry:5000/shop/web', 'Always'],
    ['shop/web:1.2', 'IfNotPresent'],
    [`shop/web@sha256:${'0'.repeat(64)}`, 'IfNotPresent'],
  ])('pulls %s by the policy %s', (image, policy) => {
    expect(valueAt(podOf({ containers: [{ name: 'a', image }] }), 'spec', 'containers', 0, 'imagePullPolicy')).toBe(
      policy,
    );
  });

  it('outlasts its node by five minutes, unless it says by how much', () => {
    expect(tolerated(podOf({ containers: [] }))).toEqual([
      [unready, 300],
      [gone, 300],
    ]);
    const own = { key: gone, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 7 };
    expect(tolerated(podOf({ tolerations: [own] }))).toEqual([
      [gone, 7],
      [unready, 300],
    ]);
    expect(tolerated(podOf({ tolerations: [{ operator: 'Exists' }] }))).toEqual([[undefined, undefined]]);
  });

  it('has the account and the priority that it names, or those of everybody', () => {
    expect(podOf({})).toMatchObject({
      spec: { serviceAccountName: 'default', serviceAccount: 'default', priority: 0 },
    });
    const named = { serviceAccountName: 'speaker', priorityClassName: 'system-node-critical' };
    expect(podOf(named)).toMatchObject({ spec: { serviceAccount: 'speaker', priority: 2_000_001_000 } });
  });
});

function countOf(object: JsonObject): unknown {
  return valueAt(object, 'metadata', 'annotations', 'deprecated.daemonset.template.generation');
}

function daemons(image: string, more: JsonObject = {}): JsonObject {
  return {
    metadata: { name: 'speaker', annotations: { mine: 'x' } },
    spec: { template: { spec: { containers: [{ name: 'speaker', image }] } }, ...more },
  };
}

describe('a DaemonSet as it is admitted', () => {
  it('counts how often its template changed, and nothing else', () => {
    const first = admittedDaemonSet(daemons('speaker:1'), undefined);
    const same = admittedDaemonSet(daemons('speaker:1', { minReadySeconds: 3 }), first);
    const other = admittedDaemonSet(daemons('speaker:2'), same);
    expect([first, same, other].map((each) => countOf(each))).toEqual(['1', '1', '2']);
    expect(valueAt(other, 'metadata', 'annotations', 'mine')).toBe('x');
  });
});

describe('small kinds as they are admitted', () => {
  it('hold a namespace, unless it is being deleted', () => {
    expect(admittedNamespace({ metadata: { name: 'shop' } })).toEqual({
      metadata: { name: 'shop', labels: { 'kubernetes.io/metadata.name': 'shop' } },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    });
    const ending = { metadata: { name: 'shop', deletionTimestamp: '2026-01-01T00:00:00Z' }, spec: { finalizers: [] } };
    expect(valueAt(admittedNamespace(ending), 'spec', 'finalizers')).toEqual([]);
  });

  it('name the group of people, and none for accounts', () => {
    const subjects = [
      { kind: 'User', name: 'a' },
      { kind: 'ServiceAccount', name: 'b' },
    ];
    expect(listAt(admittedBinding({ subjects }), 'subjects')).toEqual([
      { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'a' },
      { kind: 'ServiceAccount', name: 'b' },
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import { beforeGrowing, isObserved } from '../../../src/domain/manifest/roll-out-first.ts';

function deployment(replicas: number | undefined, type = 'Recreate', kind = 'Deployment'): KubeObject {
  const spec = { ...(replicas === undefined ? {} : { replicas }), strategy: { type }, template: { spec: {} } };
  return { apiVersion: 'apps/v1', kind, metadata: { name: 'controller', namespace: 'metallb-system' }, spec };
}

describe('a Deployment that stops its old pods first', () => {
  it.each([
    [2, 1],
    [5, 2],
    [2, undefined],
  ])('grows to %j from %j in a write of its own, after the template', (wanted, now) => {
    expect(beforeGrowing(deployment(wanted), deployment(now))).toEqual(deployment(now ?? 1));
  });

  it.each<[string, KubeObject, KubeObject | undefined]>([
    ['is made', deployment(2), undefined],
    ['stays as large', deployment(2), deployment(2)],
    ['shrinks', deployment(1), deployment(2)],
    ['has no pods', deployment(2), deployment(0)],
    ['rolls', deployment(2, 'RollingUpdate'), deployment(1)],
    ['is of another kind', deployment(2, 'Recreate', 'StatefulSet'), deployment(1)],
  ])('takes one write where it %s', (_, wanted, live) => {
    expect(beforeGrowing(wanted, live)).toBeUndefined();
  });

  it('is seen by its controller when that has looked at the newest spec', () => {
    const seen = [{}, { observedGeneration: 1 }, { observedGeneration: 2 }].map((status) =>
      isObserved({ ...deployment(1), metadata: { name: 'controller', generation: 2 }, status }),
    );
    expect(seen).toEqual([false, false, true]);
  });
});

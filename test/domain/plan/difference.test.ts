import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import { jsonEqual } from '../../../src/domain/json.ts';
import { difference } from '../../../src/domain/plan/difference.ts';
import { object, pool } from './objects.ts';

function withSpec(spec: JsonObject): ReturnType<typeof pool> {
  return { ...pool('default'), spec };
}

function deployment(containers: string): ReturnType<typeof object> {
  return object(`
apiVersion: apps/v1
kind: Deployment
metadata: {name: controller, namespace: metallb-system}
spec: {template: {spec: {containers: ${containers}}}}`);
}

describe('difference', () => {
  it('names one replaced list element by its index', () => {
    expect(difference(pool('default', 'a', 'b'), pool('default', 'c', 'b'))).toEqual([
      { path: 'spec.addresses[0]', before: 'a', after: 'c' },
    ]);
  });

  it('tells an element put in front as one addition', () => {
    expect(difference(pool('default', 'b', 'c'), pool('default', 'a', 'b', 'c'))).toEqual([
      { path: 'spec.addresses[0]', before: undefined, after: 'a' },
    ]);
  });

  it('matches elements of keyed lists by their key, whatever their order', () => {
    const before = deployment('[{name: a, image: one}, {name: b, image: two}]');
    const after = deployment('[{name: b, image: two}, {name: a, image: three}]');
    expect(difference(before, after)).toEqual([
      { path: 'spec.template.spec.containers[name=a].image', before: 'one', after: 'three' },
      { path: 'spec.template.spec.containers (order)', before: ['name=a', 'name=b'], after: ['name=b', 'name=a'] },
    ]);
  });

  it('ignores what the server and controllers write', () => {
    const before = object(`
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: hook, uid: a, resourceVersion: '1', generation: 1, labels: {}}
webhooks: [{name: pools, clientConfig: {caBundle: Zm9v, service: {name: w, namespace: n}}}]
status: {a: 1}`);
    const after = object(`
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: hook, uid: a, resourceVersion: '2', generation: 2}
webhooks: [{name: pools, clientConfig: {service: {name: w, namespace: n}}}]`);
    expect(difference(before, after)).toEqual([]);
  });

  it('quotes keys that are no plain names', () => {
    const after = { ...pool('p'), metadata: { name: 'p', labels: { 'app.kubernetes.io/name': 'x' } } };
    expect(difference(pool('p'), after)).toEqual([
      { path: 'metadata.labels["app.kubernetes.io/name"]', before: undefined, after: 'x' },
    ]);
  });

  it('never shows a secret, neither in a Secret nor in a password nor in the copy that kubectl keeps', () => {
    const secret = object(
      `{apiVersion: v1, kind: Secret, metadata: {name: s}, data: {key: hunter2}, stringData: {k: hunter2}}`,
    );
    const peer = object(`{apiVersion: metallb.io/v1beta2, kind: BGPPeer, metadata: {name: p, annotations:
      {kubectl.kubernetes.io/last-applied-configuration: hunter2}}, spec: {password: hunter2, myASN: 1}}`);
    for (const one of [secret, peer]) {
      expect(difference(undefined, one).length).toBeGreaterThan(0);
      expect(JSON.stringify(difference(undefined, one))).not.toContain('hunter2');
      expect(JSON.stringify(difference(one, { ...one, data: {}, stringData: { k: 'other' }, spec: {} }))).not.toContain(
        'hunter2',
      );
    }
  });

  it('is empty exactly for equal specs', () => {
    const spec = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(spec, spec, (left, right) => {
        const [before, after] = [left as JsonObject, right as JsonObject];
        const equal = jsonEqual(before, after);
        expect(difference(withSpec(before), withSpec(after)).length === 0).toBe(equal);
        expect(difference(withSpec(before), withSpec(structuredClone(before)))).toEqual([]);
      }),
    );
  });

  it('stays quick on lists too long to align', () => {
    const many = Array.from({ length: 3_000 }, (_, index) => `10.0.${index}.0/24`);
    expect(difference(pool('p', ...many), pool('p', ...many, 'last'))).toHaveLength(1);
  });
});

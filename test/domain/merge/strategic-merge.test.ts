import { assert, constantFrom, property, record, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInSchema } from '../../../src/domain/crd/built-in-schemas.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import { UnmergeablePatch, strategicMerge } from '../../../src/domain/merge/strategic-merge.ts';

function schemaOf(apiVersion: string, kind: string): JsonObject {
  const schema = builtInSchema(apiVersion, kind);
  if (schema === undefined) {
    throw new Error(`no schema of ${kind}`);
  }
  return schema;
}

const pod = schemaOf('v1', 'Pod');
const deployment = schemaOf('apps/v1', 'Deployment');

function podWith(spec: JsonObject): JsonObject {
  return { spec };
}

function merged(target: JsonObject, patch: JsonObject): JsonObject {
  return strategicMerge(target, patch, pod);
}

describe('a strategic merge patch', () => {
  it('merges elements by their key, in its own order, and leaves the others where they stood', () => {
    const live = podWith({ containers: [{ name: 'a', image: 'x:1' }, { name: 'b' }] });
    const patch = podWith({ containers: [{ name: 'c' }, { name: 'a', image: 'x:2' }] });
    expect(merged(live, patch)).toEqual(
      podWith({ containers: [{ name: 'c' }, { name: 'a', image: 'x:2' }, { name: 'b' }] }),
    );
  });

  it('replaces a list that has no key', () => {
    const live = podWith({ tolerations: [{ key: 'a' }, { key: 'b' }] });
    expect(merged(live, podWith({ tolerations: [{ key: 'c' }] }))).toEqual(podWith({ tolerations: [{ key: 'c' }] }));
  });

  it('deletes the element that its directive names', () => {
    const live = podWith({ volumes: [{ name: 'a', emptyDir: {} }, { name: 'b' }] });
    expect(merged(live, podWith({ volumes: [{ $patch: 'delete', name: 'a' }] }))).toEqual(
      podWith({ volumes: [{ name: 'b' }] }),
    );
  });

  it('replaces a whole list or mapping where a directive says so', () => {
    const live = podWith({ containers: [{ name: 'a' }], securityContext: { runAsUser: 1, fsGroup: 2 } });
    const patch = podWith({
      containers: [{ $patch: 'replace' }, { name: 'z' }],
      securityContext: { $patch: 'replace', fsGroup: 3 },
    });
    expect(merged(live, patch)).toEqual(podWith({ containers: [{ name: 'z' }], securityContext: { fsGroup: 3 } }));
  });

  it('keeps only the keys that it retains', () => {
    const live = { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } } };
    const patch = { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } };
    expect(strategicMerge(live, patch, deployment)).toEqual({ spec: { strategy: { type: 'Recreate' } } });
  });

  it('adds scalars once and deletes those it names', () => {
    const live = { metadata: { finalizers: ['a', 'b'] } };
    expect(merged(live, { metadata: { finalizers: ['b', 'c'] } })).toEqual({
      metadata: { finalizers: ['a', 'b', 'c'] },
    });
    expect(merged(live, { metadata: { '$deleteFromPrimitiveList/finalizers': ['a'] } })).toEqual({
      metadata: { finalizers: ['b'] },
    });
  });

  it('orders elements as it asks, and leaves the others before those they preceded', () => {
    const live = podWith({ containers: [{ name: 'x' }, { name: 'a' }, { name: 'y' }, { name: 'b' }] });
    const patch = podWith({
      '$setElementOrder/containers': [{ name: 'b' }, { name: 'n' }, { name: 'a' }],
      containers: [{ name: 'n' }],
    });
    const names = (merged(live, patch) as { spec: { containers: { name: string }[] } }).spec.containers;
    expect(names.map(({ name }) => name)).toEqual(['x', 'y', 'b', 'n', 'a']);
  });

  it('removes what it sets to null, and stores no null of a new value', () => {
    const patch = podWith({ hostNetwork: null, dnsConfig: { searches: null, nameservers: ['192.0.2.53'] } });
    expect(merged(podWith({ hostNetwork: true }), patch)).toEqual(
      podWith({ dnsConfig: { nameservers: ['192.0.2.53'] } }),
    );
  });

  it.each<readonly [string, JsonObject]>([
    ['an element without its key', podWith({ containers: [{ image: 'x' }] })],
    ['an unknown directive', podWith({ $patch: 'squash' })],
    ['an order that is no list', podWith({ '$setElementOrder/containers': 'a' })],
    ['retained keys that miss one of its own', podWith({ $retainKeys: ['a'], hostNetwork: true })],
  ])('is refused with %s', (_, patch) => {
    expect(() => merged(podWith({ containers: [{ name: 'a' }] }), patch)).toThrow(UnmergeablePatch);
  });

  it('laid over an object a second time changes nothing more', () => {
    const name = constantFrom('a', 'b', 'c', 'd');
    const container = record({ name, image: constantFrom('x:1', 'x:2') }, { requiredKeys: ['name'] });
    const containers = uniqueArray(container, { selector: (one) => one.name, maxLength: 4 });
    assert(
      property(containers, containers, (before, change) => {
        const patch = podWith({
          containers: change,
          '$setElementOrder/containers': change.map((one) => ({ name: one.name })),
        });
        const once = merged(podWith({ containers: before }), patch);
        expect(merged(once, patch)).toEqual(once);
      }),
    );
  });
});

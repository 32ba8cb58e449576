import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, definitionsPath } from '../../contracts/kube-api/fixtures.ts';
import { SmallCluster } from './small-cluster.ts';

const group = 'versions.test';
const definition = `${definitionsPath}/boxes.${group}`;
const text = { type: 'string' };

function schemaOf(properties: object): object {
  const spec = { type: 'object', properties };
  return { openAPIV3Schema: { type: 'object', properties: { spec } } };
}

const versions = [
  { name: 'v1', served: true, storage: true, schema: schemaOf({ a: text, kept: { ...text, default: 'one' } }) },
  {
    name: 'v2',
    served: true,
    storage: false,
    deprecated: true,
    schema: schemaOf({ a: { ...text, maxLength: 2 }, b: { type: 'integer' }, new: { ...text, default: 'two' } }),
  },
];

function kindNamed(plural: string, kind: string): object {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: { group, names: { plural, kind }, scope: 'Namespaced', versions },
  };
}

function path(version: string, name = ''): string {
  return `/apis/${group}/${version}/namespaces/default/boxes${name === '' ? '' : `/${name}`}`;
}

function box(version: string, name: string, spec: object): object {
  return { apiVersion: `${group}/${version}`, kind: 'Box', metadata: { name }, spec };
}

describe('a custom kind of two versions', () => {
  let cluster: SmallCluster;
  beforeAll(async () => {
    cluster = await SmallCluster.start();
    await cluster.create(definitionsPath, kindNamed('boxes', 'Box'));
    await cluster.until(path('v2'), ({ code }) => code === 200);
  });
  afterAll(async () => {
    await cluster.stop();
  });

  it('is pruned and filled in by the schema of the version that it is written and read in', async () => {
    const written = await cluster.create(path('v1'), box('v1', 'first', { a: 'long', b: 5, odd: 1 }));
    expect(at(written, 'spec')).toEqual({ a: 'long', kept: 'one' });
    const other = await cluster.get(path('v2', 'first'));
    expect([at(other, 'apiVersion'), at(other, 'spec')]).toEqual([`${group}/v2`, { a: 'long' }]);
  });

  it('keeps what the stored version declares, whatever it was written in', async () => {
    const written = await cluster.create(path('v2'), box('v2', 'second', { a: 'ok', b: 5 }));
    expect(at(await cluster.get(path('v1', 'second')), 'spec')).toEqual({ a: 'ok', kept: 'one' });
    expect(at(await cluster.get(path('v2', 'second')), 'spec.b')).toBeUndefined();
    expect(written.warning).toContain(`${group}/v2 Box is deprecated`);
    const refused = await cluster.call('POST', path('v2'), box('v2', 'third', { a: 'long' }));
    expect(refused.code).toBe(422);
  });

  it('keeps a value that a stricter version would refuse, and takes no new one of the sort', async () => {
    expect((await cluster.merge(path('v2', 'first'), { metadata: { labels: { a: 'b' } } })).code).toBe(200);
    const changed = await cluster.merge(path('v2', 'first'), { spec: { a: 'longer' } });
    expect([changed.code, changed.text.includes('Too long: may not be more than 2 bytes')]).toEqual([422, true]);
  });

  it('takes another version for its store, and remembers the ones that it had', async () => {
    const swapped = versions.map((version) => ({ ...version, storage: version.name === 'v2' }));
    expect((await cluster.merge(definition, { spec: { versions: swapped } })).code).toBe(200);
    await cluster.untilField(definition, 'status.storedVersions', ['v1', 'v2']);
    const removed = await cluster.merge(definition, { spec: { versions: swapped.slice(1) } });
    expect([removed.code, removed.text.includes('status.storedVersions[0]')]).toEqual([422, true]);
    expect((await cluster.create(path('v2'), box('v2', 'fourth', { b: 7 }))).code).toBe(201);
    expect(at(await cluster.get(path('v2', 'fourth')), 'spec.b')).toBe(7);
  });

  it('has its names to itself', async () => {
    await cluster.create(definitionsPath, kindNamed('crates', 'Box'));
    const second = await cluster.until(`${definitionsPath}/crates.${group}`, (answer) =>
      answer.text.includes('NamesAccepted'),
    );
    const conditions = at(second, 'status.conditions') as readonly { type: string; status: string; reason: string }[];
    expect(conditions.find(({ type }) => type === 'NamesAccepted')).toMatchObject({
      status: 'False',
      reason: 'ListKindConflict',
    });
    expect((await cluster.get(`/apis/${group}/v1/namespaces/default/crates`)).code).toBe(404);
    await cluster.call('DELETE', `${definitionsPath}/crates.${group}`);
  });

  it('goes after all its objects, which finalizers may hold', async () => {
    await cluster.merge(path('v2', 'first'), { metadata: { finalizers: ['example.com/hold'] } });
    await cluster.call('DELETE', definition);
    await cluster.until(path('v2'), (answer) => (at(answer, 'items') as readonly unknown[] | undefined)?.length === 1);
    const late = await cluster.call('POST', path('v2'), box('v2', 'late', {}));
    expect([late.code, at(await cluster.get(definition), 'metadata.finalizers')]).toEqual([
      403,
      ['customresourcecleanup.apiextensions.k8s.io'],
    ]);
    await cluster.merge(path('v2', 'first'), { metadata: { finalizers: null } });
    await cluster.until(definition, ({ code }) => code === 404);
    expect((await cluster.get(path('v2'))).code).toBe(404);
  });
});

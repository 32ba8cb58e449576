import { afterAll, beforeAll, expect, it } from 'vitest';
import { findAccess } from '../../../src/adapters/kube/find-access.ts';
import { KubeCluster } from '../../../src/adapters/kube/kube-cluster.ts';
import { isFailure } from '../../../src/domain/failure.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import { objectIdOf } from '../../../src/domain/manifest/object-id.ts';
import type { ObjectFence } from '../../../src/ports/object-replacer.ts';

const { signal } = new AbortController();

function map(name: string, data: { readonly [key: string]: string }): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data };
}

function fenceOf({ metadata: { uid = '', resourceVersion = '' } }: KubeObject): ObjectFence {
  return { uid, resourceVersion };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => (isFailure(error) ? error.code : String(error)),
  );
}

/** The port ObjectReplacer against one control plane. */
export function objectReplacerContract(kubeconfig: () => string | Promise<string>): void {
  let cluster: KubeCluster;

  beforeAll(async () => {
    const path = await kubeconfig();
    cluster = new KubeCluster(findAccess({ kubeconfig: path, context: undefined, inCluster: false, env: {} }));
  });
  afterAll(() => {
    cluster.close();
  });

  it('an object is created once', async () => {
    const made = await cluster.create(map('whole-once', { x: '1' }), signal);
    expect(made['data']).toEqual({ x: '1' });
    expect(made.metadata.uid).toBeDefined();
    expect(await codeOf(cluster.create(map('whole-once', { x: '2' }), signal))).toBe('object-conflict');
    expect((await cluster.get('v1', objectIdOf(made), signal))?.['data']).toEqual({ x: '1' });
  });

  it('nothing is created where its namespace is not, or with a field that no such kind has', async () => {
    const lost = map('whole-lost', {});
    const elsewhere = { ...lost, metadata: { ...lost.metadata, namespace: 'nowhere' } };
    expect(await codeOf(cluster.create(elsewhere, signal))).toBe('object-not-found');
    expect(await codeOf(cluster.create({ ...lost, dat: {} }, signal))).toBe('object-invalid');
  });

  it('a replacement keeps nothing of what was there, whoever put it in', async () => {
    const made = await cluster.create(map('whole-new', { x: '1', y: '2' }), signal);
    const after = await cluster.replace(map('whole-new', { z: '3' }), fenceOf(made), signal);
    expect(after['data']).toEqual({ z: '3' });
    expect(after.metadata.uid).toBe(made.metadata.uid);
    expect(after.metadata.resourceVersion).not.toBe(made.metadata.resourceVersion);
  });

  it('a replacement by the same writes nothing', async () => {
    const made = await cluster.create(map('whole-same', { x: '1' }), signal);
    const after = await cluster.replace(map('whole-same', { x: '1' }), fenceOf(made), signal);
    expect(after.metadata.resourceVersion).toBe(made.metadata.resourceVersion);
  });

  it('only the very state that was read is replaced', async () => {
    const name = 'whole-fence';
    const made = await cluster.create(map(name, { x: '1' }), signal);
    const after = await cluster.replace(map(name, { x: '2' }), fenceOf(made), signal);
    const again = map(name, { x: '3' });
    expect(await codeOf(cluster.replace(again, fenceOf(made), signal))).toBe('object-changed');
    const other = { ...fenceOf(after), uid: '00000000-0000-4000-8000-000000000000' };
    expect(await codeOf(cluster.replace(again, other, signal))).toBe('object-changed');
    await cluster.delete('v1', objectIdOf(made), { uid: fenceOf(made).uid }, signal);
    expect(await codeOf(cluster.replace(again, fenceOf(after), signal))).toBe('object-changed');
    const anew = await cluster.create(map(name, { x: '4' }), signal);
    expect(await codeOf(cluster.replace(again, fenceOf(after), signal))).toBe('object-changed');
    expect((await cluster.get('v1', objectIdOf(anew), signal))?.['data']).toEqual({ x: '4' });
  });
}

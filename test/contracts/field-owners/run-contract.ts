import { afterAll, beforeAll, expect, it } from 'vitest';
import { KubeCluster } from '../../../src/adapters/kube/kube-cluster.ts';
import { findAccess } from '../../../src/adapters/kube/find-access.ts';
import { lettingOf } from '../../../src/domain/adoption/release.ts';
import { ownOwnership, takeFields } from '../../../src/domain/adoption/take-fields.ts';
import { isFailure } from '../../../src/domain/failure.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import { objectIdOf } from '../../../src/domain/manifest/object-id.ts';
import { emptySet } from '../../../src/domain/merge/field-set.ts';
import type { ObjectVersion } from '../../../src/ports/field-owners.ts';
import { managersOf } from '../../domain/adoption/objects.ts';
import { ApiClient } from '../kube-api/api-client.ts';

export interface OwnersAccess {
  readonly server: string;
  readonly token: string;
  readonly certificate: string;
  readonly kubeconfig: string;
}

const { signal } = new AbortController();
const labels = { 'app.kubernetes.io/managed-by': 'metalwave', 'metalwave.io/environment': 'dev' };
const path = '/api/v1/namespaces/default/configmaps';

function map(
  name: string,
  data: { readonly [key: string]: string },
  more: Partial<KubeObject['metadata']> = {},
): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default', ...more }, data };
}

function versionOf(object: KubeObject): ObjectVersion {
  const { uid = '', resourceVersion = '' } = object.metadata;
  return { apiVersion: object.apiVersion, id: objectIdOf(object), uid, resourceVersion };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => (isFailure(error) ? error.code : String(error)),
  );
}

/** The port FieldOwners against one control plane. */
export function fieldOwnersContract(open: () => OwnersAccess | Promise<OwnersAccess>): void {
  let cluster: KubeCluster;
  let api: ApiClient;

  beforeAll(async () => {
    const { server, token, certificate, kubeconfig } = await open();
    api = new ApiClient(server, token, certificate);
    cluster = new KubeCluster(findAccess({ kubeconfig, context: undefined, inCluster: false, env: {} }));
  });
  afterAll(() => {
    cluster.close();
    api.close();
  });

  /** Writes as an updater, and gives what is live then. */
  async function updated(object: KubeObject, manager: string): Promise<KubeObject> {
    const made = await api.call({ method: 'POST', path: `${path}?fieldManager=${manager}`, body: object });
    expect(made.code).toBe(201);
    return live(object);
  }

  async function appliedBy(object: KubeObject, manager: string): Promise<readonly [code: number, live: KubeObject]> {
    const type = 'application/apply-patch+yaml';
    const where = `${path}/${object.metadata.name}?fieldManager=${manager}`;
    const { code } = await api.call({ method: 'PATCH', path: where, body: object, type });
    return [code, await live(object)];
  }

  async function live(object: KubeObject): Promise<KubeObject> {
    const found = await cluster.get('v1', objectIdOf(object), signal);
    if (found === undefined) {
      throw new Error(`${object.metadata.name} is gone`);
    }
    return found;
  }

  async function adopted(object: KubeObject, before: KubeObject): Promise<KubeObject> {
    const preview = await cluster.previewTakeover(object, before.metadata.uid ?? '', signal);
    const wanted = { ours: ownOwnership(preview)?.fields ?? emptySet, apiVersion: 'v1' };
    const { managedFields } = takeFields(before, wanted, () => true);
    if (managedFields === undefined) {
      throw new Error('nothing was to be taken');
    }
    return cluster.rewriteOwnership(versionOf(before), { managedFields, withoutLabels: [] }, signal);
  }

  it('a preview shows the values and owners that an apply would leave by force, and changes nothing', async () => {
    const before = await updated(map('preview', { x: '1', y: '1' }), 'helm');
    const preview = await cluster.previewTakeover(map('preview', { x: '2' }), before.metadata.uid ?? '', signal);
    expect(preview['data']).toEqual({ x: '2', y: '1' });
    expect(managersOf(preview.metadata.managedFields).toSorted()).toEqual(['helm Update', 'metalwave Apply']);
    expect(await live(before)).toEqual(before);
  });

  it('a preview is of that very object', async () => {
    await updated(map('other', { x: '1' }), 'helm');
    expect(await codeOf(cluster.previewTakeover(map('other', { x: '2' }), 'another-uid', signal))).toBe(
      'object-changed',
    );
  });

  it('fields that went over to us go when we give them up, and those of others stay', async () => {
    const before = await updated(map('moved', { x: '1', y: '1', z: '1' }), 'helm');
    const taken = await adopted(map('moved', { x: '1', y: '1' }), before);
    expect(taken['data']).toEqual(before['data']);
    expect(managersOf(taken.metadata.managedFields)).toEqual(['metalwave Apply', 'helm Update']);
    const after = await cluster.apply(map('moved', { x: '1' }), {}, signal);
    expect(after['data']).toEqual({ x: '1', z: '1' });
  });

  it('with the last field of a mapping the mapping goes', async () => {
    const before = await updated(map('emptied', { x: '1' }, { labels: { team: 'net' } }), 'kubectl-client-side-apply');
    await adopted(map('emptied', { x: '1' }, { labels: { team: 'net' } }), before);
    const { data: _, ...bare } = map('emptied', {});
    const after = await cluster.apply(bare, {}, signal);
    expect([after['data'], after.metadata.labels, after.metadata.managedFields]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('an object without any record gets one that leaves nothing to before-first-apply', async () => {
    const made = await updated(map('unrecorded', { x: '1', y: '1' }), 'helm');
    const bare = await cluster.rewriteOwnership(versionOf(made), { managedFields: [], withoutLabels: [] }, signal);
    expect(bare.metadata.managedFields).toBeUndefined();
    await adopted(map('unrecorded', { x: '1', y: '1' }), bare);
    const after = await cluster.apply(map('unrecorded', { x: '1' }), {}, signal);
    expect([after['data'], managersOf(after.metadata.managedFields)]).toEqual([{ x: '1' }, ['metalwave Apply']]);
  });

  it('what was let go of keeps every value, and others apply to it without a conflict', async () => {
    const ours = await cluster.apply(map('let-go', { x: '1' }, { labels: { ...labels, team: 'net' } }), {}, signal);
    const letting = lettingOf(ours, 'dev');
    if (letting === undefined) {
      throw new Error('nothing of ours is on it');
    }
    const free = await cluster.rewriteOwnership(versionOf(ours), letting, signal);
    expect([free['data'], free.metadata.labels]).toEqual([{ x: '1' }, { team: 'net' }]);
    expect(managersOf(free.metadata.managedFields)).toEqual(['before-first-apply Update']);
    const [code, after] = await appliedBy(
      map('let-go', { x: '2' }, { labels: { team: 'dev' }, annotations: { a: 'b' } }),
      'm2',
    );
    expect([code, after['data'], after.metadata.labels]).toEqual([200, { x: '2' }, { team: 'dev' }]);
    const [again, given] = await appliedBy(map('let-go', { y: '1' }), 'm2');
    expect([again, given['data']]).toEqual([200, { y: '1' }]);
  });

  it('with the last label the mapping of labels goes', async () => {
    const made = await cluster.apply(map('all-labels', { x: '1' }, { labels }), {}, signal);
    const { managedFields = [] } = made.metadata;
    const change = { managedFields, withoutLabels: Object.keys(labels) };
    const after = await cluster.rewriteOwnership(versionOf(made), change, signal);
    expect(Object.keys(after.metadata)).not.toContain('labels');
  });

  it('a label that is not there is no mistake', async () => {
    const made = await cluster.apply(map('unlabelled', { x: '1' }), {}, signal);
    const { managedFields = [] } = made.metadata;
    const change = { managedFields, withoutLabels: ['nope'] };
    expect((await cluster.rewriteOwnership(versionOf(made), change, signal))['data']).toEqual({ x: '1' });
  });

  it('owners are written over the very state that was read, and no other', async () => {
    const made = await cluster.apply(map('fenced', { x: '1' }), {}, signal);
    const version = versionOf(made);
    const change = { managedFields: [], withoutLabels: [] };
    const write = (more: Partial<ObjectVersion>): Promise<string> =>
      codeOf(cluster.rewriteOwnership({ ...version, ...more }, change, signal));
    expect(await write({ uid: 'another' })).toBe('object-changed');
    const moved = await cluster.apply(map('fenced', { x: '2' }), {}, signal);
    expect(await write({})).toBe('object-changed');
    expect(await live(moved)).toEqual(moved);
    await cluster.delete('v1', version.id, { uid: version.uid }, signal);
    expect(await write({ resourceVersion: moved.metadata.resourceVersion ?? '' })).toBe('object-changed');
  });
}

import { describe, expect, it } from 'vitest';
import { openSnapshot } from '../../../src/adapters/snapshot/open-snapshot.ts';
import { Failure, FieldConflictFailure } from '../../../src/domain/failure.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';

const signal = new AbortController().signal;
const pool: KubeObject = {
  apiVersion: 'metallb.io/v1beta1',
  kind: 'IPAddressPool',
  metadata: {
    name: 'default',
    namespace: 'metallb-system',
    uid: 'u1',
    labels: { env: 'dev' },
    managedFields: [
      {
        manager: 'kubectl',
        operation: 'Update',
        apiVersion: 'metallb.io/v1beta1',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:spec': { '.': {}, 'f:addresses': {} } },
      },
    ],
  },
  spec: { addresses: ['192.168.1.220-192.168.1.250'] },
};
const namespace: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'metallb-system' } };
const file = {
  formatVersion: 1,
  takenAt: '2026-01-02T03:04:05Z',
  serverVersion: 'v1.35.4',
  objects: [namespace, pool],
};
const other: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } };
const metallb = {
  namespace: 'metallb-system',
  engine: 'upstream',
  version: '0.15.2',
  backend: 'frr',
  loadBalancerClass: null,
};
const latest = {
  ...file,
  formatVersion: 2,
  cluster: 'context prod',
  metallb,
  lists: [{ apiVersion: 'v1', kind: 'Namespace', namespace: '', served: true, items: 1 }],
  objects: [namespace],
};
const reader = openSnapshot(JSON.stringify(file), 'live.json');

function applied(addresses: readonly string[]): KubeObject {
  return { ...pool, metadata: { name: 'default', namespace: 'metallb-system' }, spec: { addresses } };
}

async function list(options: object): Promise<readonly string[]> {
  const { items } = await reader.list('metallb.io/v1beta1', 'IPAddressPool', options, signal);
  return items.map((item) => item.metadata.name);
}

describe('a snapshot', () => {
  it('says what it is', async () => {
    expect(reader.description).toBe('live.json of 2026-01-02T03:04:05Z');
    expect(await reader.serverVersion(signal)).toBe('v1.35.4');
  });

  it('lists by kind, namespace and selectors', async () => {
    expect(await list({})).toEqual(['default']);
    expect(await list({ namespace: 'other' })).toEqual([]);
    expect(await list({ labelSelector: 'env=dev' })).toEqual(['default']);
    expect(await list({ labelSelector: 'env!=dev' })).toEqual([]);
    expect(await list({ fieldSelector: 'metadata.name=default' })).toEqual(['default']);
  });

  it('tells absent from present', async () => {
    const id = { group: 'metallb.io', kind: 'IPAddressPool', namespace: 'metallb-system', name: 'default' };
    expect(await reader.get('metallb.io/v1beta1', id, signal)).toEqual(pool);
    expect(await reader.get('metallb.io/v1beta1', { ...id, name: 'none' }, signal)).toBeUndefined();
  });

  it('knows built-in kinds and those that its objects bear', async () => {
    expect(await reader.findKind('v1', 'Service', signal)).toMatchObject({ resource: 'services', namespaced: true });
    expect(await reader.findKind('metallb.io/v1beta1', 'IPAddressPool', signal)).toMatchObject({
      resource: 'ipaddresspools',
    });
    expect(await reader.findKind('metallb.io/v1beta1', 'BGPPeer', signal)).toBeUndefined();
  });

  it('applies dry as the server would, conflicts included', async () => {
    const same = await reader.dryRunApply(applied(['192.168.1.220-192.168.1.250']), {}, signal);
    expect(same['spec']).toEqual(pool['spec']);
    expect(same.metadata.managedFields?.map((entry) => entry.manager)).toEqual(['metalwave', 'kubectl']);
    const refused = await reader.dryRunApply(applied(['10.0.0.0/24']), {}, signal).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(FieldConflictFailure);
    expect(refused).toMatchObject({ conflicts: [{ manager: 'kubectl', field: '.spec.addresses' }] });
  });

  it('holds an apply to the uid it was made for', async () => {
    const refused = await reader.dryRunApply(applied([]), { uid: 'other' }, signal).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'object-changed' });
  });

  it('may be a list as kubectl prints it', async () => {
    const opened = openSnapshot(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [pool] }));
    expect((await opened.list('metallb.io/v1beta1', 'IPAddressPool', {}, signal)).items).toEqual([pool]);
  });
});

describe('a snapshot that says what was listed', () => {
  const opened = openSnapshot(JSON.stringify(latest), 'live.json');

  it('gives the MetalLB it was taken of', () => {
    expect(opened.metallb).toEqual({ ...metallb, loadBalancerClass: undefined });
  });

  it('refuses to tell of what it does not hold, and names the way out', async () => {
    expect((await opened.list('v1', 'Namespace', {}, signal)).items).toEqual([namespace]);
    const failed = await opened.list('v1', 'Service', {}, signal).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 'snapshot-invalid' });
    expect(String(failed)).toContain('holds no Service');
    const id = { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', namespace: '', name: 'x' };
    await expect(opened.get('rbac.authorization.k8s.io/v1', id, signal)).rejects.toMatchObject({
      code: 'snapshot-invalid',
    });
  });

  it('does not take a List without any Service for a cluster without any', async () => {
    const list = openSnapshot(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [pool] }));
    await expect(list.list('v1', 'Service', {}, signal)).rejects.toMatchObject({ code: 'snapshot-invalid' });
  });
});

describe('a file that is no snapshot', () => {
  it.each([
    ['nothing', ''],
    ['cut off', JSON.stringify(file).slice(0, -20)],
    ['no object', '[]'],
    ['without a format', '{"objects":[]}'],
    ['of a newer format', JSON.stringify({ ...file, formatVersion: 3 })],
    ['of format 1.5', JSON.stringify({ ...file, formatVersion: 1.5 })],
    ['a plan', JSON.stringify({ formatVersion: 1, changes: [] })],
    ['without lists', JSON.stringify({ ...latest, lists: undefined })],
    ['with a list of no kind', JSON.stringify({ ...latest, lists: [{ items: 1 }] })],
    ['with fewer objects than its list had', JSON.stringify({ ...latest, objects: [] })],
    ['with more objects than its list had', JSON.stringify({ ...latest, objects: [namespace, other] })],
    ['with an object of no list', JSON.stringify({ ...latest, objects: [namespace, pool] })],
    ['with an unknown backend', JSON.stringify({ ...latest, metallb: { ...metallb, backend: 'bird' } })],
    ['without a word on MetalLB', JSON.stringify({ ...latest, metallb: undefined })],
    ['without its cluster', JSON.stringify({ ...latest, cluster: 7 })],
    ['of format 0', JSON.stringify({ ...file, formatVersion: 0 })],
    ['without objects', JSON.stringify({ ...file, objects: undefined })],
    [
      'with a nameless object',
      JSON.stringify({ ...file, objects: [{ apiVersion: 'v1', kind: 'Namespace', metadata: {} }] }),
    ],
    ['with an object twice', JSON.stringify({ ...file, objects: [pool, pool] })],
  ])('is refused: %s', (_, text) => {
    let caught: unknown;
    try {
      openSnapshot(text, 'x.json');
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(Failure);
    expect(caught).toMatchObject({ code: 'snapshot-invalid', retry: 'never' });
  });
});

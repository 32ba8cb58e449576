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

describe('a file that is no snapshot', () => {
  it.each([
    ['nothing', ''],
    ['cut off', JSON.stringify(file).slice(0, -20)],
    ['no object', '[]'],
    ['without a format', '{"objects":[]}'],
    ['of a newer format', JSON.stringify({ ...file, formatVersion: 2 })],
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

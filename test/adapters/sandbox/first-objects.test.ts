import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import { SmallCluster } from './small-cluster.ts';

describe('what an embedded control plane has from its start', () => {
  let cluster: SmallCluster;
  beforeAll(async () => {
    cluster = await SmallCluster.start();
  });
  afterAll(async () => {
    await cluster.sandbox.stop();
  });

  it('has uids of its own, a time and an owner, as what is written has', async () => {
    const { body } = await cluster.get('/apis/rbac.authorization.k8s.io/v1/clusterroles');
    const { items } = body as { readonly items: readonly KubeObject[] };
    const uids = new Set(items.map(({ metadata }) => metadata.uid));
    expect(items.length).toBeGreaterThan(10);
    expect(uids.size).toBe(items.length);
    for (const { metadata } of items) {
      expect(metadata.creationTimestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u);
      expect(metadata.managedFields?.[0]?.time).toBe(metadata.creationTimestamp);
    }
  });

  it('takes a write that changes nothing as one that changes nothing', async () => {
    const path = '/api/v1/namespaces/default';
    const before = await cluster.get(path);
    const after = await cluster.call('PUT', path, before.body);
    expect(after.body).toEqual(before.body);
  });
});

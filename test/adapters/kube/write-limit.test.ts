import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fixedCredentials } from '../../../src/adapters/kube/credentials.ts';
import { KubeCluster } from '../../../src/adapters/kube/kube-cluster.ts';
import { Failure } from '../../../src/domain/failure.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import { coreKinds, json, type ScriptedServer, startScriptedServer } from './scripted-server.ts';

const { signal } = new AbortController();
const object: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', namespace: 'default' } };
const id = { group: '', kind: 'ConfigMap', namespace: 'default', name: 'web' };

describe('a write that is bound in time', () => {
  let server: ScriptedServer;
  let cluster: KubeCluster;
  beforeEach(async () => {
    server = await startScriptedServer();
    const credentials = fixedCredentials({ headers: {}, certificate: undefined, key: undefined });
    cluster = new KubeCluster({
      description: 'test',
      server: new URL(server.url),
      ca: server.ca,
      verifyCertificate: true,
      serverName: undefined,
      credentials,
    });
    server.replies(coreKinds, json(200, object));
  });
  afterEach(async () => {
    cluster.close();
    await server.stop();
  });

  it('is asked once whether it may go, and tells the server how long it may take', async () => {
    let asked = 0;
    const limit = {
      timeoutMs: 12_000,
      beforeSend: () => {
        asked += 1;
      },
    };
    await cluster.apply(object, { uid: 'u', limit }, signal);
    await cluster.delete('v1', id, { uid: 'u', limit }, signal);
    expect(asked).toBe(2);
    expect(server.received.slice(1).map(({ url }) => url)).toEqual([
      expect.stringMatching(/&timeout=12s$/u),
      '/api/v1/namespaces/default/configmaps/web?timeout=12s',
    ]);
    expect(server.received[1]?.body).not.toContain('timeoutMs');
  });

  it('is not sent where it may not go, on a new connection and on one that was used', async () => {
    const lost = new Failure({ code: 'lock-lost', retry: 'never', message: 'the lock was lost' });
    const limit = {
      timeoutMs: 12_000,
      beforeSend: () => {
        throw lost;
      },
    };
    await cluster.findKind('v1', 'ConfigMap', signal);
    await expect(cluster.apply(object, { limit }, signal)).rejects.toBe(lost);
    cluster.close();
    await expect(cluster.apply(object, { limit }, signal)).rejects.toBe(lost);
    await expect(cluster.delete('v1', id, { uid: 'u', limit }, signal)).rejects.toBe(lost);
    expect(server.received).toHaveLength(1);
    await expect(cluster.apply(object, {}, signal)).resolves.toMatchObject({ kind: 'ConfigMap' });
  });

  it('goes out where more of them are under way than there are connections', async () => {
    let asked = 0;
    const limit = {
      timeoutMs: 12_000,
      beforeSend: () => {
        asked += 1;
      },
    };
    await cluster.findKind('v1', 'ConfigMap', signal);
    await Promise.all(Array.from({ length: 50 }, () => cluster.apply(object, { limit }, signal)));
    expect(asked).toBe(50);
    expect(server.connections()).toBeLessThanOrEqual(16);
  });

  it('ends after its time where the server says nothing', async () => {
    server.replies(coreKinds, () => undefined);
    const limit = { timeoutMs: 50, beforeSend: () => undefined };
    await expect(cluster.apply(object, { limit }, signal)).rejects.toMatchObject({ code: 'cluster-unreachable' });
  });
});

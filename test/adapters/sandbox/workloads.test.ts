import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at, refusal } from '../../contracts/kube-api/fixtures.ts';
import type { ApiAnswer } from '../../contracts/kube-api/api-client.ts';
import { SmallCluster, apps, core, workload } from './small-cluster.ts';

type Items = readonly { readonly metadata: { readonly name: string; readonly [field: string]: unknown } }[];

function itemsOf(answer: ApiAnswer): Items {
  return at(answer, 'items') as Items;
}

const apart = { app: 'web' };

describe('workloads of the embedded control plane', () => {
  let cluster: SmallCluster;

  beforeAll(async () => {
    cluster = await SmallCluster.start();
    await cluster.create(`${apps}/deployments`, workload('Deployment', 'web', apart, 80, { replicas: 2 }));
    await cluster.untilField(`${apps}/deployments/web`, 'status.availableReplicas', 2);
  });

  afterAll(async () => {
    await cluster.stop();
  });

  it('stand in a chain of owners: pods, ReplicaSet, Deployment', async () => {
    const [set] = itemsOf(await cluster.get(`${apps}/replicasets`));
    const [first, second] = itemsOf(await cluster.get(`${core}/pods`));
    expect(set?.metadata).toMatchObject({ ownerReferences: [{ kind: 'Deployment', name: 'web', controller: true }] });
    expect(first?.metadata).toMatchObject({ ownerReferences: [{ kind: 'ReplicaSet', name: set?.metadata.name }] });
    expect(first).toMatchObject({ status: { phase: 'Running', hostIP: expect.any(String) as string } });
    const nodes = [first, second].map((pod) =>
      JSON.stringify((pod as { spec?: { nodeName?: string } }).spec?.nodeName),
    );
    expect(nodes.toSorted()).toEqual(['"node-1"', '"node-2"']);
  });

  it('roll out a new template and keep the old one for a rollback', async () => {
    await cluster.merge(`${apps}/deployments/web`, {
      spec: { template: { metadata: { labels: { version: 'two' } } } },
    });
    const done = await cluster.until(
      `${apps}/deployments/web`,
      (answer) =>
        at(answer, 'metadata.generation') === at(answer, 'status.observedGeneration') &&
        at(answer, 'status.conditions.1.reason') === 'NewReplicaSetAvailable' &&
        at(answer, 'status.replicas') === 2,
    );
    expect(at(done, 'metadata.annotations')).toMatchObject({ 'deployment.kubernetes.io/revision': '2' });
    const sets = itemsOf(await cluster.get(`${apps}/replicasets`)) as unknown as readonly {
      readonly spec: { readonly replicas: number };
    }[];
    expect(sets.map(({ spec }) => spec.replicas).toSorted((left, right) => left - right)).toEqual([0, 2]);
  });

  it('grow and shrink through the scale subresource', async () => {
    const scale = `${apps}/deployments/web/scale`;
    expect(at(await cluster.get(scale), 'spec.replicas')).toBe(2);
    const grown = await cluster.merge(scale, { spec: { replicas: 3 } });
    expect([grown.code, at(grown, 'kind'), at(grown, 'spec.replicas')]).toEqual([200, 'Scale', 3]);
    await cluster.untilField(`${apps}/deployments/web`, 'status.availableReplicas', 3);
    expect((await cluster.merge(scale, { spec: { replicas: 1 } })).code).toBe(200);
    await cluster.untilField(`${apps}/deployments/web`, 'status.replicas', 1);
  });

  it('leave a crashing image waiting, and the old pods serving', async () => {
    await cluster.create(`${apps}/deployments`, workload('Deployment', 'frail', { app: 'frail' }, 80));
    await cluster.untilField(`${apps}/deployments/frail`, 'status.availableReplicas', 1);
    const containers = [{ name: 'frail', image: 'example.com/crash-loop:1' }];
    await cluster.merge(`${apps}/deployments/frail`, { spec: { template: { spec: { containers } } } });
    await cluster.until(`${core}/pods?labelSelector=app%3Dfrail`, (answer) => answer.text.includes('CrashLoopBackOff'));
    expect(at(await cluster.get(`${apps}/deployments/frail`), 'status.readyReplicas')).toBe(1);
    const events = await cluster.until(`${core}/events`, (answer) => answer.text.includes('BackOff'));
    expect(events.text).toContain('Back-off restarting failed container');
    await cluster.call('DELETE', `${apps}/deployments/frail`);
  });

  it('go with their owner, or stay as orphans, or go first', async () => {
    for (const [name, policy] of [
      ['lone', 'Orphan'],
      ['first', 'Foreground'],
      ['gone', 'Background'],
    ] as const) {
      await cluster.create(`${apps}/deployments`, workload('Deployment', name, { app: name }, 80));
      await cluster.untilField(`${apps}/deployments/${name}`, 'status.availableReplicas', 1);
      await cluster.call('DELETE', `${apps}/deployments/${name}?propagationPolicy=${policy}`);
      await cluster.until(`${apps}/deployments/${name}`, ({ code }) => code === 404);
      const path = `${apps}/replicasets?labelSelector=app%3D${name}`;
      if (policy === 'Orphan') {
        expect(at(await cluster.get(path), 'items.0.metadata.ownerReferences')).toBeUndefined();
      } else {
        await cluster.until(path, (answer) => itemsOf(answer).length === 0);
        await cluster.until(`${core}/pods?labelSelector=app%3D${name}`, (answer) => itemsOf(answer).length === 0);
      }
    }
    const refused = await cluster.call('DELETE', `${apps}/deployments/web?propagationPolicy=Sideways`);
    expect(refusal(refused)).toMatchObject({ code: 422, reason: 'Invalid' });
  });

  it('do not serve while their node is silent, and do again when it is back', async () => {
    const silent = await cluster.create(`${apps}/daemonsets`, workload('DaemonSet', 'each', { app: 'each' }, 80));
    expect(silent.code).toBe(201);
    await cluster.untilField(`${apps}/daemonsets/each`, 'status.numberReady', 2);
    cluster.sandbox.setFaults({ nodesDown: ['node-1'] });
    cluster.sandbox.turnClock(60_000);
    await cluster.untilField('/api/v1/nodes/node-1', 'status.conditions.0.status', 'Unknown');
    await cluster.untilField(`${apps}/daemonsets/each`, 'status.numberReady', 1);
    cluster.sandbox.setFaults({});
    await cluster.untilField('/api/v1/nodes/node-1', 'status.conditions.0.status', 'True');
    await cluster.untilField(`${apps}/daemonsets/each`, 'status.numberReady', 2);
    await cluster.untilField('/api/v1/nodes/node-1', 'spec.taints', undefined);
  });

  it('are gone with their namespace, which waits for what finalizers hold', async () => {
    const held = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'held', finalizers: ['example.com/hold'] } };
    await cluster.create('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'short' } });
    await cluster.create('/api/v1/namespaces/short/configmaps', held);
    const deleted = await cluster.call('DELETE', '/api/v1/namespaces/short');
    expect([deleted.code, at(deleted, 'status.phase')]).toEqual([200, 'Terminating']);
    await cluster.untilField('/api/v1/namespaces/short', 'status.conditions.0.type', 'NamespaceContentRemaining');
    const late = await cluster.call('POST', '/api/v1/namespaces/short/configmaps', {
      ...held,
      metadata: { name: 'late' },
    });
    expect(refusal(late)).toMatchObject({ code: 403, reason: 'Forbidden' });
    await cluster.merge('/api/v1/namespaces/short/configmaps/held', { metadata: { finalizers: null } });
    await cluster.until('/api/v1/namespaces/short', ({ code }) => code === 404);
  });

  it('are drained from a cordoned node as far as their budget lets them', async () => {
    await cluster.create(`${apps}/deployments`, workload('Deployment', 'kept', { app: 'kept' }, 80));
    await cluster.untilField(`${apps}/deployments/kept`, 'status.availableReplicas', 1);
    await cluster.create('/apis/policy/v1/namespaces/default/poddisruptionbudgets', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'kept' },
      spec: { minAvailable: 1, selector: { matchLabels: { app: 'kept' } } },
    });
    await cluster.untilField('/apis/policy/v1/namespaces/default/poddisruptionbudgets/kept', 'status.expectedPods', 1);
    const [pod] = itemsOf(await cluster.get(`${core}/pods?labelSelector=app%3Dkept`));
    const node = at(await cluster.get(`${core}/pods/${pod?.metadata.name ?? ''}`), 'spec.nodeName') as string;
    await cluster.merge(`/api/v1/nodes/${node}`, { spec: { unschedulable: true } });
    await cluster.untilField(`/api/v1/nodes/${node}`, 'spec.taints.0.key', 'node.kubernetes.io/unschedulable');
    const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod?.metadata.name } };
    const path = `${core}/pods/${pod?.metadata.name ?? ''}/eviction`;
    const refused = await cluster.call('POST', path, eviction);
    expect(refusal(refused)).toEqual({
      code: 429,
      reason: 'TooManyRequests',
      message: "Cannot evict pod as it would violate the pod's disruption budget.",
    });
    await cluster.call('DELETE', '/apis/policy/v1/namespaces/default/poddisruptionbudgets/kept');
    expect((await cluster.call('POST', path, eviction)).code).toBe(201);
    await cluster.until(`${core}/pods/${pod?.metadata.name ?? ''}`, ({ code }) => code === 404);
    const moved = await cluster.until(
      `${core}/pods?labelSelector=app%3Dkept`,
      (answer) => at(answer, 'items.0.spec.nodeName') !== undefined,
    );
    expect(at(moved, 'items.0.spec.nodeName')).not.toBe(node);
    await cluster.merge(`/api/v1/nodes/${node}`, { spec: { unschedulable: null } });
    await cluster.untilField(`/api/v1/nodes/${node}`, 'spec.taints', undefined);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TurnableClock } from '../../../src/adapters/sandbox/turnable-clock.ts';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import { at } from '../../contracts/kube-api/fixtures.ts';
import { SmallCluster, apps, core, workload } from './small-cluster.ts';

const never = new AbortController().signal;
const lease = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases';

describe('a clock that is turned', () => {
  it('wakes who sleeps until a time that has come, and lets others sleep on', async () => {
    const clock = new TurnableClock(systemClock);
    const woken: string[] = [];
    const long = clock.sleep(3_600_000, never).then(() => woken.push('long'));
    const short = clock.sleep(60_000, never).then(() => woken.push('short'));
    const [now, monotonic] = [clock.now(), clock.monotonic()];
    clock.turn(60_000);
    await short;
    expect(woken).toEqual(['short']);
    clock.turn(3_540_000);
    await long;
    expect(clock.now() - now).toBeGreaterThanOrEqual(3_599_000);
    expect(clock.monotonic() - monotonic).toBeGreaterThanOrEqual(3_600_000);
  });

  it('lets a sleep be ended, with the reason', async () => {
    const clock = new TurnableClock(systemClock);
    const ending = new AbortController();
    const sleeping = clock.sleep(3_600_000, ending.signal);
    ending.abort(new Error('enough'));
    await expect(sleeping).rejects.toThrow('enough');
    await expect(clock.sleep(1, ending.signal)).rejects.toThrow('enough');
    expect(() => {
      clock.turn(-1);
    }).toThrow('bug');
  });
});

describe('an embedded control plane whose clock is turned', () => {
  let cluster: SmallCluster;
  beforeAll(async () => {
    cluster = await SmallCluster.start();
  });
  afterAll(() => cluster.stop());

  async function renewed(node: string): Promise<number> {
    return Date.parse(String(at(await cluster.get(`${lease}/${node}`), 'spec.renewTime')));
  }

  it('gives a silent node up after 50 seconds, and its pods after what they tolerate', async () => {
    await cluster.create(`${apps}/deployments`, workload('Deployment', 'web', { app: 'web' }, 80, { replicas: 2 }));
    await cluster.untilField(`${apps}/deployments/web`, 'status.availableReplicas', 2);
    await cluster.until(`${lease}/node-1`, ({ code }) => code === 200);
    cluster.sandbox.setFaults({ nodesDown: ['node-1'] });
    const heard = await renewed('node-1');
    cluster.sandbox.turnClock(20_000);
    // The nodes were looked at once the other one has renewed its lease.
    await cluster.until(
      `${lease}/node-2`,
      (answer) => Date.parse(String(at(answer, 'spec.renewTime'))) > heard + 10_000,
    );
    expect(await renewed('node-1')).toBe(heard);
    expect(at(await cluster.get('/api/v1/nodes/node-1'), 'status.conditions.0.status')).toBe('True');
    cluster.sandbox.turnClock(40_000);
    const node = await cluster.untilField('/api/v1/nodes/node-1', 'status.conditions.0.status', 'Unknown');
    expect(at(node, 'status.conditions.0.reason')).toBe('NodeStatusUnknown');
    await cluster.untilField('/api/v1/nodes/node-1', 'spec.taints.1.key', 'node.kubernetes.io/unreachable');
    await cluster.untilField(`${apps}/deployments/web`, 'status.readyReplicas', 1);
    expect(at(await cluster.get(`${core}/pods?labelSelector=app%3Dweb`), 'items.length')).toBe(2);
    cluster.sandbox.turnClock(301_000);
    await cluster.untilField(`${apps}/deployments/web`, 'status.readyReplicas', 2);
    cluster.sandbox.setFaults({});
    await cluster.untilField('/api/v1/nodes/node-1', 'status.conditions.0.status', 'True');
    await cluster.untilField('/api/v1/nodes/node-1', 'spec.taints', undefined);
  });

  it('tells a roll-out that nothing moves any more', async () => {
    const template = {
      spec: { nodeSelector: { 'example.com/nowhere': 'true' }, containers: [{ name: 'a', image: 'x:1' }] },
    };
    const labels = { app: 'stuck' };
    const spec = { template: { ...template, metadata: { labels } }, progressDeadlineSeconds: 900 };
    await cluster.create(`${apps}/deployments`, workload('Deployment', 'stuck', labels, 80, spec));
    const path = `${apps}/deployments/stuck`;
    await cluster.untilField(path, 'status.unavailableReplicas', 1);
    cluster.sandbox.turnClock(902_000);
    const late = await cluster.untilField(path, 'status.conditions.1.reason', 'ProgressDeadlineExceeded');
    expect(at(late, 'status.conditions.1.status')).toBe('False');
    await cluster.call('DELETE', path);
  });

  it('takes a token no longer than it holds, and forgets Events after an hour', async () => {
    await cluster.until(`${core}/events`, (answer) => Number(at(answer, 'items.length')) > 0);
    const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 600 } };
    const answer = await cluster.call('POST', `${core}/serviceaccounts/default/token`, request);
    const token = String(at(answer, 'status.token'));
    const call = { method: 'GET', path: `${core}/pods`, token } as const;
    expect((await cluster.client.call(call)).code).toBe(403);
    cluster.sandbox.turnClock(601_000);
    expect((await cluster.client.call(call)).code).toBe(401);
    cluster.sandbox.turnClock(3_601_000);
    await cluster.until(`${core}/events`, (events) => at(events, 'items.length') === 0);
  });
});

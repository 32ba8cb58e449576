import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Plane, planeUnavailable, startPlane } from '../plane/plane.ts';
import { type Fault, type FaultProxy, startProxyBefore } from '../road/fault-proxy.ts';
import { clearDev, type EndState, wrongAfterRerun } from '../road/kill.ts';
import { Road } from '../road/road.ts';

const reason = planeUnavailable();

const faults: readonly Fault[] = [
  { kind: 'answer', status: 429, reason: 'TooManyRequests', retryAfter: 1 },
  { kind: 'cut-before' },
  { kind: 'answer', status: 500, reason: 'InternalError' },
  { kind: 'cut-after' },
  { kind: 'delay', ms: 500 },
  { kind: 'answer', status: 503, reason: 'ServiceUnavailable' },
];

describe.skipIf(reason !== undefined)(`a sync in bad weather on the real control plane ${reason ?? ''}`.trim(), () => {
  let plane: Plane;
  let proxy: FaultProxy;
  let road: Road;
  let undisturbed: EndState;
  beforeAll(async () => {
    plane = await startPlane({ nodes: 2 });
    proxy = await startProxyBefore(plane);
    const kubeconfig = join(plane.folder, 'kubeconfig-proxy');
    writeFileSync(kubeconfig, proxy.kubeconfigText(plane.adminToken), { mode: 0o600 });
    road = new Road(kubeconfig);
    expect(await road.run('sync', '--env', 'dev')).toMatchObject({ code: 0 });
    undisturbed = await road.state.ours();
  });
  beforeEach(async () => {
    proxy.reset();
    await clearDev(plane);
  });
  afterAll(async () => {
    road.close();
    await proxy.stop();
    await plane.stop();
  });

  it('rides out every kind of fault, one in five requests', async () => {
    proxy.onRequest = ({ number }) => (number % 5 === 0 ? faults[(number / 5) % faults.length] : undefined);
    expect(await road.run('sync', '--env', 'dev')).toMatchObject({ code: 0 });
    proxy.reset();
    expect(await wrongAfterRerun(road, proxy, undisturbed)).toEqual([]);
  });

  it('rides out an API server that is restarted in the middle', async () => {
    let restarted: Promise<void> | undefined;
    proxy.onRequest = ({ path }) => {
      if (path.includes('/deployments/controller?')) {
        restarted ??= plane.restartApiServer();
      }
      return undefined;
    };
    const ended = await road.run('sync', '--env', 'dev');
    expect(restarted).toBeDefined();
    await restarted;
    proxy.reset();
    expect(ended).toMatchObject({ code: 0 });
    expect(await wrongAfterRerun(road, proxy, undisturbed)).toEqual([]);
  });

  it('stops with a clear failure where the API server stays away, and forgets nothing of what it wrote', async () => {
    proxy.onRequest = async ({ path }) => {
      if (path.includes('/daemonsets/speaker?')) {
        await plane.apiServer.stop();
      }
      return undefined;
    };
    const ended = await road.run('sync', '--env', 'dev', '--retry-limit', '0');
    expect(ended.code).toBe(1);
    expect(ended.err).toContain('cannot be reached');
    expect(ended.err).toContain('What is applied stays as it is');
    proxy.reset();
    await plane.restartApiServer();
    const written = await road.state.ours();
    const { entries } = await road.state.inventory('dev');
    const known = new Set<string>([...entries.keys(), 'Namespace/metalwave-system']);
    expect([...written.keys()].filter((key) => !known.has(key))).toEqual([]);
    expect(await road.run('plan', '--env', 'dev', '--detailed-exitcode')).toMatchObject({ code: 2 });
  });
});

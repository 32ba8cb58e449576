import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Plane, planeUnavailable, startPlane } from '../plane/plane.ts';
import { installMetalLb, resourcesOnly } from '../road/existing-metallb.ts';
import { type FaultProxy, startProxyBefore } from '../road/fault-proxy.ts';
import { lockCases } from '../road/lock-cases.ts';
import { Road } from '../road/road.ts';

const reason = planeUnavailable();

describe.skipIf(reason !== undefined)(`the lock on the real control plane ${reason ?? ''}`.trim(), () => {
  let plane: Plane;
  let proxy: FaultProxy;
  let road: Road;
  beforeAll(async () => {
    plane = await startPlane({ nodes: 1 });
    proxy = await startProxyBefore(plane);
    const kubeconfig = join(plane.folder, 'kubeconfig-proxy');
    writeFileSync(kubeconfig, proxy.kubeconfigText(plane.adminToken), { mode: 0o600 });
    await installMetalLb(kubeconfig);
    road = new Road(kubeconfig, resourcesOnly);
  });
  afterAll(async () => {
    road.close();
    await proxy.stop();
    await plane.stop();
  });

  it('keeps a process that was stopped for longer than it lasts from changing anything', async () => {
    await lockCases.stoppedHolderWritesNothing(road, proxy);
    const lease = await plane.kubectl('get', 'lease', 'sync-dev', '-n', 'metalwave-system', '-o', 'json');
    expect(JSON.parse(lease)).toMatchObject({ spec: { leaseTransitions: 2 } });
  });
});

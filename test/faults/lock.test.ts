import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'vitest';
import { startSandbox } from '../../src/adapters/sandbox/start-sandbox.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { temporaryFolder } from '../git/repository.ts';
import { installMetalLb, resourcesOnly } from '../road/existing-metallb.ts';
import { type FaultProxy, startFaultProxy } from '../road/fault-proxy.ts';
import { lockCases } from '../road/lock-cases.ts';
import { Road } from '../road/road.ts';

describe('two processes on one environment of the embedded control plane', () => {
  let road: Road;
  let proxy: FaultProxy;
  let close: () => Promise<void>;
  beforeEach(async () => {
    const folder = temporaryFolder();
    const sandbox = await startSandbox({ clock: systemClock, podsAnswer: false, nodes: 1, podStartMs: 1 });
    proxy = await startFaultProxy({ server: sandbox.server, ca: sandbox.certificate });
    const kubeconfig = join(folder.path, 'kubeconfig');
    writeFileSync(kubeconfig, proxy.kubeconfigText(sandbox.token), { mode: 0o600 });
    await installMetalLb(kubeconfig);
    road = new Road(kubeconfig, resourcesOnly);
    close = async () => {
      road.close();
      await proxy.stop();
      await sandbox.stop();
      folder.remove();
    };
  });
  afterEach(() => close());

  it('never work at once: the second names the first, or waits for it', async () => {
    await lockCases.secondIsRefused(road, proxy);
  });

  it('change nothing after they were stopped for longer than their lock lasts', async () => {
    await lockCases.stoppedHolderWritesNothing(road, proxy);
  });
});

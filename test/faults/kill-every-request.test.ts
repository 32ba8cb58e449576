import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/adapters/sandbox/start-sandbox.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { temporaryFolder } from '../git/repository.ts';
import { installMetalLb, resourcesOnly } from '../road/existing-metallb.ts';
import { type FaultProxy, startFaultProxy } from '../road/fault-proxy.ts';
import { type EndState, killedSync, type KillMoment, wrongAfterRerun } from '../road/kill.ts';
import { Road } from '../road/road.ts';

const limit = { timeout: 900_000 };

interface Scene {
  readonly road: Road;
  readonly proxy: FaultProxy;
  readonly sandbox: Sandbox;
}

interface Kind {
  readonly files: Readonly<Record<string, string>> | undefined;
  readonly metalLbIsThere: boolean;
}

/** A cluster that nothing was synced to yet, for one call. */
async function onFreshCluster<T>(kind: Kind, work: (scene: Scene) => Promise<T>): Promise<T> {
  const folder = temporaryFolder();
  const sandbox = await startSandbox({ clock: systemClock, nodes: 1, podStartMs: 1 });
  const proxy = await startFaultProxy({ server: sandbox.server, ca: sandbox.certificate });
  const kubeconfig = join(folder.path, 'kubeconfig');
  writeFileSync(kubeconfig, proxy.kubeconfigText(sandbox.token), { mode: 0o600 });
  const road = new Road(kubeconfig, kind.files);
  try {
    if (kind.metalLbIsThere) {
      await installMetalLb(kubeconfig);
    }
    return await work({ road, proxy, sandbox });
  } finally {
    road.close();
    await proxy.stop();
    await sandbox.stop();
    folder.remove();
  }
}

interface Undisturbed {
  readonly state: EndState;
  readonly requests: number;
}

function undisturbedRun(kind: Kind): Promise<Undisturbed> {
  return onFreshCluster(kind, async ({ road, proxy }) => {
    proxy.reset();
    const ended = await road.run('sync', '--env', 'dev');
    const requests = proxy.requests.length;
    expect(ended).toMatchObject({ code: 0 });
    return { state: await road.state.ours(), requests };
  });
}

/** Kills a first sync at each of these requests, each time on a fresh cluster, and tells what went wrong afterwards. */
async function killAtEach(
  kind: Kind,
  moment: KillMoment,
  every: number,
): Promise<{ readonly killed: number; readonly wrong: readonly string[] }> {
  const { state, requests } = await undisturbedRun(kind);
  const wrong: string[] = [];
  let killed = 0;
  for (let number = 1; number <= requests; number += every) {
    await onFreshCluster(kind, async ({ road, proxy }) => {
      const { signal } = await killedSync(road, proxy, number, moment);
      killed += signal === 'SIGKILL' ? 1 : 0;
      const found = await wrongAfterRerun(road, proxy, state);
      wrong.push(...found.map((line) => `killed at request ${number}: ${line}`));
    });
  }
  return { killed, wrong };
}

const moments: readonly KillMoment[] = ['arrived', 'answered'];

describe('a sync that is killed and started again', () => {
  it.each(moments)('ends as if undisturbed, whichever request had just %s', limit, async (moment) => {
    const { killed, wrong } = await killAtEach({ files: resourcesOnly, metalLbIsThere: true }, moment, 1);
    expect(wrong).toEqual([]);
    expect(killed).toBeGreaterThan(10);
  });

  it('ends as if undisturbed also where it installs MetalLB', limit, async () => {
    const { killed, wrong } = await killAtEach({ files: undefined, metalLbIsThere: false }, 'answered', 9);
    expect(wrong).toEqual([]);
    expect(killed).toBeGreaterThan(5);
  });
});

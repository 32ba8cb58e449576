import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Sandbox, startSandbox } from '../../src/adapters/sandbox/start-sandbox.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { temporaryFolder } from '../git/repository.ts';
import { installMetalLb } from './existing-metallb.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import type { EndState } from './kill.ts';
import { Road } from './road.ts';

/** A road to an embedded control plane, with a proxy in between. */
export interface Scene {
  readonly road: Road;
  readonly proxy: FaultProxy;
  /** The control plane itself, which can be asked for faults. */
  readonly sandbox: Sandbox;
}

export interface SceneKind {
  /** The configuration; undefined for the example environments. */
  readonly files: Readonly<Record<string, string>> | undefined;
  readonly metalLbIsThere: boolean;
}

/** A cluster that nothing was synced to yet, for one call. */
export async function onFreshCluster<T>(kind: SceneKind, work: (scene: Scene) => Promise<T>): Promise<T> {
  const folder = temporaryFolder();
  const sandbox = await startSandbox({ clock: systemClock, podsAnswer: false, nodes: 1, podStartMs: 1 });
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

/** What a first sync leaves where nothing goes wrong, and how many requests it takes. */
export interface Undisturbed {
  readonly state: EndState;
  readonly requests: number;
}

export function undisturbedRun(kind: SceneKind): Promise<Undisturbed> {
  return onFreshCluster(kind, async ({ road, proxy }) => {
    proxy.reset();
    const { code, err } = await road.run('sync', '--env', 'dev');
    if (code !== 0) {
      throw new Error(`the undisturbed run ended with ${String(code)}: ${err}`);
    }
    const requests = proxy.requests.length;
    return { state: await road.state.ours(), requests };
  });
}

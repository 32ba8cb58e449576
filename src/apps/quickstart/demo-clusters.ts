import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../adapters/system/clock.ts';
import { startSandbox, type Sandbox } from '../../adapters/sandbox/start-sandbox.ts';
import type { FaultSettings } from '../../domain/fault/fault-settings.ts';
import { startControllerPod } from './controller-pod.ts';

/** Control planes for the tour, one an environment, reachable through one kubeconfig by the environment's name. */
export interface DemoClusters {
  readonly kubeconfig: string;
  stop(): Promise<void>;
}

const nodes = 3;

function kubeconfigOf(sandboxes: ReadonlyMap<string, Sandbox>): string {
  const names = [...sandboxes.keys()];
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': names[0],
    contexts: names.map((name) => ({ name, context: { cluster: name, user: name } })),
    clusters: [...sandboxes].map(([name, sandbox]) => ({
      name,
      cluster: {
        server: sandbox.server,
        'certificate-authority-data': Buffer.from(sandbox.certificate).toString('base64'),
      },
    })),
    users: [...sandboxes].map(([name, sandbox]) => ({ name, user: { token: sandbox.token } })),
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}

/** Starts them and writes the kubeconfig into the folder, readable by its owner alone. */
export async function startDemoClusters(
  folder: string,
  names: readonly string[],
  faults: FaultSettings,
): Promise<DemoClusters> {
  const sandboxes = new Map<string, Sandbox>();
  async function stop(): Promise<void> {
    await Promise.all([...sandboxes.values()].map(async (sandbox) => sandbox.stop()));
  }
  try {
    for (const name of names) {
      const sandbox = await startSandbox({
        clock: systemClock,
        nodes,
        monitoring: true,
        dualStack: true,
        startProgram: startControllerPod,
        faults,
      });
      sandboxes.set(name, sandbox);
    }
    const kubeconfig = join(folder, 'kubeconfig');
    await writeFile(kubeconfig, kubeconfigOf(sandboxes), { mode: 0o600 });
    return { kubeconfig, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

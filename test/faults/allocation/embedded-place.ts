import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeCluster } from '../../../src/adapters/kube/kube-cluster.ts';
import { findAccess } from '../../../src/adapters/kube/find-access.ts';
import { type Sandbox, startSandbox } from '../../../src/adapters/sandbox/start-sandbox.ts';
import { systemClock } from '../../../src/adapters/system/clock.ts';
import { crdDocument } from '../../../src/domain/metallb/crd-document.ts';
import { namespace } from '../../bench/some-services.ts';
import { startChild } from '../../plane/child.ts';
import type { AllocationPlane } from './scene.ts';

/** A place for controllers on the embedded control plane, which can be asked for faults. */
export interface EmbeddedPlace {
  readonly sandbox: Sandbox;
  readonly plane: AllocationPlane;
}

/** Starts an embedded control plane with the resources that a controller reads. */
export async function startEmbeddedPlace(): Promise<EmbeddedPlace> {
  const sandbox = await startSandbox({ clock: systemClock, nodes: 1, dualStack: true });
  const folder = mkdtempSync(join(tmpdir(), 'metalwave-embedded-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const ca = join(folder, 'ca.crt');
  writeFileSync(kubeconfig, sandbox.kubeconfigText(), { mode: 0o600 });
  writeFileSync(ca, sandbox.certificate);
  await define(kubeconfig);
  return {
    sandbox,
    plane: {
      server: sandbox.server,
      ca,
      adminToken: sandbox.token,
      folder,
      kubeconfig,
      start: (name, program, args, env) =>
        startChild({ name, program, args, env, folder, logPath: join(folder, `${name}.log`) }),
      stop: async () => {
        await sandbox.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    },
  };
}

async function define(kubeconfig: string): Promise<void> {
  const { signal } = new AbortController();
  const cluster = new KubeCluster(findAccess({ kubeconfig, context: undefined, inCluster: false, env: {} }));
  const kinds = ['IPAddressPool', 'ConfigurationState'] as const;
  try {
    await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }, {}, signal);
    for (const kind of kinds) {
      await cluster.apply(crdDocument(kind, '0.15.3'), {}, signal);
    }
    const end = AbortSignal.timeout(30_000);
    for (const kind of kinds) {
      while ((await cluster.findKind('metallb.io/v1beta1', kind, signal)) === undefined) {
        await systemClock.sleep(20, end);
      }
    }
  } finally {
    cluster.close();
  }
}

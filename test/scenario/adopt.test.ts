import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { kubeconfigFor } from '../../src/adapters/sandbox/kubeconfig.ts';
import { startSandbox } from '../../src/adapters/sandbox/start-sandbox.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { ApiClient } from '../contracts/kube-api/api-client.ts';
import { temporaryFolder } from '../git/repository.ts';
import { Adoption } from '../road/adoption.ts';

it('takes over what kubectl, Helm and Argo CD made, and lets it go again, on the embedded control plane', async () => {
  const folder = temporaryFolder();
  const sandbox = await startSandbox({ clock: systemClock, podsAnswer: false, nodes: 1, podStartMs: 1 });
  const { server, token, certificate } = sandbox;
  const kubeconfig = join(folder.path, 'kubeconfig');
  writeFileSync(kubeconfig, kubeconfigFor({ url: server, token, certificate }), { mode: 0o600 });
  const api = new ApiClient(server, token, certificate);
  try {
    const adoption = await Adoption.prepare({ server, token, certificate, kubeconfig }, async (object) => {
      const path = '/apis/metallb.io/v1beta1/namespaces/metallb-system/ipaddresspools';
      const query = '?fieldManager=kubectl-client-side-apply';
      expect((await api.call({ method: 'POST', path: path + query, body: object })).code).toBe(201);
    });
    try {
      await adoption.showsAndChangesNothing();
      await adoption.refusesWhatDiffers();
      await adoption.takesOver();
      await adoption.syncsWithoutHarm();
      await adoption.removesWhatTheConfigurationDrops();
      await adoption.letsGo();
      await adoption.comesBack();
    } finally {
      adoption.close();
    }
  } finally {
    api.close();
    await sandbox.stop();
    folder.remove();
  }
}, 120_000);

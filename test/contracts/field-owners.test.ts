import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { kubeconfigFor } from '../../src/adapters/sandbox/kubeconfig.ts';
import { startSandbox } from '../../src/adapters/sandbox/start-sandbox.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { temporaryFolder } from '../git/repository.ts';
import { fieldOwnersContract } from './field-owners/run-contract.ts';

describe('who owns the fields in the sandbox', () => {
  const folder = temporaryFolder();
  let stop: (() => Promise<void>) | undefined;

  fieldOwnersContract(async () => {
    const sandbox = await startSandbox({ clock: systemClock, nodes: 1 });
    stop = async () => sandbox.stop();
    const { server, token, certificate } = sandbox;
    const kubeconfig = join(folder.path, 'kubeconfig');
    writeFileSync(kubeconfig, kubeconfigFor({ url: server, token, certificate }), { mode: 0o600 });
    return { server, token, certificate, kubeconfig };
  });
  afterAll(async () => {
    await stop?.();
    folder.remove();
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { kubeconfigFor } from '../../src/adapters/sandbox/kubeconfig.ts';
import { startSandbox } from '../../src/adapters/sandbox/start-sandbox.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { temporaryFolder } from '../git/repository.ts';
import { objectReplacerContract } from './object-replacer/run-contract.ts';

describe('objects written whole in the sandbox', () => {
  const folder = temporaryFolder();
  let stop: (() => Promise<void>) | undefined;

  objectReplacerContract(async () => {
    const sandbox = await startSandbox({ clock: systemClock, nodes: 1 });
    stop = async () => sandbox.stop();
    const kubeconfig = join(folder.path, 'kubeconfig');
    writeFileSync(kubeconfig, kubeconfigFor({ ...sandbox, url: sandbox.server }), { mode: 0o600 });
    return kubeconfig;
  });
  afterAll(async () => {
    await stop?.();
    folder.remove();
  });
});

import { afterAll, describe } from 'vitest';
import { startSandbox } from '../../src/adapters/sandbox/start-sandbox.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { clusterWatchContract } from './cluster-watch/run-contract.ts';

describe('following objects of the sandbox', () => {
  let stop: (() => Promise<void>) | undefined;

  clusterWatchContract(async () => {
    const sandbox = await startSandbox({ clock: systemClock, nodes: 1 });
    stop = async () => sandbox.stop();
    return sandbox;
  }, false);
  afterAll(async () => {
    await stop?.();
  });
});

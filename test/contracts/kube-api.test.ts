import { describe } from 'vitest';
import { startSandbox } from '../../src/adapters/sandbox/start-sandbox.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { runContract } from './kube-api/run-contract.ts';

describe('the Kubernetes API of the sandbox', () => {
  runContract(async () => startSandbox({ clock: systemClock, nodes: 1 }));
});

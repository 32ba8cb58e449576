import { describe } from 'vitest';
import { startSandbox } from '../../src/adapters/sandbox/start-sandbox.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { dualStackContract, runContract } from './kube-api/run-contract.ts';

describe('the Kubernetes API of a sandbox with both families', () => {
  runContract(async () => startSandbox({ clock: systemClock, nodes: 1, dualStack: true }), dualStackContract);
});

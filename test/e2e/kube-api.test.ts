import { readFile } from 'node:fs/promises';
import { describe } from 'vitest';
import { runContract } from '../contracts/kube-api/run-contract.ts';
import { planeUnavailable, startPlane } from '../plane/plane.ts';

describe.skipIf(planeUnavailable() !== undefined)('the Kubernetes API of the real server', () => {
  runContract(async () => {
    const plane = await startPlane();
    return {
      server: plane.server,
      token: plane.adminToken,
      certificate: await readFile(plane.ca, 'utf8'),
      stop: async () => plane.stop(),
    };
  });
});

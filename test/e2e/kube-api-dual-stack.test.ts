import { readFile } from 'node:fs/promises';
import { describe } from 'vitest';
import { dualStackContract, runContract } from '../contracts/kube-api/run-contract.ts';
import { planeUnavailable, startPlane } from '../plane/plane.ts';

const serviceRange = '10.144.0.0/16,fd00:144::/112';

describe.skipIf(planeUnavailable() !== undefined)('the Kubernetes API of a real server with both families', () => {
  runContract(async () => {
    const plane = await startPlane({ serviceRange });
    const certificate = await readFile(plane.ca, 'utf8');
    return { server: plane.server, token: plane.adminToken, certificate, stop: () => plane.stop() };
  }, dualStackContract);
});

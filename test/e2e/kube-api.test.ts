import { readFile } from 'node:fs/promises';
import { assert, asyncProperty } from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Sandbox } from '../../src/adapters/sandbox/start-sandbox.ts';
import { startSandbox } from '../../src/adapters/sandbox/start-sandbox.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { sequences } from '../contracts/apply-twins/sequences.ts';
import { Twin, compareTwins } from '../contracts/apply-twins/twins.ts';
import { ApiClient } from '../contracts/kube-api/api-client.ts';
import { prepare, runContract } from '../contracts/kube-api/run-contract.ts';
import { planeUnavailable, startPlane } from '../plane/plane.ts';
import type { Plane } from '../plane/plane.ts';

/** Sequences of writes that both planes get; more of them with METALWAVE_APPLY_RUNS, others with METALWAVE_APPLY_SEED. */
const runs = Number(process.env['METALWAVE_APPLY_RUNS'] ?? 40);
const seed = Number(process.env['METALWAVE_APPLY_SEED'] ?? 1);

describe.skipIf(planeUnavailable() !== undefined)('the Kubernetes API of the real server', () => {
  let plane: Plane;
  let sandbox: Sandbox;

  beforeAll(async () => {
    plane = await startPlane();
    sandbox = await startSandbox({ clock: systemClock, nodes: 1 });
  });
  afterAll(async () => {
    await sandbox.stop();
    await plane.stop();
  });

  runContract(async () => ({
    server: plane.server,
    token: plane.adminToken,
    certificate: await readFile(plane.ca, 'utf8'),
    stop: async () => Promise.resolve(),
  }));

  it('and of the embedded one leave the same objects, owners and refusals after the same writes', async () => {
    const real = new ApiClient(plane.server, plane.adminToken, await readFile(plane.ca, 'utf8'));
    const ours = new ApiClient(sandbox.server, sandbox.token, sandbox.certificate);
    await prepare(ours);
    let number = 0;
    await assert(
      asyncProperty(sequences, async (writes) => {
        number += 1;
        const name = `twin-${number}`;
        await compareTwins(new Twin(real, name), new Twin(ours, name), writes);
      }),
      { numRuns: runs, seed },
    );
    real.close();
    ours.close();
  });
});

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiClient } from '../contracts/kube-api/api-client.ts';
import { applyUpstreamCrds, metallbController } from '../plane/metallb.ts';
import { metallbVersions } from '../plane/parts.ts';
import { type Plane, planeUnavailable, startPlane } from '../plane/plane.ts';
import { Lane, type Observed } from './allocation-lane.ts';

const reason = planeUnavailable();
/** How many cases a release runs; more of them with METALWAVE_ORACLE_CASES, from another seed with METALWAVE_ORACLE_SEED. */
const cases = Number(process.env['METALWAVE_ORACLE_CASES'] ?? 6);
const firstSeed = Number(process.env['METALWAVE_ORACLE_SEED'] ?? 1);
const lanesEach = cases > 20 ? 2 : 1;

describe.skipIf(reason !== undefined)(`the plan and upstream's controllers ${reason ?? ''}`.trim(), () => {
  let plane: Plane;
  let api: ApiClient;
  const lanes: Lane[] = [];

  beforeAll(async () => {
    plane = await startPlane({
      audit: 'writes',
      serviceRange: '10.144.0.0/16,fd00:144::/112',
      apiServerArguments: ['--disable-admission-plugins=ServiceAccount'],
    });
    api = new ApiClient(plane.server, plane.adminToken, readFileSync(plane.ca, 'utf8'));
    await applyUpstreamCrds(plane, '0.16.1');
    for (const version of metallbVersions) {
      for (let count = 0; count < lanesEach; count += 1) {
        const lane = new Lane(api, version, lanes.length);
        lanes.push(lane);
        await lane.prepare();
        await metallbController(plane, version, {
          namespace: lane.namespace,
          podName: 'controller',
          args: [`--lb-class=example.com/lane${lane.number}`],
        });
      }
    }
  });
  afterAll(async () => {
    api.close();
    await plane.stop();
  });

  it.concurrent.each(metallbVersions)(
    'agree on every Service of generated changes, %s',
    async (version) => {
      const own = lanes.filter((lane) => lane.version === version);
      const seen = await Promise.all(own.map(async (lane, index) => runAll(lane, index)));
      const observed = seen.flat();
      const wrong = observed.filter((each) => each.exact && !foreseen(each));
      const moved = observed.filter(({ before, happened }) => before.join() !== happened.join()).length;
      const inexact = observed.filter(({ exact }) => !exact).length;
      const open = observed.filter(({ predicted }) => predicted.length > 1).length;
      console.log(
        `${version}: ${cases} changes, ${observed.length} Services, ${moved} changed, ${open} with more than one possibility, ${inexact} not exact, ${wrong.length} otherwise than foreseen`,
      );
      expect(wrong).toEqual([]);
      expect(inexact).toBeLessThan(observed.length / 2);
    },
    300_000 + cases * 30_000,
  );
});

/** What happened is among what was possible. */
function foreseen({ predicted, happened }: Observed): boolean {
  return predicted.some((end) => end.join() === happened.join());
}

async function runAll(lane: Lane, index: number): Promise<readonly Observed[]> {
  const found: Observed[] = [];
  for (let seed = firstSeed + index; seed < firstSeed + cases; seed += lanesEach) {
    found.push(...(await lane.run(1000 * lane.number + seed)));
  }
  return found;
}

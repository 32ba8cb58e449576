import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { killAt, undisturbedProcess, unharmed } from '../faults/move/points.ts';
import { MoveScene } from '../faults/move/scene.ts';
import { pointsOf } from '../faults/scoreboard.ts';
import { type Plane, planeUnavailable, startPlane } from '../plane/plane.ts';
import { type FaultProxy, startProxyBefore } from '../road/fault-proxy.ts';
import { clearDev, type EndState, killedSync, wrongAfterRerun } from '../road/kill.ts';
import { Road } from '../road/road.ts';

const reason = planeUnavailable();
const kills = 4;

describe.skipIf(reason !== undefined)(`a killed sync on the real control plane ${reason ?? ''}`.trim(), () => {
  let plane: Plane;
  let proxy: FaultProxy;
  let road: Road;
  let undisturbed: EndState;
  let requests: number;
  beforeAll(async () => {
    plane = await startPlane({ nodes: 2 });
    proxy = await startProxyBefore(plane);
    const kubeconfig = join(plane.folder, 'kubeconfig-proxy');
    writeFileSync(kubeconfig, proxy.kubeconfigText(plane.adminToken), { mode: 0o600 });
    road = new Road(kubeconfig);
    const ended = await road.run('sync', '--env', 'dev');
    expect(ended).toMatchObject({ code: 0 });
    requests = proxy.requests.length;
    undisturbed = await road.state.ours();
  });
  beforeEach(async () => {
    await clearDev(plane);
  });
  afterAll(async () => {
    road.close();
    await proxy.stop();
    await plane.stop();
  });

  // Each falls at random into its own share of the run, so that together they cover all of it.
  it.each(Array.from({ length: kills }, (_, index) => [index + 1]))(
    'ends as if undisturbed, kill %i of four',
    async (share) => {
      const number = Math.max(1, Math.ceil(((share - Math.random()) / kills) * requests));
      const moment = share % 2 === 0 ? 'arrived' : 'answered';
      await killedSync(road, proxy, number, moment);
      const wrong = await wrongAfterRerun(road, proxy, undisturbed);
      expect({ number, moment, wrong }).toEqual({ number, moment, wrong: [] });
    },
  );

  // `npm run faults` kills at every request.
  it('keeps every address where it is killed while a pool gets another name and one is pruned', async () => {
    const scene = await MoveScene.on(plane);
    try {
      const move = await undisturbedProcess(scene);
      const points = pointsOf(move.requests, { sample: 3, seed: Date.now() });
      for (const [index, number] of points.entries()) {
        const moment = index % 2 === 0 ? 'answered' : 'arrived';
        const verdict = await killAt(scene, move, moment, number);
        expect({ number, moment, verdict }).toEqual({ number, moment, verdict: unharmed });
      }
    } finally {
      await scene.close();
    }
  });
});

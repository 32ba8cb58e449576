import { describe, expect, it } from 'vitest';
import { resourcesOnly } from '../road/existing-metallb.ts';
import { onFreshCluster, type SceneKind, undisturbedRun } from '../road/fresh-cluster.ts';
import { killedSync, type KillMoment, wrongAfterRerun } from '../road/kill.ts';

const limit = { timeout: 900_000 };

/** Kills a first sync at each of these requests, each time on a fresh cluster, and tells what went wrong afterwards. */
async function killAtEach(
  kind: SceneKind,
  moment: KillMoment,
  every: number,
): Promise<{ readonly killed: number; readonly wrong: readonly string[] }> {
  const { state, requests } = await undisturbedRun(kind);
  const wrong: string[] = [];
  let killed = 0;
  for (let number = 1; number <= requests; number += every) {
    await onFreshCluster(kind, async ({ road, proxy }) => {
      const { signal } = await killedSync(road, proxy, number, moment);
      killed += signal === 'SIGKILL' ? 1 : 0;
      const found = await wrongAfterRerun(road, proxy, state);
      wrong.push(...found.map((line) => `killed at request ${number}: ${line}`));
    });
  }
  return { killed, wrong };
}

const moments: readonly KillMoment[] = ['arrived', 'answered'];

describe('a sync that is killed and started again', () => {
  it.each(moments)('ends as if undisturbed, whichever request had just %s', limit, async (moment) => {
    const { killed, wrong } = await killAtEach({ files: resourcesOnly, metalLbIsThere: true }, moment, 1);
    expect(wrong).toEqual([]);
    expect(killed).toBeGreaterThan(10);
  });

  it('ends as if undisturbed also where it installs MetalLB', limit, async () => {
    const { killed, wrong } = await killAtEach({ files: undefined, metalLbIsThere: false }, 'answered', 9);
    expect(wrong).toEqual([]);
    expect(killed).toBeGreaterThan(5);
  });
});

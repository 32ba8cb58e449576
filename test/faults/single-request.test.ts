import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { harmAt, harms, type Undisturbed, undisturbedMove, unharmed } from './move/points.ts';
import { MoveScene } from './move/scene.ts';
import { pointsOf } from './scoreboard.ts';

const limit = { timeout: 300_000 };

// `npm run faults` harms every request.
describe('a sync that moves addresses, with harm done to one of its requests', () => {
  let scene: MoveScene;
  let undisturbed: Undisturbed;
  beforeAll(async () => {
    scene = await MoveScene.embedded();
    undisturbed = await undisturbedMove(scene);
  }, limit.timeout);
  afterAll(() => scene.close());

  it.each(harms)('ends as if undisturbed: $name', limit, async (harm) => {
    for (const number of pointsOf(undisturbed.requests, { sample: 2, seed: Date.now() })) {
      const verdict = await harmAt(scene, undisturbed, harm, number);
      expect({ number, verdict }).toEqual({ number, verdict: unharmed });
    }
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { servicesPath } from '../bench/some-services.ts';
import { threeControllers } from '../faults/allocation/crowd.ts';
import {
  type CourseLength,
  harmRequest,
  harmWatch,
  holdController,
  jumpClocks,
  killController,
  requestHarms,
  undisturbedCourse,
  watchHarms,
} from '../faults/allocation/points.ts';
import { AllocationScene } from '../faults/allocation/scene.ts';
import { unharmed } from '../faults/move/points.ts';
import { planeUnavailable } from '../plane/plane.ts';

const reason = planeUnavailable();

/** In the `index`-th of so many equal parts. */
function pointOf(length: number, index: number, parts: number): number {
  return 1 + Math.floor(((index + 0.5) * length) / parts);
}

function status(ip: string | undefined): object {
  return { status: { loadBalancer: { ingress: ip === undefined ? null : [{ ip }] } } };
}

/** One point of each kind, spread over the course; `npm run faults` tries them all. */
describe.skipIf(reason !== undefined)(`the controller under faults ${reason ?? ''}`.trim(), () => {
  let scene: AllocationScene;
  let course: CourseLength;
  beforeAll(async () => {
    scene = await AllocationScene.open();
    course = await undisturbedCourse(scene);
  });
  afterAll(async () => {
    await scene.close();
  });

  it.each(requestHarms.map((harm, index) => [harm.name, harm, index] as const))(
    'gives no address twice and loses none: %s',
    async (_, harm, index) => {
      expect(await harmRequest(scene, harm, pointOf(course.requests, index, requestHarms.length))).toEqual(unharmed);
    },
  );

  it.each(watchHarms.map((harm, index) => [harm.name, harm, index] as const))(
    'gives no address twice and loses none: %s',
    async (_, harm, index) => {
      expect(await harmWatch(scene, harm, pointOf(course.events, index, watchHarms.length))).toEqual(unharmed);
    },
  );

  it('is killed after a write that was made, and another takes up what it left', async () => {
    expect(await killController(scene, 'answered', pointOf(course.requests, 1, 2))).toEqual(unharmed);
  });

  it('goes on, after another did its work meanwhile, as if nothing had happened', async () => {
    expect(await holdController(scene, pointOf(course.requests, 1, 3))).toEqual(unharmed);
  });

  it('rests on no clock', async () => {
    expect(await jumpClocks(scene, 1)).toEqual(unharmed);
  });

  it('serves 200 Services by three at once', async () => {
    expect(await threeControllers(scene, 200, 'left alone')).toEqual(unharmed);
  });

  it('is judged by a recorder that sees a doubled and a lost address', async () => {
    await scene.reset();
    const write = (name: string, ip: string | undefined): Promise<string> =>
      scene.client.send('PATCH', `${servicesPath}/${name}/status`, status(ip), 'application/merge-patch+json');
    for (const name of ['one', 'other']) {
      const spec = { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false, ports: [{ port: 80 }] };
      await scene.client.send('POST', servicesPath, { metadata: { name }, spec });
      await write(name, '198.51.100.1');
    }
    await write('other', undefined);
    await scene.seen();
    expect(scene.history.doubled).toEqual([expect.stringContaining('198.51.100.1 is of other and one')]);
    expect(scene.history.lost).toEqual([expect.stringContaining('other lost 198.51.100.1')]);
  });
});

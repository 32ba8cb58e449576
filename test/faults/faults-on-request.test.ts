import { describe, expect, it } from 'vitest';
import type { FaultSettings } from '../../src/domain/fault/fault-settings.ts';
import { followCourse, prepareCourse } from './allocation/course.ts';
import { type EmbeddedPlace, startEmbeddedPlace } from './allocation/embedded-place.ts';
import { AllocationScene } from './allocation/scene.ts';
import { pool, poolsPath, service, servicesPath } from '../bench/some-services.ts';
import { unharmed } from './move/points.ts';

const limit = { timeout: 240_000 };
/** The recorder of the Services must hear everything. */
const clients = ['metalwave'];

const rows: readonly (readonly [string, FaultSettings])[] = [
  ['everything is slow', { seed: 3, requests: [{ fault: 'latency', ms: 20, jitterMs: 60, clients }] }],
  [
    'every third write fails with 500',
    { requests: [{ fault: 'error', status: 500, every: 3, verbs: ['write'], clients }] },
  ],
  [
    'every fourth request is one too many',
    { requests: [{ fault: 'error', status: 429, retryAfterSeconds: 1, every: 4, clients }] },
  ],
  [
    'every second write is said to conflict',
    { requests: [{ fault: 'error', status: 409, every: 2, verbs: ['write'], clients }] },
  ],
  ['every third request finds nobody', { requests: [{ fault: 'error', status: 503, every: 3, clients }] }],
  ['every fourth connection is cut before the server acts', { requests: [{ fault: 'cut-before', every: 4, clients }] }],
  [
    'every second write is done and not answered',
    { requests: [{ fault: 'cut-after', every: 2, verbs: ['write'], clients }] },
  ],
  [
    'the past is gone at every fifth event, and at every third list',
    {
      requests: [{ fault: 'error', status: 410, every: 3, verbs: ['list'], clients }],
      events: [{ fault: 'expire', every: 5, clients }],
    },
  ],
  ['events come late', { seed: 5, events: [{ fault: 'delay', ms: 50, jitterMs: 200, every: 2, clients }] }],
];

async function onScene(work: (scene: AllocationScene, place: EmbeddedPlace) => Promise<void>): Promise<void> {
  const place = await startEmbeddedPlace();
  const scene = await AllocationScene.on(place.plane);
  try {
    await work(scene, place);
  } finally {
    await scene.close();
  }
}

/** What `/metalwave/faults` says of how often each was played. */
async function played({ client }: AllocationScene): Promise<readonly number[]> {
  const { counts } = JSON.parse(await client.send('GET', '/metalwave/faults')) as {
    readonly counts: Record<'requests' | 'events', readonly { readonly played: number }[]>;
  };
  return [...counts.requests, ...counts.events].map((count) => count.played);
}

describe('the controller on an embedded control plane that is asked for faults', () => {
  it.concurrent.each(rows)('gives every address once and loses none: %s', limit, async (_, faults) => {
    await onScene(async (scene) => {
      await prepareCourse(scene);
      await scene.client.send('PUT', '/metalwave/faults', faults);
      scene.start('server');
      expect(await scene.verdict(await followCourse(scene))).toEqual(unharmed);
      expect(Math.min(...(await played(scene)))).toBeGreaterThan(0);
    });
  });

  it('gives none twice where events are lost, and serves who was forgotten once it reads anew', limit, async () => {
    await onScene(async (scene, { sandbox }) => {
      await scene.client.send('POST', poolsPath, pool('main', '198.51.100.0/28'));
      scene.start('server');
      await scene.client.send('POST', servicesPath, service('first'));
      await scene.until(() => scene.history.served === 1, 60_000);
      sandbox.setFaults({ events: [{ fault: 'lose', every: 3, times: 4, resources: ['services'], clients }] });
      await scene.client.all(14, (index) => scene.client.send('POST', servicesPath, service(`web-${index}`)));
      await scene.until(async () => (await played(scene))[0] === 4 && scene.history.served >= 8, 60_000);
      sandbox.setFaults({});
      await scene.stopAll();
      scene.start('server');
      await scene.until(() => scene.history.served === 15, 60_000);
      expect(await scene.verdict([])).toEqual(unharmed);
    });
  });
});

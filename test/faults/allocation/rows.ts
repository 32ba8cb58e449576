import { type FaultRow, pointsOf, type Selection, tryPoints, withoutPoints } from '../scoreboard.ts';
import { deletedPool, fullPool, threeControllers } from './crowd.ts';
import {
  harmRequest,
  harmWatch,
  holdController,
  jumpClocks,
  killController,
  pauseLeader,
  requestHarms,
  undisturbedCourse,
  watchHarms,
} from './points.ts';
import { AllocationScene } from './scene.ts';
import type { Verdict } from '../move/scene.ts';

/** One row: what is done at each of its points. */
interface Trial {
  readonly what: string;
  readonly points: readonly number[];
  readonly work: (number: number) => Promise<Verdict>;
}

/** Each takes longer than a lease. */
const pauses = 6;
const clocks = 20;
/** All of a /16 where nothing is left out. */
const most = { all: 65_536, sample: 10_000 };

async function pointTrials(scene: AllocationScene, selection: Selection): Promise<readonly Trial[]> {
  const { requests, events } = await undisturbedCourse(scene);
  const [ofRequests, ofEvents] = [pointsOf(requests, selection), pointsOf(events, selection)];
  const few = (count: number, all: number): readonly number[] =>
    pointsOf(all, { ...selection, sample: Math.min(count, selection.sample ?? count) });
  return [
    ...requestHarms.map((harm) => ({
      what: harm.name,
      points: ofRequests,
      work: (number: number) => harmRequest(scene, harm, number),
    })),
    ...watchHarms.map((harm) => ({
      what: harm.name,
      points: ofEvents,
      work: (number: number) => harmWatch(scene, harm, number),
    })),
    {
      what: 'SIGKILL before the server acts',
      points: ofRequests,
      work: (number) => killController(scene, 'arrived', number),
    },
    {
      what: 'SIGKILL after the server acted',
      points: ofRequests,
      work: (number) => killController(scene, 'answered', number),
    },
    {
      what: 'held while another does the work',
      points: ofRequests,
      work: (number) => holdController(scene, number),
    },
    {
      what: 'SIGSTOP for longer than the lease',
      points: few(pauses, requests),
      work: (number) => pauseLeader(scene, number),
    },
    { what: 'clocks that jump', points: few(clocks, 1_000), work: (seed) => jumpClocks(scene, seed) },
  ];
}

async function crowdTrials(scene: AllocationScene, { sample, onProgress }: Selection): Promise<readonly Trial[]> {
  scene.onProgress = onProgress;
  const count = sample === undefined ? most.all : most.sample;
  return [
    {
      what: '3 without election, killed in turn, 2,000 Services',
      points: [1],
      work: () => threeControllers(scene, 2_000, 'killed in turn'),
    },
    { what: 'the pool goes while 2,000 Services are served', points: [1], work: () => deletedPool(scene, 2_000) },
    {
      what: `${count.toLocaleString('en')} Services for as many addresses, gone and back`,
      points: [1],
      work: () => fullPool(scene, count),
    },
  ];
}

async function tryTrials(
  services: 'few' | 'many',
  trialsOn: (scene: AllocationScene, selection: Selection) => Promise<readonly Trial[]>,
  selection: Selection,
): Promise<readonly FaultRow[]> {
  const scene = await AllocationScene.open(services);
  try {
    const rows: FaultRow[] = [];
    for (const { what, points, work } of await trialsOn(scene, selection)) {
      rows.push(await tryPoints({ what: `controller: ${what}`, cluster: 'real' }, points, selection, work));
    }
    return rows;
  } finally {
    await scene.close();
  }
}

/** The native controller under faults, against the real API server; its history of the Services is the judge. */
export async function controllerRows(
  selection: Selection,
  unavailable: string | undefined,
): Promise<readonly FaultRow[]> {
  return unavailable === undefined
    ? tryTrials('few', pointTrials, selection)
    : [withoutPoints('the controller under faults', 'real', unavailable)];
}

/** As the other, with thousands of Services in place of harm at each request. */
export async function crowdRows(selection: Selection, unavailable: string | undefined): Promise<readonly FaultRow[]> {
  return unavailable === undefined
    ? tryTrials('many', crowdTrials, selection)
    : [withoutPoints('the controller with thousands of Services', 'real', unavailable)];
}

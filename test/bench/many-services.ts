import { AddressWatch } from './address-watch.ts';
import { benchRestart, poolsTell } from './controller-restart.ts';
import { ControllerScene, progress } from './controller-scene.ts';
import { type BenchRow, median, milliseconds } from './measure.ts';
import { cpuMs, residentMiB } from './process-cost.ts';
import { pool, poolsPath, service, servicesPath } from './some-services.ts';

const newcomers = 300;
const few = 1_000;
const many = 10_000;

interface Newcomers {
  /** Milliseconds from the answer to a creation until a watch tells of the address, ascending. */
  readonly times: readonly number[];
  /** CPU of the controller for each. */
  readonly cpuEach: number;
}

/** One Service after the other beside all the others. */
async function newServices({ plane, client }: ControllerScene, pid: number, prefix: string): Promise<Newcomers> {
  const times: number[] = [];
  const watch = await AddressWatch.open(plane, prefix);
  const before = cpuMs(pid);
  try {
    for (let index = 0; index < newcomers; index += 1) {
      const name = `${prefix}-${index}`;
      const addressed = watch.addressOf(name);
      await client.send('POST', servicesPath, service(name, {}, { labels: { [AddressWatch.label]: prefix } }));
      const created = performance.now();
      times.push(Math.max(0, (await addressed) - created));
    }
    return { times: times.toSorted((left, right) => left - right), cpuEach: (cpuMs(pid) - before) / newcomers };
  } finally {
    watch.close();
  }
}

/** Newcomers while few Services are there, and while many are. The first are for compilers to get warm. */
async function comeEarlyAndLate(scene: ControllerScene, pid: number): Promise<readonly BenchRow[]> {
  await scene.serve(few - 2 * newcomers, 'few');
  await newServices(scene, pid, 'warm');
  const early = await newServices(scene, pid, 'early');
  progress(`newcomers beside few: p50 ${milliseconds(median(early.times))}`);
  await scene.serve(many - few, 'many');
  const late = await newServices(scene, pid, 'late');
  progress(`newcomers beside many: p50 ${milliseconds(median(late.times))}`);
  return newcomerRows(early, late);
}

function newcomerRows(early: Newcomers, late: Newcomers): readonly BenchRow[] {
  const p99 = late.times[Math.ceil(newcomers * 0.99) - 1] ?? Number.NaN;
  const ratio = late.cpuEach / early.cpuEach;
  return [
    {
      what: 'a new Service beside 10,000, creation to address, p99',
      ours: `${milliseconds(p99)} (p50 ${milliseconds(median(late.times))})`,
      alternative: '',
      ratio: undefined,
      target: '<= 30 ms',
      reached: p99 <= 30,
    },
    {
      what: 'what one new Service costs beside 10,000 and beside 1,000 others',
      ours: `${milliseconds(late.cpuEach)} CPU`,
      alternative: `beside 1,000: ${milliseconds(early.cpuEach)}`,
      ratio,
      target: '<= 1.5x',
      reached: ratio <= 1.5,
    },
  ];
}

/** Newcomers and a restart on the real API server with 10,000 Services. */
export async function benchManyServices(): Promise<readonly BenchRow[]> {
  const scene = await ControllerScene.open();
  try {
    const controller = await scene.startController();
    await scene.client.send('POST', poolsPath, pool('open', '10.192.0.0/16'));
    const rows = await comeEarlyAndLate(scene, controller.pid);
    const busyMiB = residentMiB(controller.pid);
    await poolsTell(scene, many + newcomers);
    await controller.stop(5_000);
    return [...rows, ...(await benchRestart(scene, many + newcomers, busyMiB))];
  } finally {
    await scene.close();
  }
}

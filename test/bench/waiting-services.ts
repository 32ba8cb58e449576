import { ControllerScene, progress } from './controller-scene.ts';
import { type BenchRow, median, milliseconds } from './measure.ts';
import { cpuMs } from './process-cost.ts';
import { claimsPath, pool, poolsPath, service, servicesPath } from './some-services.ts';
import { until } from './until.ts';
import { upstreamPace } from './upstream-controller.ts';

const batch = 2_000;
const bareRounds = 2;
/** The first is for compilers to get warm. */
const rounds = 4;
const poolName = 'awaited';

interface Round {
  readonly ms: number;
  /** Of the process that sends the writes. */
  readonly cpuMs: number;
  /** Of the API server. */
  readonly serverCpuMs: number;
}

function told(who: string, { ms, cpuMs: own, serverCpuMs }: Round): void {
  const each = `${milliseconds(own / batch)} and ${milliseconds(serverCpuMs / batch)} of the server's`;
  progress(`${who}: ${milliseconds(ms)}, ${each} CPU each`);
}

async function bareRound({ client, plane }: ControllerScene, round: number): Promise<Round> {
  const [before, server] = [process.cpuUsage(), cpuMs(plane.apiServer.pid)];
  const ms = await client.all(batch, (index) => {
    const ip = `10.${100 + round}.${Math.floor(index / 250)}.${index % 250}`;
    const patch = {
      metadata: { annotations: { 'metallb.io/ip-allocated-from-pool': `pool-${round}` } },
      status: { loadBalancer: { ingress: [{ ip }] } },
    };
    return client.send('PATCH', `${servicesPath}/bare-${index}/status`, patch, 'application/merge-patch+json');
  });
  const { user, system } = process.cpuUsage(before);
  const measured = { ms, cpuMs: (user + system) / 1_000, serverCpuMs: cpuMs(plane.apiServer.pid) - server };
  told('bare loop', measured);
  return measured;
}

async function bareLoop(scene: ControllerScene, first: number): Promise<readonly Round[]> {
  const all: Round[] = [];
  for (let round = first; round < first + bareRounds; round += 1) {
    all.push(await bareRound(scene, round));
  }
  return all;
}

/** What waits is served: the pool is made when all are waiting for it. They wait again when it is gone. */
async function waitingRound(scene: ControllerScene, pid: number, round: number): Promise<Round> {
  const { client, plane } = scene;
  const [before, server, started] = [cpuMs(pid), cpuMs(plane.apiServer.pid), performance.now()];
  await scene.published(batch, () => client.send('POST', poolsPath, pool(poolName, `10.${round}.0.0/20`)));
  const ms = performance.now() - started;
  const measured = { ms, cpuMs: cpuMs(pid) - before, serverCpuMs: cpuMs(plane.apiServer.pid) - server };
  told('ours', measured);
  await scene.published(batch, () => client.send('DELETE', `${poolsPath}/${poolName}`));
  await until(async () => !(await client.send('GET', claimsPath)).includes('"uid\\"'));
  return measured;
}

async function waitingRounds(scene: ControllerScene): Promise<readonly Round[]> {
  const controller = await scene.startController();
  // Each is told first that its pool does not exist.
  await scene.serve(batch, 'waiting', { annotations: { 'metallb.io/address-pool': poolName } });
  const all: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    all.push(await waitingRound(scene, controller.pid, round));
  }
  await controller.stop(5_000);
  return all.slice(1);
}

interface Measured {
  /** Addresses a second. */
  readonly upstream: number;
  readonly ours: readonly Round[];
  readonly bare: readonly Round[];
}

/** Bare rounds come before and after, so that a drift of the machine's speed hits both, and while no controller runs. */
async function measure(scene: ControllerScene): Promise<Measured> {
  const { plane, client } = scene;
  const upstream = await upstreamPace(plane, client);
  progress(`MetalLB's controller: ${upstream.toFixed(1)} addresses a second`);
  await client.all(batch, (index) =>
    client.send('POST', servicesPath, service(`bare-${index}`, { loadBalancerClass: 'bench/bare' })),
  );
  progress(`${batch} Services for the bare loop are made`);
  const before = await bareLoop(scene, 0);
  const ours = await waitingRounds(scene);
  const after = await bareLoop(scene, bareRounds);
  return { upstream, ours, bare: [...before.slice(1), ...after] };
}

function rowsOf({ upstream, ours, bare }: Measured): readonly BenchRow[] {
  const [time, bareTime] = [median(ours.map(({ ms }) => ms)), median(bare.map(({ ms }) => ms))];
  const cost = (all: readonly Round[]): string =>
    `${milliseconds(median(all.map((one) => one.cpuMs / batch)))} CPU each`;
  const theirs = (batch / upstream) * 1_000;
  return [
    {
      what: '2,000 waiting Services on the real API server, claims included',
      ours: `${milliseconds(time)} (${cost(ours)})`,
      alternative: `bare 16-way PATCH loop ${milliseconds(bareTime)} (${cost(bare)})`,
      ratio: bareTime / time,
      target: '>= 0.70 of the bare loop',
      reached: bareTime / time >= 0.7,
    },
    {
      what: "the same beside MetalLB's controller 0.15.2",
      ours: milliseconds(time),
      alternative: `${upstream.toFixed(1)} a second, so 2,000 in ${milliseconds(theirs)} (extrapolated)`,
      ratio: theirs / time,
      target: '>= 40x faster',
      reached: theirs / time >= 40,
    },
  ];
}

/** Assigns Services that wait, beside a bare 16-way PATCH loop and MetalLB's own controller on the same server. */
export async function benchWaitingServices(): Promise<readonly BenchRow[]> {
  const scene = await ControllerScene.open();
  try {
    return rowsOf(await measure(scene));
  } finally {
    await scene.close();
  }
}

import { readAudit } from '../plane/plane.ts';
import { type ControllerScene, progress } from './controller-scene.ts';
import { type BenchRow, milliseconds } from './measure.ts';
import { cpuMs, residentMiB } from './process-cost.ts';
import { poolsPath } from './some-services.ts';
import { until } from './until.ts';

/** Pools tell of their use once a second at most; what stops before that leaves it to the next. */
export async function poolsTell({ client }: ControllerScene, services: number): Promise<void> {
  await until(async () => {
    const { items } = JSON.parse(await client.send('GET', poolsPath)) as {
      readonly items: readonly { readonly status?: { readonly assignedIPv4?: number } }[];
    };
    return items.reduce((sum, { status }) => sum + (status?.assignedIPv4 ?? 0), 0) === services;
  }, 200);
}

/** A new process, until it has looked at every Service as the leader. `busyMiB` is what the one before it took. */
export async function benchRestart(
  scene: ControllerScene,
  services: number,
  busyMiB: number,
): Promise<readonly BenchRow[]> {
  const records = readAudit(scene.plane).length;
  const started = performance.now();
  const { pid } = await scene.startController();
  await until(async () => (await scene.count('metallb_k8s_client_updates_total')) >= services);
  const ms = performance.now() - started;
  const cost = milliseconds(cpuMs(pid));
  progress(`started again with ${services} Services`);
  const writes = readAudit(scene.plane)
    .slice(records)
    .filter(({ objectRef }) => objectRef?.resource !== 'leases').length;
  const again = residentMiB(pid);
  const common = { alternative: '', ratio: undefined };
  return [
    {
      ...common,
      what: 'restart of the controller with 10,000 Services',
      ours: `${milliseconds(ms)} (${cost} CPU), ${writes} writes`,
      target: '<= 3 s, 0 writes',
      reached: ms <= 3_000 && writes === 0,
    },
    {
      ...common,
      what: 'memory of the controller at 10,000 Services',
      ours: `${Math.round(busyMiB)} MiB, ${Math.round(again)} MiB after the restart`,
      target: '<= 200 MiB',
      reached: Math.max(busyMiB, again) <= 200,
    },
  ];
}

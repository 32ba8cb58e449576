import type { Json } from '../../src/domain/json.ts';
import type { ObjectKey } from '../../src/domain/manifest/object-id.ts';
import type { Plane } from '../plane/plane.ts';
import type { FaultProxy } from './fault-proxy.ts';
import { type Ended, eventsOf } from './program.ts';
import type { Road } from './road.ts';

/** `arrived`: the server never sees the request. `answered`: it has acted, and nobody hears of it. */
export type KillMoment = 'arrived' | 'answered';

/** Syncs as a process of its own and kills it with SIGKILL at the `number`-th request. A run that makes fewer ends by itself. */
export async function killedSync(road: Road, proxy: FaultProxy, number: number, moment: KillMoment): Promise<Ended> {
  proxy.reset();
  const program = road.start(['sync', '--env', 'dev']);
  const kill = async (): Promise<{ readonly kind: 'cut-before' }> => {
    program.kill('SIGKILL');
    await program.ended;
    return { kind: 'cut-before' };
  };
  if (moment === 'arrived') {
    proxy.onRequest = (request) => (request.number === number ? kill() : undefined);
  } else {
    proxy.onAnswer = (request) => (request.number === number ? kill() : undefined);
  }
  const ended = await program.ended;
  await proxy.idle();
  proxy.reset();
  return ended;
}

/** What a finished environment looks like, without what differs from cluster to cluster. */
export type EndState = ReadonlyMap<ObjectKey, Json>;

/** Everything that is wrong after a killed run was started again; nothing where it ended as an undisturbed run does. */
export async function wrongAfterRerun(
  road: Road,
  proxy: FaultProxy,
  undisturbed: EndState,
): Promise<readonly string[]> {
  const again = await road.run('sync', '--env', 'dev', '-o', 'jsonl');
  if (again.code !== 0) {
    return [`the rerun ended with ${String(again.code)}: ${again.err}${again.out.slice(-2000)}`];
  }
  const wrong = [...(await wrongObjects(road, undisturbed)), ...(await wrongEntries(road))];
  proxy.reset();
  const third = await road.run('sync', '--env', 'dev', '-o', 'jsonl');
  const writes = proxy.requests.filter(({ method, path }) => method !== 'GET' && !path.includes('dryRun=All'));
  const last = eventsOf(third).at(-1);
  return [
    ...wrong,
    ...(third.code === 0 && last?.type === 'run-finished'
      ? []
      : [`the third run ended with ${String(third.code)}: ${third.err}${third.out.slice(-2000)}`]),
    ...writes.map(({ method, path }) => `the third run wrote: ${method} ${path}`),
  ];
}

async function wrongObjects(road: Road, undisturbed: EndState): Promise<readonly string[]> {
  const found = await road.state.ours();
  const keys = new Set([...undisturbed.keys(), ...found.keys()]);
  return [...keys].flatMap((key) => {
    const [wanted, is] = [undisturbed.get(key), found.get(key)].map((value) => JSON.stringify(value));
    return wanted === is ? [] : [`${key} is ${is ?? 'absent'} where ${wanted ?? 'nothing'} was expected`];
  });
}

async function wrongEntries(road: Road): Promise<readonly string[]> {
  const { entries, revision } = await road.state.inventory('dev');
  const objects = await road.state.objects();
  const wrong = [...entries].flatMap(([key, { uid, state }]) => {
    const live = objects.get(key)?.metadata.uid;
    return state === 'applied' && uid === live
      ? []
      : [`inventory: ${key} is ${state} with uid ${uid ?? ''}, live ${live ?? ''}`];
  });
  return [...wrong, ...(revision === undefined ? ['the inventory has no revision'] : [])];
}

/** Takes everything away that a sync of dev has made. */
export async function clearDev(plane: Pick<Plane, 'kubectl'>): Promise<void> {
  const label = 'metalwave.io/environment=dev';
  await plane.kubectl('delete', 'clusterrole,clusterrolebinding,crd', '-l', label, '--ignore-not-found');
  // Workloads go before their namespace: a ReplicaSet that meets a namespace on its way out goes on expecting the pod it was
  // refused, and its successor of the same name then isn't looked at for five minutes.
  const workloads = ['deployment,daemonset', '-n', 'metallb-system', '-l', label];
  await plane.kubectl('delete', ...workloads, '--cascade=foreground', '--ignore-not-found');
  await plane.kubectl('delete', 'namespace', 'metallb-system', 'metalwave-system', '--ignore-not-found');
}

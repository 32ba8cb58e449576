import { setTimeout as sleep } from 'node:timers/promises';
import { pool, poolsPath, service, servicesPath } from '../../bench/some-services.ts';
import type { Child } from '../../plane/child.ts';
import type { Verdict } from '../move/scene.ts';
import type { AllocationScene } from './scene.ts';

const name = 'crowd';
const patience = 60_000;
/** Between two lists of all claims. */
const betweenListsMs = 2_000;
const mostKills = 12;
const mostAttempts = 8;

/** So many addresses from the range that RFC 2544 keeps for tests. */
function addressesFor(count: number): string {
  const last = count - 1;
  return `198.18.0.0-198.${18 + Math.floor(last / 65_536)}.${Math.floor(last / 256) % 256}.${last % 256}`;
}

/** Far longer than a controller needs for so many. */
function limitFor(count: number): number {
  return patience + count * 20;
}

async function makePool({ client }: AllocationScene, count: number): Promise<void> {
  await client.send('POST', poolsPath, pool(name, addressesFor(count)));
}

/** As often as it takes: so many at once are more than a busy server answers in time, and it may have acted all the same. */
async function insist(send: () => Promise<unknown>, isDone: RegExp): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await send();
      return;
    } catch (error) {
      const text = String(error);
      if (isDone.test(text)) {
        return;
      }
      if (attempt === mostAttempts || !/answered (?:429|5\d\d)/u.test(text)) {
        throw error;
      }
      await sleep(1_000 * attempt);
    }
  }
}

async function create(scene: AllocationScene, prefix: string, count: number): Promise<void> {
  await scene.client.all(count, async (index) => {
    tellHowFar(scene, 'Services are being made');
    await insist(() => scene.client.send('POST', servicesPath, service(`${prefix}-${index}`)), /answered 409/u);
  });
}

async function remove(scene: AllocationScene, prefix: string, count: number): Promise<void> {
  await scene.client.all(count, async (index) => {
    tellHowFar(scene, 'Services are being deleted');
    await insist(() => scene.client.send('DELETE', `${servicesPath}/${prefix}-${index}`), /answered 404/u);
  });
}

function tellHowFar({ history, onProgress }: AllocationScene, title: string): void {
  onProgress(`controller: ${title}: ${history.served} of ${history.asked} are served`);
}

/** Until that many are served and the claims say the same; gives what is wrong where it doesn't come to that. */
async function rest(scene: AllocationScene, title: string, served: number): Promise<readonly string[]> {
  const { history } = scene;
  const isServed = (): boolean => {
    tellHowFar(scene, title);
    return history.served === served;
  };
  if (!(await scene.comes(isServed, limitFor(history.asked)))) {
    return [`${title}: ${history.served} of ${history.asked} are served, not ${served}`];
  }
  const isClaimed = async (): Promise<boolean> => (await scene.claimsDiffer()) === undefined;
  scene.onProgress(`controller: ${title}: the claims are compared`);
  return (await scene.comes(isClaimed, limitFor(history.asked), betweenListsMs))
    ? []
    : [`${title}: ${(await scene.claimsDiffer()) ?? ''}`];
}

/** One after the other is killed and started again, until it is told to stop or each was killed a few times. */
async function killInTurn(scene: AllocationScene, running: Child[], isOver: () => boolean): Promise<void> {
  for (let turn = 0; turn < mostKills && !isOver(); turn += 1) {
    await sleep(1_500 + ((turn * 7_919) % 2_000));
    const victim = running[turn % running.length];
    if (victim !== undefined && !isOver()) {
      victim.signal('SIGKILL');
      running[turn % running.length] = await scene.startProcess({ through: 'server', elects: false });
    }
  }
}

/**
 * Three processes without election serve all at once, while each is killed now and then if they are to be, and a twentieth of
 * the Services goes and others come.
 */
export async function threeControllers(
  scene: AllocationScene,
  count: number,
  ending: 'killed in turn' | 'left alone',
): Promise<Verdict> {
  await scene.reset();
  await makePool(scene, count);
  const options = { through: 'server', elects: false } as const;
  const running = await Promise.all([1, 2, 3].map(() => scene.startProcess(options)));
  const few = Math.ceil(count / 20);
  let isOver = ending === 'left alone';
  const killing = killInTurn(scene, running, () => isOver);
  try {
    await Promise.all([create(scene, 'first', few), create(scene, 'other', count - few)]);
    await Promise.all([remove(scene, 'first', few), create(scene, 'late', few)]);
    await scene.comes(() => scene.history.served === count, limitFor(count));
  } finally {
    isOver = true;
    await killing;
  }
  return scene.verdict(await rest(scene, 'all are served by three', count));
}

/** The pool goes while its addresses are being given, and comes back. */
export async function deletedPool(scene: AllocationScene, count: number): Promise<Verdict> {
  await scene.reset();
  const { history, client } = scene;
  await create(scene, 'web', count);
  await makePool(scene, count);
  await scene.startProcess({ through: 'server', elects: true });
  await scene.until(() => history.served > count / 3, limitFor(count));
  history.mayLose = () => true;
  await client.send('DELETE', `${poolsPath}/${name}`);
  const cleared = await rest(scene, 'the pool is gone', 0);
  history.mayLose = () => false;
  await makePool(scene, count);
  return scene.verdict([...cleared, ...(await rest(scene, 'the pool is back', count))]);
}

/** As many Services as addresses and one more; all of them gone; and back. */
export async function fullPool(scene: AllocationScene, count: number): Promise<Verdict> {
  await scene.reset();
  await makePool(scene, count);
  await scene.startProcess({ through: 'server', elects: true });
  const wrong: string[] = [];
  for (const title of ['all addresses are given', 'all addresses are given again']) {
    await create(scene, 'web', count + 1);
    wrong.push(...(await rest(scene, title, count)));
    await remove(scene, 'web', count + 1);
    wrong.push(...(await rest(scene, `${title}, and all Services are gone`, 0)));
  }
  return scene.verdict(wrong);
}

import { poolsPath, servicesPath } from '../../bench/some-services.ts';
import type { AllocationScene } from './scene.ts';
import type { Seen } from './service-history.ts';

const patchType = 'application/merge-patch+json';
const main = { addresses: ['198.51.100.0/28', 'fd00:51::/124'] };
const v4 = /^198\.51\.100\.\d+ main$/u;
const other = /^198\.51\.101\.\d+ other$/u;
const both = /^198\.51\.100\.\d+,fd00:51::[0-9a-f]* main$/u;
const its = /^198\.51\.100\.9 main$/u;
const asked = '198.51.100.9';

interface Wish {
  readonly annotations?: { readonly [name: string]: string };
  readonly port?: number;
  readonly spec?: object;
}

/** One stretch of the course: what is done, and what each Service must have when it is over. */
interface Stretch {
  readonly title: string;
  readonly work: (scene: AllocationScene) => Promise<void>;
  readonly expected: Expected;
}

/** Addresses and pool of each Service. */
interface Expected {
  readonly [service: string]: RegExp;
}

async function create(
  scene: AllocationScene,
  name: string,
  { annotations, port = 80, spec }: Wish = {},
): Promise<void> {
  await scene.client.send('POST', servicesPath, {
    metadata: { name, ...(annotations === undefined ? {} : { annotations }) },
    spec: { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false, ports: [{ port }], ...spec },
  });
}

async function edit(scene: AllocationScene, name: string, patch: object): Promise<void> {
  await scene.client.send('PATCH', `${servicesPath}/${name}`, patch, patchType);
}

async function makePool(scene: AllocationScene, name: string, spec: object): Promise<void> {
  const body = { apiVersion: 'metallb.io/v1beta1', kind: 'IPAddressPool', metadata: { name }, spec };
  await scene.client.send('POST', poolsPath, body);
}

/** Made before a controller runs. */
export async function prepareCourse(scene: AllocationScene): Promise<void> {
  await makePool(scene, 'main', main);
  await makePool(scene, 'other', { addresses: ['198.51.101.0/29'], autoAssign: false });
  const shared = { 'metallb.io/allow-shared-ip': 'key' };
  await Promise.all([
    ...['plain-0', 'plain-1', 'plain-2'].map((name) => create(scene, name)),
    create(scene, 'keyed-0', { annotations: shared }),
    create(scene, 'keyed-1', { annotations: shared, port: 81 }),
    create(scene, 'dual', { spec: { ipFamilyPolicy: 'RequireDualStack' } }),
    create(scene, 'asking', { annotations: { 'metallb.io/loadBalancerIPs': asked } }),
    create(scene, 'pooled', { annotations: { 'metallb.io/address-pool': 'other' } }),
  ]);
}

const first = {
  'plain-0': v4,
  'plain-1': v4,
  'plain-2': v4,
  'keyed-0': v4,
  'keyed-1': v4,
  dual: both,
  asking: its,
  pooled: other,
};
const { asking: _asking, 'plain-1': _plain, ...remaining } = first;
const second = { ...remaining, 'plain-0': other, waiting: its, late: v4, dual: v4 };
const third = Object.fromEntries(
  Object.entries(second).map(([name, { source }]) => [name, new RegExp(source.replace('main', 'renamed'), 'u')]),
);

const stretches: readonly Stretch[] = [
  { title: 'all are served', work: async () => undefined, expected: first },
  {
    title: 'one moves, one goes, one changes its type, one its families, and two come',
    work: async (scene) => {
      await create(scene, 'waiting', { annotations: { 'metallb.io/loadBalancerIPs': asked } });
      await scene.client.send('DELETE', `${servicesPath}/asking`);
      await edit(scene, 'plain-0', { metadata: { annotations: { 'metallb.io/address-pool': 'other' } } });
      await edit(scene, 'plain-1', { spec: { type: 'ClusterIP' } });
      await edit(scene, 'dual', { spec: { ipFamilyPolicy: 'SingleStack' } });
      await create(scene, 'late');
    },
    expected: second,
  },
  {
    title: 'the pool has another name',
    work: async (scene) => {
      await makePool(scene, 'renamed', main);
      await scene.client.send('DELETE', `${poolsPath}/main`);
    },
    expected: third,
  },
];

/** Whom an edit of the course takes an address from. */
function mayLose({ name }: Seen, address: string): boolean {
  return name === 'plain-0' || (name === 'dual' && address.includes(':'));
}

function textOf({ addresses, pool }: Seen): string {
  return `${addresses.join()} ${pool}`;
}

function isServed(scene: AllocationScene, expected: Expected): boolean {
  const asking = scene.history.asking();
  return (
    asking.length === Object.keys(expected).length &&
    asking.every((seen) => expected[seen.name]?.test(textOf(seen)) === true)
  );
}

function tellAll(scene: AllocationScene): string {
  return scene.history
    .asking()
    .map((seen) => `${seen.name}: ${textOf(seen)}`)
    .toSorted()
    .join(', ');
}

/** Waits until everybody has what it must have and the claims say so; gives what is wrong where it doesn't come to that. */
async function rest(
  scene: AllocationScene,
  { title, expected }: Pick<Stretch, 'title' | 'expected'>,
  limitMs: number,
): Promise<readonly string[]> {
  const end = performance.now() + limitMs;
  if (!(await scene.comes(() => isServed(scene, expected), limitMs))) {
    return [`${title}: not so after ${limitMs} ms: ${tellAll(scene)}`];
  }
  const isClaimed = async (): Promise<boolean> => (await scene.claimsDiffer()) === undefined;
  const isAtRest = await scene.comes(isClaimed, Math.max(10_000, end - performance.now()));
  return isAtRest ? [] : [`${title}: ${(await scene.claimsDiffer()) ?? ''}`];
}

const limitMs = 60_000;

/** Goes through the whole course while controllers run; gives everything that is wrong at the end of a stretch. */
export async function followCourse(
  scene: AllocationScene,
  /** Done after each stretch, counted from 1. */
  between: (stretch: number) => Promise<void> = async () => undefined,
): Promise<readonly string[]> {
  scene.history.mayLose = mayLose;
  for (const [index, stretch] of stretches.entries()) {
    await stretch.work(scene);
    const wrong = await rest(scene, stretch, limitMs);
    if (wrong.length > 0) {
      return wrong;
    }
    await between(index + 1);
  }
  return [];
}

/** What is wrong once the course is over. */
export async function wrongAtEnd(scene: AllocationScene): Promise<readonly string[]> {
  return rest(scene, { title: 'in the end', expected: third }, limitMs);
}

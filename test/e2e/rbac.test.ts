import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metallbVersions } from '../plane/parts.ts';
import { type Plane, planeUnavailable } from '../plane/plane.ts';
import { Installation, loadBalancer, namespace, statusesOf } from './rbac-installation.ts';
import { applyRendered } from './rendered-program.ts';

const reason = planeUnavailable();
const kinds = ['servicel2statuses', 'servicebgpstatuses'] as const;

/** As after the replacement of a speaker's pod: the status object has no living owner and says something old. */
async function estrange(plane: Plane, kind: (typeof kinds)[number]): Promise<void> {
  await expect.poll(async () => statusesOf(plane, kind), { timeout: 30_000 }).not.toHaveLength(0);
  const patch = ['-n', namespace, '--type=merge', '-p'];
  const old = kind === 'servicel2statuses' ? { interfaces: [{ name: 'gone0' }] } : { peers: ['gone'] };
  for (const name of await statusesOf(plane, kind)) {
    await plane.kubectl('patch', name, ...patch, '{"metadata":{"ownerReferences":[]}}');
    await plane.kubectl('patch', name, '--subresource=status', ...patch, JSON.stringify({ status: old }));
    const owners = ['get', name, '-n', namespace, '-o', 'jsonpath={.metadata.ownerReferences[0].kind}'];
    await expect.poll(async () => plane.kubectl(...owners), { timeout: 30_000 }).toBe('Pod');
  }
}

/** Everything that makes the programs use what they were given. */
async function exercise(own: Installation): Promise<void> {
  const { plane, version } = own;
  await applyRendered(plane, own.manifests);
  await plane.kubectlApply(...loadBalancer('web'), ...loadBalancer('routed', 'routed'));
  await own.controller();
  await own.addressOf('routed');
  const address = await own.addressOf('web');
  await own.speaker();
  await plane.kubectl('wait', '--for=create', 'secret/memberlist', '-n', namespace, '--timeout=30s');
  await estrange(plane, 'servicel2statuses');
  if (version !== '0.14.9') {
    await estrange(plane, 'servicebgpstatuses');
  }
  for (const color of ['red', 'green', 'blue', 'white']) {
    await plane.kubectl('label', 'service', 'web', 'routed', `color=${color}`, '--overwrite');
    await plane.kubectl('label', 'namespace', 'default', `color=${color}`, '--overwrite');
  }
  expect(await own.addressOf('web')).toBe(address);
  expect(await own.scrape(version === '0.16.1' ? 9120 : 7472)).toBe(200);
  expect(await own.scrape(27_472)).toBe(200);
  await own.statusesGoWith(version === '0.14.9' ? [kinds[0]] : kinds, 'web', 'routed');
}

describe.skipIf(reason !== undefined).each(metallbVersions)('the rights rendered for MetalLB %s', (version) => {
  let installation: Installation;
  beforeAll(async () => {
    installation = await Installation.start(version);
  });
  afterAll(async () => {
    await installation.plane.stop();
  });

  it('let it allocate, announce, report and be scraped', async () => {
    await exercise(installation);
  });

  it.each(['controller', 'speaker'])('are enough: the %s is never refused', async (component) => {
    expect(await installation.denied(component)).toEqual([]);
  });

  it.each(['controller', 'speaker'])('are no more than enough: the %s uses each', async (component) => {
    expect(await installation.unused(component)).toEqual([]);
  });
});

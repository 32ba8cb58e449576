import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTemplateRenderer } from '../../src/adapters/template/template-renderer.ts';
import type { Manifest } from '../../src/domain/manifest/manifest.ts';
import { releaseSettings, sampleEnvironment } from '../domain/render/sample-environment.ts';
import { freePorts } from '../plane/free-ports.ts';
import { type AuditRecord, type Plane, planeUnavailable, readAudit, startPlane } from '../plane/plane.ts';
import { loadBalancer, namespace } from './rbac-installation.ts';
import { deniedRequests, grantsOf, unusedGrants } from './rbac-ledger.ts';
import { applyRendered, containerOf, kubeconfigOf, renderedObject } from './rendered-program.ts';

const reason = planeUnavailable();
const bin = fileURLToPath(new URL('../../bin/metalwave', import.meta.url));

/** Asked for only where somebody else wrote a claim at the same moment, or the answer to a write was lost. */
const forTrouble: ReadonlySet<string> = new Set(['get configmaps']);

/** Starts our controller as the rendered Deployment would: its arguments, its environment, its account. */
async function startController(plane: Plane, manifests: readonly Manifest[]): Promise<void> {
  const [port = 0] = await freePorts(1);
  const pod = { name: 'controller-1', node: 'node-1' };
  const { args, env } = containerOf(renderedObject(manifests, 'Deployment', 'controller'), 'controller', pod);
  const own = { ...env, KUBECONFIG: await kubeconfigOf(plane, namespace, 'controller') };
  // Later arguments win: the port of the pod may be taken here.
  const more = [`--port=${port}`, '--bind-address=127.0.0.1'];
  await plane.start('metalwave-controller', process.execPath, [bin, 'controller', ...args, ...more], own);
}

describe.skipIf(reason !== undefined)('the rights rendered for our own controller', () => {
  let plane: Plane;
  let manifests: readonly Manifest[];

  const requests = (): readonly AuditRecord[] =>
    readAudit(plane).filter(({ user }) => user.username === `system:serviceaccount:${namespace}:controller`);
  const names = async (...what: readonly string[]): Promise<string> => plane.kubectl('get', ...what, '-o', 'name');
  const unused = (): readonly string[] =>
    unusedGrants(grantsOf(manifests, 'controller'), requests()).filter((grant) => !forTrouble.has(grant));
  const addresses = async (): Promise<string> =>
    plane.kubectl('get', 'services', '-o', 'jsonpath={.items[*].status.loadBalancer.ingress[*].ip}');

  beforeAll(async () => {
    const renderer = await openTemplateRenderer();
    const base = sampleEnvironment().metallb;
    const monitoring = { ...base.monitoring, enabled: false };
    manifests = renderer.render(sampleEnvironment({ ...releaseSettings('0.16'), engine: 'native', monitoring }));
    plane = await startPlane();
    await applyRendered(plane, manifests);
    await startController(plane, manifests);
  });
  afterAll(async () => {
    await plane.stop();
  });

  it('let it give addresses, claim them and say so', async () => {
    await plane.kubectlApply(...loadBalancer('web'));
    await expect.poll(addresses, { timeout: 60_000 }).toBe('192.168.1.220');
    await expect
      .poll(async () => names('-n', namespace, 'configmaps', '-l', 'metalwave.io/state=claims'), { timeout: 30_000 })
      .toContain('metalwave-claims-');
    await plane.kubectlApply(...loadBalancer('beside'));
    await expect.poll(addresses, { timeout: 60_000 }).toContain('192.168.1.221');
    await expect
      .poll(async () => names('events', '--field-selector', 'reason=IPAllocated'), { timeout: 30_000 })
      .toContain('event/');
    const assigned = ['get', 'ipaddresspool', 'default', '-n', namespace, '-o', 'jsonpath={.status.assignedIPv4}'];
    await expect.poll(async () => plane.kubectl(...assigned), { timeout: 30_000 }).toBe('2');
    await plane.kubectl('wait', '--for=create', 'secret/memberlist', '-n', namespace, '--timeout=30s');
    const valid = 'jsonpath={.status.conditions[0].status}';
    const state = ['get', 'configurationstate', 'controller', '-n', namespace, '--ignore-not-found', '-o', valid];
    await expect.poll(async () => plane.kubectl(...state), { timeout: 30_000 }).toBe('True');
  });

  it('let it give them back', async () => {
    await plane.kubectl('delete', 'service', 'web', 'beside');
    await expect
      .poll(async () => names('-n', namespace, 'configmaps', '-l', 'metalwave.io/state=claims'), { timeout: 60_000 })
      .toBe('');
  });

  it('are no more than enough: it uses each', async () => {
    // The server writes its audit log with a short delay.
    await expect.poll(unused, { timeout: 30_000 }).toEqual([]);
  });

  it('are enough: it is never refused', () => {
    expect(requests()).not.toEqual([]);
    expect(deniedRequests(requests())).toEqual([]);
  });
});

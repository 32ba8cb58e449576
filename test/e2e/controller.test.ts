import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Child } from '../plane/child.ts';
import { freePorts } from '../plane/free-ports.ts';
import { applyUpstreamCrds, metallbController } from '../plane/metallb.ts';
import { type AuditRecord, type Plane, planeUnavailable, readAudit, startPlane } from '../plane/plane.ts';
import { controllerProgram } from '../road/controller-program.ts';

const reason = planeUnavailable();
const namespace = 'metallb-system';
const count = 50;

function service(index: number): unknown {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `web-${index}`, namespace: 'default' },
    spec: { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false, ports: [{ port: 80 }] },
  };
}

interface Listed {
  readonly metadata: { readonly name: string; readonly resourceVersion: string };
  readonly status: { readonly loadBalancer?: { readonly ingress?: readonly { readonly ip?: string }[] } };
}

describe.skipIf(reason !== undefined)(`the controller on the real control plane ${reason ?? ''}`.trim(), () => {
  let plane: Plane;
  let port: number;
  let running: Child;
  let names = 0;
  beforeAll(async () => {
    plane = await startPlane();
    [port = 0] = await freePorts(1);
    await plane.kubectl('create', 'namespace', namespace);
    await applyUpstreamCrds(plane, '0.15.2');
    await plane.kubectlApply({
      apiVersion: 'metallb.io/v1beta1',
      kind: 'IPAddressPool',
      metadata: { name: 'a', namespace },
      spec: { addresses: ['192.0.2.0/26'] },
    });
  });
  afterAll(async () => {
    await plane.stop();
  });

  async function start(): Promise<void> {
    names += 1;
    running = await controllerProgram(plane, { name: `metalwave-controller-${names}`, port });
  }
  async function services(): Promise<ReadonlyMap<string, Listed>> {
    const list = JSON.parse(await plane.kubectl('get', 'services', '-n', 'default', '-o', 'json')) as {
      readonly items: readonly Listed[];
    };
    return new Map(list.items.map((item) => [item.metadata.name, item]));
  }
  async function addresses(): Promise<readonly string[]> {
    const all = [...(await services()).values()];
    return all
      .flatMap(({ metadata, status }) =>
        (status.loadBalancer?.ingress ?? []).map(({ ip }) => `${metadata.name} ${ip ?? ''}`),
      )
      .toSorted();
  }
  /** Their versions: a write of whatever kind makes another. */
  async function versions(): Promise<readonly string[]> {
    return [...(await services()).values()].map(({ metadata }) => `${metadata.name} ${metadata.resourceVersion}`);
  }
  async function readiness(): Promise<number> {
    return fetch(`http://127.0.0.1:${port}/readyz`).then(
      (answer) => answer.status,
      () => 0,
    );
  }
  async function metric(name: string): Promise<string | undefined> {
    const text = await fetch(`http://127.0.0.1:${port}/metrics`).then(
      (answer) => answer.text(),
      () => '',
    );
    return new RegExp(`^${name} (.*)$`, 'mu').exec(text)?.[1];
  }
  async function untilLeading(): Promise<void> {
    await expect.poll(() => metric('metalwave_controller_leading'), { timeout: 60_000 }).toBe('1');
  }
  async function claimed(): Promise<number> {
    const path = ['get', 'configmaps', '-n', namespace, '-l', 'metalwave.io/state=claims', '-o', 'json'];
    const list = JSON.parse(await plane.kubectl(...path)) as { readonly items: readonly { readonly data: object }[] };
    return list.items.reduce((sum, { data }) => sum + Object.keys(data).length, 0);
  }
  /** Writes since that many records, but for the Lease, which is renewed all the time. */
  function writesSince(records: number): readonly AuditRecord[] {
    return readAudit(plane)
      .slice(records)
      .filter(
        ({ verb, objectRef, userAgent }) =>
          ['create', 'update', 'patch', 'delete'].includes(verb) &&
          objectRef?.resource !== 'leases' &&
          userAgent === 'metalwave',
      );
  }

  it('gives fifty Services an address each, with claims, pool status and events', async () => {
    await plane.kubectlApply(...Array.from({ length: count }, (_, index) => service(index)));
    await start();
    await expect.poll(async () => (await addresses()).length, { timeout: 60_000 }).toBe(count);
    expect(new Set((await addresses()).map((line) => line.split(' ')[1])).size).toBe(count);
    expect(await claimed()).toBe(count);
    expect(await readiness()).toBe(200);
    const assigned = ['get', 'ipaddresspool', 'a', '-n', namespace, '-o', 'jsonpath={.status.assignedIPv4}'];
    await expect.poll(() => plane.kubectl(...assigned), { timeout: 30_000 }).toBe(String(count));
    const events = ['get', 'events', '-n', 'default', '--field-selector', 'reason=IPAllocated', '-o', 'name'];
    await expect.poll(() => plane.kubectl(...events), { timeout: 30_000 }).toContain('event/web-');
  });

  it('writes nothing after it was killed and started again', async () => {
    const before = await versions();
    running.signal('SIGKILL');
    await expect.poll(() => running.isRunning(), { timeout: 10_000 }).toBe(false);
    await plane.kubectl('delete', 'lease', 'metalwave-controller', '-n', namespace);
    const records = readAudit(plane).length;
    await start();
    await untilLeading();
    await expect.poll(() => metric('metallb_k8s_client_updates_total'), { timeout: 30_000 }).toBe(String(count + 1));
    expect(await versions()).toEqual(before);
    expect(writesSince(records)).toEqual([]);
  });

  it("gives the work to MetalLB's controller and takes it back: every address stays, and no Service is written", async () => {
    const before = { addresses: await addresses(), versions: await versions() };
    await running.stop(5_000);
    const upstream = await metallbController(plane, '0.15.2');
    const usage = 'jsonpath={.status.availableIPv4}';
    await plane.kubectlApply(service(count));
    await expect.poll(async () => (await addresses()).length, { timeout: 60_000 }).toBe(count + 1);
    await upstream.stop();
    const handed = { addresses: await addresses(), versions: await versions() };
    expect(handed.addresses.filter((line) => !line.startsWith(`web-${count} `))).toEqual(before.addresses);
    await start();
    await untilLeading();
    await expect.poll(() => claimed(), { timeout: 30_000 }).toBe(count + 1);
    const pool = ['get', 'ipaddresspool', 'a', '-n', namespace, '-o', usage];
    await expect.poll(() => plane.kubectl(...pool), { timeout: 30_000 }).toBe(String(64 - count - 1));
    expect({ addresses: await addresses(), versions: await versions() }).toEqual(handed);
  });

  it('stops at SIGTERM and leaves the lead to others', async () => {
    running.signal('SIGTERM');
    await expect.poll(() => running.isRunning(), { timeout: 20_000 }).toBe(false);
    const holder = ['get', 'lease', 'metalwave-controller', '-n', namespace, '-o', 'jsonpath={.spec.holderIdentity}'];
    expect(await plane.kubectl(...holder)).toBe('');
  });
});

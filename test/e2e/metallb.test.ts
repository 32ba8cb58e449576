import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importVerb } from '../../src/apps/cli/verbs/import.ts';
import { runVerb } from '../apps/cli/run-verb.ts';
import { applyUpstreamCrds, metallbController } from '../plane/metallb.ts';
import { type Plane, planeUnavailable, startPlane } from '../plane/plane.ts';
import { configPath } from '../road/config-repository.ts';
import { helmController, resourcesOnly } from '../road/existing-metallb.ts';
import { madeByOthers, settingsOf } from '../road/made-by-others.ts';
import { ourWrites, Road, targetOf } from '../road/road.ts';

const reason = planeUnavailable();

function loadBalancer(name: string, annotations: Readonly<Record<string, string>> = {}): unknown {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default', annotations },
    spec: { type: 'LoadBalancer', ports: [{ port: 80 }] },
  };
}

/** The smallest configuration there is. */
function config(addresses: string): Readonly<Record<string, string>> {
  const lines = [
    'metallb:',
    '  ipAddressPool:',
    '    - name: default',
    '      addresses:',
    `        - ${addresses}`,
    '',
  ];
  return { [configPath('dev')]: lines.join('\n') };
}

async function awaitAddress(plane: Plane, service: string, address: string): Promise<void> {
  const condition = `--for=jsonpath={.status.loadBalancer.ingress[0].ip}=${address}`;
  await plane.kubectl('wait', condition, `service/${service}`, '--timeout=60s');
}

describe.skipIf(reason !== undefined)(`MetalLB 0.15.2 behind a synced environment ${reason ?? ''}`.trim(), () => {
  let plane: Plane;
  let road: Road;
  beforeAll(async () => {
    plane = await startPlane({ nodes: 2 });
    road = new Road(plane.kubeconfig, config('192.168.1.220-192.168.1.250'));
    const synced = await road.run('sync', '--env', 'dev');
    expect(synced).toMatchObject({ code: 0 });
    await metallbController(plane, '0.15.2');
  });
  afterAll(async () => {
    road.close();
    await plane.stop();
  });

  it('gives a Service the first address of the pool', async () => {
    await plane.kubectlApply(loadBalancer('web'));
    await awaitAddress(plane, 'web', '192.168.1.220');
  });

  it('writes status to the pool without making the environment out of sync', async () => {
    const path = 'jsonpath={.status.assignedIPv4}';
    await expect
      .poll(() => plane.kubectl('get', 'ipaddresspool', 'default', '-n', 'metallb-system', '-o', path), {
        timeout: 30_000,
      })
      .toBe('1');
    expect(await road.run('status', '--env', 'dev')).toMatchObject({ code: 0 });
    const before = await ourWrites(plane);
    expect(await road.run('sync', '--env', 'dev')).toMatchObject({ code: 0 });
    expect(await ourWrites(plane)).toHaveLength(before.length);
  });

  it('takes a pool that grew, and leaves the Service its address', async () => {
    road.repository.commit(config('192.168.1.210-192.168.1.250'));
    expect(await road.run('sync', '--env', 'dev')).toMatchObject({ code: 0 });
    await plane.kubectlApply(loadBalancer('more', { 'metallb.io/loadBalancerIPs': '192.168.1.211' }));
    await awaitAddress(plane, 'more', '192.168.1.211');
    await awaitAddress(plane, 'web', '192.168.1.220');
  });
});

describe.skipIf(reason !== undefined)(`a MetalLB that was there before ${reason ?? ''}`.trim(), () => {
  let plane: Plane;
  let road: Road;
  beforeAll(async () => {
    plane = await startPlane({ nodes: 1 });
    road = new Road(plane.kubeconfig, resourcesOnly);
  });
  afterAll(async () => {
    road.close();
    await plane.stop();
  });

  it('is missed with a clear message where there is none, and nothing is written', async () => {
    for (const verb of ['plan', 'sync', 'status', 'diff']) {
      const { code, err } = await road.run(verb, '--env', 'dev');
      expect(code).toBe(2);
      expect(err).toContain('no MetalLB controller was found in namespace metallb-system');
      expect(err).toContain('metallb.install to true');
    }
    expect(await ourWrites(plane)).toEqual([]);
  });

  it('is not enough without its definitions: the missing kind is named, and nothing is written', async () => {
    await plane.kubectl('create', 'namespace', 'metallb-system');
    await plane.kubectlApply(helmController);
    const { code, err } = await road.run('sync', '--env', 'dev');
    expect(code).toBe(2);
    expect(err).toContain('does not serve metallb.io/v1beta1 IPAddressPool');
    expect(await ourWrites(plane)).toEqual([]);
  });

  it('is detected by its image and keeps what is its own: only resources are synced', async () => {
    await applyUpstreamCrds(plane, '0.14.9');
    const ended = await road.run('sync', '--env', 'dev');
    expect({ code: ended.code, err: ended.code === 0 ? '' : ended.err }).toEqual({ code: 0, err: '' });
    const targets = (await ourWrites(plane)).map((record) => targetOf(record));
    expect(targets.filter((target) => !target.includes('metalwave-system')).toSorted()).toEqual([
      'ipaddresspools metallb-system/default',
      'ipaddresspools metallb-system/second',
      'l2advertisements metallb-system/l2-advert',
    ]);
  });

  it('takes the pool and gives a Service its address', async () => {
    await metallbController(plane, '0.14.9');
    await plane.kubectlApply(loadBalancer('web'));
    await awaitAddress(plane, 'web', '10.20.0.0');
    expect(await road.run('status', '--env', 'dev')).toMatchObject({ code: 0 });
  });

  it('is imported with all that kubectl and Helm made, adopted whole, and not disturbed by it', async () => {
    expect(await road.run('release', '--env', 'dev', '--yes')).toMatchObject({ code: 0 });
    for (const [index, { object, args }] of madeByOthers.entries()) {
      const file = join(plane.folder, `others-${String(index)}.json`);
      writeFileSync(file, JSON.stringify(object));
      await plane.kubectl(...args, '-f', file);
    }
    const before = await settingsOf(plane);
    const folder = join(plane.folder, 'imported');
    mkdirSync(folder);
    const imported = await runVerb(importVerb, ['--env', 'live', '--kubeconfig', plane.kubeconfig], folder);
    expect(imported).toMatchObject({ exitCode: 0, err: '' });
    expect(imported.out).toContain(`Proof: ${String(before.length)} resources rendered equal what was there.`);

    const live = new Road(plane.kubeconfig, {
      [configPath('live')]: readFileSync(join(folder, configPath('live')), 'utf8'),
    });
    try {
      const shown = await live.run('adopt', '--env', 'live');
      expect(shown.out).toContain('takes from kubectl-client-side-apply (kubectl apply)');
      expect(shown.out).toContain('Helm release pools in metallb-system');
      expect(await settingsOf(plane)).toEqual(before);
      const adopted = await live.run('adopt', '--env', 'live', '--yes');
      expect(adopted).toMatchObject({ code: 0, err: `${String(before.length)} objects adopted.\n` });
      expect(await settingsOf(plane)).toEqual(before);
      const planned = await live.run('plan', '--env', 'live', '--detailed-exitcode');
      expect({ code: planned.code, out: planned.out.split('.')[0] }).toEqual({ code: 0, out: 'No changes' });
      await awaitAddress(plane, 'web', '10.20.0.0');
    } finally {
      live.close();
    }
  });
});

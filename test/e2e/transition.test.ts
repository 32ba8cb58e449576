import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planeAddress } from '../plane/availability.ts';
import type { Child } from '../plane/child.ts';
import { metallbController, metallbSpeaker } from '../plane/metallb.ts';
import { type Plane, planeUnavailable, startPlane } from '../plane/plane.ts';
import { Road } from '../road/road.ts';
import { firstPools, poolMoves, type Pools, poolsConfig } from './moving-pools.ts';
import { loadBalancer } from './rbac-installation.ts';

const reason = planeUnavailable();
const metricsPort = 27_472;
const services = ['a', 'b', 'c', 'd'];

const moves: readonly (readonly [string, Pools])[] = [
  ...poolMoves,
  ['a merge', { uno: ['10.30.1.0/30'], two: ['10.30.0.0/30'] }],
  ['two names exchanged for one', { all: ['10.30.0.0/30', '10.30.1.0/30'] }],
];

async function announcedNow(): Promise<string> {
  const page = await (await fetch(`http://${planeAddress}:${metricsPort}/metrics`)).text();
  const found = page.matchAll(/^metallb_speaker_announced\{(?:.*,)?ip="([^"]+)"/gmu);
  return [...found]
    .map(([, ip]) => ip ?? '')
    .toSorted()
    .join();
}

describe.skipIf(reason !== undefined)(
  `addresses that change their pool under MetalLB 0.15.2 ${reason ?? ''}`.trim(),
  () => {
    let plane: Plane;
    let road: Road;
    let watch: Child;
    let speaker: Child;
    let announced: string[] = [];
    const stop = new AbortController();
    let sampler: Promise<void> | undefined;

    async function addresses(): Promise<string> {
      const path = 'jsonpath={range .items[*]}{.metadata.name}={.status.loadBalancer.ingress[0].ip} {end}';
      const words = await plane.kubectl('get', 'services', '-n', 'default', '-o', path);
      return words
        .split(' ')
        .filter((word) => /^[a-d]=/u.test(word))
        .join(' ');
    }

    beforeAll(async () => {
      plane = await startPlane({ nodes: 1 });
      road = new Road(plane.kubeconfig, poolsConfig(firstPools));
      expect(await road.run('sync', '--env', 'dev')).toMatchObject({ code: 0 });
      await metallbController(plane, '0.15.2');
      const selector = ['get', 'pods', '-n', 'metallb-system', '-l', 'component=speaker', '-o', 'name'];
      const podName = (await plane.kubectl(...selector)).trim().replace('pod/', '');
      speaker = await metallbSpeaker(plane, '0.15.2', {
        podName,
        nodeName: 'node-1',
        host: planeAddress,
        args: [`--port=${metricsPort}`],
      });
    });
    afterAll(async () => {
      stop.abort();
      await sampler;
      road.close();
      await plane.stop();
    });

    it('has its Services announced, and is watched from now on', async () => {
      await plane.kubectlApply(...services.flatMap((name) => loadBalancer(name, name < 'c' ? 'one' : 'two')));
      await expect.poll(addresses, { timeout: 60_000 }).toMatch(/^a=10\S+ b=10\S+ c=10\S+ d=10\S+$/u);
      // The annotation would name a pool that goes; MetalLB takes the address from who asks for a pool that isn't there.
      await plane.kubectl('annotate', 'services', '-n', 'default', ...services, 'metallb.universe.tf/address-pool-');
      await expect
        .poll(async () => announcedNow().catch(() => speaker.lastWords()), { timeout: 60_000 })
        .toMatch(/^10\S+,10\S+,10\S+,10\S+$/u);
      const template = 'jsonpath={.metadata.name} {.status.loadBalancer.ingress[0].ip}{"\\n"}';
      const args = ['get', 'services', '-n', 'default', '--watch', '-o', template];
      watch = await plane.start('watch', join(plane.binDir, 'kubectl'), args, { KUBECONFIG: plane.kubeconfig });
      sampler = (async () => {
        while (!stop.signal.aborted) {
          announced.push(await announcedNow());
          await new Promise((resolve) => {
            setTimeout(resolve, 20);
          });
        }
      })();
    });

    it.each(moves)('%s loses none, and none is unadvertised for a moment', async (_case, pools) => {
      const before = await addresses();
      const spoken = await announcedNow();
      announced = [];
      road.repository.commit(poolsConfig(pools));
      const plan = await road.run('plan', '--env', 'dev');
      expect(plan.out).toContain('Transition: addresses change their pool and stay with their Services');
      expect(plan.out).not.toMatch(/lose/u);
      const synced = await road.run('sync', '--env', 'dev');
      expect({ code: synced.code, err: synced.code === 0 ? '' : synced.err }).toEqual({ code: 0, err: '' });
      expect(await addresses()).toBe(before);
      await expect.poll(() => announced.length, { timeout: 30_000 }).toBeGreaterThan(5);
      expect([...new Set(announced)]).toEqual([spoken]);
    });

    it('is never seen without its address by a watch that runs throughout', async () => {
      const lines = readFileSync(watch.logPath, 'utf8')
        .split('\n')
        .filter((line) => /^[a-d] /u.test(line));
      expect(lines.length).toBeGreaterThan(0);
      expect(new Set(lines).size).toBe(services.length);
      expect(watch.isRunning()).toBe(true);
    });

    it('is healthy for MetalLB itself: its configuration is not stale', async () => {
      const page = await (await fetch(`http://${planeAddress}:${metricsPort}/metrics`)).text();
      expect(page).toMatch(/^metallb_k8s_client_config_stale_bool 0$/mu);
    });
  },
);

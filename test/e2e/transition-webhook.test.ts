import { readFileSync } from 'node:fs';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transitionAnnotation } from '../../src/domain/identity.ts';
import type { Child } from '../plane/child.ts';
import { metallbController } from '../plane/metallb.ts';
import { type Plane, planeUnavailable, startPlane } from '../plane/plane.ts';
import { Road } from '../road/road.ts';
import { firstPools, poolMoves, type Pools, poolsConfig } from './moving-pools.ts';
import { loadBalancer, namespace } from './rbac-installation.ts';
import { mountCertificate, proxyWebhook } from './served-webhook.ts';

const reason = planeUnavailable();
const services = ['a', 'b', 'c', 'd'];

function config(pools: Pools, webhook = true): Readonly<Record<string, string>> {
  return poolsConfig(pools, { version: '0.15.2', controller: { webhook } });
}

function pool(name: string, addresses: string): object {
  return {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'IPAddressPool',
    metadata: { name, namespace },
    spec: { addresses: [addresses] },
  };
}

describe.skipIf(reason !== undefined)(
  `addresses that change their pool past the webhook of MetalLB 0.15.2 ${reason ?? ''}`.trim(),
  () => {
    let plane: Plane;
    let road: Road;
    let proxy: Server;
    let controller: Child;
    let watch: Child;

    async function addresses(): Promise<string> {
      const path = 'jsonpath={range .items[*]}{.metadata.name}={.status.loadBalancer.ingress[0].ip} {end}';
      const words = await plane.kubectl('get', 'services', '-n', 'default', '-o', path);
      return words
        .split(' ')
        .filter((word) => /^[a-d]=/u.test(word))
        .join(' ');
    }

    /** The first sync waits for the webhook of a controller that it has installed itself. */
    async function serveWebhook(): Promise<void> {
      await expect
        .poll(async () => plane.kubectl('get', 'validatingwebhookconfigurations', '-o', 'name').catch(String), {
          timeout: 60_000,
        })
        .toContain('metallb-webhook-configuration');
      const folder = join(plane.folder, 'k8s-webhook-server', 'serving-certs');
      controller = await metallbController(plane, '0.15.2', {
        args: ['--disable-cert-rotation=false', '--webhook-mode=enabled', `--cert-dir=${folder}`],
        env: { TMPDIR: plane.folder },
      });
      await mountCertificate(plane, folder);
    }

    beforeAll(async () => {
      proxy = await proxyWebhook();
      plane = await startPlane({ nodes: 1 });
      road = new Road(plane.kubeconfig, config(firstPools));
    });
    afterAll(async () => {
      road.close();
      await plane.stop();
      proxy.close();
    });

    it('are installed in one sync, which waits for the webhook that it brings', async () => {
      const sync = road.run('sync', '--env', 'dev');
      await serveWebhook();
      const { code, err } = await sync;
      expect({ code, err: code === 0 ? '' : `${err}\n${controller.lastWords()}` }).toEqual({ code: 0, err: '' });
    });

    it('has its Services watched from now on, and a webhook that refuses an overlap', async () => {
      await plane.kubectlApply(...services.flatMap((name) => loadBalancer(name, name < 'c' ? 'one' : 'two')));
      await expect.poll(addresses, { timeout: 60_000 }).toMatch(/^a=10\S+ b=10\S+ c=10\S+ d=10\S+$/u);
      await plane.kubectl('annotate', 'services', '-n', 'default', ...services, 'metallb.universe.tf/address-pool-');
      const template = 'jsonpath={.metadata.name} {.status.loadBalancer.ingress[0].ip}{"\\n"}';
      const args = ['get', 'services', '-n', 'default', '--watch', '-o', template];
      watch = await plane.start('watch', join(plane.binDir, 'kubectl'), args, { KUBECONFIG: plane.kubeconfig });
      await expect(plane.kubectlApply(pool('greedy', '10.30.0.1/32'))).rejects.toThrow(/denied the request/u);
    });

    it.each(poolMoves)('%s loses none', async (_case, pools) => {
      const before = await addresses();
      road.repository.commit(config(pools));
      const synced = await road.run('sync', '--env', 'dev');
      expect({ code: synced.code, err: synced.code === 0 ? '' : synced.err }).toEqual({ code: 0, err: '' });
      expect(await addresses()).toBe(before);
      expect(await plane.kubectl('get', 'ipaddresspools', '-n', namespace, '-o', 'yaml')).not.toContain(
        transitionAnnotation,
      );
    });

    it('is never seen without its address by a watch that runs throughout', () => {
      const lines = readFileSync(watch.logPath, 'utf8')
        .split('\n')
        .filter((line) => /^[a-d] /u.test(line));
      expect(lines.length).toBeGreaterThan(0);
      expect(new Set(lines).size).toBe(services.length);
      expect(watch.isRunning()).toBe(true);
    });

    it('still refuses an overlap without the mark', async () => {
      await expect(plane.kubectlApply(pool('greedy', '10.30.0.1/32'))).rejects.toThrow(/denied the request/u);
    });

    it('changes pools in the very sync that switches the webhook off, whose controller is gone by then', async () => {
      // The certificate in BGPPeer's definition is the controller's; a server-side apply of ours can't take it away.
      const conversion = '{"spec":{"conversion":{"strategy":"None","webhook":null}}}';
      await plane.kubectl('patch', 'crd', 'bgppeers.metallb.io', '--type=merge', '-p', conversion);
      road.repository.commit(config({ three: ['10.30.2.0/30'], ...poolMoves.at(-1)?.[1] }, false));
      const sync = road.run('sync', '--env', 'dev');
      const webhooks = async (): Promise<string> =>
        plane.kubectl('get', 'validatingwebhookconfigurations', '-o', 'name');
      await expect.poll(webhooks, { timeout: 60_000, interval: 20 }).not.toContain('metallb');
      await controller.stop();
      const synced = await sync;
      expect({ code: synced.code, err: synced.code === 0 ? '' : synced.err }).toEqual({ code: 0, err: '' });
      expect(await plane.kubectl('get', 'ipaddresspools', '-n', namespace, '-o', 'name')).toContain('three');
    });
  },
);

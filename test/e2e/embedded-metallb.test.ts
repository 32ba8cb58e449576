import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTemplateRenderer } from '../../src/adapters/template/template-renderer.ts';
import { lineOf } from '../../src/domain/metallb/release.ts';
import { releaseSettings, sampleEnvironment } from '../domain/render/sample-environment.ts';
import { planeUnavailable } from '../plane/availability.ts';
import type { Child } from '../plane/child.ts';
import { type EmbeddedPlane, startEmbedded } from '../plane/embedded.ts';
import { freePorts } from '../plane/free-ports.ts';
import { metallbController } from '../plane/metallb.ts';
import { metallbVersions } from '../plane/parts.ts';
import { applyRendered, kubeconfigOf } from './rendered-program.ts';

const reason = planeUnavailable();
const namespace = 'metallb-system';

function loadBalancer(name: string, address?: string): unknown {
  const annotations = address === undefined ? {} : { 'metallb.io/loadBalancerIPs': address };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default', annotations },
    spec: { type: 'LoadBalancer', ports: [{ port: 80 }] },
  };
}

/** Its metrics as text; 0.16 serves them over TLS to those whom the API server knows. */
async function scrape(version: string, port: number, token: string): Promise<string> {
  const url = `${version === '0.16.1' ? 'https' : 'http'}://127.0.0.1:${port}/metrics`;
  const child = spawn('curl', ['-ks', '-K', '-', url], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(`header = "Authorization: Bearer ${token}"\n`);
  return text(child.stdout);
}

describe.skipIf(reason !== undefined).each(metallbVersions)(
  `MetalLB's own controller %s on the embedded control plane ${reason ?? ''}`.trim(),
  (version) => {
    let plane: EmbeddedPlane;
    let controller: Child;
    let podName: string;
    let port: number;
    let kubeconfig: string;

    async function start(suffix: string): Promise<void> {
      [port = 0] = await freePorts(1);
      const args = [`--port=${port}`];
      controller = await metallbController(plane, version, { kubeconfig, namespace, podName, args, suffix });
    }

    beforeAll(async () => {
      plane = await startEmbedded({ nodes: 1, simulatesMetalLb: false });
      const line = lineOf(version);
      if (line === undefined) {
        throw new Error(`no line for ${version}`);
      }
      const renderer = await openTemplateRenderer();
      const { metallb } = sampleEnvironment();
      const monitoring = { ...metallb.monitoring, enabled: false };
      await applyRendered(plane, renderer.render(sampleEnvironment({ ...releaseSettings(line), monitoring })));
      const select = ['get', 'pods', '-n', namespace, '-l', 'component=controller', '-o', 'name'];
      await plane.kubectl('rollout', 'status', 'deployment/controller', '-n', namespace, '--timeout=30s');
      podName = (await plane.kubectl(...select)).split('\n')[0]?.replace('pod/', '') ?? '';
      kubeconfig = await kubeconfigOf(plane, namespace, 'controller');
      await start('-first');
    });
    afterAll(async () => {
      await plane.stop();
    });

    async function addressOf(service: string): Promise<string> {
      return plane.kubectl('get', 'service', service, '-o', 'jsonpath={.status.loadBalancer.ingress[0].ip}');
    }

    it('gives addresses, counts them on the pool and says so in an event', async () => {
      await plane.kubectlApply(loadBalancer('web'), loadBalancer('wanted', '192.168.1.230'));
      await expect.poll(async () => addressOf('web'), { timeout: 30_000 }).toBe('192.168.1.220');
      await expect.poll(async () => addressOf('wanted'), { timeout: 30_000 }).toBe('192.168.1.230');
      const assigned = ['get', 'ipaddresspool', 'default', '-n', namespace, '-o', 'jsonpath={.status.assignedIPv4}'];
      if (version !== '0.14.9') {
        await expect.poll(async () => plane.kubectl(...assigned), { timeout: 30_000 }).toBe('2');
      }
      const events = ['events', '--for', 'service/web'];
      await expect.poll(async () => plane.kubectl(...events), { timeout: 30_000 }).toContain('IPAllocated');
    });

    it('leaves them after a restart, and gives back what is deleted', async () => {
      await controller.stop();
      await plane.kubectlApply(loadBalancer('late'));
      await start('-second');
      await expect.poll(async () => addressOf('late'), { timeout: 30_000 }).toBe('192.168.1.221');
      expect(await addressOf('web')).toBe('192.168.1.220');
      await plane.kubectl('delete', 'service', 'web');
      await plane.kubectlApply(loadBalancer('next'));
      await expect.poll(async () => addressOf('next'), { timeout: 30_000 }).toBe('192.168.1.220');
    });

    it('reports a loaded configuration and what it gave, and was refused nothing', async () => {
      const metrics = await scrape(version, port, plane.sandbox.token);
      expect(metrics).toMatch(/^metallb_k8s_client_config_loaded_bool\S* 1$/mu);
      expect(metrics).toMatch(/^metallb_k8s_client_config_stale_bool\S* 0$/mu);
      expect(metrics).toMatch(/^metallb_allocator_addresses_in_use_total\{pool="default"\} 3$/mu);
      expect(readFileSync(controller.logPath, 'utf8')).not.toMatch(
        /forbidden|unauthorized|not found in|unknown field/iu,
      );
    });
  },
);

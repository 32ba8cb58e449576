import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyUpstreamCrds, metallbController, metallbSpeaker } from '../plane/metallb.ts';
import { metallbVersions } from '../plane/parts.ts';
import { type Plane, planeUnavailable, readAudit, startPlane } from '../plane/plane.ts';

const reason = planeUnavailable();

function deployment(name: string, replicas: number): unknown {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'default' },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'example.invalid/main:1' }] } },
    },
  };
}

describe.skipIf(reason !== undefined)(`the real control plane ${reason ?? ''}`.trim(), () => {
  let plane: Plane;
  beforeAll(async () => {
    plane = await startPlane({ nodes: 2 });
  });
  afterAll(async () => {
    await plane.stop();
  });

  it('rolls a Deployment out on its fake nodes', async () => {
    await plane.kubectlApply(deployment('web', 3));
    await plane.kubectl('wait', '--for=condition=Available', 'deployment/web', '--timeout=60s');
    const pods = await plane.kubectl('get', 'pods', '-l', 'app=web', '-o', 'jsonpath={.items[*].status.phase}');
    expect(pods).toBe('Running Running Running');
  });

  it('tells its version to clients', async () => {
    expect(await plane.kubectl('version', '-o', 'json')).toContain('"gitVersion": "v1.35.4"');
  });

  it('enforces RBAC and records every request', async () => {
    const powerless = plane.kubeconfigFor(plane.powerlessToken);
    await expect(plane.kubectl('--kubeconfig', powerless, 'get', 'secrets')).rejects.toThrow(/Forbidden/u);
    await expect
      .poll(() => readAudit(plane).filter((record) => record.user.username === 'powerless').length, { timeout: 10_000 })
      .toBeGreaterThan(0);
  });

  it('runs a second plane beside it that knows nothing of the first', async () => {
    const other = await startPlane();
    try {
      await expect(other.kubectl('get', 'deployment', 'web')).rejects.toThrow(/not found/u);
    } finally {
      await other.stop();
    }
    expect(existsSync(other.folder)).toBe(false);
    expect(other.apiServer.isRunning()).toBe(false);
  });

  it('keeps its objects over a restart of the API server', async () => {
    await plane.restartApiServer();
    expect(await plane.kubectl('get', 'deployment', 'web', '-o', 'name')).toContain('web');
  });

  it('leaves neither process nor folder behind', async () => {
    const other = await startPlane({ controllers: true });
    await other.stop();
    expect(existsSync(other.folder)).toBe(false);
    expect(() => process.kill(other.apiServer.pid, 0)).toThrow(/ESRCH/u);
  });
});

describe.skipIf(reason !== undefined).each(metallbVersions)('upstream MetalLB %s on the plane', (version) => {
  it('gives a Service an address from a pool, which its speaker knows too', async () => {
    const plane = await startPlane({
      controllers: true,
      apiServerArguments: ['--disable-admission-plugins=ServiceAccount'],
    });
    try {
      await applyUpstreamCrds(plane, version);
      await plane.kubectl('create', 'namespace', 'metallb-system');
      const spec = { containers: [{ name: 'main', image: 'example.invalid/metallb:1' }] };
      const pod = { apiVersion: 'v1', kind: 'Pod', spec };
      await plane.kubectlApply(
        { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1' } },
        { ...pod, metadata: { name: 'controller', namespace: 'metallb-system' } },
        { ...pod, metadata: { name: 'speaker-node-1', namespace: 'metallb-system' } },
      );
      await metallbController(plane, version, { podName: 'controller' });
      const speaker = await metallbSpeaker(plane, version, { nodeName: 'node-1', host: '127.0.0.1' });
      await plane.kubectlApply(
        {
          apiVersion: 'metallb.io/v1beta1',
          kind: 'IPAddressPool',
          metadata: { name: 'default', namespace: 'metallb-system' },
          spec: { addresses: ['192.168.1.220-192.168.1.250'] },
        },
        {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: 'web', namespace: 'default' },
          spec: { type: 'LoadBalancer', ports: [{ port: 80 }] },
        },
      );
      const condition = '--for=jsonpath={.status.loadBalancer.ingress[0].ip}=192.168.1.220';
      await plane.kubectl('wait', condition, 'service/web', '--timeout=60s');
      await expect
        .poll(() => readFileSync(speaker.logPath, 'utf8'), { timeout: 30_000 })
        .toContain('192.168.1.220-192.168.1.250');
      expect(speaker.isRunning()).toBe(true);
    } finally {
      await plane.stop();
    }
  });
});

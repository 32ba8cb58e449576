import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { openTemplateRenderer } from '../../src/adapters/template/template-renderer.ts';
import type { MetalLbSettings } from '../../src/domain/environment/environment.ts';
import type { Manifest } from '../../src/domain/manifest/manifest.ts';
import { lineOf } from '../../src/domain/metallb/release.ts';
import { releaseSettings, sampleEnvironment } from '../domain/render/sample-environment.ts';
import { planeAddress } from '../plane/availability.ts';
import { buildPrograms, programPath } from '../plane/build.ts';
import type { Child } from '../plane/child.ts';
import type { MetallbVersion } from '../plane/parts.ts';
import { type Plane, readAudit, startPlane } from '../plane/plane.ts';
import { deniedRequests, grantsOf, unusedGrants } from './rbac-ledger.ts';
import { containerOf, kubeconfigOf, renderedObject } from './rendered-program.ts';

export const namespace = 'metallb-system';
const run = promisify(execFile);

const settings: Partial<MetalLbSettings> = {
  monitoring: { ...sampleEnvironment().metallb.monitoring, enabled: false },
  pools: [
    { name: 'default', spec: { addresses: ['192.168.1.220-192.168.1.250'] } },
    { name: 'routed', spec: { addresses: ['10.9.9.0/28'], autoAssign: false } },
  ],
  bgpPeers: [{ name: 'router', spec: { myASN: 64_512, peerASN: 64_513, peerAddress: '192.0.2.254' } }],
  bgpAdvertisements: [{ name: 'routed', spec: { ipAddressPools: ['routed'] } }],
};

/** A Service that asks for an address, with an endpoint that is always ready. */
export function loadBalancer(name: string, pool?: string): readonly unknown[] {
  const annotations = pool === undefined ? {} : { 'metallb.universe.tf/address-pool': pool };
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: 'default', annotations },
      spec: { type: 'LoadBalancer', ports: [{ name: 'web', port: 80, protocol: 'TCP' }] },
    },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: `${name}-1`, namespace: 'default', labels: { 'kubernetes.io/service-name': name } },
      addressType: 'IPv4',
      endpoints: [{ addresses: ['10.0.0.9'], nodeName: 'node-1', conditions: { ready: true, serving: true } }],
      ports: [{ name: 'web', port: 80, protocol: 'TCP' }],
    },
  ];
}

export async function statusesOf(plane: Plane, kind: string): Promise<readonly string[]> {
  const names = await plane.kubectl('get', kind, '-n', namespace, '-o', 'name');
  return names.split('\n').filter((name) => name !== '');
}

/** One release of upstream's programs, run with what was rendered for them: arguments, environment and rights. */
export class Installation {
  readonly plane: Plane;
  readonly manifests: readonly Manifest[];
  readonly version: MetallbVersion;

  constructor(plane: Plane, version: MetallbVersion, manifests: readonly Manifest[]) {
    this.plane = plane;
    this.version = version;
    this.manifests = manifests;
  }

  static async start(version: MetallbVersion, more: Partial<MetalLbSettings> = {}): Promise<Installation> {
    const line = lineOf(version);
    if (line === undefined) {
      throw new Error(`no line for ${version}`);
    }
    const renderer = await openTemplateRenderer();
    const manifests = renderer.render(sampleEnvironment({ ...releaseSettings(line), ...settings, ...more }));
    return new Installation(await startPlane({ nodes: 1 }), version, manifests);
  }

  async podOf(component: string): Promise<string> {
    const select = ['get', 'pods', '-n', namespace, '-l', `app=metallb,component=${component}`, '-o', 'name'];
    await expect.poll(async () => this.plane.kubectl(...select), { timeout: 30_000 }).toContain('pod/');
    return (await this.plane.kubectl(...select)).trim().replace('pod/', '');
  }

  /** Later arguments and variables win over the rendered ones: for what only a kubelet could give. */
  async controller(moreArguments: readonly string[] = [], moreVariables: NodeJS.ProcessEnv = {}): Promise<Child> {
    const program = `metallb-controller-${this.version}` as const;
    await buildPrograms([program]);
    const pod = { name: await this.podOf('controller'), node: 'node-1' };
    const { args, env } = containerOf(renderedObject(this.manifests, 'Deployment', 'controller'), 'controller', pod);
    const kubeconfig = await kubeconfigOf(this.plane, namespace, 'controller');
    return this.plane.start(program, programPath(program), [...args, ...moreArguments], {
      ...env,
      KUBECONFIG: kubeconfig,
      ...moreVariables,
    });
  }

  async speaker(): Promise<Child> {
    const program = `metallb-speaker-${this.version}` as const;
    await buildPrograms([program]);
    const pod = { name: await this.podOf('speaker'), node: 'node-1' };
    const { args, env } = containerOf(renderedObject(this.manifests, 'DaemonSet', 'speaker'), 'speaker', pod);
    const folder = join(this.plane.folder, 'ml_secret_key');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'secretkey'), 'no-secret-in-a-test', { mode: 0o600 });
    const kubeconfig = await kubeconfigOf(this.plane, namespace, 'speaker');
    const own = { KUBECONFIG: kubeconfig, METALLB_ML_SECRET_KEY_PATH: folder };
    // Both share one network here, so the second takes other ports than the rendered ones.
    const ports = ['--port=27472', ...(this.version === '0.16.1' ? ['--health-probe-port=27473'] : [])];
    return this.plane.start(program, programPath(program), [...args, ...ports], { ...env, ...own });
  }

  async addressOf(service: string): Promise<string> {
    const path = 'jsonpath={.status.loadBalancer.ingress[0].ip}';
    const read = async (): Promise<string> => this.plane.kubectl('get', 'service', service, '-o', path);
    await expect.poll(read, { timeout: 30_000 }).not.toBe('');
    return read();
  }

  /**
   * Deletes Services and waits until the speaker has removed status objects of theirs. Not all of them: it makes a
   * second one for a Service when it reads its own writes too early, and then removes one alone.
   */
  async statusesGoWith(kinds: readonly string[], ...services: readonly string[]): Promise<void> {
    const { plane } = this;
    const before = new Map<string, number>();
    for (const kind of kinds) {
      await expect.poll(async () => statusesOf(plane, kind), { timeout: 60_000 }).not.toHaveLength(0);
      before.set(kind, (await statusesOf(plane, kind)).length);
    }
    await plane.kubectl('delete', 'service', ...services);
    for (const [kind, count] of before) {
      await expect.poll(async () => (await statusesOf(plane, kind)).length, { timeout: 60_000 }).toBeLessThan(count);
    }
  }

  /** Asks for the metrics as Prometheus does. */
  async scrape(port: number): Promise<number> {
    const { plane } = this;
    await plane.kubectlApply(
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'prometheus', namespace: 'default' } },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        metadata: { name: 'scrape' },
        rules: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }],
      },
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRoleBinding',
        metadata: { name: 'scrape' },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'scrape' },
        subjects: [{ kind: 'ServiceAccount', name: 'prometheus', namespace: 'default' }],
      },
    );
    const token = (await plane.kubectl('create', 'token', 'prometheus')).trim();
    const scheme = this.version === '0.16.1' ? 'https' : 'http';
    const url = `${scheme}://${planeAddress}:${port}/metrics`;
    const config = join(plane.folder, 'curl.conf');
    writeFileSync(config, `header = "Authorization: Bearer ${token}"\n`, { mode: 0o600 });
    const { stdout } = await run('curl', ['-ks', '-K', config, '-o', '/dev/null', '-w', '%{http_code}', url]);
    return Number(stdout);
  }

  private async requestsOf(component: string): Promise<ReturnType<typeof readAudit>> {
    // The server writes its audit log with a short delay.
    await new Promise((resolve) => {
      setTimeout(resolve, 1_000);
    });
    const user = `system:serviceaccount:${namespace}:${component}`;
    return readAudit(this.plane).filter((record) => record.user.username === user);
  }

  async denied(component: string): Promise<readonly string[]> {
    return deniedRequests(await this.requestsOf(component));
  }

  async unused(component: string): Promise<readonly string[]> {
    return unusedGrants(grantsOf(this.manifests, component), await this.requestsOf(component));
  }
}

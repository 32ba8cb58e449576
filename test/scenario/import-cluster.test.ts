import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/adapters/sandbox/start-sandbox.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { importVerb } from '../../src/apps/cli/verbs/import.ts';
import { validate } from '../../src/apps/cli/verbs/validate.ts';
import { runVerb, type VerbRun } from '../apps/cli/run-verb.ts';
import { ApiClient } from '../contracts/kube-api/api-client.ts';
import { configPath } from '../road/config-repository.ts';
import { installMetalLb } from '../road/existing-metallb.ts';

interface Resource {
  readonly plural: string;
  readonly kind: string;
  readonly name: string;
  readonly spec: unknown;
  readonly namespace?: string;
  readonly labels?: unknown;
}

const resources: readonly Resource[] = [
  {
    plural: 'ipaddresspools',
    kind: 'IPAddressPool',
    name: 'default',
    spec: { addresses: ['192.168.1.220-192.168.1.250', 'fd00:1::/120'] },
    labels: { 'app.kubernetes.io/managed-by': 'Helm' },
  },
  {
    plural: 'ipaddresspools',
    kind: 'IPAddressPool',
    name: 'edge',
    spec: {
      addresses: ['10.7.0.0/28'],
      autoAssign: false,
      avoidBuggyIPs: true,
      serviceAllocation: { priority: 10, namespaces: ['web'] },
    },
    labels: { tier: 'edge' },
  },
  { plural: 'l2advertisements', kind: 'L2Advertisement', name: 'home', spec: { ipAddressPools: ['default'] } },
  {
    plural: 'bgppeers',
    kind: 'BGPPeer',
    name: 'router',
    spec: { myASN: 64_512, peerASN: 64_513, peerAddress: '10.0.0.1', passwordSecret: { name: 'bgp' } },
  },
  {
    plural: 'bgpadvertisements',
    kind: 'BGPAdvertisement',
    name: 'edge',
    spec: { ipAddressPools: ['edge'], communities: ['near'], localPref: 100 },
  },
  {
    plural: 'communities',
    kind: 'Community',
    name: 'names',
    spec: { communities: [{ name: 'near', value: '64512:1' }] },
  },
];

/** Made as kubectl makes it, so that Metalwave owns nothing of it. */
async function create(client: ApiClient, resource: Resource): Promise<void> {
  const { plural, kind, name, spec, namespace = 'metallb-system', labels = {} } = resource;
  const version = kind === 'BGPPeer' ? 'v1beta2' : 'v1beta1';
  const path = `/apis/metallb.io/${version}/namespaces/${namespace}/${plural}`;
  const body = { apiVersion: `metallb.io/${version}`, kind, metadata: { name, labels }, spec };
  const answer = await client.call({ method: 'POST', path, body });
  if (answer.code !== 201) {
    throw new Error(`${kind} ${name}: ${answer.text}`);
  }
}

describe('import from a cluster', () => {
  let folder: string;
  let sandbox: Sandbox;
  let client: ApiClient;
  let kubeconfig: string;
  const config = configPath('prod');
  const importLive = async (...args: readonly string[]): Promise<VerbRun> =>
    runVerb(importVerb, ['--env', 'prod', '--kubeconfig', kubeconfig, ...args], folder);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'metalwave-import-'));
    kubeconfig = join(folder, 'kubeconfig');
    sandbox = await startSandbox({ clock: systemClock, podsAnswer: false, nodes: 1 });
    writeFileSync(kubeconfig, sandbox.kubeconfigText(), { mode: 0o600 });
    client = new ApiClient(sandbox.server, sandbox.token, sandbox.certificate);
    await installMetalLb(kubeconfig);
    for (const resource of resources) {
      await create(client, resource);
    }
    await create(client, {
      plural: 'ipaddresspools',
      kind: 'IPAddressPool',
      name: 'stray',
      namespace: 'default',
      spec: { addresses: ['10.9.0.0/28'] },
    });
  });
  afterAll(async () => {
    client.close();
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    rmSync(join(folder, 'environments'), { recursive: true, force: true });
  });

  it('writes what is there, and proves by a plan that nothing would change', async () => {
    const { exitCode, out } = await importLive();
    const text = readFileSync(join(folder, config), 'utf8');
    expect(text).toContain('# MetalLB 0.14.9 is there already');
    expect(text).toMatch(/^ {2}version: 0\.14\.9$/mu);
    expect(text).toMatch(/^ {2}install: false$/mu);
    expect(text).toContain('# IPAddressPool from IPAddressPool metallb-system/default');
    expect(text).toContain('- 192.168.1.220-192.168.1.250');
    expect(text).not.toContain('autoAssign: true');
    expect(text).not.toContain('10.9.0.0/28');
    expect(out).toContain('Proof: 6 resources rendered equal what was there.');
    expect(out).toContain("Plan: a sync would change no setting, and 5 objects would get Metalwave's labels");
    expect(out).toContain("on 1 object a label is somebody else's until metalwave adopt takes it over");
    expect(exitCode).toBe(0);
    expect(await runVerb(validate, ['--env', 'prod'], folder)).toMatchObject({ exitCode: 0 });
  });

  it('carries labels over, and tells of resources that MetalLB never reads', async () => {
    const { out } = await importLive();
    expect(readFileSync(join(folder, config), 'utf8')).toContain('labels:\n        tier: edge\n');
    expect(out).not.toContain('The labels');
    expect(out).toMatch(/IPAddressPool stray in namespace default is not carried over: MetalLB is in metallb-system/u);
  });

  it('prints without writing', async () => {
    const { exitCode, out, err } = await importLive('-o', '-');
    expect(out).toMatch(/^# yaml-language-server: \$schema=https:/u);
    expect(err).toContain('Proof: 6 resources rendered equal what was there.');
    expect(existsSync(join(folder, config))).toBe(false);
    expect(exitCode).toBe(0);
  });

  it('keeps a file that is there unless it is told otherwise', async () => {
    await importLive();
    writeFileSync(join(folder, config), '# mine\n');
    await expect(importLive()).rejects.toThrow(/is there already/u);
    expect(readFileSync(join(folder, config), 'utf8')).toBe('# mine\n');
    expect(await importLive('--force')).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(folder, config), 'utf8')).toContain('ipAddressPool:');
  });

  it('changes nothing in the cluster', async () => {
    const path = '/apis/metallb.io/v1beta1/ipaddresspools';
    const before = await client.call({ method: 'GET', path });
    await importLive();
    expect((await client.call({ method: 'GET', path })).text).toBe(before.text);
  });

  it('names the namespace in which nothing is', async () => {
    await expect(importLive('--namespace', 'kube-system')).rejects.toThrow(/nothing of MetalLB .* kube-system/u);
  });
});

describe('import from a cluster without resources of MetalLB', () => {
  let folder: string;
  let sandbox: Sandbox;
  let kubeconfig: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'metalwave-import-'));
    kubeconfig = join(folder, 'kubeconfig');
    sandbox = await startSandbox({ clock: systemClock, podsAnswer: false, nodes: 1 });
    writeFileSync(kubeconfig, sandbox.kubeconfigText(), { mode: 0o600 });
  });
  afterAll(async () => {
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('finds nothing, then the ConfigMap of old, and takes that over', async () => {
    const args = ['--kubeconfig', kubeconfig, '--dry-run'];
    await expect(runVerb(importVerb, args, folder)).rejects.toThrow(/nothing of MetalLB was found/u);
    const client = new ApiClient(sandbox.server, sandbox.token, sandbox.certificate);
    const config = 'address-pools:\n- name: old\n  protocol: layer2\n  addresses: [10.1.0.0/28]\n';
    const metadata = { name: 'metallb-system' };
    await client.call({
      method: 'POST',
      path: '/api/v1/namespaces',
      body: { apiVersion: 'v1', kind: 'Namespace', metadata },
    });
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config' }, data: { config } };
    await client.call({ method: 'POST', path: '/api/v1/namespaces/metallb-system/configmaps', body });
    client.close();
    const { exitCode, out, err } = await runVerb(importVerb, args, folder);
    expect(out).toContain('- 10.1.0.0/28');
    expect(out).toContain('l2Advertisement:');
    expect(err).toContain('Proof: 2 resources rendered equal what was there.');
    expect(exitCode).toBe(0);
  });
});

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { KubeCluster } from '../../src/adapters/kube/kube-cluster.ts';
import { openKubeCluster } from '../../src/adapters/kube/open-cluster.ts';
import { textAt } from '../../src/domain/json.ts';
import { asJson, type KubeObject } from '../../src/domain/manifest/kube-object.ts';
import { type Ended, type RunningProgram, startMetalwave } from '../road/program.ts';

const { signal } = new AbortController();
const patience = { timeout: 100_000, interval: 100 };
const metallb = 'metallb-system';

describe('the quick start', () => {
  let folder: string;
  let tour: RunningProgram;
  let cluster: KubeCluster;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'metalwave-quickstart-'));
    // What a newcomer has set for other clusters and repositories must not get in the way.
    const env = { KUBECONFIG: '/nowhere', METALWAVE_CONFIG_REPO: '/nowhere', METALWAVE_GIT_VERIFY_SIGNATURES: 'all' };
    tour = startMetalwave(['quickstart', '--folder', 'tour'], { folder, env });
    await vi.waitFor(() => {
      expect(tour.said()).toContain('Now it is yours');
    }, patience);
    const kubeconfig = join(folder, 'tour', 'kubeconfig');
    cluster = openKubeCluster({ kubeconfig, context: 'dev', inCluster: false, env: {} });
  });
  afterAll(async () => {
    cluster.close();
    tour.kill('SIGKILL');
    await tour.ended;
    rmSync(folder, { recursive: true, force: true });
  });

  async function addressOf(name: string): Promise<string | undefined> {
    const live = await cluster.get('v1', { group: '', kind: 'Service', namespace: 'shop', name }, signal);
    return live && textAt(asJson(live), 'status', 'loadBalancer', 'ingress', 0, 'ip');
  }
  async function leader(): Promise<string> {
    const id = { group: 'coordination.k8s.io', kind: 'Lease', namespace: metallb, name: 'metalwave-controller' };
    const lease = await cluster.get('coordination.k8s.io/v1', id, signal);
    return (lease && textAt(asJson(lease), 'spec', 'holderIdentity')) ?? '';
  }
  async function controllers(): Promise<readonly KubeObject[]> {
    const options = { namespace: metallb, labelSelector: 'component=controller' };
    return (await cluster.list('v1', 'Pod', options, signal)).items;
  }

  it('goes through all waves of both environments and says nothing that puzzles', () => {
    const said = tour.said();
    expect(said.match(/Sync complete: everything is applied and healthy/gu)).toHaveLength(3);
    expect(said.match(/wave 70 is healthy/gu)).toHaveLength(3);
    expect(said.match(/the configuration is taken by 5 programs/gu)).toHaveLength(3);
    expect(said).toMatch(/shop\/web +192\.168\.1\.220\n +shop\/api +192\.168\.1\.221\n/u);
    expect(said).toContain('Addresses: 2 Services keep their addresses.');
    expect(said).toMatch(/This plan needs an approval: 2 Services may change or lose an address/u);
    expect(said).toContain('error pool-overlap');
    expect(said).not.toMatch(/cannot be asked|Warning|\b404\b|undefined|\bbug\b/u);
  });

  it('leaves the repository as the examples are, with a controller of our own and a cluster of its own each', () => {
    for (const environment of ['dev', 'prod']) {
      const file = join(folder, 'tour', 'config', 'environments', environment, `config-${environment}.yaml`);
      const text = readFileSync(file, 'utf8');
      expect(text).toContain(`\ncluster:\n  context: ${environment}\n`);
      expect(text).toContain('\nmetallb:\n  engine: native ');
    }
  });

  it('gives addresses by claims, with no right beyond those of the service account', async () => {
    const claims = await cluster.list('v1', 'ConfigMap', { namespace: metallb }, signal);
    const block = claims.items.find(({ metadata }) => metadata.name === 'metalwave-claims-c0a801c0');
    expect(Object.keys((block as { readonly data?: object } | undefined)?.data ?? {})).toEqual(['1c', '1d']);
    const [pod] = await controllers();
    const name = pod?.metadata.name ?? '';
    const text = await cluster.podText({ namespace: metallb, name, port: 7472 }, '/metrics', signal);
    expect(text).toMatch(/metallb_allocator_addresses_in_use_total\{[^}]*pool="default"[^}]*\} 2/u);
  });

  it('goes on giving addresses when the pod of the leader is deleted', async () => {
    const before = await leader();
    const pods = await controllers();
    const led = pods.find(({ metadata }) => before.startsWith(`${metadata.name}_`));
    expect(led).toBeDefined();
    const name = led?.metadata.name ?? '';
    const options = { uid: led?.metadata.uid ?? '' };
    await cluster.delete('v1', { group: '', kind: 'Pod', namespace: metallb, name }, options, signal);
    const spec = { type: 'LoadBalancer', ports: [{ port: 80 }] };
    await cluster.create(
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 'late', namespace: 'shop' }, spec },
      signal,
    );
    await expect.poll(() => addressOf('late'), patience).toBe('192.168.1.222');
    expect(await leader()).not.toBe(before);
    expect(await addressOf('web')).toBe('192.168.1.220');
  });

  it('ends on Ctrl-C with 0 and leaves the folder that was named', async () => {
    tour.kill('SIGINT');
    const ended: Ended = await tour.ended;
    expect(ended).toMatchObject({ code: 0, out: '' });
    expect(ended.err).toContain('Stopping.');
    expect(existsSync(join(folder, 'tour', 'config'))).toBe(true);
  });
});

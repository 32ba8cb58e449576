import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openKubeCluster } from '../../src/adapters/kube/open-cluster.ts';
import type { KubeCluster } from '../../src/adapters/kube/kube-cluster.ts';
import { type Sandbox, startSandbox } from '../../src/adapters/sandbox/start-sandbox.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { textAt } from '../../src/domain/json.ts';
import { asJson, type KubeObject } from '../../src/domain/manifest/kube-object.ts';
import { crdDocument } from '../../src/domain/metallb/crd-document.ts';
import { metalwave, startMetalwave } from '../road/program.ts';

const signal = new AbortController().signal;
const namespace = 'metallb-system';
const patience = { timeout: 60_000 };

function service(name: string): KubeObject {
  const spec = { type: 'LoadBalancer', ports: [{ port: 80 }] };
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'default' }, spec };
}

function pool(name: string, address: string): KubeObject {
  const metadata = { name, namespace };
  return { apiVersion: 'metallb.io/v1beta1', kind: 'IPAddressPool', metadata, spec: { addresses: [address] } };
}

describe('the controller on the embedded control plane', () => {
  let sandbox: Sandbox;
  let cluster: KubeCluster;
  let folder: string;
  let kubeconfig: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'metalwave-controller-'));
    kubeconfig = join(folder, 'kubeconfig');
    sandbox = await startSandbox({ clock: systemClock });
    writeFileSync(kubeconfig, sandbox.kubeconfigText(), { mode: 0o600 });
    cluster = openKubeCluster({ kubeconfig, context: undefined, inCluster: false, env: {} });
    await apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    await apply(crdDocument('IPAddressPool', '0.15.3'));
    await apply(crdDocument('ConfigurationState', '0.15.3'));
    await vi.waitFor(async () => {
      const kinds = ['IPAddressPool', 'ConfigurationState'];
      const served = await Promise.all(kinds.map((kind) => cluster.findKind('metallb.io/v1beta1', kind, signal)));
      expect(served).not.toContain(undefined);
    }, patience);
  });
  afterAll(async () => {
    cluster.close();
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function apply(object: KubeObject): Promise<void> {
    await cluster.apply(object, {}, signal);
  }
  async function addressOf(name: string): Promise<string | undefined> {
    const live = await cluster.get('v1', { group: '', kind: 'Service', namespace: 'default', name }, signal);
    return live && textAt(asJson(live), 'status', 'loadBalancer', 'ingress', 0, 'ip');
  }
  async function verdict(): Promise<string | undefined> {
    const id = { group: 'metallb.io', kind: 'ConfigurationState', namespace, name: 'controller' };
    const live = await cluster.get('metallb.io/v1beta1', id, signal);
    return live && textAt(asJson(live), 'status', 'result');
  }
  it("runs by MetalLB's flags, gives addresses, says what it thinks of the configuration, and ends with 0", async () => {
    await apply(pool('a', '192.0.2.0/30'));
    await apply(service('web'));
    const args = ['-kubeconfig', kubeconfig, '-port=0', '-webhook-mode', 'disabled', '--disable-cert-rotation=true'];
    const running = startMetalwave(['controller', ...args], { folder });
    try {
      await expect.poll(() => addressOf('web'), patience).toBe('192.0.2.0');
      await expect.poll(() => verdict(), patience).toBe('Valid');
      await apply(pool('b', '192.0.2.1/32'));
      await expect.poll(() => verdict(), patience).toBe('Invalid');
      await apply(service('late'));
      await expect.poll(() => addressOf('late'), patience).toBe('192.0.2.1');
    } finally {
      running.kill('SIGTERM');
    }
    const ended = await running.ended;
    expect(ended).toMatchObject({ code: 0, out: '' });
    const lines = ended.err.trim().split('\n');
    const words = lines.map((line) => (JSON.parse(line) as { readonly msg: string }).msg);
    expect(words).toContain('these flags have no effect here');
    expect(words).toContain('the configuration is refused, the last good one counts');
    expect(words.at(-1)).toBe('stopped');
  });

  it.each([
    [['--kubeconfig', '/nowhere'], 'kubeconfig'],
    [['--port=many'], '--port many'],
    [['--lb-klass=a'], 'did you mean --lb-class'],
  ])('says what is wrong with %j and ends with 2', async (args, words) => {
    const ended = await metalwave(['controller', ...args], { folder });
    expect(ended.code).toBe(2);
    expect(ended.err).toContain(words);
  });
});

import { expect } from 'vitest';
import { KubeCluster } from '../../src/adapters/kube/kube-cluster.ts';
import { findAccess } from '../../src/adapters/kube/find-access.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import type { KubeObject } from '../../src/domain/manifest/kube-object.ts';
import { objectIdOf } from '../../src/domain/manifest/object-id.ts';
import { ApiClient } from '../contracts/kube-api/api-client.ts';
import type { OwnersAccess } from '../contracts/field-owners/run-contract.ts';
import { managersOf } from '../domain/adoption/objects.ts';
import { configPath } from './config-repository.ts';
import { installMetalLb } from './existing-metallb.ts';
import { Road } from './road.ts';

const { signal } = new AbortController();
const namespace = 'metallb-system';
const group = 'metallb.io/v1beta1';
const path = `/apis/${group}/namespaces/${namespace}`;

function configOf(second: readonly string[]): Readonly<Record<string, string>> {
  const lines = [
    'metallb:',
    '  install: false',
    '  ipAddressPool:',
    '    - name: default',
    '      addresses:',
    '        - 10.20.0.0/28',
    '    - name: second',
    '      addresses:',
    '        - 10.20.1.0/28',
    ...second,
    '  l2Advertisement:',
    '    - name: all',
    '      ipAddressPools:',
    '        - default',
    '        - second',
    '',
  ];
  return { [configPath('dev')]: lines.join('\n') };
}

const allocation = ['      serviceAllocation:', '        priority: 50', '        namespaces:', '          - default'];

function object(kind: string, name: string, spec: JsonObject, metadata: JsonObject = {}): KubeObject {
  return { apiVersion: group, kind, metadata: { name, namespace, ...metadata }, spec };
}

/** By `kubectl apply`, with a field that the configuration doesn't set. */
const byKubectl = object('IPAddressPool', 'default', { addresses: ['10.20.0.0/28'], avoidBuggyIPs: true });
const byHelm = object(
  'IPAddressPool',
  'second',
  { addresses: ['10.20.1.0/28'], serviceAllocation: { priority: 50, namespaces: ['default'] } },
  {
    labels: { 'app.kubernetes.io/managed-by': 'Helm', 'helm.sh/chart': 'pools-1.0.0' },
    annotations: { 'meta.helm.sh/release-name': 'pools', 'meta.helm.sh/release-namespace': namespace },
  },
);
const byArgo = object('L2Advertisement', 'all', { ipAddressPools: ['default', 'second'] });
const everything = [byKubectl, byHelm, byArgo];

/** People who have MetalLB already, from three tools, and come to Metalwave and leave it again. */
export class Adoption {
  readonly road: Road;
  private readonly cluster: KubeCluster;

  private constructor(kubeconfig: string) {
    this.road = new Road(kubeconfig, configOf(allocation));
    this.cluster = new KubeCluster(findAccess({ kubeconfig, context: undefined, inCluster: false, env: {} }));
  }

  /** Puts MetalLB and its objects into a cluster. */
  static async prepare(
    { server, token, certificate, kubeconfig }: OwnersAccess,
    kubectlApply: (object: KubeObject) => Promise<void>,
  ): Promise<Adoption> {
    await installMetalLb(kubeconfig);
    const api = new ApiClient(server, token, certificate);
    try {
      await kubectlApply(byKubectl);
      const made = await api.call({ method: 'POST', path: `${path}/ipaddresspools?fieldManager=helm`, body: byHelm });
      const type = 'application/apply-patch+yaml';
      const where = `${path}/l2advertisements/all?fieldManager=argocd-controller`;
      const applied = await api.call({ method: 'PATCH', path: where, body: byArgo, type });
      expect([made.code, applied.code]).toEqual([201, 201]);
    } finally {
      api.close();
    }
    return new Adoption(kubeconfig);
  }

  close(): void {
    this.cluster.close();
    this.road.close();
  }

  async showsAndChangesNothing(): Promise<void> {
    const before = await this.live();
    const { code, out } = await this.road.run('adopt', '--env', 'dev');
    expect({ code, end: out.trimEnd().split('\n').at(-1) }).toEqual({
      code: 0,
      end: 'Adoption: 3 to adopt, 0 ours already, 0 not in the cluster yet, 0 in the way.',
    });
    expect(out).toContain('takes from kubectl-client-side-apply (kubectl apply): .spec.addresses\n');
    expect(out).toMatch(/stays with kubectl-client-side-apply .*\.spec\.avoidBuggyIPs/u);
    expect(out).toContain('shares with argocd-controller (Argo CD): .spec.ipAddressPools\n');
    expect(out).toContain('~ metadata.labels["app.kubernetes.io/managed-by"]: "Helm" → "metalwave"');
    expect(out).toContain('Helm release pools in metallb-system (1 object)');
    expect(await this.live()).toEqual(before);
  }

  async refusesWhatDiffers(): Promise<void> {
    const before = await this.live();
    this.road.repository.write(configOf([...allocation, '      autoAssign: false']));
    const { code, out } = await this.road.run('adopt', '--env', 'dev', '--yes');
    this.road.repository.write(configOf(allocation));
    expect(code).toBe(1);
    expect(out).toContain('~ spec.autoAssign: true → false');
    expect(await this.live()).toEqual(before);
  }

  async takesOver(): Promise<void> {
    const before = await this.live();
    const { code, err } = await this.road.run('adopt', '--env', 'dev', '--yes');
    expect({ code, err }).toEqual({ code: 0, err: '3 objects adopted.\n' });
    const after = await this.live();
    expect(after.map(({ spec }) => spec)).toEqual(before.map(({ spec }) => spec));
    expect(after.map(({ metadata }) => metadata.generation)).toEqual(before.map(({ metadata }) => metadata.generation));
    expect(after.map(({ metadata }) => managersOf(metadata.managedFields))).toEqual([
      ['metalwave Apply', 'kubectl-client-side-apply Update'],
      ['metalwave Apply', 'helm Update'],
      expect.arrayContaining(['metalwave Apply', 'argocd-controller Apply']),
    ]);
    const plan = await this.road.run('plan', '--env', 'dev', '--detailed-exitcode');
    expect({ code: plan.code, out: plan.out.split('.')[0] }).toEqual({ code: 0, out: 'No changes' });
    const again = await this.road.run('adopt', '--env', 'dev', '--yes');
    expect(again.out).toContain('Adoption: 0 to adopt, 3 ours already');
    expect(await this.live()).toEqual(after);
  }

  /** What the last writer set, and the configuration gives up, goes: nobody else holds it any more. */
  async removesWhatTheConfigurationDrops(): Promise<void> {
    const [, second] = await this.live();
    const labels = { 'app.kubernetes.io/managed-by': 'metalwave', 'metalwave.io/environment': 'dev' };
    await this.cluster.apply(
      object('IPAddressPool', 'second', { addresses: ['10.20.1.0/28'] }, { labels }),
      {},
      signal,
    );
    const [, after] = await this.live();
    expect(second?.['spec']).toMatchObject({ serviceAllocation: { priority: 50 } });
    expect(Object.keys((after?.['spec'] ?? {}) as JsonObject)).not.toContain('serviceAllocation');
    expect(after?.metadata.labels).toEqual({ ...labels, 'helm.sh/chart': 'pools-1.0.0' });
  }

  async letsGo(): Promise<void> {
    const before = await this.live();
    const shown = await this.road.run('release', '--env', 'dev');
    expect(shown).toMatchObject({ code: 0, err: 'Nothing was changed. With --yes it is carried out.\n' });
    expect(await this.live()).toEqual(before);
    const one = await this.road.run('release', '--env', 'dev', '--object', 'L2Advertisement/all', '--yes');
    expect(one).toMatchObject({ code: 0, err: '1 object let go.\n' });
    const rest = await this.road.run('release', '--env', 'dev', '--yes');
    expect(rest).toMatchObject({ code: 0, err: '2 objects let go.\n' });
    const after = await this.live();
    expect(after.map(({ spec, metadata }) => [metadata.uid, metadata.annotations, spec])).toEqual(
      before.map(({ spec, metadata }) => [metadata.uid, metadata.annotations, spec]),
    );
    expect(after.flatMap(({ metadata }) => managersOf(metadata.managedFields))).not.toContain('metalwave Apply');
    expect(after.map(({ metadata }) => metadata.labels)).toEqual([
      undefined,
      { 'helm.sh/chart': 'pools-1.0.0' },
      undefined,
    ]);
    const { entries } = await this.road.state.inventory('dev');
    expect(entries.size).toBe(0);
    const plan = await this.road.run('plan', '--env', 'dev');
    expect(plan.out).toContain('Plan: 0 to add, 3 to change, 0 to destroy.');
  }

  /** A sync keeps every object and every spec, and ends with all of them ours, be they just adopted or let go before. */
  async syncsWithoutHarm(): Promise<void> {
    const before = await this.live();
    const { code, err } = await this.road.run('sync', '--env', 'dev');
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('healthy') as string });
    const after = await this.live();
    expect(after.map(({ spec, metadata }) => [metadata.uid, spec])).toEqual(
      before.map(({ spec, metadata }) => [metadata.uid, spec]),
    );
    const owned = after.map(({ metadata }) => managersOf(metadata.managedFields).includes('metalwave Apply'));
    expect(owned).toEqual([true, true, true]);
    expect([...(await this.road.state.inventory('dev')).entries.values()].map(({ state }) => state)).toEqual([
      'applied',
      'applied',
      'applied',
    ]);
    const plan = await this.road.run('plan', '--env', 'dev', '--detailed-exitcode');
    expect({ code: plan.code, out: plan.out.split('.')[0] }).toEqual({ code: 0, out: 'No changes' });
  }

  /** Who has let go may sync again: what is live as the configuration says is taken over as it is. */
  async comesBack(): Promise<void> {
    this.road.repository.commit(configOf([]));
    await this.syncsWithoutHarm();
  }

  private live(): Promise<readonly KubeObject[]> {
    return Promise.all(
      everything.map(async ({ apiVersion, ...one }) => {
        const found = await this.cluster.get(apiVersion, objectIdOf({ apiVersion, ...one }), signal);
        if (found === undefined) {
          throw new Error(`${one.metadata.name} is gone`);
        }
        return found;
      }),
    );
  }
}

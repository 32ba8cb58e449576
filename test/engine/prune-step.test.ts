import { beforeEach, describe, expect, it } from 'vitest';
import type { KubeObject } from '../../src/domain/manifest/kube-object.ts';
import type { Manifest } from '../../src/domain/manifest/manifest.ts';
import type { StepName } from '../../src/domain/manifest/waves.ts';
import { keyOf, type ObjectKey } from '../../src/domain/manifest/object-id.ts';
import type { RunEvent } from '../../src/domain/report/run-event.ts';
import { anEnvironment } from '../domain/environment/an-environment.ts';
import { deploy, planned, type Deployment } from './deploy.ts';
import { manualClock, type ManualClock } from './manual-clock.ts';
import { memoryCluster, type MemoryCluster } from './memory-cluster.ts';

const labels = { 'metalwave.io/environment': 'dev', 'app.kubernetes.io/managed-by': 'metalwave' };

function manifest(step: StepName, apiVersion: string, kind: string, name: string, more: object = {}): Manifest {
  const metadata = { name, namespace: 'metallb-system', labels };
  return { step, object: { apiVersion, kind, metadata, ...more } };
}

function pool(name: string, addresses: string): Manifest {
  return manifest('pools', 'metallb.io/v1beta1', 'IPAddressPool', name, { spec: { addresses: [addresses] } });
}

function configMap(name: string): Manifest {
  return manifest('access', 'v1', 'ConfigMap', name, { data: { name } });
}

function advertisement(name: string): Manifest {
  return manifest('advertisements', 'metallb.io/v1beta1', 'L2Advertisement', name, {
    spec: { ipAddressPools: [name] },
  });
}

const rest = [configMap('kept'), pool('kept', '10.0.0.0/24')];
const all = [...rest, configMap('old'), pool('old', '10.0.1.0/24'), advertisement('old')];
const oldPool = 'IPAddressPool.metallb.io/metallb-system/old' as ObjectKey;

function holder(name: string, ip: string): KubeObject {
  const status = { loadBalancer: { ingress: [{ ip }] } };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'shop' },
    spec: { type: 'LoadBalancer' },
    status,
  };
}

describe('pruning', () => {
  let cluster: MemoryCluster;
  let clock: ManualClock;
  let events: RunEvent[];

  function deployment(manifests: readonly Manifest[], prune = true): Deployment {
    const base = anEnvironment();
    const environment = { ...base, sync: { ...base.sync, prune } };
    return { cluster, clock, environment, manifests, emit: (event) => events.push(event) };
  }
  function deletions(): readonly string[] {
    return cluster.requests.filter(({ verb }) => verb === 'delete').map(({ target }) => target);
  }
  function change(key: ObjectKey, by: (object: KubeObject) => KubeObject): void {
    const live = cluster.objects.get(key);
    if (live === undefined) {
      throw new Error(`${key} is not in the cluster`);
    }
    cluster.put(by(live));
  }
  function inventoryText(): string {
    return JSON.stringify(cluster.objects.get('ConfigMap/metalwave-system/inventory-dev' as ObjectKey)?.['data']);
  }

  beforeEach(async () => {
    cluster = memoryCluster();
    clock = manualClock();
    events = [];
    expect((await deploy(deployment(all))).outcome).toBe('healthy');
    events = [];
    cluster.requests.length = 0;
  });

  it('deletes nothing where sync.prune is off, and says so', async () => {
    const { plan } = await planned(deployment(rest, false));
    expect(plan.changes.filter(({ action }) => action === 'orphan')).toHaveLength(3);
    expect((await deploy(deployment(rest, false))).outcome).toBe('healthy');
    expect(deletions()).toEqual([]);
  });

  it('deletes what is no longer wanted, the steps in reverse, and forgets it', async () => {
    const result = await deploy(deployment(rest));
    expect(result.outcome).toBe('healthy');
    expect(deletions()).toEqual([
      'L2Advertisement.metallb.io/metallb-system/old',
      'IPAddressPool.metallb.io/metallb-system/old',
      'ConfigMap/metallb-system/old',
    ]);
    expect(inventoryText()).not.toContain('"old\\"');
    expect(events.map(({ type }) => type).filter((type) => type.includes('prune'))).toEqual([
      'prune-started',
      'object-pruned',
      'object-pruned',
      'object-pruned',
      'prune-finished',
    ]);
    cluster.requests.length = 0;
    expect((await deploy(deployment(rest))).outcome).toBe('healthy');
    expect(cluster.requests.filter(({ verb }) => verb === 'apply' || verb === 'delete')).toEqual([]);
  });

  it('deletes a webhook configuration before the first write, since nobody answers for it afterwards', async () => {
    const webhook = manifest('webhook', 'admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'hook');
    expect((await deploy(deployment([...all, webhook]))).outcome).toBe('healthy');
    cluster.requests.length = 0;
    expect((await deploy(deployment([...all, pool('new', '10.0.2.0/24')], false))).outcome).toBe('healthy');
    const changes = cluster.requests.filter(({ verb }) => verb === 'apply' || verb === 'delete');
    const targets = changes.map(({ verb, target }) => `${verb} ${target}`).filter((one) => !one.includes('inventory'));
    expect(targets).toEqual([
      expect.stringMatching(/^delete ValidatingWebhookConfiguration/u),
      'apply IPAddressPool.metallb.io/metallb-system/new',
    ]);
    expect(inventoryText()).not.toContain('hook');
  });

  it('deletes nothing while a wave is not healthy', async () => {
    const stuck = manifest('controller', 'apps/v1', 'Deployment', 'controller', {
      spec: { selector: { matchLabels: { app: 'metallb' } } },
    });
    expect((await deploy(deployment([...rest, stuck]))).outcome).toBe('unhealthy');
    expect(deletions()).toEqual([]);
  });

  it('goes on where only status has moved since the plan', async () => {
    const result = await deploy(deployment(rest), () => {
      change(oldPool, (object) => ({ ...object, status: { assignedIPv4: 1 } }));
    });
    expect(result.outcome).toBe('healthy');
    expect(cluster.objects.has(oldPool)).toBe(false);
  });

  it('stops at an object that was changed since the plan, and goes on with it in the next plan', async () => {
    const result = await deploy(deployment(rest), () => {
      change(oldPool, (object) => ({ ...object, spec: { addresses: ['10.0.9.0/24'] } }));
    });
    expect(result).toMatchObject({ outcome: 'failed', failure: { code: 'object-changed' } });
    expect(cluster.objects.has(oldPool)).toBe(true);
    expect(cluster.objects.has('ConfigMap/metallb-system/old' as ObjectKey)).toBe(true);
    expect(inventoryText()).toContain('IPAddressPool');
    expect((await deploy(deployment(rest))).outcome).toBe('healthy');
    expect(cluster.objects.has(oldPool)).toBe(false);
  });

  it('never deletes another object that has taken the name', async () => {
    const result = await deploy(deployment(rest), () => {
      cluster.objects.delete(oldPool);
      const { object } = pool('old', '10.0.1.0/24');
      cluster.put({ ...object, metadata: { ...object.metadata, uid: 'somebody-elses' } });
    });
    expect(result.outcome).toBe('healthy');
    expect(cluster.objects.get(oldPool)?.metadata.uid).toBe('somebody-elses');
  });

  it('stops where a Service has got an address of the pool since the plan', async () => {
    const result = await deploy(deployment(rest), () => cluster.put(holder('web', '10.0.1.7')));
    expect(result).toMatchObject({ outcome: 'failed', failure: { code: 'approval-needed' } });
    expect(result.failure?.message).toContain('shop/web');
    expect(cluster.objects.has(oldPool)).toBe(true);
    const { plan } = await planned(deployment(rest));
    expect(plan.rails.map(({ code }) => code)).toContain('pool-in-use');
  });

  it('waits for finalizers, names them, and keeps the entry until the object is gone', async () => {
    const held = { finalizers: ['example.com/hold'] };
    change(oldPool, (object) => ({ ...object, metadata: { ...object.metadata, ...held } }));
    const result = await deploy(deployment(rest));
    expect(result).toMatchObject({ outcome: 'unhealthy', failure: { code: 'prune-timeout' } });
    expect(result.failure?.message).toContain('example.com/hold');
    expect(inventoryText()).toContain('"old\\"');
    change(oldPool, (object) => ({ ...object, metadata: { ...object.metadata, finalizers: [] } }));
    cluster.objects.delete(oldPool);
    expect((await deploy(deployment(rest))).outcome).toBe('healthy');
    expect(inventoryText()).not.toContain('"old\\"');
  });

  it('releases MetalLB itself where it is no longer installed from here', async () => {
    const { environment, ...more } = deployment(rest.slice(1));
    const metallb = { ...environment.metallb, install: false };
    const released: Deployment = { ...more, environment: { ...environment, metallb } };
    const { plan } = await planned(released);
    expect(plan.changes.filter(({ action }) => action === 'release').map(({ id }) => id.name)).toEqual(['kept', 'old']);
    expect((await deploy(released)).outcome).toBe('healthy');
    expect(cluster.objects.has('ConfigMap/metallb-system/old' as ObjectKey)).toBe(true);
    expect(deletions()).not.toContain('ConfigMap/metallb-system/old');
    expect(inventoryText()).not.toContain('ConfigMap');
  });

  it('converges from a stop before or after every request', async () => {
    for (const hook of ['before', 'after'] as const) {
      let stopped = true;
      for (let at = 0; stopped; at += 1) {
        cluster = memoryCluster();
        await deploy(deployment(all));
        const kill = new AbortController();
        let seen = 0;
        cluster[hook] = () => {
          seen += 1;
          if (seen > at) {
            kill.abort(new Error('killed'));
            throw new Error('killed');
          }
        };
        await deploy({ ...deployment(rest), signal: kill.signal }).catch((error: unknown) => {
          expect(String(error)).toContain('killed');
        });
        cluster[hook] = () => undefined;
        stopped = seen > at;
        expect((await deploy(deployment(rest))).outcome).toBe('healthy');
        const names = [...cluster.objects.values()].filter(({ metadata }) => metadata.namespace === 'metallb-system');
        expect(names.map((object) => keyOf(object)).toSorted()).toEqual(
          rest.map(({ object }) => keyOf(object)).toSorted(),
        );
        expect(inventoryText()).not.toContain('"old\\"');
      }
    }
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import type { AddressPlan, AddressVerdict } from '../../src/domain/address-plan/address-plan.ts';
import { Failure } from '../../src/domain/failure.ts';
import type { Json } from '../../src/domain/json.ts';
import type { KubeObject } from '../../src/domain/manifest/kube-object.ts';
import type { Waiting } from '../../src/domain/report/run-event.ts';
import { gateMetalLb, readBefore, type MetalLbVerdict } from '../../src/engine/gate-metallb.ts';
import { anEnvironment } from '../domain/environment/an-environment.ts';
import { manualClock, type ManualClock } from './manual-clock.ts';
import { memoryCluster, type MemoryCluster } from './memory-cluster.ts';

const { signal } = new AbortController();
const namespace = 'metallb-system';

function pod(component: string, name: string, ready = 'True'): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { app: 'metallb', component } },
    spec: { nodeName: 'node-1' },
    status: { conditions: [{ type: 'Ready', status: ready }] },
  };
}

function service(name: string, ...addresses: readonly string[]): KubeObject {
  const ingress: Json = addresses.map((ip) => ({ ip }));
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'shop' },
    spec: { type: 'LoadBalancer' },
    status: { loadBalancer: { ingress } },
  };
}

function planned(verdict: AddressVerdict, name: string, ...before: readonly string[]): AddressPlan {
  const outcome = { namespace: 'shop', name, before, after: [before], exact: true, verdict, reason: '' };
  return { services: [{ ...outcome, addresses: [], advertised: [] }], pools: [], exact: true, notes: [] };
}

function page(stale: 0 | 1, errors = 0): string {
  return [
    'metallb_k8s_client_config_loaded_bool 1',
    `metallb_k8s_client_config_stale_bool ${stale}`,
    'metallb_k8s_client_updates_total 7',
    `metallb_k8s_client_update_errors_total ${errors}`,
  ].join('\n');
}

describe("the last gate of MetalLB's wave", () => {
  let cluster: MemoryCluster;
  let clock: ManualClock;
  let told: Waiting[];

  beforeEach(() => {
    cluster = memoryCluster();
    cluster.served = (_apiVersion, kind) => kind !== 'ConfigurationState';
    cluster.put(pod('controller', 'controller-1'));
    cluster.put(pod('speaker', 'speaker-1'));
    cluster.pages = () => page(0);
    clock = manualClock();
    told = [];
  });

  async function gate(addresses?: AddressPlan, written = true): Promise<MetalLbVerdict> {
    const world = { reader: cluster, clock, signal, metallb: anEnvironment().metallb, addresses };
    const before = await readBefore(world);
    return gateMetalLb(world, before, {
      wroteAt: written ? clock.monotonic() : undefined,
      deadline: clock.monotonic() + 60_000,
      onWaiting: (waiting) => told.push(...waiting),
    });
  }

  it('asks every running program, and not before it had time to look', async () => {
    expect(await gate()).toMatchObject({ taken: 2, unknown: [], waiting: [] });
    expect(clock.slept.length).toBeGreaterThan(0);
  });

  it('does not wait where nothing was written', async () => {
    expect(await gate(planned('kept', 'web', '10.0.0.1'), false)).toMatchObject({ taken: 2, services: undefined });
    expect(clock.slept).toEqual([]);
  });

  it('leaves out pods that are not ready or end: their workload tells', async () => {
    cluster.put(pod('speaker', 'speaker-2', 'False'));
    const ending = pod('speaker', 'speaker-3');
    cluster.put({ ...ending, metadata: { ...ending.metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } });
    expect((await gate()).taken).toBe(2);
  });

  it('ends when a program refuses the configuration for good', async () => {
    cluster.pages = (name) => page(name === 'speaker-1' && told.length > 0 ? 1 : 0);
    const verdict = await gate(planned('kept', 'web', '10.0.0.1'));
    expect(verdict.waiting).toMatchObject([{ id: { kind: 'Pod', name: 'speaker-1' }, health: { status: 'Failed' } }]);
    expect(verdict.services).toBeUndefined();
  });

  it('judges by the Services alone where no program can be asked, and says so', async () => {
    cluster.pages = () => {
      throw new Failure({ code: 'cluster-forbidden', retry: 'later', message: 'not allowed' });
    };
    cluster.put(service('web', '10.0.0.1'));
    const verdict = await gate(planned('kept', 'web', '10.0.0.1'));
    expect(verdict).toMatchObject({ taken: 0, services: { good: 1 }, waiting: [] });
    expect(verdict.unknown.map(({ why }) => why)).toEqual([
      'cannot be asked: not allowed',
      'cannot be asked: not allowed',
    ]);
  });

  it('takes the ConfigurationState of each program where the cluster has that kind', async () => {
    cluster.served = () => true;
    for (const name of ['controller', 'speaker-node-1']) {
      cluster.put({
        apiVersion: 'metallb.io/v1beta1',
        kind: 'ConfigurationState',
        metadata: { name, namespace },
        status: {
          conditions: [{ type: 'x', status: name === 'controller' ? 'True' : 'False', reason: 'ConfigurationError' }],
        },
      });
    }
    const verdict = await gate();
    expect(verdict.waiting).toMatchObject([{ id: { name: 'speaker-1' }, health: { status: 'Failed' } }]);
  });

  it('waits for an address that comes back', async () => {
    cluster.put(service('web'));
    clock.onSleep = () => {
      if (told.some(({ id }) => id.kind === 'Service')) {
        cluster.put(service('web', '10.0.0.1'));
      }
    };
    expect(await gate(planned('kept', 'web', '10.0.0.1'))).toMatchObject({ services: { good: 1 }, waiting: [] });
  });

  it.each<[string, AddressVerdict, readonly string[], readonly string[], boolean]>([
    ['loses the one it should keep', 'kept', ['10.0.0.1'], [], false],
    ['holds another one than it should keep', 'kept', ['10.0.0.1'], ['10.0.0.2'], false],
    ['has lost one family', 'kept', ['10.0.0.1', 'fd00::1'], ['10.0.0.1'], false],
    ['has none where it should move', 'moved', ['10.0.0.1'], [], false],
    ['has moved', 'moved', ['10.0.0.1'], ['10.0.0.9'], true],
    ['lost it as planned', 'lost', ['10.0.0.1'], [], true],
    ['was pending before and is', 'pending', [], [], true],
    ['has gained one', 'gained', [], ['10.0.0.3'], true],
  ])('judges a Service that %s', async (_case, verdict, before, held, good) => {
    cluster.put(service('web', ...held));
    const result = await gate(planned(verdict, 'web', ...before));
    expect(result.waiting).toHaveLength(good ? 0 : 1);
    expect(result.services?.good).toBe(good ? 1 : 0);
  });

  it('names a Service that was to gain an address and has none, and does not blame the sync', async () => {
    cluster.put(service('web'));
    const verdict = await gate(planned('gained', 'web'));
    expect(verdict).toMatchObject({ services: { pending: ['shop/web'] }, waiting: [] });
  });

  it('does not miss a Service that was deleted or asks for none any more', async () => {
    expect((await gate(planned('kept', 'web', '10.0.0.1'))).waiting).toEqual([]);
    cluster.put({ ...service('web'), spec: { type: 'ClusterIP' } });
    expect((await gate(planned('kept', 'web', '10.0.0.1'))).waiting).toEqual([]);
  });
});

import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../src/domain/failure.ts';
import type { KubeObject } from '../../src/domain/manifest/kube-object.ts';
import type { Manifest } from '../../src/domain/manifest/manifest.ts';
import type { RunEvent } from '../../src/domain/report/run-event.ts';
import { syncEnvironment } from '../../src/engine/sync.ts';
import type { ApplyResult } from '../../src/engine/apply-plan.ts';
import { anEnvironment } from '../domain/environment/an-environment.ts';
import { manualClock, type ManualClock } from './manual-clock.ts';
import { someTerms } from './some-terms.ts';
import { memoryCluster, type MemoryCluster } from './memory-cluster.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

function configMap(name: string, value: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'metallb-system' },
    data: { value, kept: '' },
  };
}

const namespace: KubeObject = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'metallb-system', labels: { 'metalwave.io/environment': 'dev' } },
};
const daemonSet: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'speaker', namespace: 'metallb-system' },
  spec: { selector: { matchLabels: { app: 'metallb' } } },
};

describe('a sync', () => {
  let cluster: MemoryCluster;
  let clock: ManualClock;
  let events: RunEvent[];

  beforeEach(() => {
    cluster = memoryCluster();
    clock = manualClock();
    events = [];
  });

  async function sync(manifests: readonly Manifest[], signal = new AbortController().signal): Promise<ApplyResult> {
    return syncEnvironment({
      reader: cluster,
      writer: cluster,
      clock,
      host: clock.host('here'),
      digest,
      signal,
      emit: (event) => events.push(event),
      environment: anEnvironment(),
      revision: 'abc123',
      manifests,
      terms: someTerms(),
    });
  }
  function writes(): readonly string[] {
    return cluster.requests.filter(({ verb }) => verb === 'apply' || verb === 'delete').map(({ target }) => target);
  }
  const some: readonly Manifest[] = [
    { step: 'namespace', object: namespace },
    { step: 'access', object: configMap('a', '1') },
    { step: 'access', object: configMap('b', '1') },
  ];

  it('records what it is about to write before it writes it', async () => {
    await sync(some);
    const order = writes();
    expect(order.slice(0, 5)).toEqual([
      'Namespace/metalwave-system',
      'Lease.coordination.k8s.io/metalwave-system/sync-dev',
      'ConfigMap/metalwave-system/history-dev',
      'ConfigMap/metalwave-system/inventory-dev',
      'Namespace/metallb-system',
    ]);
    expect(order.slice(-3)).toEqual([
      'ConfigMap/metalwave-system/inventory-dev',
      'ConfigMap/metalwave-system/history-dev',
      'Lease.coordination.k8s.io/metalwave-system/sync-dev',
    ]);
  });

  it('writes nothing the second time and asks for no dry run', async () => {
    await sync(some);
    cluster.requests.length = 0;
    const result = await sync(some);
    expect(result).toEqual({ outcome: 'healthy', applied: 0, failure: undefined });
    expect(cluster.requests.filter(({ verb }) => verb !== 'get' && verb !== 'list')).toEqual([]);
  });

  it('does not start a step before the one before it is healthy', async () => {
    clock.onSleep = () => {
      expect(cluster.objects.has('ConfigMap/metallb-system/pool' as never)).toBe(false);
      if (clock.slept.length === 3) {
        const live = [...cluster.objects.values()].find((object) => object.kind === 'DaemonSet') as KubeObject;
        const status = {
          observedGeneration: 1,
          desiredNumberScheduled: 2,
          currentNumberScheduled: 2,
          updatedNumberScheduled: 2,
          numberAvailable: 2,
          numberReady: 2,
        };
        cluster.put({ ...live, metadata: { ...live.metadata, generation: 1 }, status });
      }
    };
    const result = await sync([
      { step: 'speaker', object: daemonSet },
      { step: 'pools', object: configMap('pool', '1') },
    ]);
    expect(result.outcome).toBe('healthy');
    expect(clock.slept.length).toBeGreaterThan(3);
    expect(cluster.objects.has('ConfigMap/metallb-system/pool' as never)).toBe(true);
  });

  it('stops at a wave that is not healthy in time, names the object, and applies nothing after it', async () => {
    const result = await sync([
      { step: 'speaker', object: daemonSet },
      { step: 'pools', object: configMap('pool', '1') },
    ]);
    expect(result.outcome).toBe('unhealthy');
    expect(writes()).not.toContain('ConfigMap/metallb-system/pool');
    const stopped = events.find((event) => event.type === 'wave-stopped');
    expect(stopped).toMatchObject({ wave: 10, step: 'speaker', waiting: [{ id: { name: 'speaker' } }] });
  });

  it('refuses before its first write where another manager holds a field at another value', async () => {
    cluster.put({
      ...configMap('a', 'theirs'),
      metadata: {
        name: 'a',
        namespace: 'metallb-system',
        managedFields: [
          {
            manager: 'helm',
            operation: 'Apply',
            apiVersion: 'v1',
            fieldsType: 'FieldsV1',
            fieldsV1: { 'f:data': { 'f:value': {} } },
          },
        ],
      },
    });
    const result = await sync(some);
    expect(result.outcome).toBe('refused');
    expect(result.failure?.message).toContain('helm');
    expect(writes()).toEqual([]);
  });

  it('goes on with the other objects of a step when one is invalid, then stops and says which', async () => {
    cluster.before = ({ verb, target }) => {
      if (verb === 'apply' && target.endsWith('/a')) {
        throw new Failure({ code: 'object-invalid', retry: 'never', message: 'spec.x is wrong' });
      }
    };
    const result = await sync([...some, { step: 'pools', object: configMap('later', '1') }]);
    expect(result.outcome).toBe('failed');
    expect(cluster.objects.has('ConfigMap/metallb-system/b' as never)).toBe(true);
    expect(cluster.objects.has('ConfigMap/metallb-system/later' as never)).toBe(false);
    expect(events.filter((event) => event.type === 'object-failed')).toHaveLength(1);
  });

  it('waits as long as the server asks and tries again', async () => {
    let refusals = 2;
    cluster.before = ({ verb, target }) => {
      if (verb === 'apply' && target.endsWith('/a') && refusals > 0) {
        refusals -= 1;
        throw new Failure({ code: 'cluster-busy', retry: 'now', retryAfterMs: 7_000, message: 'too many requests' });
      }
    };
    expect((await sync(some)).outcome).toBe('healthy');
    expect(clock.slept.filter((ms) => ms >= 7_000)).toHaveLength(2);
  });

  it('takes a write whose answer was lost for done, and writes the object only once', async () => {
    const lost = new Set<string>();
    cluster.after = ({ verb, target }) => {
      if (verb === 'apply' && !lost.has(target)) {
        lost.add(target);
        throw new Failure({ code: 'cluster-unreachable', retry: 'now', message: 'connection reset' });
      }
    };
    expect((await sync(some)).outcome).toBe('healthy');
    cluster.after = () => undefined;
    const versions = new Map([...cluster.objects].map(([key, object]) => [key, object.metadata.resourceVersion]));
    expect((await sync(some)).applied).toBe(0);
    expect(new Map([...cluster.objects].map(([key, object]) => [key, object.metadata.resourceVersion]))).toEqual(
      versions,
    );
  });

  it('updates an object whose status moved since the plan, but not one whose spec did', async () => {
    await sync(some);
    const [first, second] = ['ConfigMap/metallb-system/a', 'ConfigMap/metallb-system/b'] as const;
    let once = true;
    cluster.before = ({ verb, target }) => {
      if (verb === 'apply' && target === first && once) {
        once = false;
        const a = cluster.objects.get(first as never) as KubeObject;
        const b = cluster.objects.get(second as never) as KubeObject;
        cluster.put({ ...a, status: { seen: true } });
        cluster.put({ ...b, data: { value: 'theirs' } });
      }
    };
    const result = await sync([
      { step: 'namespace', object: namespace },
      { step: 'access', object: configMap('a', '2') },
      { step: 'access', object: configMap('b', '2') },
    ]);
    expect(cluster.objects.get(first as never)).toMatchObject({ data: { value: '2' } });
    expect(cluster.objects.get(second as never)).toMatchObject({ data: { value: 'theirs' } });
    expect(result.failure?.code).toBe('object-changed');
  });

  it('stops at once when it is interrupted, and records what stands', async () => {
    const controller = new AbortController();
    clock.onSleep = () => {
      controller.abort(new Error('interrupted'));
    };
    const result = await sync([{ step: 'speaker', object: daemonSet }], controller.signal);
    expect(result.outcome).toBe('cancelled');
    const inventory = cluster.objects.get('ConfigMap/metalwave-system/inventory-dev' as never);
    expect(JSON.stringify(inventory)).toContain('applied');
  });

  it('skips monitoring where its kinds are not served, and says so', async () => {
    cluster.served = (_apiVersion, kind) => kind !== 'ServiceMonitor';
    const monitor: KubeObject = {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
      metadata: { name: 'm', namespace: 'metallb-system' },
    };
    const result = await sync([{ step: 'monitors', object: monitor }]);
    expect(result.outcome).toBe('healthy');
    expect(events.find((event) => event.type === 'object-skipped')).toMatchObject({ id: { name: 'm' } });
  });

  it('finishes a run that was killed between its write and its record', async () => {
    let applies = 0;
    cluster.after = ({ verb }) => {
      applies += verb === 'apply' ? 1 : 0;
      if (applies === 4) {
        throw new Error('killed');
      }
    };
    await expect(sync(some)).rejects.toThrow('killed');
    cluster.after = () => undefined;
    const changed = some.map(({ step, object }) => ({
      step,
      object: object.kind === 'ConfigMap' ? { ...object, data: { kept: '' } } : object,
    }));
    expect((await sync(changed)).outcome).toBe('healthy');
    expect(cluster.objects.get('ConfigMap/metallb-system/a' as never)?.['data']).toEqual({ kept: '' });
    cluster.requests.length = 0;
    expect((await sync(changed)).applied).toBe(0);
    expect(writes()).toEqual([]);
  });
});

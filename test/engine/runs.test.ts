import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../src/domain/failure.ts';
import { suspend } from '../../src/domain/history/change-history.ts';
import type { KubeObject } from '../../src/domain/manifest/kube-object.ts';
import type { Manifest } from '../../src/domain/manifest/manifest.ts';
import type { RunEvent } from '../../src/domain/report/run-event.ts';
import type { ApplyResult } from '../../src/engine/apply-plan.ts';
import { readHistory, updateHistory } from '../../src/engine/keep-history.ts';
import { retryRuns } from '../../src/engine/retry-runs.ts';
import type { RunTerms } from '../../src/engine/run-terms.ts';
import { syncEnvironment } from '../../src/engine/sync.ts';
import { anEnvironment } from '../domain/environment/an-environment.ts';
import { manualClock, type ManualClock } from './manual-clock.ts';
import { memoryCluster, type MemoryCluster } from './memory-cluster.ts';
import { someTerms } from './some-terms.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const { signal } = new AbortController();
const historyKey = 'ConfigMap/metalwave-system/history-dev';
const leaseKey = 'Lease.coordination.k8s.io/metalwave-system/sync-dev';

function configMap(name: string, value: string): Manifest {
  const metadata = { name, namespace: 'metallb-system' };
  return { step: 'access', object: { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { value } } };
}

function pool(...addresses: readonly string[]): Manifest {
  const metadata = { name: 'default', namespace: 'metallb-system' };
  return {
    step: 'pools',
    object: { apiVersion: 'metallb.io/v1beta1', kind: 'IPAddressPool', metadata, spec: { addresses } },
  };
}

function service(name: string, ip: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default', annotations: { 'metallb.io/ip-allocated-from-pool': 'default' } },
    spec: {
      type: 'LoadBalancer',
      clusterIP: '10.96.0.1',
      clusterIPs: ['10.96.0.1'],
      ipFamilies: ['IPv4'],
      ports: [{ port: 80, protocol: 'TCP' }],
    },
    status: { loadBalancer: { ingress: [{ ip }] } },
  };
}

describe('a run and its history', () => {
  let cluster: MemoryCluster;
  let clock: ManualClock;
  let events: RunEvent[];
  beforeEach(() => {
    cluster = memoryCluster();
    clock = manualClock();
    events = [];
  });

  function sync(manifests: readonly Manifest[], revision = 'a', terms: Partial<RunTerms> = {}): Promise<ApplyResult> {
    return syncEnvironment({
      reader: cluster,
      writer: cluster,
      clock,
      host: clock.host('here'),
      digest,
      signal,
      emit: (event) => events.push(event),
      environment: anEnvironment(),
      revision,
      manifests,
      terms: someTerms(terms),
    });
  }
  const scope = (): Parameters<typeof updateHistory>[0] => ({
    reader: cluster,
    writer: cluster,
    clock,
    signal,
    environment: 'dev',
  });

  it('is recorded with its counts and waves, and its lock is free afterwards', async () => {
    await sync([configMap('a', '1')]);
    const { runs } = await readHistory(scope());
    expect(runs).toMatchObject([{ outcome: 'healthy', revision: 'a', counts: { created: 1 }, waves: [{ wave: 10 }] }]);
    expect(cluster.objects.get(leaseKey as never)).toMatchObject({ spec: { leaseTransitions: 1 } });
    await sync([configMap('a', '1')], 'b');
    expect((await readHistory(scope())).runs.map(({ revision }) => revision)).toEqual(['a', 'b']);
  });

  it('stops before its first write where a Service would lose its address, and goes on with an approval of that plan', async () => {
    await sync([pool('10.0.0.0/24')]);
    cluster.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });
    cluster.put(service('shop', '10.0.0.200'));
    cluster.requests.length = 0;
    const refused = await sync([pool('10.0.0.0/25')], 'b');
    expect(refused).toMatchObject({ outcome: 'refused', failure: { code: 'approval-needed' } });
    expect(refused.failure?.message).toContain('default/shop');
    expect(cluster.requests.filter(({ verb }) => verb === 'apply' || verb === 'delete')).toEqual([]);

    const hash = /--approve (sha256:[0-9a-f]{64})/u.exec(refused.failure?.remedy ?? '')?.[1] ?? '';
    cluster.put(service('second', '10.0.0.201'));
    const stale = await sync([pool('10.0.0.0/25')], 'b', { approval: { planHash: hash } });
    expect(stale.failure?.message).toContain('no longer the plan');

    const now = /--approve (sha256:[0-9a-f]{64})/u.exec(stale.failure?.remedy ?? '')?.[1] ?? '';
    await sync([pool('10.0.0.0/25')], 'b', { approval: { planHash: now } });
    const { runs, approvals } = await readHistory(scope());
    expect(approvals).toMatchObject([{ planHash: now, by: 'tester@here', run: runs.at(-1)?.id }]);
    expect(runs.at(-1)).toMatchObject({ services: { count: 2, names: ['default/second', 'default/shop'] } });
  });

  it('stops before its first write where MetalLB would refuse the configuration as a whole', async () => {
    await sync([pool('10.0.0.0/24')]);
    cluster.put({
      apiVersion: 'metallb.io/v1beta1',
      kind: 'IPAddressPool',
      metadata: { name: 'of-others', namespace: 'metallb-system' },
      spec: { addresses: ['10.0.1.0/24'] },
    });
    cluster.requests.length = 0;
    const refused = await sync([pool('10.0.0.0/23')], 'b');
    expect(refused).toMatchObject({ outcome: 'refused', failure: { code: 'configuration-refused' } });
    expect(refused.failure?.message).toContain('of-others');
    expect(cluster.requests.filter(({ verb }) => verb === 'apply' || verb === 'delete')).toEqual([]);
  });

  it('plans anew where another run was at work since it had read the world', async () => {
    await sync([configMap('a', '1')]);
    let meddled = false;
    cluster.before = ({ verb, target }) => {
      const stored = cluster.objects.get(historyKey as never);
      const object = cluster.objects.get('ConfigMap/metallb-system/a' as never);
      if (verb === 'apply' && target === leaseKey && !meddled && stored !== undefined && object !== undefined) {
        meddled = true;
        const data = stored['data'] as { readonly runs: string };
        const runs = `${data.runs}\n${data.runs.replace(/"id":"[^"]+"/u, '"id":"another"')}`;
        cluster.put({ ...stored, data: { ...data, runs } });
        cluster.put({ ...object, data: { value: 'from the other run' } });
      }
    };
    expect((await sync([configMap('a', '2')], 'b')).outcome).toBe('healthy');
    const started = events.filter(({ type }) => type === 'run-started');
    expect(started).toHaveLength(3);
    expect(cluster.objects.get('ConfigMap/metallb-system/a' as never)).toMatchObject({ data: { value: '2' } });
  });

  it('is refused without a write where the history cannot be read, and leaves it as it is', async () => {
    await sync([configMap('a', '1')]);
    const stored = cluster.objects.get(historyKey as never) as KubeObject;
    const spoilt = cluster.put({ ...stored, data: { ...(stored['data'] as object), runs: 'rubbish' } });
    await expect(sync([configMap('a', '2')], 'b')).rejects.toMatchObject({ code: 'history-unusable' });
    expect(cluster.objects.get(historyKey as never)).toEqual(spoilt);
  });

  it('keeps what a person writes into the history while it goes on', async () => {
    let suspended = false;
    cluster.after = ({ verb, target }) => {
      if (verb === 'apply' && target === 'ConfigMap/metallb-system/a' && !suspended) {
        suspended = true;
        const stored = cluster.objects.get(historyKey as never) as KubeObject;
        const data = { ...(stored['data'] as object), suspension: '{"reason":"stop","by":"bob","at":1}' };
        cluster.put({ ...stored, data });
      }
    };
    expect((await sync([configMap('a', '1')])).outcome).toBe('healthy');
    expect(await readHistory(scope())).toMatchObject({
      runs: [{ outcome: 'healthy' }],
      suspension: { reason: 'stop' },
    });
    await expect(sync([configMap('a', '2')], 'b')).rejects.toMatchObject({ code: 'suspended' });
    expect((await sync([configMap('a', '2')], 'b', { kind: 'rollback' })).outcome).toBe('healthy');
  });

  it('gets its word into the history through a storm of writes by others, and gives up where it never ends', async () => {
    await sync([configMap('a', '1')]);
    let left = 6;
    cluster.before = ({ verb, target }) => {
      const stored = cluster.objects.get(historyKey as never);
      if (verb === 'apply' && target === historyKey && left > 0 && stored !== undefined) {
        left -= 1;
        cluster.put({ ...stored, metadata: { ...stored.metadata, labels: { storm: String(left) } } });
      }
    };
    const word = { reason: 'storm', by: 'me', at: 1 };
    expect((await updateHistory(scope(), (history) => suspend(history, word))).suspension).toEqual(word);
    left = Number.POSITIVE_INFINITY;
    const other = { ...word, reason: 'other' };
    await expect(updateHistory(scope(), (history) => suspend(history, other))).rejects.toMatchObject({
      code: 'object-changed',
    });
  });

  it('ends without another write when its lock is taken while it waits for health', async () => {
    const daemonSet: Manifest = {
      step: 'speaker',
      object: {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: { name: 'speaker', namespace: 'metallb-system' },
        spec: { selector: { matchLabels: { app: 'metallb' } } },
      },
    };
    let taken = 0;
    clock.onSleep = () => {
      const lease = cluster.objects.get(leaseKey as never);
      if (lease !== undefined && taken === 0) {
        cluster.put({ ...lease, spec: { holderIdentity: 'somebody else', leaseDurationSeconds: 30 } });
        taken = cluster.requests.length;
      }
    };
    const result = await sync([daemonSet, configMap('later', '1')]);
    expect(result).toMatchObject({ outcome: 'failed', failure: { code: 'lock-lost' } });
    const writes = cluster.requests.slice(taken).filter(({ verb }) => verb === 'apply' || verb === 'delete');
    expect(writes.filter(({ target }) => target !== leaseKey)).toEqual([]);
  });
});

describe('a series of runs', () => {
  const busy = { code: 'cluster-busy', message: 'busy', remedy: undefined } as const;
  const failed: ApplyResult = { outcome: 'failed', applied: 0, failure: busy };
  const good: ApplyResult = { outcome: 'healthy', applied: 1, failure: undefined };

  function series(results: readonly (ApplyResult | Failure)[], revisions: readonly (string | Failure | undefined)[]) {
    const clock = manualClock();
    const ran: string[] = [];
    const left = [...revisions];
    return {
      ran,
      clock,
      work: {
        clock,
        host: clock.host('here'),
        signal,
        emit: () => undefined,
        retry: { limit: 3, backoffMs: 1_000, factor: 2, maxBackoffMs: 60_000 },
        load: async (): Promise<string | undefined> => {
          const next = left.shift();
          return next instanceof Failure ? Promise.reject(next) : Promise.resolve(next);
        },
        run: async (revision: string, attempt: number): Promise<ApplyResult> => {
          ran.push(`${attempt} ${revision}`);
          const result = results[attempt - 1] ?? failed;
          return result instanceof Failure ? Promise.reject(result) : Promise.resolve(result);
        },
      },
    };
  }
  const away = new Failure({ code: 'source-unreachable', retry: 'later', message: 'no route' });

  it('gives way to a newer revision, and keeps to the last one while the source is away', async () => {
    const { work, ran, clock } = series([failed, failed, failed, good], ['b', away, 'c']);
    expect(await retryRuns(work, 'a')).toEqual({ result: good, loaded: 'c' });
    expect(ran).toEqual(['1 a', '2 b', '3 b', '4 c']);
    expect(clock.slept).toEqual([1_000, 2_000, 4_000]);
  });

  it('ends at its limit, at a failure that will not pass, and at a newer revision that is not valid', async () => {
    expect((await retryRuns(series([], ['a', 'a', 'a']).work, 'a')).result).toEqual(failed);
    const wrong: ApplyResult = { ...failed, failure: { ...busy, code: 'object-invalid' } };
    const invalid = series([wrong], ['a']);
    await retryRuns(invalid.work, 'a');
    expect(invalid.ran).toHaveLength(1);
    const broken = series([failed], [undefined]);
    await retryRuns(broken.work, 'a');
    expect(broken.ran).toHaveLength(1);
  });

  it('throws what keeps a first run from beginning, and goes on where that befalls a later one', async () => {
    const unreachable = new Failure({ code: 'cluster-unreachable', retry: 'now', message: 'gone' });
    await expect(retryRuns(series([unreachable], []).work, 'a')).rejects.toThrow('gone');
    expect((await retryRuns(series([failed, unreachable, good], ['a', 'a']).work, 'a')).result).toEqual(good);
  });
});

import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { Failure, isFailure } from '../../src/domain/failure.ts';
import { lockTiming } from '../../src/domain/lock/lock-timing.ts';
import type { LockHolder } from '../../src/domain/lock/lease.ts';
import type { KubeObject } from '../../src/domain/manifest/kube-object.ts';
import { acquireLock, type LockRequest } from '../../src/engine/acquire-lock.ts';
import { fencedWriter, type HeldLock } from '../../src/engine/held-lock.ts';
import { manualClock, type ManualClock, type ManualHost } from './manual-clock.ts';
import { memoryCluster, type MemoryCluster } from './memory-cluster.ts';

const lease = 'Lease.coordination.k8s.io/metalwave-system/sync-dev';
const timing = lockTiming(30_000);
const { signal } = new AbortController();
const object: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'x' }, data: {} };

function unreachable(): Failure {
  return new Failure({ code: 'cluster-unreachable', retry: 'now', message: 'connection reset' });
}

describe('the lock of an environment', () => {
  let cluster: MemoryCluster;
  let clock: ManualClock;
  let here: ManualHost;
  let there: ManualHost;
  beforeEach(() => {
    cluster = memoryCluster();
    clock = manualClock();
    here = clock.host('here');
    there = clock.host('there');
  });

  function requestOf(host: ManualHost, changes: Partial<LockRequest> = {}): LockRequest {
    const world = { reader: cluster, writer: cluster, clock, host, environment: 'dev', timing };
    return { ...world, signal, waitMs: 0, onWaiting: () => undefined, ...changes };
  }
  function acquire(host: ManualHost, changes: Partial<LockRequest> = {}): Promise<HeldLock> {
    return acquireLock(requestOf(host, changes));
  }
  function specOf(): unknown {
    return cluster.objects.get(lease as never)?.['spec'];
  }

  it('names its holder, and says since when and for how long', async () => {
    await acquire(here);
    expect(specOf()).toMatchObject({
      holderIdentity: 'tester@here process 7 00000001',
      leaseDurationSeconds: 30,
      leaseTransitions: 1,
      acquireTime: '1970-01-01T00:16:40.000000Z',
    });
  });

  it('is refused to a second process with the name of the first as soon as that one is seen to be at work', async () => {
    await acquire(here);
    const heard: LockHolder[] = [];
    const started = clock.monotonic();
    const refused = await acquire(there, { onWaiting: (holder) => heard.push(holder) }).catch(
      (error: unknown) => error,
    );
    expect(isFailure(refused, 'lock-held')).toBe(true);
    expect(String(refused)).toMatch(/tester@here process 7 .*since 1970-01-01T00:16:40Z, until/u);
    expect(heard.map(({ identity }) => identity)).toEqual(['tester@here process 7 00000001']);
    expect(clock.monotonic() - started).toBeLessThanOrEqual(timing.renewEveryMs + 1_000);
  });

  it('is waited for where that is asked, and taken when it is given back', async () => {
    const first = await acquire(here);
    let looks = 0;
    clock.onSleep = () => {
      looks += 1;
      if (looks === 20) {
        void first.release();
      }
    };
    await acquire(there, { waitMs: 600_000 });
    expect(specOf()).toMatchObject({ holderIdentity: 'tester@there process 7 00000002', leaseTransitions: 2 });
    expect(looks).toBeGreaterThanOrEqual(20);
  });

  it('is waited for no longer than was asked', async () => {
    await acquire(here);
    const started = clock.monotonic();
    await expect(acquire(there, { waitMs: 60_000 })).rejects.toMatchObject({ code: 'lock-held' });
    expect(clock.monotonic() - started).toBeGreaterThanOrEqual(60_000);
  });

  it('is taken over once it was not renewed for its length, however the clocks of the walls are set', async () => {
    await acquire(here);
    cluster.before = ({ verb, target }) => {
      if (verb === 'apply' && target === lease && clock.monotonic() < 1_030_000) {
        throw unreachable();
      }
    };
    clock.setWall(4_000_000_000_000);
    const started = clock.monotonic();
    await acquire(there);
    expect(clock.monotonic() - started).toBeGreaterThanOrEqual(30_000);
    expect(specOf()).toMatchObject({ holderIdentity: 'tester@there process 7 00000002' });
  });

  it('is taken over at once from a process of the same machine that is gone', async () => {
    await acquire(here);
    here.gone.add('here.7');
    const started = clock.monotonic();
    await acquire(here);
    expect(clock.monotonic()).toBe(started);
  });

  it('is free after it was given back, and writes nothing more then', async () => {
    const first = await acquire(here);
    await first.release();
    expect(specOf()).toEqual({ leaseTransitions: 1 });
    await expect(fencedWriter(cluster, first, timing).apply(object, {}, signal)).rejects.toMatchObject({
      code: 'lock-lost',
    });
    await acquire(there);
    expect(specOf()).toMatchObject({ leaseTransitions: 2 });
  });

  it('stays held as long as one likes by renewing it', async () => {
    const lock = await acquire(here);
    await clock.sleep(900_000, signal);
    await expect(lock.assure(timing.createNeedsMs)).resolves.toBeUndefined();
    expect(lock.lost.aborted).toBe(false);
  });

  it('survives lost answers and refused renewals for as long as it lasts', async () => {
    const lock = await acquire(here);
    let count = 0;
    cluster.after = ({ verb, target }) => {
      count += verb === 'apply' && target === lease ? 1 : 0;
      if (verb === 'apply' && target === lease && count % 2 === 1) {
        throw unreachable();
      }
    };
    await clock.sleep(120_000, signal);
    expect(lock.failure).toBeUndefined();
    expect(count).toBeGreaterThan(20);
  });

  it('is renewed again within a second or two where a renewal failed, without waiting for the next', async () => {
    const lock = await acquire(here);
    const sent: number[] = [];
    cluster.before = ({ verb, target }) => {
      if (verb === 'apply' && target === lease) {
        sent.push(clock.monotonic());
        if (sent.length <= 3) {
          throw unreachable();
        }
      }
    };
    await clock.sleep(timing.renewEveryMs + 4_000, signal);
    const gaps = sent.slice(1).map((at, index) => at - (sent[index] ?? 0));
    expect(gaps).toEqual([1_000, 1_000, 1_000]);
    expect(lock.failure).toBeUndefined();
  });

  it('is lost when the Lease names another, who is named', async () => {
    const lock = await acquire(here);
    const stored = cluster.objects.get(lease as never) as KubeObject;
    cluster.put({ ...stored, spec: { holderIdentity: 'somebody else', leaseDurationSeconds: 30 } });
    await clock.sleep(10_000, signal);
    expect(lock.lost.aborted).toBe(true);
    expect(lock.failure?.message).toContain('somebody else');
    await expect(lock.assure(1)).rejects.toMatchObject({ code: 'lock-lost' });
  });

  it('is lost when its Lease is deleted', async () => {
    const lock = await acquire(here);
    cluster.objects.delete(lease as never);
    await clock.sleep(10_000, signal);
    expect(lock.failure?.message).toContain('taken away');
    expect(cluster.objects.has(lease as never)).toBe(false);
  });

  it('lets nothing through after a holder was frozen for longer than it lasts', async () => {
    const lock = await acquire(here);
    const writer = fencedWriter(cluster, lock, timing);
    await writer.apply(object, {}, signal);
    clock.freeze(30_001);
    cluster.requests.length = 0;
    await expect(writer.apply(object, {}, signal)).rejects.toMatchObject({ code: 'lock-lost', retry: 'never' });
    await expect(
      writer.delete('v1', { group: '', kind: 'ConfigMap', namespace: 'x', name: 'a' }, { uid: 'u' }, signal),
    ).rejects.toMatchObject({ code: 'lock-lost' });
    expect(cluster.requests).toEqual([]);
  });

  it('stops a write that was allowed and then frozen before it was sent', async () => {
    const lock = await acquire(here);
    const writer = fencedWriter(cluster, lock, timing);
    cluster.requests.length = 0;
    cluster.before = () => {
      clock.freeze(31_000);
    };
    await expect(writer.apply(object, {}, signal)).rejects.toMatchObject({ code: 'lock-lost' });
    expect(cluster.objects.has('ConfigMap/x/a' as never)).toBe(false);
  });

  it('is renewed before a create where too little of it is left, and goes on after the clock of the wall was set', async () => {
    const lock = await acquire(here);
    const writer = fencedWriter(cluster, lock, timing);
    clock.freeze(20_000);
    await writer.apply(object, {}, signal);
    clock.setWall(clock.now() + 3_600_000);
    await writer.apply({ ...object, data: { a: '1' } }, {}, signal);
    clock.setWall(1_000);
    await writer.apply({ ...object, data: { a: '2' } }, {}, signal);
    expect(cluster.requests.filter(({ verb, target }) => verb === 'apply' && target === lease)).toHaveLength(4);
  });

  it('has at most one holder, whoever is fast, slow, unlucky or frozen', async () => {
    const step = fc.record({
      who: fc.integer({ min: 0, max: 2 }),
      what: fc.constantFrom('acquire', 'write', 'freeze', 'release', 'lose-answer'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        cluster = memoryCluster();
        clock = manualClock();
        const hosts = ['a', 'b', 'c'].map((name) => clock.host(name));
        const locks: (HeldLock | undefined)[] = [];
        for (const { who, what } of steps) {
          const host = hosts[who];
          const lock = locks[who];
          if (what === 'acquire' && host !== undefined) {
            locks[who] = await acquire(host).catch(() => lock);
          } else if (what === 'freeze') {
            clock.freeze(17_000);
          } else if (what === 'release') {
            await lock?.release();
          } else if (what === 'lose-answer') {
            cluster.after = ({ verb, target }) => {
              if (verb === 'apply' && target === lease) {
                cluster.after = () => undefined;
                throw unreachable();
              }
            };
          }
          const writers = await Promise.all(
            locks.map(async (one, index) => {
              const data = { by: String(index), at: String(cluster.requests.length) };
              const writer = one && fencedWriter(cluster, one, timing);
              return writer?.apply({ ...object, data }, {}, signal).then(
                () => index,
                () => undefined,
              );
            }),
          );
          expect(new Set(writers.filter((index) => index !== undefined)).size).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 60 },
    );
  });
});

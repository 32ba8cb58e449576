import { describe, expect, it } from 'vitest';
import { formatRange } from '../../../src/domain/address/ip-range.ts';
import type { Claim } from '../../../src/domain/claims/claim.ts';
import { claimsSelector } from '../../../src/domain/claims/block-codec.ts';
import { Failure } from '../../../src/domain/failure.ts';
import type { KubeObject } from '../../../src/domain/manifest/kube-object.ts';
import { ClaimStore } from '../../../src/engine/claims/claim-store.ts';
import { address, claim } from '../../domain/claims/some-claims.ts';
import { manualClock } from '../manual-clock.ts';
import { type MemoryCluster, memoryCluster } from '../memory-cluster.ts';

const signal = new AbortController().signal;
const gone = { kind: 'gone' } as const;

function storeOn(cluster: MemoryCluster, onChanged?: (uids: ReadonlySet<string>) => void): ClaimStore {
  const world = { reader: cluster, writer: cluster, clock: manualClock(), signal, namespace: 'metallb-system' };
  return new ClaimStore(world, onChanged);
}

/** One that has been written to: no object of a real server has the first version. */
function usedCluster(): MemoryCluster {
  const cluster = memoryCluster();
  cluster.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'metallb-system' } });
  return cluster;
}

function stored(cluster: MemoryCluster): readonly KubeObject[] {
  return [...cluster.objects.values()].filter(({ kind }) => kind === 'ConfigMap');
}

function writes(cluster: MemoryCluster): readonly string[] {
  return cluster.requests.filter(({ verb }) => verb !== 'get' && verb !== 'list').map(({ verb }) => verb);
}

function unreachable(): Failure {
  return new Failure({ code: 'cluster-unreachable', retry: 'now', message: 'the connection was cut' });
}

function manyClaims(count: number): readonly Claim[] {
  return Array.from({ length: count }, (_, index) =>
    claim(`10.0.${Math.floor(index / 64)}.${index % 64}`, `uid-${index}`, '5'),
  );
}

describe('the store of claims', () => {
  it('writes all claims of a block at once, and finds them again', async () => {
    const cluster = usedCluster();
    const outcome = await storeOn(cluster).claim(manyClaims(128), signal);
    expect([outcome.claimed.length, outcome.refused, outcome.failed]).toEqual([128, [], []]);
    expect(writes(cluster)).toEqual(['create', 'create']);
    const other = storeOn(cluster);
    await other.load(signal);
    expect(other.claimsOf('uid-74')).toEqual([claim('10.0.1.10', 'uid-74', '5')]);
    expect(other.claimsAt(address('10.0.1.10'))).toEqual([claim('10.0.1.10', 'uid-74', '5')]);
    expect(other.holders()).toHaveLength(128);
  });

  it('gathers what is asked while a write is under way into the next one', async () => {
    const cluster = usedCluster();
    const store = storeOn(cluster);
    const outcomes = await Promise.all(manyClaims(60).map((each) => store.claim([each], signal)));
    expect(outcomes.every(({ claimed }) => claimed.length === 1)).toBe(true);
    expect(writes(cluster).length).toBeLessThan(4);
  });

  it('writes nothing for claims that stand', async () => {
    const cluster = usedCluster();
    await storeOn(cluster).claim(manyClaims(3), signal);
    const store = storeOn(cluster);
    await store.load(signal);
    cluster.requests.length = 0;
    expect((await store.claim(manyClaims(3), signal)).claimed).toHaveLength(3);
    expect(cluster.requests).toEqual([]);
  });

  it('refuses what another controller claimed meanwhile, whether or not the block was there before', async () => {
    const cluster = usedCluster();
    const [first, second] = [storeOn(cluster), storeOn(cluster)];
    await first.claim([claim('10.0.0.1', 'a', '5')], signal);
    const late = await second.claim([claim('10.0.0.1', 'b', '6'), claim('10.0.0.2', 'b', '6')], signal);
    expect(late.refused).toMatchObject([{ why: 'taken', holder: { uid: 'a' } }]);
    expect(late.claimed).toEqual([claim('10.0.0.2', 'b', '6')]);
    const stale = await first.claim([claim('10.0.0.2', 'a', '5'), claim('10.0.0.3', 'a', '5')], signal);
    expect(stale.refused).toMatchObject([{ why: 'taken', holder: { uid: 'b' } }]);
    expect(stale.claimed).toEqual([claim('10.0.0.3', 'a', '5')]);
  });

  it.each(['before', 'after'] as const)('claims once where the answer was lost %s the write', async (when) => {
    const cluster = usedCluster();
    let losses = 0;
    cluster[when] = ({ verb }) => {
      if (verb !== 'get' && verb !== 'list' && losses < 2) {
        losses += 1;
        throw unreachable();
      }
    };
    const store = storeOn(cluster);
    expect((await store.claim(manyClaims(2), signal)).claimed).toHaveLength(2);
    expect((await store.claim([claim('10.0.0.9', 'z', '5')], signal)).claimed).toHaveLength(1);
    expect(stored(cluster)).toHaveLength(1);
  });

  it('tells of each claim whose write failed, beside those that were made', async () => {
    const cluster = usedCluster();
    cluster.before = ({ verb, target }) => {
      if (verb === 'create' && target.endsWith('0a000100')) {
        throw unreachable();
      }
    };
    const outcome = await storeOn(cluster).claim(manyClaims(128), signal);
    expect(outcome.claimed).toHaveLength(64);
    expect(outcome.failed).toHaveLength(64);
    expect(outcome.failed[0]?.failure.code).toBe('cluster-unreachable');
  });

  it('gives up where the block is never the one that was read', async () => {
    const cluster = usedCluster();
    let count = 0;
    cluster.before = ({ verb }) => {
      if (verb !== 'get') {
        count += 1;
        cluster.put(block(`10.0.0.${count}`, `[{"uid":"x${count}","ticket":"1","service":"a/b"}]`));
      }
    };
    const outcome = await storeOn(cluster).claim([claim('10.0.0.60', 'a', '5')], signal);
    expect(outcome.failed).toMatchObject([{ failure: { code: 'object-changed', retry: 'later' } }]);
  });

  it('deletes a block with its last claim, and makes it anew', async () => {
    const cluster = usedCluster();
    const [first, second] = [storeOn(cluster), storeOn(cluster)];
    await first.claim([claim('10.0.0.1', 'a', '5')], signal);
    await second.load(signal);
    const release = { address: address('10.0.0.1'), uid: 'a', sighting: gone };
    expect((await first.release([release], signal)).released).toEqual([release]);
    expect(stored(cluster)).toEqual([]);
    expect((await second.claim([claim('10.0.0.1', 'b', '9')], signal)).refused).toMatchObject([{ why: 'taken' }]);
    expect((await second.claim([claim('10.0.0.2', 'b', '9')], signal)).claimed).toHaveLength(1);
    expect((await second.claim([claim('10.0.0.1', 'b', '9')], signal)).claimed).toHaveLength(1);
    expect((await first.claim([claim('10.0.0.1', 'c', '9')], signal)).refused).toMatchObject([{ why: 'taken' }]);
  });

  it('releases a claim only as the block has it now', async () => {
    const cluster = usedCluster();
    const [first, second] = [storeOn(cluster), storeOn(cluster)];
    await first.claim([claim('10.0.0.1', 'a', '5')], signal);
    await second.load(signal);
    await second.claim([claim('10.0.0.1', 'a', '8')], signal);
    const sighting = { kind: 'seen', version: '7', holds: [] } as const;
    const outcome = await first.release([{ address: address('10.0.0.1'), uid: 'a', sighting }], signal);
    expect(outcome.kept).toMatchObject([{ why: 'unproven', claim: { ticket: '8' } }]);
    expect(second.claimsOf('a')).toHaveLength(1);
  });

  it('asks nothing any more once the signal is aborted', async () => {
    const cluster = usedCluster();
    const stopped = AbortSignal.abort(new Error('no longer the leader'));
    await expect(storeOn(cluster).claim(manyClaims(1), stopped)).rejects.toThrow('no longer the leader');
    expect(cluster.requests).toEqual([]);
  });

  it('tells which Services have other claims than before', async () => {
    const cluster = usedCluster();
    const heard: string[][] = [];
    const store = storeOn(cluster, (uids) => heard.push([...uids].toSorted()));
    await store.claim(manyClaims(2), signal);
    await store.claim([claim('10.0.0.0', 'uid-0', '6')], signal);
    expect(heard).toEqual([['uid-0', 'uid-1'], ['uid-0']]);
  });
});

function block(at: string, text: string): KubeObject {
  const [, , third = '', last = ''] = at.split('.');
  const name = `metalwave-claims-0a00${Number(third).toString(16).padStart(2, '0')}00`;
  const [labelName = '', labelValue = ''] = claimsSelector.split('=');
  const labels = { [labelName]: labelValue };
  const key = Number(last).toString(16).padStart(2, '0');
  const metadata = { name, namespace: 'metallb-system', labels };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { [key]: text } };
}

function withVersion(object: KubeObject, uid: string, resourceVersion: string): KubeObject {
  return { ...object, metadata: { ...object.metadata, uid, resourceVersion } };
}

function holder(uid: string): string {
  return `[{"uid":"${uid}","ticket":"1","service":"a/b"}]`;
}

describe('what the watch tells', () => {
  it('counts unless something later is known', () => {
    const store = storeOn(memoryCluster());
    store.put(withVersion(block('10.0.0.1', holder('b')), 'u', '10'));
    store.put(withVersion(block('10.0.0.1', holder('a')), 'u', '9'));
    expect(store.claimsAt(address('10.0.0.1'))).toMatchObject([{ uid: 'b' }]);
    store.put(withVersion(block('10.0.0.2', holder('b')), 'u', '11'));
    expect(store.claimsOf('b')).toEqual([claim('10.0.0.2', 'b', '1')].map((each) => ({ ...each, service: 'a/b' })));
  });

  it('does not bring a block back that is gone', () => {
    const store = storeOn(memoryCluster());
    store.put(withVersion(block('10.0.0.1', holder('a')), 'u', '10'));
    store.gone(withVersion(block('10.0.0.1', holder('a')), 'u', '12'));
    store.put(withVersion(block('10.0.0.1', holder('a')), 'u', '11'));
    expect(store.holders()).toEqual([]);
    store.put(withVersion(block('10.0.0.1', holder('c')), 'u2', '13'));
    store.gone(withVersion(block('10.0.0.1', holder('a')), 'u', '12'));
    expect(store.holders()).toEqual(['c']);
  });

  it('by a list removes what it lacks, but nothing that was made later', () => {
    const store = storeOn(memoryCluster());
    store.put(withVersion(block('10.0.0.1', holder('a')), 'u', '10'));
    store.put(withVersion(block('10.0.1.1', holder('b')), 'v', '21'));
    store.replaced([withVersion(block('10.0.2.1', holder('c')), 'w', '3')], '20');
    expect(store.holders().toSorted()).toEqual(['b', 'c']);
  });

  it('withholds what cannot be read, and names it', async () => {
    const cluster = usedCluster();
    cluster.put(block('10.0.0.1', '{'));
    cluster.put({ ...block('10.0.1.1', '[]'), data: { everything: '[]' } });
    const { metadata, ...rest } = block('10.0.2.1', '[]');
    cluster.put({ ...rest, metadata: { ...metadata, name: 'metalwave-claims-copy' } });
    const store = storeOn(cluster);
    await store.load(signal);
    expect(store.withheld().map((range) => formatRange(range))).toEqual(['10.0.0.1', '10.0.1.0/26']);
    expect(store.problems()).toEqual([
      expect.stringContaining('Key 01 of ConfigMap metalwave-claims-0a000000 cannot be used'),
      expect.stringContaining('ConfigMap metalwave-claims-0a000100 cannot be used'),
      expect.stringContaining('ConfigMap metalwave-claims-copy is labelled'),
    ]);
    const wanted = [claim('10.0.0.1', 'a', '5'), claim('10.0.1.1', 'a', '5'), claim('10.0.0.2', 'a', '5')];
    const outcome = await store.claim(wanted, signal);
    expect(outcome.refused.map(({ why }) => why)).toEqual(['unreadable', 'unreadable']);
    expect(outcome.claimed).toEqual([wanted[2]]);
  });

  it('of a block that lost its label is mended by the next claim, which sees what it holds', async () => {
    const cluster = usedCluster();
    const first = storeOn(cluster);
    await first.claim([claim('10.0.0.1', 'a', '5')], signal);
    const [live] = stored(cluster);
    if (live === undefined) {
      throw new Error('nothing is stored');
    }
    cluster.put({ ...live, metadata: { ...live.metadata, labels: {} } });
    first.gone(live);
    expect(first.holders()).toEqual([]);
    const outcome = await first.claim([claim('10.0.0.1', 'b', '6'), claim('10.0.0.2', 'b', '6')], signal);
    expect(outcome.refused).toMatchObject([{ why: 'taken', holder: { uid: 'a' } }]);
    expect(outcome.claimed).toHaveLength(1);
    expect(stored(cluster)[0]?.metadata.labels).toMatchObject({ 'metalwave.io/state': 'claims' });
  });

  it('fails where the server does not store what was written', async () => {
    const cluster = usedCluster();
    const store = storeOn({
      ...cluster,
      create: async (object, until) => cluster.create({ ...object, data: { '02': holder('b') } }, until),
    });
    const outcome = await store.claim([claim('10.0.0.1', 'a', '5')], signal);
    expect(outcome.claimed).toEqual([]);
    expect(outcome.failed).toMatchObject([{ failure: { code: 'cluster-error' } }]);
  });
});

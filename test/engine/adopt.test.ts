import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/adapters/system/digest.ts';
import { adoptionsOf } from '../../src/domain/adoption/adoption.ts';
import { Failure } from '../../src/domain/failure.ts';
import type { KubeObject } from '../../src/domain/manifest/kube-object.ts';
import { keyOf } from '../../src/domain/manifest/object-id.ts';
import type { Manifest } from '../../src/domain/manifest/manifest.ts';
import { adoptEnvironment, type AdoptionWork, type OwnershipResult } from '../../src/engine/adopt-environment.ts';
import { planAdoption } from '../../src/engine/adopt-plan.ts';
import { readInventory } from '../../src/engine/keep-inventory.ts';
import { planEnvironmentRelease, releaseEnvironment } from '../../src/engine/release-environment.ts';
import { managersOf, pool, rendered, written } from '../domain/adoption/objects.ts';
import { manualClock } from './manual-clock.ts';
import { type MemoryCluster, memoryCluster } from './memory-cluster.ts';
import { memoryOwners } from './memory-owners.ts';

const spec = { addresses: ['192.168.1.240/28'], autoAssign: false };
const names = ['one', 'two', 'three'];

function named(object: KubeObject, name: string): KubeObject {
  return { ...object, metadata: { ...object.metadata, name } };
}

const manifests: readonly Manifest[] = names.map((name) => ({ step: 'pools', object: named(rendered(spec), name) }));

function workOn(cluster: MemoryCluster, more: Partial<AdoptionWork> = {}): AdoptionWork {
  return {
    reader: cluster,
    writer: cluster,
    owners: memoryOwners(cluster),
    clock: manualClock(),
    digest: sha256,
    signal: new AbortController().signal,
    environment: 'dev',
    revision: 'r1',
    manifests,
    choices: { allowChanges: false, letGo: new Set() },
    objects: [],
    ...more,
  };
}

/** Three pools, put there by client-side apply with fields that the configuration doesn't know. */
function aCluster(values = spec): MemoryCluster {
  const cluster = memoryCluster();
  for (const name of names) {
    const object = named(pool({ ...values, avoidBuggyIPs: true }), name);
    const { metadata, ...rest } = written({ manager: 'kubectl-client-side-apply', operation: 'Update', object });
    const { uid: _, resourceVersion: __, ...kept } = metadata;
    cluster.put({ ...rest, metadata: kept });
  }
  return cluster;
}

async function adopt(work: AdoptionWork): Promise<OwnershipResult> {
  return adoptEnvironment(work, await planAdoption(work));
}

async function release(work: AdoptionWork): Promise<OwnershipResult> {
  return releaseEnvironment(work, await planEnvironmentRelease(work));
}

function livePool(cluster: MemoryCluster, name: string): KubeObject {
  const live = cluster.objects.get(keyOf(named(rendered(spec), name)));
  if (live === undefined) {
    throw new Error(`${name} is gone`);
  }
  return live;
}

function isPool({ target }: { readonly target: string }): boolean {
  return target.includes('IPAddressPool');
}

/** What must be true once everything is adopted. */
async function expectAdopted(cluster: MemoryCluster): Promise<void> {
  for (const name of names) {
    const { metadata, spec: values } = livePool(cluster, name);
    expect(values).toEqual({ ...spec, avoidBuggyIPs: true });
    expect(managersOf(metadata.managedFields)).toEqual(['metalwave Apply', 'kubectl-client-side-apply Update']);
    expect(metadata.labels).toEqual(rendered(spec).metadata.labels);
  }
  const { inventory } = await readInventory(workOn(cluster));
  expect([...inventory.entries.values()].map(({ state }) => state)).toEqual(['applied', 'applied', 'applied']);
  expect(adoptionsOf((await planAdoption(workOn(cluster))).plan, 'ours').length).toBe(3);
}

describe('adopting an environment', () => {
  it('changes nothing by planning it', async () => {
    const cluster = aCluster();
    const { plan } = await planAdoption(workOn(cluster));
    expect(adoptionsOf(plan, 'adopt').length).toBe(3);
    expect(cluster.requests.filter(({ verb }) => verb === 'apply' || verb === 'delete')).toEqual([]);
  });

  it('records everything before it touches anything, and leaves every value as it is', async () => {
    const cluster = aCluster();
    expect((await adopt(workOn(cluster))).failures).toEqual([]);
    const targets = cluster.requests.filter(({ verb }) => verb === 'apply').map(({ target }) => target);
    expect(targets.findIndex((target) => target.includes('inventory'))).toBeLessThan(
      targets.findIndex((target) => isPool({ target })),
    );
    await expectAdopted(cluster);
  });

  it('writes nothing when it is run again', async () => {
    const cluster = aCluster();
    await adopt(workOn(cluster));
    const before = cluster.requests.length;
    expect(await adopt(workOn(cluster))).toEqual({ done: [], failures: [] });
    expect(cluster.requests.slice(before).filter(({ verb }) => verb === 'apply')).toEqual([]);
  });

  it.each(['before', 'after'] as const)('converges when it is ended %s any one of its writes', async (moment) => {
    const whole = aCluster();
    await adopt(workOn(whole));
    const writes = whole.requests.filter(({ verb }) => verb === 'apply').length;
    expect(writes).toBeGreaterThan(6);
    for (let at = 1; at <= writes; at += 1) {
      const cluster = aCluster();
      let count = 0;
      cluster[moment] = ({ verb }) => {
        count += verb === 'apply' ? 1 : 0;
        if (count >= at) {
          throw new Error('killed');
        }
      };
      await expect(adopt(workOn(cluster))).rejects.toThrow('killed');
      cluster[moment] = () => undefined;
      expect((await adopt(workOn(cluster))).failures).toEqual([]);
      await expectAdopted(cluster);
    }
  });

  it('goes on where an answer was lost, and where only a status has moved', async () => {
    const cluster = aCluster();
    const lost = new Set<string>();
    cluster.after = ({ verb, target }) => {
      if (verb === 'apply' && !lost.has(target)) {
        lost.add(target);
        throw new Failure({ code: 'cluster-unreachable', retry: 'now', message: 'the connection broke' });
      }
    };
    const work = workOn(cluster);
    const planned = await planAdoption(work);
    cluster.put({ ...livePool(cluster, 'two'), status: { assignedIPv4: 3 } });
    expect((await adoptEnvironment(work, planned)).failures).toEqual([]);
    await expectAdopted(cluster);
  });

  it.each([
    ['was given another value', (live: KubeObject): KubeObject => ({ ...live, spec: { ...spec, autoAssign: true } })],
    [
      'was taken by another environment',
      ({ metadata, ...live }: KubeObject): KubeObject => ({
        ...live,
        metadata: { ...metadata, labels: { 'metalwave.io/environment': 'prod' } },
      }),
    ],
  ])('leaves an object alone that %s after the plan was shown, and adopts the others', async (_, change) => {
    const cluster = aCluster();
    const work = workOn(cluster);
    const planned = await planAdoption(work);
    const before = cluster.put(change(livePool(cluster, 'two')));
    const { done, failures } = await adoptEnvironment(work, planned);
    expect(done.map(({ name }) => name).toSorted()).toEqual(['one', 'three']);
    expect(failures.map(({ id, failure }) => [id.name, failure.code])).toEqual([['two', 'object-changed']]);
    expect(livePool(cluster, 'two')).toEqual(before);
  });

  it('does nothing at all while an object is in the way', async () => {
    const cluster = aCluster({ ...spec, autoAssign: true });
    const planned = await planAdoption(workOn(cluster));
    expect(adoptionsOf(planned.plan, 'blocked').length).toBe(3);
    await expect(adoptEnvironment(workOn(cluster), planned)).rejects.toThrow('in the way');
    expect(cluster.requests.filter(({ verb }) => verb === 'apply')).toEqual([]);
  });

  it('takes fields whose values differ where that is allowed, and leaves the values to a sync', async () => {
    const cluster = aCluster({ ...spec, autoAssign: true });
    const work = workOn(cluster, { choices: { allowChanges: true, letGo: new Set() } });
    expect((await adopt(work)).done.length).toBe(3);
    expect(livePool(cluster, 'one')['spec']).toMatchObject({ autoAssign: true });
    const { inventory } = await readInventory(work);
    expect([...inventory.entries.values()].map(({ state }) => state)).toEqual(['pending', 'pending', 'pending']);
    const synced = await cluster.apply(named(rendered(spec), 'one'), {}, work.signal);
    expect(synced['spec']).toMatchObject({ autoAssign: false });
    expect(await adopt(work)).toMatchObject({ done: [{ name: 'one' }], failures: [] });
  });

  it('adopts the named objects alone', async () => {
    const cluster = aCluster();
    const { done } = await adopt(workOn(cluster, { objects: ['IPAddressPool/two'] }));
    expect(done.map(({ name }) => name)).toEqual(['two']);
    expect(managersOf(livePool(cluster, 'one').metadata.managedFields)).toEqual(['kubectl-client-side-apply Update']);
  });
});

describe('releasing an environment', () => {
  it('takes off what is ours, deletes nothing, and changes no value', async () => {
    const cluster = aCluster();
    await adopt(workOn(cluster));
    expect((await release(workOn(cluster))).done.length).toBe(3);
    for (const name of names) {
      const { metadata, spec: values } = livePool(cluster, name);
      expect(values).toEqual({ ...spec, avoidBuggyIPs: true });
      expect(managersOf(metadata.managedFields)).toEqual(['kubectl-client-side-apply Update']);
      expect(metadata.labels).toBeUndefined();
    }
    expect((await readInventory(workOn(cluster))).inventory.entries.size).toBe(0);
    expect(cluster.requests.filter(({ verb }) => verb === 'delete')).toEqual([]);
  });

  it.each(['before', 'after'] as const)('converges when it is ended %s any one of its writes', async (moment) => {
    for (let at = 1; at <= 4; at += 1) {
      const cluster = aCluster();
      await adopt(workOn(cluster));
      let count = 0;
      cluster[moment] = ({ verb }) => {
        count += verb === 'apply' ? 1 : 0;
        if (count >= at) {
          throw new Error('killed');
        }
      };
      await expect(release(workOn(cluster))).rejects.toThrow('killed');
      cluster[moment] = () => undefined;
      await release(workOn(cluster));
      expect(names.flatMap((name) => managersOf(livePool(cluster, name).metadata.managedFields))).not.toContain(
        'metalwave Apply',
      );
      expect((await readInventory(workOn(cluster))).inventory.entries.size).toBe(0);
    }
  });

  it('lets go of an object on top of whatever it has become meanwhile', async () => {
    const cluster = aCluster();
    await adopt(workOn(cluster));
    const planned = await planEnvironmentRelease(workOn(cluster));
    cluster.put({ ...livePool(cluster, 'one'), spec: { addresses: [] } });
    cluster.objects.delete(keyOf(livePool(cluster, 'two')));
    const { failures } = await releaseEnvironment(workOn(cluster), planned);
    expect(failures).toEqual([]);
    expect(livePool(cluster, 'one')['spec']).toEqual({ addresses: [] });
    expect((await readInventory(workOn(cluster))).inventory.entries.size).toBe(0);
  });

  it('keeps what it could not let go of in the inventory', async () => {
    const cluster = aCluster();
    await adopt(workOn(cluster));
    cluster.before = ({ target }) => {
      if (target.startsWith('owners') && target.endsWith('/two')) {
        throw new Failure({ code: 'admission-refused', retry: 'later', message: 'no' });
      }
    };
    const { failures } = await release(workOn(cluster));
    expect(failures.map(({ id }) => id.name)).toEqual(['two']);
    const { inventory } = await readInventory(workOn(cluster));
    expect([...inventory.entries.values()].map(({ id }) => id.name)).toEqual(['two']);
  });

  it('lets go of the named objects alone', async () => {
    const cluster = aCluster();
    await adopt(workOn(cluster));
    await release(workOn(cluster, { objects: ['IPAddressPool/two'] }));
    const { inventory } = await readInventory(workOn(cluster));
    expect([...inventory.entries.values()].map(({ id }) => id.name)).toEqual(['one', 'three']);
    expect(livePool(cluster, 'one').metadata.labels).toEqual(rendered(spec).metadata.labels);
  });
});

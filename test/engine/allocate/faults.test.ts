import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../src/domain/failure.ts';
import { keyOf } from '../../../src/domain/manifest/object-id.ts';
import type { StatusWriter } from '../../../src/ports/status-writer.ts';
import { Scene, serviceWrites } from './controllers.ts';
import type { Reach } from './live-cluster.ts';

type Fault = readonly [name: string, where: 'before' | 'after', code: Failure['code'], retry: Failure['retry']];

const faults: readonly Fault[] = [
  ['is answered with 409', 'before', 'object-changed', 'later'],
  ['is answered with 429', 'before', 'cluster-busy', 'now'],
  ['is answered with 500', 'before', 'cluster-error', 'now'],
  ['is cut off before it acts', 'before', 'cluster-unreachable', 'now'],
  ['acts, and its answer is lost', 'after', 'cluster-unreachable', 'now'],
  ['acts, and is answered with 500', 'after', 'cluster-error', 'now'],
];

/** Every n-th write fails, beginning with this one. */
function harm(reach: Reach, [, where, code, retry]: Fault, first: number, every: number): void {
  let count = 0;
  reach[where] = ({ verb }) => {
    if (verb !== 'list' && verb !== 'get') {
      count += 1;
      if (count >= first && (count - first) % every === 0 && count < first + every * 20) {
        throw new Failure({ code, retry, message: 'a fault of the test' });
      }
    }
  };
}

/** Writes the status of a pool only when it is called off. */
function slowToPools(reach: Reach): StatusWriter {
  return {
    patchStatus: async (patch, signal) => {
      if (patch.id.kind !== 'IPAddressPool') {
        return reach.patchStatus(patch, signal);
      }
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          reject(signal.reason as Error);
        });
      });
    },
  };
}

describe('a controller that meets faults', () => {
  let scene: Scene;
  beforeEach(() => {
    scene = new Scene();
  });
  afterEach(async () => {
    await scene.stopAll();
    expect(scene.cluster.doubled).toEqual([]);
  });

  it.each(faults)('serves everybody where each of its writes in turn %s', async (...fault) => {
    for (const first of [1, 2]) {
      const round = new Scene();
      round.pool('a', '192.0.2.0-192.0.2.11');
      round.services(12);
      const reach = round.cluster.reach();
      harm(reach, fault, first, 2);
      round.start({}, reach);
      await round.until(() => round.held().length === 12);
      round.removeFirst();
      round.service('late');
      await round.until(() => round.held().includes('late=192.0.2.0') && round.claimed().length === 12);
      await round.stopAll();
      expect(round.cluster.doubled).toEqual([]);
    }
  });

  it('gives no address twice while its watches are behind', async () => {
    scene.pool('a', '192.0.2.0-192.0.2.3');
    scene.services(4);
    const reach = scene.cluster.reach();
    scene.start({}, reach);
    await scene.until(() => scene.held().length === 4);
    reach.isDeaf = true;
    scene.removeFirst();
    scene.service('late');
    scene.start();
    await scene.until(() => scene.held().includes('late=192.0.2.0'));
    reach.isDeaf = false;
    await scene.clock.pass(30_000);
    expect(scene.held()).toHaveLength(4);
  });

  it('takes no address away because its view of the claims is behind', async () => {
    scene.pool('a', '192.0.2.0/32');
    scene.service('first');
    const late = scene.cluster.reach();
    scene.start({}, late);
    await scene.until(() => scene.held().length === 1);
    late.isDeaf = true;
    late.deafTo = 'ConfigMap';
    const other = scene.start();
    scene.service('waiting');
    scene.removeFirst();
    await scene.until(() => scene.held().includes('waiting=192.0.2.0'));
    await other.stop();
    late.sent.splice(0);
    late.isDeaf = false;
    scene.service('wakes-its-watch');
    await scene.until(() => late.sent.length > 0);
    await scene.clock.pass(30_000);
    expect(scene.held()).toEqual(['waiting=192.0.2.0']);
    expect(serviceWrites(late).filter((target) => target.includes('waiting'))).toEqual([]);
  });

  it('believes no list that a claim is newer than', async () => {
    scene.pool('a', '192.0.2.0/32');
    const late = scene.cluster.reach();
    const before = await late.list('v1', 'Service', {}, new AbortController().signal);
    const reader = Object.assign(scene.cluster.reach(), { list: () => Promise.resolve(before) });
    late.deafTo = 'Service';
    scene.start({ reader }, late);
    await scene.clock.pass(1_000);
    scene.start();
    scene.service('served');
    await scene.until(() => scene.held().length === 1);
    await scene.clock.pass(10_000);
    expect(scene.claimed()).toHaveLength(1);
    late.deafTo = undefined;
    scene.service('second');
    await scene.clock.pass(10_000);
    expect([scene.held(), scene.claimed().length]).toEqual([['served=192.0.2.0'], 1]);
  });

  it('gives the two addresses of one that is gone to the one that waits for both', async () => {
    scene.pool('a', '192.0.2.0/32', 'fd00::-fd00::3');
    scene.dualService('first');
    const reach = scene.cluster.reach();
    scene.start({}, reach);
    await scene.until(() => scene.held().length === 1);
    scene.dualService('waiting');
    await scene.clock.pass(1_000);
    let isFirst = true;
    reach.before = ({ verb, target }) => {
      if (isFirst && verb === 'delete' && target.includes('claims-fd')) {
        isFirst = false;
        throw new Failure({ code: 'cluster-busy', retry: 'now', message: 'a fault of the test' });
      }
    };
    scene.removeFirst();
    await scene.until(() => scene.held().some((line) => line.startsWith('waiting=')));
    expect(scene.held()).toEqual(['waiting=192.0.2.0,fd00::']);
  });

  it('gives no address twice beside two others that all believe to lead', async () => {
    scene.pool('a', '192.0.2.0-192.0.2.29');
    scene.services(40);
    const all = [scene.start(), scene.start(), scene.start()];
    await scene.until(() => scene.held().length === 30);
    for (let round = 0; round < 10; round += 1) {
      all[round % 3]?.reach.sent.splice(0);
      const late = all[round % 3]?.reach;
      if (late !== undefined) {
        late.isDeaf = true;
      }
      scene.removeFirst();
      scene.service(`more-${round}`);
      await scene.clock.pass(200);
      if (late !== undefined) {
        late.isDeaf = false;
      }
    }
    await scene.until(() => scene.held().length === 30 && scene.claimed().length === 30);
  });

  it('keeps every address while the lead changes hands, though the old leader goes on for a while', async () => {
    scene.pool('a', '192.0.2.0-192.0.2.19');
    scene.services(10);
    const frozen = scene.cluster.reach();
    const first = scene.start({ elects: true, identity: 'first' }, frozen);
    await scene.until(() => scene.held().length === 10);
    const before = scene.held();
    frozen.isDeaf = true;
    frozen.before = ({ target }) => {
      if (target.startsWith('Lease')) {
        throw new Failure({ code: 'cluster-unreachable', retry: 'now', message: 'nobody is reached' });
      }
    };
    const second = scene.start({ elects: true, identity: 'second' });
    await scene.until(() => second.said.some((line) => line.includes('allocating')));
    scene.removeFirst();
    scene.service('late');
    await scene.until(() => scene.held().some((line) => line.startsWith('late=')));
    expect(first.said.join('\n')).toContain('standing by');
    expect(scene.held().filter((line) => line.startsWith('s'))).toEqual(before.slice(1));
  });

  it('hands the lead over at once when it is stopped', async () => {
    scene.pool('a', '192.0.2.0-192.0.2.19');
    scene.services(3);
    const first = scene.start({ elects: true, identity: 'first' });
    await scene.until(() => scene.held().length === 3);
    const second = scene.start({ elects: true, identity: 'second' });
    await scene.clock.pass(20_000);
    expect(second.said.join('\n')).not.toContain('allocating');
    expect(second.controller.unready()).toBeUndefined();
    await first.stop();
    const begun = scene.clock.monotonic();
    await scene.until(() => second.said.some((line) => line.includes('allocating')));
    expect(scene.clock.monotonic() - begun).toBeLessThanOrEqual(2_000);
  });

  it('leaves the status of pools true, and its Lease free, when it is stopped', async () => {
    const pool = scene.pool('a', '192.0.2.0-192.0.2.19');
    const first = scene.start({ elects: true, identity: 'first' });
    await scene.clock.pass(2_500);
    scene.services(3);
    await scene.until(() => scene.held().length === 3);
    await first.stop();
    const { objects } = scene.cluster.memory;
    expect(objects.get(keyOf(pool))).toMatchObject({ status: { assignedIPv4: 3, availableIPv4: 17 } });
    const lease = [...objects.values()].find(({ kind }) => kind === 'Lease');
    expect(lease).toMatchObject({ spec: { leaseTransitions: 1 } });
    expect(lease).not.toHaveProperty('spec.holderIdentity');
  });

  it('is stopped in time though the status of a pool can no longer be written', async () => {
    scene.pool('a', '192.0.2.0-192.0.2.19');
    const reach = scene.cluster.reach();
    const first = scene.start({ elects: true, identity: 'first', statuses: slowToPools(reach) }, reach);
    scene.services(3);
    await scene.until(() => scene.held().length === 3);
    let isStopped = false;
    const begun = scene.clock.monotonic();
    const stopped = first.stop().finally(() => {
      isStopped = true;
    });
    await scene.until(() => isStopped);
    await stopped;
    expect(scene.clock.monotonic() - begun).toBeLessThanOrEqual(1_000);
    const lease = [...scene.cluster.memory.objects.values()].find(({ kind }) => kind === 'Lease');
    expect(lease).not.toHaveProperty('spec.holderIdentity');
  });

  it('is unhealthy once its watches have heard nothing for long', async () => {
    scene.pool('a', '192.0.2.0/28');
    const { controller } = scene.start();
    await scene.clock.pass(2_000);
    expect(controller.unhealthy()).toBeUndefined();
    await scene.clock.pass(200_000);
    expect(controller.unhealthy()).toContain('nothing was heard of Service objects');
  });
});

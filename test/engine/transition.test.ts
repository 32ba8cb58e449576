import { beforeEach, describe, expect, it } from 'vitest';
import { type RangeSet, rangeSetOf, setContains, setsOverlap, unionOf } from '../../src/domain/address/range-set.ts';
import { decodePool } from '../../src/domain/allocation/pool-view.ts';
import type { Environment } from '../../src/domain/environment/environment.ts';
import { Failure } from '../../src/domain/failure.ts';
import { environmentLabel, transitionAnnotation } from '../../src/domain/identity.ts';
import { type JsonObject, listAt } from '../../src/domain/json.ts';
import { asJson, type KubeObject } from '../../src/domain/manifest/kube-object.ts';
import type { Manifest } from '../../src/domain/manifest/manifest.ts';
import { anEnvironment } from '../domain/environment/an-environment.ts';
import { deploy, planned } from './deploy.ts';
import { manualClock } from './manual-clock.ts';
import { memoryCluster, type MemoryCluster } from './memory-cluster.ts';

function object(kind: string, name: string, spec: JsonObject): KubeObject {
  const metadata = { name, namespace: 'metallb-system', labels: { [environmentLabel]: anEnvironment().name } };
  return { apiVersion: 'metallb.io/v1beta1', kind, metadata, spec };
}
function pool(name: string, ...addresses: readonly string[]): Manifest {
  return { step: 'pools', object: object('IPAddressPool', name, { addresses }) };
}
function advertisement(...ipAddressPools: readonly string[]): Manifest {
  return { step: 'advertisements', object: object('L2Advertisement', 'l2-advert', { ipAddressPools }) };
}

function size(set: RangeSet): bigint {
  return set.ranges.reduce((sum, range) => sum + range.last - range.first + 1n, 0n);
}

function refused(words: string): never {
  throw new Failure({ code: 'admission-refused', retry: 'later', message: words });
}

const before: readonly Manifest[] = [
  pool('one', '10.0.0.0/24'),
  pool('two', '10.0.1.0/24'),
  advertisement('one', 'two'),
];
const renamed: readonly Manifest[] = [
  pool('first', '10.0.0.0/24'),
  pool('two', '10.0.1.0/24'),
  advertisement('first', 'two'),
];

describe('a sync in which addresses change their pool', () => {
  let cluster: MemoryCluster;

  beforeEach(async () => {
    cluster = memoryCluster();
    cluster.served = (_apiVersion, kind) => kind !== 'ConfigurationState';
    await run(before);
    cluster.requests.length = 0;
  });

  async function run(manifests: readonly Manifest[], environment: Environment = anEnvironment()): Promise<string> {
    return (await deploy({ cluster, clock: manualClock(), environment, manifests })).outcome;
  }
  function pools(): readonly KubeObject[] {
    return [...cluster.objects.values()].filter(({ kind }) => kind === 'IPAddressPool');
  }
  function names(): readonly string[] {
    return pools()
      .map(({ metadata }) => metadata.name)
      .toSorted();
  }
  function writes(): readonly string[] {
    return cluster.requests
      .filter(({ verb, target }) => (verb === 'apply' || verb === 'delete') && target.includes('metallb.io'))
      .map(({ verb, target }) => `${verb} ${target.split('/').at(-1) ?? ''}`);
  }

  /** What MetalLB would do at this moment: refuse an overlap and keep what it has, else take away what no pool holds. */
  function nothingIsLost(): void {
    const sets = pools().map((one) => decodePool(one).addresses.set);
    const total = sets.reduce((sum, set) => sum + size(set), 0n);
    const overlap = size(unionOf(...sets)) < total;
    const held = rangeSetOf(before.slice(0, 2).flatMap((one) => decodePool(one.object).ranges));
    for (const range of overlap ? [] : held.ranges) {
      const address = { family: range.family, value: range.first } as Parameters<typeof setContains>[1];
      expect(sets.some((set) => setContains(set, address))).toBe(true);
    }
  }
  function spokenFor(): readonly unknown[] {
    const advert = [...cluster.objects.values()].find(({ kind }) => kind === 'L2Advertisement');
    return advert === undefined ? [] : listAt(asJson(advert), 'spec', 'ipAddressPools');
  }

  it('renames a pool: widens the advertisement, makes the new one, deletes the old one, narrows', async () => {
    cluster.after = ({ verb }) => {
      if (verb === 'apply' || verb === 'delete') {
        nothingIsLost();
        for (const name of names()) {
          expect(spokenFor()).toContain(name);
        }
      }
    };
    expect(await run(renamed)).toBe('healthy');
    expect(writes()).toEqual(['apply l2-advert', 'apply first', 'delete one', 'apply l2-advert']);
    expect(names()).toEqual(['first', 'two']);
    expect(spokenFor()).toEqual(['first', 'two']);
    cluster.requests.length = 0;
    expect(await run(renamed)).toBe('healthy');
    expect(writes()).toEqual([]);
  });

  it('lets pools exchange their addresses', async () => {
    cluster.after = nothingIsLost;
    const exchanged = [pool('one', '10.0.1.0/24'), pool('two', '10.0.0.0/24'), advertisement('one', 'two')];
    expect(await run(exchanged)).toBe('healthy');
    expect(writes()).toEqual(['apply one', 'apply two']);
  });

  it.each([1, 2, 3, 4])('broken off after write %i, goes on where it stopped', async (last) => {
    let count = 0;
    cluster.after = ({ verb, target }) => {
      if ((verb === 'apply' || verb === 'delete') && target.includes('metallb.io')) {
        nothingIsLost();
        count += 1;
        if (count === last) {
          throw new Error('killed');
        }
      }
    };
    await expect(run(renamed)).rejects.toThrow('killed');
    cluster.after = nothingIsLost;
    expect(await run(renamed)).toBe('healthy');
    expect(names()).toEqual(['first', 'two']);
    expect(spokenFor()).toEqual(['first', 'two']);
  });

  it('marks who takes, for the admission webhook, and takes the mark away at the end', async () => {
    const { metallb, ...rest } = anEnvironment();
    const environment = { ...rest, metallb: { ...metallb, controller: { ...metallb.controller, webhook: true } } };
    const seen: boolean[] = [];
    cluster.after = ({ verb }) => {
      const first = pools().find(({ metadata }) => metadata.name === 'first');
      if ((verb === 'apply' || verb === 'delete') && first !== undefined) {
        seen.push(first.metadata.annotations?.[transitionAnnotation] !== undefined);
      }
    };
    expect(await run(renamed, environment)).toBe('healthy');
    expect(seen.slice(0, 2)).toEqual([true, true]);
    expect(seen.at(-1)).toBe(false);
  });

  it('goes on with pools that a broken-off run has left marked, and waits for a webhook that lags behind', async () => {
    const base = anEnvironment();
    const { metallb } = base;
    const environment = { ...base, metallb: { ...metallb, controller: { ...metallb.controller, webhook: true } } };
    const overlaps = (one: KubeObject): boolean =>
      pools().some(
        (other) =>
          other.metadata.name !== one.metadata.name &&
          setsOverlap(decodePool(other).addresses.set, decodePool(one).addresses.set),
      );
    let lag = 0;
    const server = { apply: cluster.apply.bind(cluster), dryRunApply: cluster.dryRunApply.bind(cluster) };
    const judge = (one: KubeObject): boolean =>
      one.kind === 'IPAddressPool' && one.metadata.annotations?.[transitionAnnotation] === undefined && overlaps(one);
    cluster.dryRunApply = async (one, ...rest) => (judge(one) ? refused('overlaps') : server.dryRunApply(one, ...rest));
    cluster.apply = async (one, ...rest) => {
      lag += one.metadata.name === 'first' && one.metadata.annotations === undefined ? 1 : 0;
      return judge(one) || lag === 1 ? refused('overlaps') : server.apply(one, ...rest);
    };
    cluster.after = ({ verb, target }) => {
      if (verb === 'apply' && target.endsWith('/first')) {
        throw new Error('killed');
      }
    };
    await expect(run(renamed, environment)).rejects.toThrow('killed');
    cluster.after = nothingIsLost;
    expect(await run(renamed, environment)).toBe('healthy');
    expect(names()).toEqual(['first', 'two']);
    expect(pools().every(({ metadata }) => metadata.annotations === undefined)).toBe(true);
    expect(lag).toBe(2);
  });

  /** A webhook that refuses these pools in dry runs. */
  function refuse(isRefused: (pool: KubeObject) => boolean, words: string): void {
    const server = { ...cluster };
    cluster.dryRunApply = async (one, options, signal) =>
      one.kind === 'IPAddressPool' && isRefused(one) ? refused(words) : server.dryRunApply(one, options, signal);
  }

  it('plans what a webhook refuses only because of the overlap', async () => {
    refuse(({ metadata }) => metadata.annotations === undefined, 'overlaps');
    const grown = [pool('two', '10.0.0.0/23'), advertisement('two')];
    const { plan } = await planned({ cluster, clock: manualClock(), environment: anEnvironment(), manifests: grown });
    expect(plan.transition).toMatchObject({ moves: [{ from: 'one', to: 'two', ranges: '10.0.0.0/24' }] });
    expect(plan.transition?.refusal).toBeUndefined();
  });

  it('says so where a webhook refuses the overlap, and throws where it refuses anything else', async () => {
    refuse(() => true, 'overlaps with 10.0.0.0/24');
    const clock = manualClock();
    const grown = [pool('two', '10.0.0.0/23'), advertisement('two')];
    const { plan } = await planned({ cluster, clock, environment: anEnvironment(), manifests: grown });
    expect(plan.transition?.refusal).toBe('overlaps with 10.0.0.0/24');
    const other = [pool('one', '10.0.0.0/24'), pool('two', '10.0.1.0/25'), advertisement('one', 'two')];
    const failed = planned({ cluster, clock, environment: anEnvironment(), manifests: other });
    await expect(failed).rejects.toMatchObject({ code: 'admission-refused' });
  });
});

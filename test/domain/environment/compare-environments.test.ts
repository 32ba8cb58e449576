import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareEnvironments } from '../../../src/domain/environment/compare-environments.ts';
import type { Json, JsonObject } from '../../../src/domain/json.ts';

interface Told {
  readonly code: string;
  readonly at: string;
  readonly message: string;
}

function compare(...configs: readonly Json[]): readonly Told[] {
  const inputs = configs.map((config, at) => ({ name: `e${String(at)}`, file: `e${String(at)}.yaml`, config }));
  return compareEnvironments(inputs).map(({ code, message, place }) => ({
    code,
    at: `${place.file}${place.pointer}`,
    message,
  }));
}

function codes(...configs: readonly Json[]): readonly string[] {
  return compare(...configs).map(({ code, at }) => `${code} ${at}`);
}

function holding(addresses: readonly string[], network?: JsonObject, more: JsonObject = {}): JsonObject {
  const metallb = { ipAddressPool: [{ name: 'default', addresses }], ...more };
  return network === undefined ? { metallb } : { network, metallb };
}

const low = '192.168.1.200-192.168.1.229';
const high = '192.168.1.220-192.168.1.250';
const apart = '192.168.1.240-192.168.1.250';
const lan: JsonObject = { subnets: ['192.168.1.0/24'], gateway: '192.168.1.1' };
const entry = 'e1.yaml/metallb/ipAddressPool/0/addresses/0';

describe('pools of two environments', () => {
  it.each<[string, JsonObject | undefined, JsonObject | undefined, string]>([
    ['one declared subnet', lan, lan, 'environments-share-addresses'],
    ['subnets that overlap', lan, { subnets: ['192.168.0.0/16'] }, 'environments-share-addresses'],
    ['one gateway', { gateway: '192.168.1.1' }, lan, 'environments-share-addresses'],
    ['nothing declared', undefined, undefined, 'environments-may-share-addresses'],
    ['one undeclared network', lan, undefined, 'environments-may-share-addresses'],
    ['another gateway', { gateway: '192.168.1.2' }, { gateway: '192.168.1.1' }, 'environments-may-share-addresses'],
    ['subnets apart', { subnets: ['10.0.0.0/24'] }, { subnets: ['10.0.1.0/24'] }, 'environments-may-share-addresses'],
  ])('with %s that overlap are told of in the later file', (_words, one, other, code) => {
    expect(codes(holding([low], one), holding([high], other))).toStrictEqual([`${code} ${entry}`]);
  });

  it('are named by both files, pools and the addresses in common', () => {
    const [told] = compare(holding([low], lan), holding([high], lan));
    expect(told?.message).toBe(
      `${high} of pool default in e1.yaml shares 192.168.1.220-192.168.1.229 with ${low} of pool default in e0.yaml, and both environments are on 192.168.1.0/24.`,
    );
  });

  it('that keep apart are fine, on one network too', () => {
    expect(codes(holding(['192.168.1.200-192.168.1.219'], lan), holding([apart], lan))).toStrictEqual([]);
    expect(codes(holding(['fd00::/120']), holding(['fd00::100/120']))).toStrictEqual([]);
  });

  it('are compared each with each', () => {
    expect(codes(holding([low]), holding([apart]), holding([high]))).toStrictEqual([
      'environments-may-share-addresses e2.yaml/metallb/ipAddressPool/0/addresses/0',
      'environments-may-share-addresses e2.yaml/metallb/ipAddressPool/0/addresses/0',
    ]);
  });

  it('are found as comparing each entry with each finds them', () => {
    const block = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 3 }));
    // Disjoint within an environment: every block starts at a multiple of four.
    const pools = fc.uniqueArray(block, { maxLength: 12, selector: ([start]) => start });
    fc.assert(
      fc.property(pools, pools, fc.integer({ min: 0, max: 3 }), (one, other, shift) => {
        const ranges = (blocks: typeof one, by: number): readonly (readonly [number, number])[] =>
          blocks.map(([start, length]) => [start * 4 + by, start * 4 + by + length]);
        const [mine, theirs] = [ranges(one, 0), ranges(other, shift)];
        const texts = (all: typeof mine): readonly string[] =>
          all.map(([from, to]) => `10.0.0.${String(from)}-10.0.0.${String(to)}`);
        const expected = theirs.flatMap(([from, to], at) =>
          mine.some(([first, last]) => first <= to && from <= last)
            ? [`environments-may-share-addresses e1.yaml/metallb/ipAddressPool/0/addresses/${String(at)}`]
            : [],
        );
        expect(codes(holding(texts(mine)), holding(texts(theirs)))).toStrictEqual(expected);
      }),
    );
  });

  it('are passed over where they cannot be read', () => {
    expect(codes(holding(['10.0.0.5', 'x']), null, [], holding(['10.0.0.5']))).toStrictEqual([]);
  });
});

describe("a pool over another environment's network", () => {
  it.each<[JsonObject, string]>([
    [{ gateway: '192.168.1.245' }, 'environments-take-network'],
    [{ dhcp: ['192.168.1.100-192.168.1.199', '192.168.1.241-192.168.1.242'] }, 'environments-take-network'],
    [{ reserved: ['192.168.1.244'] }, 'environments-take-reserved'],
  ])('as %j declares it is told of by %s in the later file', (network, code) => {
    expect(codes(holding([], network), holding([apart]))).toStrictEqual([`${code} ${entry}`]);
    const [told] = compare(holding([apart]), holding([], network));
    expect(told?.code).toBe(code);
    expect(told?.at).toMatch(/^e1\.yaml\/network\//u);
    expect(told?.message).toContain('in e0.yaml holds');
  });

  it('is fine where it keeps clear of it', () => {
    const network = { gateway: '192.168.1.1', dhcp: ['192.168.1.100-192.168.1.199'], podCIDRs: ['192.168.1.0/24'] };
    expect(codes(holding([], network), holding([apart]))).toStrictEqual([]);
  });
});

function at(cluster: JsonObject | undefined, metallb: JsonObject = {}): JsonObject {
  return cluster === undefined ? { metallb } : { cluster, metallb };
}

describe('the cluster of two environments', () => {
  it.each<[JsonObject | undefined, JsonObject | undefined, readonly string[]]>([
    [{ context: 'main' }, { context: 'main' }, ['environments-share-cluster e1.yaml/cluster/context']],
    [{ inCluster: true }, { inCluster: true }, ['environments-share-cluster e1.yaml/cluster/inCluster']],
    [{ context: 'main' }, { context: 'other' }, []],
    [{ context: 'main' }, { inCluster: true }, []],
    [undefined, undefined, []],
    [{ inCluster: false }, { inCluster: false }, []],
  ])('as %j and %j says gives %j', (one, other, expected) => {
    expect(codes(at(one), at(other))).toStrictEqual(expected);
  });

  it('may be one where the namespaces differ; the default one counts', () => {
    const cluster = { context: 'main' };
    expect(codes(at(cluster), at(cluster, { namespace: 'metallb-two' }))).toStrictEqual([]);
    expect(codes(at(cluster), at(cluster, { namespace: 'metallb-system' }))).toHaveLength(1);
  });
});

function peers(...ids: readonly (string | undefined)[]): JsonObject {
  const bgpPeer = ids.map((routerID, index) => ({
    name: `p${String(index)}`,
    ...(routerID === undefined ? {} : { routerID }),
  }));
  return { metallb: { bgpPeer } };
}

describe('router ids of two environments', () => {
  it('are to differ; within one environment they may repeat', () => {
    expect(codes(peers('10.0.0.1', '10.0.0.1'), peers('10.0.0.2', undefined, ''))).toStrictEqual([]);
    expect(codes(peers('10.0.0.1'), peers(undefined, '10.0.0.1', '10.0.0.1'))).toStrictEqual([
      'environments-share-router-id e1.yaml/metallb/bgpPeer/1/routerID',
    ]);
  });
});

it('one environment has nothing to be compared with', () => {
  expect(codes(holding([low], lan))).toStrictEqual([]);
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IpAddress, IpFamily } from '../../../../src/domain/address/ip-address.ts';
import { converge } from '../../../../src/domain/allocation/converge.ts';
import { Ledger } from '../../../../src/domain/allocation/ledger.ts';
import { compilePools } from '../../../../src/domain/allocation/pool-config.ts';
import type { KubeObject } from '../../../../src/domain/manifest/kube-object.ts';
import { dualStack, objects, pool, type ServiceFields } from '../../address-plan/plan-fixture.ts';
import { type Entry, SmallCluster, textsOf } from './small-cluster.ts';

/** What a pool is, kept apart from the program's own idea of it. */
interface PlainPool {
  readonly name: string;
  readonly four: number;
  readonly six: number;
  readonly base: number;
  readonly automatic: boolean;
  readonly scope: 'all' | 'default' | 'other' | 'labelled';
}
type Op =
  | { readonly kind: 'put'; readonly name: string; readonly fields: ServiceFields }
  | { readonly kind: 'delete' | 'restart'; readonly name: string }
  | { readonly kind: 'pools'; readonly pools: readonly PlainPool[]; readonly labelled: boolean };

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const single = { clusterIPs: ['10.96.0.1'], ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' };
const aSpec = fc.constantFrom(
  single,
  single,
  { clusterIPs: ['fd00::1'], ipFamilies: ['IPv6'], ipFamilyPolicy: 'SingleStack' },
  { ...single, ipFamilyPolicy: 'PreferDualStack' },
  dualStack('PreferDualStack'),
  dualStack('RequireDualStack'),
);
const anAnnotation = fc.constantFrom<{ readonly [key: string]: string }>(
  {},
  {},
  {},
  { 'metallb.io/allow-shared-ip': 'k' },
  { 'metallb.io/address-pool': 'p1' },
  { 'metallb.io/loadBalancerIPs': '10.0.0.1' },
  { 'metallb.io/loadBalancerIPs': '10.1.0.0', 'metallb.io/allow-shared-ip': 'k' },
);
const someFields: fc.Arbitrary<ServiceFields> = fc.record({
  spec: aSpec,
  annotations: anAnnotation,
  namespace: fc.constantFrom('default', 'other'),
  ports: fc.constantFrom([80], [81], [80, 81]),
});
const somePools: fc.Arbitrary<readonly PlainPool[]> = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('p0', 'p1', 'p2', 'renamed'),
    four: fc.integer({ min: 0, max: 3 }),
    six: fc.integer({ min: 0, max: 2 }),
    base: fc.integer({ min: 0, max: 2 }),
    automatic: fc.boolean(),
    scope: fc.constantFrom<PlainPool['scope']>('all', 'all', 'default', 'other', 'labelled'),
  }),
  { selector: ({ base }) => base, maxLength: 3 },
);
const anOp: fc.Arbitrary<Op> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('put'), name: fc.constantFrom(...names), fields: someFields }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete'), name: fc.constantFrom(...names) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart'), name: fc.constant('') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pools'), pools: somePools, labelled: fc.boolean() }) },
);

const usual: readonly PlainPool[] = [0, 1, 2].map((base) => ({
  name: `p${base}`,
  four: 2,
  six: base,
  base,
  automatic: base !== 2,
  scope: 'all',
}));

function objectOf({ name, four, six, base, automatic, scope }: PlainPool): KubeObject {
  const addresses = [
    ...(four > 0 ? [`10.${base}.0.0-10.${base}.0.${four - 1}`] : []),
    ...(six > 0 ? [`fd00:${base}::-fd00:${base}::${six - 1}`] : []),
  ];
  const scopes = {
    all: {},
    default: { serviceAllocation: { priority: 5, namespaces: ['default'] } },
    other: { serviceAllocation: { namespaces: ['other'] } },
    labelled: { serviceAllocation: { namespaceSelectors: [{ matchLabels: { team: 'x' } }] } },
  };
  return pool(name, addresses, { autoAssign: automatic, ...scopes[scope] });
}

/** The rules once more, as simply as can be: lists of texts, every address tried. */
class Naive {
  readonly pools: readonly PlainPool[];
  readonly labelled: boolean;

  constructor(pools: readonly PlainPool[], labelled: boolean) {
    this.pools = pools.filter(({ four, six }) => four + six > 0);
    this.labelled = labelled;
  }

  all(from: PlainPool, family: IpFamily): readonly string[] {
    return family === 'ipv4'
      ? Array.from({ length: from.four }, (_, index) => `10.${from.base}.0.${index}`)
      : Array.from({ length: from.six }, (_, index) => textsOfSix(from.base, index));
  }

  admits({ scope }: PlainPool, { view }: Entry): boolean {
    return (
      scope === 'all' ||
      scope === view.namespace ||
      (scope === 'labelled' && this.labelled && view.namespace === 'default')
    );
  }

  ownerOf(text: string): PlainPool | undefined {
    return this.pools.find((each) => [...this.all(each, 'ipv4'), ...this.all(each, 'ipv6')].includes(text));
  }

  /** Whether a Service that holds nothing could have something. */
  couldServe(entry: Entry, others: readonly Entry[]): boolean {
    const { view } = entry;
    const isFree = (text: string): boolean =>
      others.every((other) => !textsOf(other.published).includes(text) || mayShare(entry, other));
    if (view.request.kind === 'addresses') {
      const asked = textsOf(view.request.addresses);
      const owner = this.ownerOf(asked[0] ?? '');
      const fits = view.clusterFamilies.length === 1 && view.clusterFamilies[0] === view.request.addresses[0]?.family;
      return fits && owner !== undefined && this.admits(owner, entry) && asked.every(isFree);
    }
    return this.pools.some((each) => {
      const may = this.admits(each, entry) && (view.pool === undefined ? each.automatic : view.pool === each.name);
      const has = view.clusterFamilies.map((family) => this.all(each, family).some(isFree));
      return may && (view.policy === 'PreferDualStack' ? has.some(Boolean) : has.every(Boolean));
    });
  }
}

function textsOfSix(base: number, index: number): string {
  const head = base === 0 ? 'fd00::' : `fd00:${base}::`;
  return index === 0 ? head : `${head}${index}`;
}

function mayShare({ view: one }: Entry, { view: other }: Entry): boolean {
  return (
    one.sharingKey !== '' &&
    one.sharingKey === other.sharingKey &&
    one.ports.every((port) => !other.ports.includes(port))
  );
}

function apply(cluster: SmallCluster, op: Op): void {
  if (op.kind === 'put') {
    cluster.put(op.name, { ...op.fields, namespace: 'aceg'.includes(op.name) ? 'default' : 'other' });
  } else if (op.kind === 'delete' && cluster.entries.has(op.name)) {
    cluster.delete(op.name);
  } else if (op.kind === 'pools') {
    const labels = op.labelled ? { team: 'x' } : {};
    const pools = op.pools.filter(({ four, six }) => four + six > 0);
    cluster.pools(distinctNames(pools).map(objectOf), [{ name: 'default', labels }]);
  }
}

function distinctNames(pools: readonly PlainPool[]): readonly PlainPool[] {
  return pools.filter(({ name }, index) => pools.findIndex((each) => each.name === name) === index);
}

function checkStanding(cluster: SmallCluster, naive: Naive): void {
  const entries = [...cluster.entries.values()];
  for (const entry of entries) {
    const others = entries.filter((each) => each !== entry);
    for (const text of textsOf(entry.published)) {
      const owner = naive.ownerOf(text);
      expect(owner !== undefined && naive.admits(owner, entry)).toBe(true);
      const doubled = others.filter((other) => textsOf(other.published).includes(text) && !mayShare(entry, other));
      expect(doubled.map(({ uid }) => uid)).toEqual([]);
    }
    if (entry.published.length === 0) {
      expect([entry.view.name, naive.couldServe(entry, others)]).toEqual([entry.view.name, false]);
    }
  }
}

function heldBy(cluster: SmallCluster): ReadonlyMap<string, string> {
  return new Map([...cluster.entries].map(([name, { published }]) => [name, textsOf(published).join(' ')]));
}

describe('any history of a small cluster', () => {
  it('doubles no address, starves nobody, disturbs no neighbour, and a restart changes nothing', () => {
    fc.assert(
      fc.property(fc.array(anOp, { minLength: 3, maxLength: 20 }), (ops) => {
        const cluster = new SmallCluster().pools(usual.map(objectOf));
        let naive = new Naive(usual, false);
        for (const op of ops) {
          const before = heldBy(cluster);
          apply(cluster, op);
          if (op.kind === 'pools') {
            naive = new Naive(distinctNames(op.pools.filter(({ four, six }) => four + six > 0)), op.labelled);
          }
          if (op.kind === 'restart') {
            expect(cluster.restart((entries) => entries.toReversed())).toEqual([]);
          }
          cluster.settle();
          checkStanding(cluster, naive);
          if (op.kind !== 'pools') {
            checkNeighbours(cluster, before, op.name);
          }
        }
        expect(cluster.restart()).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('gives a new Service what some MetalLB may give it, where no listed difference speaks', () => {
    const reached = { given: 0 };
    fc.assert(
      fc.property(
        fc.oneof(somePools, fc.constant(usual)),
        fc.array(someFields, { minLength: 1, maxLength: 7 }),
        (pools, all) => {
          const kubePools = distinctNames(
            pools.filter(({ four, six, scope }) => four + six > 0 && scope !== 'labelled'),
          );
          const views = objects(...kubePools.map(objectOf)).pools;
          const cluster = new SmallCluster().pools(kubePools.map(objectOf));
          for (const [index, fields] of all.entries()) {
            cluster.put(`s${index}`, fields).settle();
            const entry = cluster.entry(`s${index}`);
            for (const profile of ['metallb-0.15', 'metallb-0.16'] as const) {
              const config = compilePools(views, [], profile);
              const ends = converge(
                { config, ledger: ledgerBeside(cluster, entry), orders: new Map() },
                entry.view,
                [],
              );
              expect(ends.map(({ addresses }) => textsOf(addresses).join(' '))).toContain(cluster.held(`s${index}`));
            }
            reached.given += entry.published.length;
          }
        },
      ),
      { numRuns: 60 },
    );
    expect(reached.given).toBeGreaterThan(20);
  });
});

/** Who held something and was not edited holds it still; only a second address may have come to it. */
function checkNeighbours(cluster: SmallCluster, before: ReadonlyMap<string, string>, edited: string): void {
  for (const [name, held] of heldBy(cluster)) {
    const was = before.get(name) ?? '';
    const { view } = cluster.entry(name);
    const mayMove = view.request.kind === 'addresses' || cluster.decision(name).refused !== undefined;
    if (name !== edited && was !== '' && !mayMove && view.pool === undefined && view.policy !== 'RequireDualStack') {
      expect([name, held.startsWith(was)]).toEqual([name, true]);
    }
  }
}

function ledgerBeside(cluster: SmallCluster, entry: Entry): Ledger {
  const ledger = new Ledger();
  for (const other of cluster.entries.values()) {
    if (other !== entry) {
      const held: readonly IpAddress[] = other.published;
      ledger.claim(other.view, held);
    }
  }
  return ledger;
}
